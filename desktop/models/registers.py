"""Every register, each defined once: screen and XLSX share it. How many rows there are, and the rows themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from desktop.models.finding_registers import FINDING_REGISTERS
from desktop.models.health_registers import HEALTH_REGISTERS
from desktop.models.premises_registers import PREMISES_REGISTERS
from desktop.models.problems import UserProblem
from desktop.models.register_form import Register
from desktop.models.visit_registers import VISIT_REGISTERS

REGISTERS: dict[str, Register] = {
    register.name: register
    for register in (*VISIT_REGISTERS, *FINDING_REGISTERS, *PREMISES_REGISTERS, *HEALTH_REGISTERS)
}
"""Every register by the name `zhuqi export` takes."""


def register_sum(session: Session, register: Register, filters: Mapping[str, str]) -> int:
    """How many rows there are.

    Raises:
        UserProblem: `register_filter_unknown`.
    """
    where, facts = _conditions(register, filters)
    return int(session.scalar(text(f"SELECT count(*) FROM {register.source}{where}"), facts) or 0)  # noqa: S608


def register_rows(session: Session, register: Register, filters: Mapping[str, str]) -> Iterator[tuple[Any, ...]]:
    """Rows in the register's order, values in the order of its columns; read as they are asked for.

    Raises:
        UserProblem: `register_filter_unknown`.
    """
    where, facts = _conditions(register, filters)
    columns = ", ".join(column.sql for column in register.columns)
    statement = text(f"SELECT {columns} FROM {register.source}{where} ORDER BY {register.order}")  # noqa: S608
    found = session.execute(statement, facts, execution_options={"stream_results": True})
    rows = (tuple(row) for row in found.yield_per(1000))
    masks = [column.mask for column in register.columns]
    if not any(masks):
        return rows
    return (
        tuple(mask(value) if mask and value else value for mask, value in zip(masks, row, strict=True)) for row in rows
    )


def _conditions(register: Register, filters: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    by_key = {column.key: column for column in register.columns if column.filterable}
    unknown = [key for key in filters if key not in by_key]
    if unknown:
        raise UserProblem("register_filter_unknown", filter=", ".join(unknown), known=", ".join(by_key))
    where = "".join(f" AND {by_key[key].sql} = :f_{key}" for key in filters)
    return where, {f"f_{key}": value for key, value in filters.items()}
