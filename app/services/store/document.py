# SPDX-License-Identifier: MIT
"""PlanDocument: a plan file that is open, edited in a private working copy."""

import getpass
import shutil
import sqlite3
import uuid
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import app
from app.services.store import migrations
from app.services.store.store import Store
from app.services.store.transaction import utc_now


@dataclass(frozen=True, slots=True)
class AppFolders:
    """Where the program keeps its own files.

    Attributes:
        work: Working copies of open plans.
        backups: Older states of plans, a folder for each.
        logs: The program's log.
    """

    work: Path
    backups: Path
    logs: Path


class PublishResult(Enum):
    """What came of an attempt to bring the plan file up to date."""

    UNCHANGED = "unchanged"
    PUBLISHED = "published"
    KEPT_BOTH = "kept_both"
    """The plan file had been changed elsewhere; ours went to a new file next to it."""


class PlanDocument:
    """A plan file and its working copy; made by `create` and `open`."""

    def __init__(self, path: Path, folders: AppFolders, store: Store) -> None:
        self.path = path
        self.store = store
        self.is_read_only = bool(store.read_only_reason)
        self.read_only_reason = store.read_only_reason
        self.recovered_changes = 0
        self._folders = folders
        self._published_revision = store.revision

    @classmethod
    def create(cls, path: Path, folders: AppFolders, *, name: str) -> "PlanDocument":
        folders.work.mkdir(parents=True, exist_ok=True)
        working = folders.work / f"{uuid.uuid4()}.db"
        connection = sqlite3.connect(working, isolation_level=None)
        migrations.migrate(connection)
        connection.close()
        store = Store(working, author=getpass.getuser())
        with store.transaction() as tx:
            tx.record(
                "UPDATE meta SET value = ? WHERE key = ?",
                [
                    (str(uuid.uuid4()), "plan_id"),
                    (utc_now(), "created_at_utc"),
                    (app.__version__, "created_by_version"),
                ],
            )
            tx.record("UPDATE setting SET value = ? WHERE key = 'name'", [(name,)])
        document = cls(path, folders, store)
        document._published_revision = -1
        document.publish()
        return document

    @classmethod
    def open(cls, path: Path, folders: AppFolders) -> "PlanDocument":
        folders.work.mkdir(parents=True, exist_ok=True)
        working = folders.work / f"{uuid.uuid4()}.db"
        shutil.copyfile(path, working)
        return cls(path, folders, Store(working, author=getpass.getuser()))

    def needs_publish(self) -> bool:
        return not self.is_read_only and self.store.revision != self._published_revision

    def publish(self) -> PublishResult:
        if not self.needs_publish():
            return PublishResult.UNCHANGED
        temporary = self.path.with_name(self.path.name + ".tmp")
        temporary.unlink(missing_ok=True)
        self._published_revision = self.store.backup_to(temporary)
        temporary.replace(self.path)
        return PublishResult.PUBLISHED

    def save_copy(self, path: Path) -> None:
        self.store.backup_to(path)

    def back_up(self, reason: str) -> None:
        folder = self._folders.backups / self.store.meta("plan_id")
        folder.mkdir(parents=True, exist_ok=True)

    def close(self) -> None:
        self.publish()
        self.store.close()
        self.store.path.unlink(missing_ok=True)
