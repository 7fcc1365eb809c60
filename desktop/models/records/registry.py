"""The explicit list of record kinds, in the order they can be applied (parents before children)."""

from __future__ import annotations

from desktop.models.records.attachments import Attachment
from desktop.models.records.base import Base, Synced
from desktop.models.records.conflicts import Conflict
from desktop.models.records.disinfections import DisinfectionRecord
from desktop.models.records.enterprises import Contact, Enterprise, Grid
from desktop.models.records.findings import Finding, FindingStep
from desktop.models.records.health_files import Employee, HealthEntry, RoamingQuery
from desktop.models.records.isolation import IsolationRoom, IsolationSite, IsolationStay
from desktop.models.records.journals import DailyReport, JournalEntry
from desktop.models.records.key_points import KeyPoints
from desktop.models.records.letters import Letter
from desktop.models.records.members import Member, MemberRole
from desktop.models.records.negative_lists import NegativeEntry
from desktop.models.records.sheets import Sheet
from desktop.models.records.trainings import Attendance, Training
from desktop.models.records.visit_plans import VisitPlan
from desktop.models.records.visits import Answer, Visit

RECORD_KINDS: tuple[type[Base], ...] = (
    Grid, Member, MemberRole, Enterprise, Contact, Visit, Answer, Finding, Letter, FindingStep,
    Sheet, IsolationSite, IsolationRoom, Employee, RoamingQuery, HealthEntry, IsolationStay, DisinfectionRecord,
    NegativeEntry, JournalEntry, DailyReport, VisitPlan, KeyPoints, Training, Attendance, Attachment, Conflict,
)  # fmt: skip

RECORDS: dict[str, type[Base]] = {kind.__tablename__: kind for kind in RECORD_KINDS}
"""Table name → mapped class, in apply order."""

assert all(issubclass(kind, Synced) for kind in RECORD_KINDS)  # noqa: S101 - a kind that cannot travel is a slip of ours
