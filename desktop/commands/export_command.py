"""`zhuqi export REGISTER --out FILE.xlsx`: a register as it stands on screen."""

from __future__ import annotations

import argparse
from typing import Any

from desktop.commands.argument_types import output_file
from desktop.commands.wording import tell
from desktop.models.desk.register_words import in_words
from desktop.models.device.workspace import Workspace
from desktop.models.problems import Language, UserProblem
from desktop.models.registers import REGISTERS, register_rows, register_sum
from desktop.settings import language


def add_arguments(_name: str, parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("register", nargs="?", metavar="REGISTER")
    parser.add_argument("--out", type=output_file, default=None, metavar="FILE.xlsx")
    parser.add_argument("--filter", action="append", default=[], metavar="K=V")
    parser.add_argument("--list", action="store_true")


def run(chosen: argparse.Namespace) -> dict[str, Any]:
    """Write the register, or name them all."""
    spoken: Language = "en" if language() == "en" else "zh"
    if chosen.list:
        names = {name: register.title[spoken] for name, register in REGISTERS.items()}
        if not chosen.json:
            for name, title in names.items():
                print(f"{name:18}{title}")
        return {"registers": list(names)}
    if chosen.register is None or chosen.out is None:
        raise UserProblem("usage", detail="REGISTER --out FILE.xlsx", usage="zhuqi export --list")
    if chosen.register not in REGISTERS:
        raise UserProblem("register_unknown", register=chosen.register, known=", ".join(REGISTERS))
    register = REGISTERS[chosen.register]
    filters = dict(_pair(word) for word in chosen.filter)
    from desktop.documents.register_workbook import write_register

    with Workspace.open_to_read(chosen.workspace) as workspace, workspace.read() as session:
        total = register_sum(session, register, filters)
        rows = in_words(workspace, register, register_rows(session, register, filters), spoken)
        written = write_register(chosen.out, register, rows, spoken, total)
    tell("exported", rows=written, out=chosen.out)
    return {"rows": written, "columns": [column.key for column in register.columns]}


def _pair(word: str) -> tuple[str, str]:
    key, equals, value = word.partition("=")
    if not equals:
        raise UserProblem("usage", detail=f"--filter {word}", usage="--filter K=V")
    return key, value
