"""The explicit list of record kinds, in the order they can be applied (parents before children)."""

from __future__ import annotations

from desktop.models.records.attachments import Attachment
from desktop.models.records.base import Base, Synced
from desktop.models.records.conflicts import Conflict
from desktop.models.records.enterprises import Contact, Enterprise, Grid
from desktop.models.records.findings import Finding
from desktop.models.records.letters import Letter
from desktop.models.records.members import Member, MemberRole
from desktop.models.records.visits import Answer, Visit

RECORD_KINDS: tuple[type[Base], ...] = (
    Grid, Member, MemberRole, Enterprise, Contact, Visit, Answer, Finding, Letter, Attachment,
    Conflict,
)  # fmt: skip

RECORDS: dict[str, type[Base]] = {kind.__tablename__: kind for kind in RECORD_KINDS}
"""Table name → mapped class, in apply order."""

assert all(issubclass(kind, Synced) for kind in RECORD_KINDS)  # noqa: S101 - a kind that cannot travel is a slip of ours
