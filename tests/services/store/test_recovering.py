# SPDX-License-Identifier: MIT
"""From a damaged plan everything that can be read is saved into a new one."""

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.models.errors import StoreError
from app.services.history import EditHistory
from app.services.store import gate
from app.services.store.document import PlanDocument
from app.services.store.recovering import newest_good_backup, plan_id_of, recover_readable
from tests.helpers.plans import PROJECT, dump_hash, fill_large, folders_in, large_rows

PLAN = PROJECT / "tests/data/plans/v1.sqlite"


def test_a_plan_that_only_lost_its_check_sum_is_saved_whole(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    damaged, target = tmp_path / "damaged.evenfield", tmp_path / "saved.evenfield"
    shutil.copyfile(PLAN, damaged)
    with closing(sqlite3.connect(damaged)) as connection, connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'content_hash'", ("0" * 64,))
    with pytest.raises(StoreError, match="check sum"):
        gate.check(damaged, "damaged")
    report = recover_readable(damaged, target, folders)
    assert report.damaged_tables == ()
    assert report.rows_by_table["account"] == 16
    saved = PlanDocument.open(target, folders)
    shutil.copyfile(PLAN, tmp_path / "whole.evenfield")
    whole = PlanDocument.open(tmp_path / "whole.evenfield", folders)
    assert dump_hash(saved.store) == dump_hash(whole.store)
    assert EditHistory(saved.store).steps() == ()
    saved.close()
    whole.close()


def test_rows_before_and_behind_a_hole_are_saved(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    document = PlanDocument.create(tmp_path / "a.evenfield", folders, name="x")
    rows, values = large_rows(2000)
    EditHistory(document.store).run("Import", lambda tx: fill_large(tx, rows, values))
    document.close()
    content = bytearray(document.path.read_bytes())
    place = content.find(b"Example Company 1000 Inc.") // 4096 * 4096
    content[place : place + 4096] = bytes(4096)
    document.path.write_bytes(content)
    with pytest.raises(StoreError, match="damaged"):
        PlanDocument.open(document.path, folders)
    report = recover_readable(document.path, tmp_path / "b.evenfield", folders)
    assert report.damaged_tables == ("account",)
    assert 1900 < report.rows_by_table["account"] < 2000
    saved = PlanDocument.open(tmp_path / "b.evenfield", folders)
    accounts, least, most = saved.store.rows("SELECT count(*), min(id), max(id) FROM account")[0]
    assert (accounts, least, most) == (report.rows_by_table["account"], 1, 2000)
    assert saved.store.rows("SELECT count(*) FROM account_measure") == [(3 * int(accounts or 0),)]
    saved.close()


def test_whatever_is_recovered_from_mutants_passes_the_gate(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    chance = random.Random(4)
    damaged = tmp_path / "damaged.evenfield"
    saved = 0
    for number in range(25):
        content = bytearray(PLAN.read_bytes())
        for _ in range(3):
            content[chance.randrange(4096, len(content))] = chance.randrange(256)
        damaged.write_bytes(content)
        target = tmp_path / f"saved {number}.evenfield"
        try:
            recover_readable(damaged, target, folders)
        except StoreError as error:
            assert "Nothing can be read" in error.message  # noqa: PT017  some are beyond help
            assert not target.exists()
            continue
        PlanDocument.open(target, folders).close()
        saved += 1
    assert saved > 5


@pytest.mark.parametrize("content", [b"", b"text", PLAN.read_bytes()[:3000]])
def test_of_what_was_never_a_plan_nothing_is_made(content: bytes, tmp_path: Path) -> None:
    damaged, target = tmp_path / "damaged", tmp_path / "saved"
    damaged.write_bytes(content)
    with pytest.raises(StoreError, match="Nothing can be read"):
        recover_readable(damaged, target, folders_in(tmp_path))
    assert not target.exists()


def test_the_newest_backup_that_is_good_is_found(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    path = tmp_path / "a.evenfield"
    shutil.copyfile(PLAN, path)
    plan_id = plan_id_of(path)
    assert newest_good_backup(folders, plan_id) is None
    folder = folders.backups / plan_id
    folder.mkdir(parents=True)
    shutil.copyfile(PLAN, folder / "20260101T000000Z.evenfield")
    shutil.copyfile(PLAN, folder / "20260102T000000Z-import.evenfield")
    (folder / "20260103T000000Z.evenfield").write_bytes(b"")
    found = newest_good_backup(folders, plan_id)
    assert found is not None
    assert found.reason == "import"
    assert plan_id_of(tmp_path / "none") == ""
