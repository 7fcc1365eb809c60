"""What a register is made of: columns with their SQL, their words and their masks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "number", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `sql` gives its value; `width` is in characters of the table's font; numbers stand right.

    `words` names the closed list its codes are from (`value_words`), or is `MEASURED`; "" where the value stands as it
    is. A code may be a JSON list of codes. Rows are put into words by `desk.register_words`. `mask` hides personal data
    before a row leaves here (SEC-80).
    """

    key: str
    zh: str
    en: str
    sql: str
    kind: Kind = "text"
    width: int = 14
    filterable: bool = False
    words: str = ""
    mask: Callable[[str], str] | None = None

    def label(self, language: str) -> str:
        """The heading in a language."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Register:
    """A table people ask for. `source` is everything after FROM, `order` everything after ORDER BY."""

    name: str
    title: Mapping[str, str]
    columns: tuple[Column, ...]
    source: str
    order: str


MEASURED = "measured"
"""Values recorded for a measure, with the measure and the set that say what they are."""
MEASURED_SQL = "json_object('set', v.measure_set, 'measure', a.measure, 'values', json(a.measured))"
ENTERPRISE = "JOIN enterprises e ON e.id = {0}.enterprise_id LEFT JOIN grids g ON g.id = {0}.grid_id"
GRID = Column("grid", "网格", "Grid", "g.code", width=12, filterable=True)
NAME = Column("enterprise", "企业名称", "Enterprise", "e.name", width=32, filterable=True)
CODE = Column("credit_code", "统一社会信用代码", "Credit code", "e.credit_code", width=21, filterable=True)
