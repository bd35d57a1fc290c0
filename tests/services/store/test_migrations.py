# SPDX-License-Identifier: MIT
"""Every version that was ever released opens, and a step that fails leaves the old version."""

import hashlib
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.services.history import EditHistory
from app.services.store import migrations, schema
from app.services.store.document import PlanDocument
from tests.helpers.plans import PROJECT, dump_hash, folders_in

FROZEN = PROJECT / "tests/data/plans"
SHA256_BY_VERSION = {
    1: "5ca68b790f9137b4b17657b05d13ec0f1d03d2b6899ebf0c2484eafbeda80fc9",
    2: "1f8421175c90458f7e77e798cbc97cf4c61255eb891a6f68d54ef94ece5f6ddd",
    3: "b077b5bea9625163dfbb5f4bd26c028844286bf988e98e4805d7a9a705db052c",
    4: "7e687dc9268a0d5ba71f50930e7bc9b736f87b533607b3bd22bfd0cf0ec6c8f6",
}
"""The frozen files themselves must never change."""


def master_of(connection: sqlite3.Connection) -> list[tuple[str, str, str, str | None]]:
    return connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()


def test_every_version_has_a_step_a_fingerprint_and_a_frozen_file() -> None:
    versions = set(range(1, schema.SCHEMA_VERSION + 1))
    assert set(migrations.STEP_BY_VERSION) == versions - {1}
    assert set(schema.FINGERPRINT_BY_VERSION) == versions
    assert set(SHA256_BY_VERSION) == versions
    assert {path.name for path in FROZEN.iterdir()} == {f"v{number}.sqlite" for number in versions}


@pytest.mark.parametrize("version", sorted(SHA256_BY_VERSION))
def test_frozen_files_are_untouched(version: int) -> None:
    content = (FROZEN / f"v{version}.sqlite").read_bytes()
    assert hashlib.sha256(content).hexdigest() == SHA256_BY_VERSION[version]


@pytest.mark.parametrize("version", sorted(SHA256_BY_VERSION))
def test_a_plan_of_every_version_opens_with_its_content_and_history(
    version: int, tmp_path: Path
) -> None:
    path = tmp_path / "old.evenfield"
    shutil.copyfile(FROZEN / f"v{version}.sqlite", path)
    document = PlanDocument.open(path, folders_in(tmp_path))
    store = document.store
    assert store.rows("SELECT count(*), sum(value) FROM account_measure") == [(16, 1360.0)]
    assert store.rows("SELECT name FROM rep WHERE id = 2") == [("Zoë Example",)]
    assert store.rows("SELECT extra FROM account WHERE id = 1") == [
        ('{"Größe": "12 m²", "empty": ""}',)
    ]
    history = EditHistory(store)
    before = dump_hash(store)
    assert [step.is_undone for step in history.steps()] == [False, False, False, True]
    history.go_to(0)
    assert store.rows("SELECT count(*) FROM account") == [(0,)]
    history.go_to(3)
    assert dump_hash(store) == before
    document.close()


def test_a_new_plan_has_the_frozen_fingerprint_of_the_current_version() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        assert migrations.migrate(connection) == 0
        found = schema.fingerprint(master_of(connection))
        assert found == schema.FINGERPRINT_BY_VERSION[schema.SCHEMA_VERSION]
        application = connection.execute("PRAGMA application_id").fetchone()
        assert application == (schema.APPLICATION_ID,)


def test_white_space_and_order_do_not_matter_to_the_fingerprint() -> None:
    one = ("table", "a", "a", "CREATE TABLE a (\n  x)")
    two = ("index", "i", "a", None)
    assert schema.fingerprint([one, two]) == schema.fingerprint(
        [two, ("table", "a", "a", "CREATE  TABLE a ( x)")]
    )
    assert schema.fingerprint([one]) != schema.fingerprint([one, two])


def test_a_step_that_fails_leaves_the_version_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: dict[int, Callable[..., None]] = dict(migrations.STEP_BY_VERSION)

    def add_table(database: object) -> None:
        database["later"].create({"id": int}, pk="id")  # pyright: ignore[reportIndexIssue]

    def fail_halfway(database: object) -> None:
        database["later"].transform(rename={"id": "number"})  # pyright: ignore[reportIndexIssue]
        message = "halfway"
        raise RuntimeError(message)

    newest = schema.SCHEMA_VERSION
    steps |= {newest + 1: add_table, newest + 2: fail_halfway}
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrations.migrate(connection)
        monkeypatch.setattr(migrations, "STEP_BY_VERSION", steps)
        monkeypatch.setattr(migrations, "SCHEMA_VERSION", newest + 2)
        with pytest.raises(RuntimeError, match="halfway"):
            migrations.migrate(connection)
        assert migrations.version_of(connection) == newest + 1
        columns = connection.execute("SELECT name FROM pragma_table_info('later')").fetchall()
        assert columns == [("id",)]


def test_an_older_plan_is_kept_as_a_backup_before_it_is_migrated(tmp_path: Path) -> None:
    path = tmp_path / "old.evenfield"
    shutil.copyfile(FROZEN / "v1.sqlite", path)
    before = path.read_bytes()
    folders = folders_in(tmp_path)
    document = PlanDocument.open(path, folders)
    assert document.store.rows("PRAGMA user_version") == [(schema.SCHEMA_VERSION,)]
    assert "older Evenfield" in document.notices[0]
    backups = list(folders.backups.rglob("*-migration.evenfield"))
    assert [backup.read_bytes() for backup in backups] == [before]
    document.close()
    assert path.read_bytes() == before


@pytest.mark.parametrize("version", range(1, schema.SCHEMA_VERSION))
def test_a_migrated_plan_has_the_tables_of_a_new_one_and_its_rows(
    version: int, tmp_path: Path
) -> None:
    path = tmp_path / "old.sqlite"
    shutil.copyfile(FROZEN / f"v{version}.sqlite", path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        columns = "id, name, color_index, is_locked, parent_id, notes"
        territories = connection.execute(f"SELECT {columns} FROM territory").fetchall()  # noqa: S608  our own names
        assert migrations.migrate(connection) == version
        found = schema.fingerprint(master_of(connection))
        assert found == schema.FINGERPRINT_BY_VERSION[schema.SCHEMA_VERSION]
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        accounts = connection.execute("SELECT count(*), max(phone) FROM account").fetchall()
        assert accounts == [(16, "" if version == 1 else "+1 555 0100")]
        ledger = connection.execute(
            "SELECT row_count, added FROM import_ledger WHERE id = 1"
        ).fetchall()
        assert ledger == [(16 if version == 1 else 0, 16)]
        kept = connection.execute(f"SELECT {columns} FROM territory").fetchall()  # noqa: S608  our own names
        assert kept == territories
        digests = connection.execute("SELECT DISTINCT lock_digest FROM territory ORDER BY 1")
        assert digests.fetchall() == [("",), *([("ab" * 32,)] if version > 2 else ())]
        classes = connection.execute("SELECT name FROM visit_class WHERE is_default = 1").fetchall()
        assert classes == [("C",)]


def test_opening_a_current_plan_does_not_load_the_migration_tools(tmp_path: Path) -> None:
    path = tmp_path / "a.evenfield"
    shutil.copyfile(FROZEN / f"v{schema.SCHEMA_VERSION}.sqlite", path)
    code = (
        "import sys, pathlib\n"
        "from tests.helpers.plans import folders_in\n"
        "from app.services.store.document import PlanDocument\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "PlanDocument.open(path, folders_in(path.parent)).close()\n"
        "sys.exit('sqlite_utils' in sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True, cwd=PROJECT)
