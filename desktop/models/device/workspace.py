"""A workspace: the folder that holds an officer's work, and the one process that may write in it.

workspace.db   attachments/   letters/   backups/   catalogues/   workspace.lock
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine, select

from desktop.models.database import workspace_engine
from desktop.models.device import unit_of_work
from desktop.models.device.attachment_folder import AttachmentFolder
from desktop.models.device.change_set import ChangeSet
from desktop.models.device.local_tables import Device, Enrolment
from desktop.models.device.unit_of_work import ReadSession, UnitOfWork
from desktop.models.identity import grid_id, new_id, utc_now
from desktop.models.problems import UserProblem

_FOLDERS = ("attachments", "backups", "letters", "catalogues")
_CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no letter that looks like a digit


class Workspace:
    """An open workspace. Make one with `create`, `open` (this process may write) or `open_to_read`."""

    def __init__(self, folder: Path, engine: Engine, lock: FileLock | None) -> None:
        self.folder = folder
        self.engine = engine
        self.attachments = AttachmentFolder(folder / "attachments")
        self.announce: Callable[[ChangeSet], None] = lambda _changes: None
        self._lock = lock
        with self.read() as session:
            self.device = session.scalars(select(Device)).one()
            self.enrolment = session.scalars(select(Enrolment)).one_or_none()

    @classmethod
    def create(cls, folder: Path) -> Workspace:
        """Make a workspace in an empty or missing folder and open it.

        Raises:
            UserProblem: `workspace_exists`.
        """
        if (folder / "workspace.db").exists():
            raise UserProblem("workspace_exists", folder=str(folder))
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # other people of this computer have no business here
        for name in _FOLDERS:
            (folder / name).mkdir(exist_ok=True, mode=0o700)
        return cls._opened(folder)

    @classmethod
    def open(cls, folder: Path) -> Workspace:
        """Open a workspace to work in it; its tables are brought up to date first, after a backup.

        Raises:
            UserProblem: `workspace_missing`, `workspace_in_use`, `workspace_newer`.
        """
        _must_exist(folder)
        return cls._opened(folder)

    @classmethod
    def open_to_read(cls, folder: Path) -> Workspace:
        """Open a workspace beside the process that may be writing in it; an older one is brought up to date first.

        Raises:
            UserProblem: `workspace_missing`, `workspace_newer`, and of an older one `workspace_in_use`.
        """
        _must_exist(folder)
        from desktop.models.migrations import is_current

        engine = workspace_engine(folder / "workspace.db")
        if not is_current(engine):
            engine.dispose()
            cls._opened(folder).close()
        return cls(folder, engine, None)

    @classmethod
    def _opened(cls, folder: Path) -> Workspace:
        from desktop.models.migrations import bring_up_to_date

        lock = _own(folder)
        try:
            engine = workspace_engine(folder / "workspace.db")
            bring_up_to_date(engine, folder)
            _ensure_device(engine)
            return cls(folder, engine, lock)
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """Close the database and let another process write."""
        self.engine.dispose()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def read(self) -> Iterator[ReadSession]:
        """A consistent snapshot."""
        with unit_of_work.read(self.engine) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[UnitOfWork]:
        """One unit of work; what it changed is announced after its commit."""
        with unit_of_work.write(self.engine, self.author) as session:
            yield session
        if session.changes:
            self.announce(session.changes)

    @property
    def author(self) -> str | None:
        """The member id put on what is written here; empty before enrolment."""
        return self.enrolment.officer_id if self.enrolment else None

    def refresh_enrolment(self) -> None:
        """Read identity and enrolment again after they were changed."""
        with self.read() as session:
            self.device = session.scalars(select(Device)).one()
            self.enrolment = session.scalars(select(Enrolment)).one_or_none()


def _must_exist(folder: Path) -> None:
    if not (folder / "workspace.db").exists():
        raise UserProblem("workspace_missing", folder=str(folder))


def _own(folder: Path) -> FileLock:
    """Become the one writer, or say who is. The lock is the system's: it ends with the process, however it ends."""
    lock = FileLock(folder / "workspace.lock", thread_local=False)  # the process is its owner, not one of its threads
    note = folder / "workspace.pid"
    try:
        lock.acquire(blocking=False)
    except Timeout:
        holder = note.read_text() if note.exists() else "?"
        raise UserProblem("workspace_in_use", pid=holder) from None
    note.write_text(str(os.getpid()))
    return lock


def _ensure_device(engine: Engine) -> None:
    with unit_of_work.write(engine, None) as session:
        if session.scalars(select(Device)).first() is None:
            device_id = new_id()
            code = "".join(secrets.choice(_CODE_ALPHABET) for _ in range(6))
            local = grid_id(f"local-{device_id}")
            session.add(Device(id=device_id, code=code, local_grid_id=local, made_at=utc_now()))
