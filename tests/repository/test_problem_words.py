"""Every problem code has a sentence in both languages, made of the facts its raiser gives."""

from __future__ import annotations

import ast
import string
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.repository.tree import called_name, modules, parsed, text

RAISERS = {"Problem", "UserProblem", "EnvironmentProblem"}


@cache
def sentences() -> dict[str, dict[str, str]]:
    return tomllib.loads(text("resources/words/problems.toml"))


def facts(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def raised() -> Iterator[tuple[Path, int, str, set[str] | None]]:
    """Module, line, code and field names of each problem made; no names where they are only known when it runs."""
    for module in modules():
        for node in ast.walk(parsed(module)):
            if not isinstance(node, ast.Call) or called_name(node).rpartition(".")[2] not in RAISERS:
                continue
            code = node.args[0] if node.args else None
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                names = {keyword.arg for keyword in node.keywords}
                known = None if None in names else {name for name in names if name}
                yield module, node.lineno, code.value, known


def test_every_code_has_both_languages() -> None:
    for code, entry in sentences().items():
        assert set(entry) == {"zh", "en"}, code
        assert all(sentence.strip() for sentence in entry.values()), code


def test_both_languages_tell_the_same_facts() -> None:
    def without_language(names: set[str]) -> set[str]:
        return {name.removesuffix("_zh").removesuffix("_en") for name in names}

    for code, entry in sentences().items():
        assert without_language(facts(entry["zh"])) == without_language(facts(entry["en"])), code


def test_every_raised_code_has_words() -> None:
    missing = [f"{module}:{line} {code}" for module, line, code, _ in raised() if code not in sentences()]
    assert missing == []


def test_every_fact_a_sentence_needs_is_given() -> None:
    lacking = [
        f"{module}:{line} {code} lacks {sorted(absent)}"
        for module, line, code, names in raised()
        if names is not None and code in sentences()
        for absent in [set().union(*map(facts, sentences()[code].values())) - names]
        if absent
    ]
    assert lacking == []


def test_codes_are_plain_words() -> None:
    assert [code for code in sentences() if not code.replace("_", "").isalnum() or code != code.lower()] == []
