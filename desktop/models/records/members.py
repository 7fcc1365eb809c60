"""Members of the service (officers, administrators) as colleagues see them, and the roles they hold in a grid.

Passwords and tokens are the server's own tables, never here.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.records.base import Base, Synced


class Member(Synced, Base):
    """One person of the service in one grid's view."""

    __tablename__ = "members"

    name: Mapped[str] = mapped_column(String(80))
    unit: Mapped[str | None] = mapped_column(String(120))
    phone: Mapped[str | None] = mapped_column(String(40))


class MemberRole(Synced, Base):
    """A role (`vocabulary.Role`) a member holds in the row's grid."""

    __tablename__ = "member_roles"

    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"), index=True)
    role: Mapped[str] = mapped_column(String(30))

    __table_args__ = (UniqueConstraint("member_id", "grid_id", "role"),)
