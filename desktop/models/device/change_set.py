"""What a write changed: the news that refreshes screens."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class ChangeSet:
    """Ids of changed rows by table name. Collected during one unit of work, announced after its commit."""

    rows: dict[str, set[str]] = field(default_factory=dict)

    def add(self, table: str, row_id: str) -> None:
        """Note one changed row."""
        self.rows.setdefault(table, set()).add(row_id)

    def touches(self, *tables: str) -> bool:
        """Whether any of these tables changed."""
        return any(table in self.rows for table in tables)

    def __bool__(self) -> bool:
        return bool(self.rows)
