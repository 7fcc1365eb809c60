"""Closed lists of values. Each member's value is what is stored and sent; words for people are kept elsewhere.

Source of the terms: the trade's glossary (workflow, closed loop, roles).
"""

from __future__ import annotations

from enum import StrEnum


class Result(StrEnum):
    """The judgement of one measure. Not yet judged (未查) is the absence of an answer, never a stored value."""

    PASS = "pass"
    PARTIAL = "partial"
    FAIL = "fail"
    NA = "na"


class VisitKind(StrEnum):
    """Why the officer came."""

    ROUTINE = "routine"
    FIRST_CONTACT = "first_contact"
    LOOK_BACK = "look_back"
    REMOTE = "remote"


class VisitState(StrEnum):
    """An open visit takes answers; a completed one stands as the record of the day."""

    OPEN = "open"
    COMPLETED = "completed"


class Scale(StrEnum):
    """Size class of an enterprise: 规上 or 小微."""

    ABOVE_SIZE = "above_size"
    SMALL_MICRO = "small_micro"


class Severity(StrEnum):
    """How much a finding matters; sets its default deadline."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Route(StrEnum):
    """Who handles a finding (问题分流): on the spot, health department, several departments, city level or above."""

    ON_SITE = "on_site"
    HEALTH_DEPT = "health_department"
    CROSS_DEPT = "cross_department"
    CITY_PLUS = "municipal"


class FindingState(StrEnum):
    """Where a finding stands in the closed loop 发现入库 → 研判分析 → 交办督办 → 评估反馈."""

    LOGGED = "logged"
    TRIAGED = "triaged"
    ASSIGNED = "assigned"
    RECTIFYING = "rectifying"
    REVIEW_DUE = "review_due"
    CLOSED = "closed"
    REOPENED = "reopened"
    ESCALATED = "escalated"
    SUSPENDED = "suspended"
    VOID = "void"


class FindingSource(StrEnum):
    """How a finding came to be known."""

    VISIT = "visit"
    SELF_REPORT = "self_report"
    LOOK_BACK = "look_back"
    TIP = "tip"


class StewardKind(StrEnum):
    """Whose problem the three services platform (三服务小管家) takes an entry for."""

    ENTERPRISE = "enterprise"
    PUBLIC = "public"
    GRASSROOTS = "grassroots"


class StepKind(StrEnum):
    """What a line of a finding's timeline tells."""

    FOUND = "found"
    MOVED = "moved"
    EXTENDED = "extended"
    NOTED = "noted"
    REMINDED = "reminded"
    LOOKED_BACK = "looked_back"


class LookBackOutcome(StrEnum):
    """What a look-back finds of a promised fix."""

    FIXED = "fixed"
    PARTLY = "partly"
    NOT_FIXED = "not_fixed"
    REBOUND = "rebound"


class PaperState(StrEnum):
    """A draft may change; what was signed is locked."""

    DRAFT = "draft"
    SIGNED = "signed"


class InstructorFunction(StrEnum):
    """The six functions of an instructor (六大员), as duties done on a visit."""

    GRID = "grid"
    INSTRUCT = "instruct"
    SERVE = "serve"
    INSPECT = "inspect"
    EMERGENCY = "emergency"
    EDUCATE = "educate"


class NegativeType(StrEnum):
    """The ten types of the negative list (十张负面清单)."""

    WEAK_RESPONSIBILITY = "weak_responsibility"
    LABOUR_INTENSIVE = "labour_intensive"
    ENCLOSED_PREMISES = "enclosed_premises"
    CONSTANT_TEMPERATURE = "constant_temperature"
    COUGH_FEVER = "cough_fever"
    COMPLEX_ORIGIN = "complex_origin"
    SUPPLY_SHORTAGE = "supply_shortage"
    FREQUENT_PROBLEMS = "frequent_problems"
    COARSE_PLAN = "coarse_plan"
    TIGHT_DORMITORY = "tight_dormitory"


class NegativeLevel(StrEnum):
    """How closely a listed enterprise is followed."""

    KEY = "key"
    WATCH = "watch"


class NegativeOrigin(StrEnum):
    """Whether a rule or an officer put an enterprise on the list."""

    RULE = "rule"
    MANUAL = "manual"


class LetterState(StrEnum):
    """A draft may change; an issued letter never does; a void one stays on file with its reason."""

    DRAFT = "draft"
    ISSUED = "issued"
    VOID = "void"


class ConflictState(StrEnum):
    """An open conflict waits for somebody to decide."""

    OPEN = "open"
    RESOLVED = "resolved"


class Resolution(StrEnum):
    """How a conflict was settled: the centre's value, the other one's, or a third."""

    THEIRS = "theirs"
    MINE = "mine"
    OTHER = "other"


class Role(StrEnum):
    """Posts of the service, as in the rights matrix."""

    GRID_INSTRUCTOR = "grid_instructor"
    SERVICE_OFFICER = "service_officer"
    COUNTY_ADMIN = "county_admin"
    CITY_ADMIN = "city_admin"
    CDC_EXPERT = "cdc_expert"
    ENTERPRISE_CONTACT = "enterprise_contact"
    SYSTEM_ADMIN = "system_admin"
    AUDITOR = "auditor"


class OperationKind(StrEnum):
    """What an operation does to its row."""

    PUT = "put"
    DELETE = "delete"


class OperationStatus(StrEnum):
    """The server's answer to one operation."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    MERGED = "merged"
    CONFLICT = "conflict"
    HELD = "held"
    REJECTED = "rejected"
    FORBIDDEN = "forbidden"
