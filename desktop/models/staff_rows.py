"""What an enterprise's list of staff says, row by row. Pure and plain, shared by child process, commands and window.

Remarks are those of rosters (`roster_rows.Issue`). `repr` of a row shows people's names and numbers: never to a log.
"""

from __future__ import annotations

import msgspec

from desktop.models.problems import Language
from desktop.models.roster_rows import Issue, RowStatus, reason


class StaffFields(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What was read of a person; None: the file does not say. Codes are of `health_terms`, days ISO 8601.

    `enterprise` and `credit_code` say whose the row is, where the file says so.
    """

    name: str = ""
    id_kind: str | None = None
    id_number: str | None = None
    phone: str | None = None
    sex: str | None = None
    birth_year: int | None = None
    department: str | None = None
    team: str | None = None
    post: str | None = None
    employment: str | None = None
    housing: str | None = None
    dormitory_room: str | None = None
    return_status: str | None = None
    arrived_on: str | None = None
    origin: str | None = None
    transport: str | None = None
    transport_detail: str | None = None
    key_post: str | None = None
    health_code: str | None = None
    health_code_on: str | None = None
    contact_case: str | None = None
    emergency_contact: str | None = None
    left_on: str | None = None
    remark: str | None = None
    enterprise: str | None = None
    credit_code: str | None = None


STORED: tuple[str, ...] = StaffFields.__struct_fields__[:-2]
"""The fields that go into a file."""


class StaffRow(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One row: where it stands (`row` from 1), what was read, what to say."""

    sheet: str
    row: int
    status: RowStatus
    fields: StaffFields
    issues: tuple[Issue, ...] = ()

    def reason(self, language: Language = "zh") -> str:
        """Why the row stands where it stands."""
        return reason(self.issues, language)


class StaffReading(msgspec.Struct, frozen=True):
    """A whole file: its kind and hash, which label of which sheet was read into which field, and all rows."""

    kind: str
    sha256: str
    columns: tuple[tuple[str, str, str], ...]
    rows: list[StaffRow]
