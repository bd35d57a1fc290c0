# SPDX-License-Identifier: MIT
"""Making the working copy of a plan that has no file yet."""

import logging
import shutil
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path

import app
from app.models.errors import StoreError
from app.services.store import migrations, working_copy
from app.services.store.failures import file_error, store_error
from app.services.store.opening import AppFolders, Opened, make_folder, take_ownership
from app.services.store.publish import discard, state_of, temporary_of
from app.services.store.schema import FINGERPRINT_BY_VERSION, SCHEMA_VERSION, fingerprint
from app.services.store.transaction import utc_now

_log = logging.getLogger(__name__)

_NO_PLAN = "No plan was made."


def new_plan(path: Path, folders: AppFolders, name: str) -> Opened:
    """Make the working copy of a plan that has no file yet.

    Raises:
        StoreError: Nothing can be written there, or another program has this file open.
    """
    document = path.resolve()
    make_folder(folders.work)
    working_copy.sweep(folders.work)
    owner, reason = take_ownership(document)
    if owner is None:
        raise StoreError(
            f"{document.name} cannot be written in {document.parent}.",
            meaning=reason,
            remedy="Choose another name or folder.",
        )
    working = working_copy.new_path(folders.work, "plan")
    try:
        build_empty(folders.work, working)
        _fill_in(working, name)
        state = state_of(document) if document.exists() else None
        return Opened(document, working, state, -1, owner)
    except BaseException as error:
        working_copy.remove(working)
        owner.release()
        if isinstance(error, sqlite3.Error):
            sentence = store_error(error, working, _NO_PLAN)
            raise (sentence or error) from error
        if isinstance(error, OSError):
            raise file_error(error, folders.work, _NO_PLAN) from error
        raise


def build_empty(folder: Path, working: Path) -> None:
    """Write an empty plan, from a template that is made once.

    Args:
        folder: Where the template is kept.
        working: The new database.
    """
    template = folder / f"empty-{SCHEMA_VERSION}.db"
    if template.exists():
        shutil.copyfile(template, working)
        if _is_empty_plan(working):
            return
        _log.warning("the template of empty plans was damaged and is made anew")
    discard(working)
    with closing(sqlite3.connect(working, isolation_level=None)) as connection:
        migrations.migrate(connection)
    try:
        shutil.copyfile(working, temporary_of(template))
        temporary_of(template).replace(template)
    except OSError:
        _log.warning("the template of empty plans could not be kept")


def _fill_in(working: Path, name: str) -> None:
    """Give an empty plan its identity and name."""
    now = utc_now()
    with closing(sqlite3.connect(working)) as connection, connection:
        connection.executemany(
            "UPDATE meta SET value = ? WHERE key = ?",
            [
                (str(uuid.uuid4()), "plan_id"),
                (now, "created_at_utc"),
                (app.__version__, "created_by_version"),
            ],
        )
        connection.execute("UPDATE scenario SET created_at_utc = ?", (now,))
        connection.execute("UPDATE setting SET value = ? WHERE key = 'name'", (name,))


def _is_empty_plan(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            version = migrations.version_of(connection)
            master = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
            return (
                version == SCHEMA_VERSION
                and fingerprint(master.fetchall()) == FINGERPRINT_BY_VERSION[version]
            )
    except sqlite3.Error:
        return False
