# SPDX-License-Identifier: MIT
"""A plan file is only ever replaced as a whole, by one program, and nothing is lost."""

import hashlib
import os
import shutil
import signal
import socket
import time
from pathlib import Path

import pytest

from app.models.errors import StoreError
from app.services.history import EditHistory
from app.services.store import gate, working_copy
from app.services.store.document import PlanDocument, PublishResult
from tests.helpers.log_watch import LogWatch
from tests.helpers.plans import (
    assign,
    dump_hash,
    first_line,
    folders_in,
    hold,
    killed_after_an_edit,
    make_grid_plan,
    zip_at,
)


def bytes_and_time(path: Path) -> tuple[str, int]:
    return hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns


def edit(document: PlanDocument, row: int = 0, column: int = 0) -> None:
    assign(EditHistory(document.store), [zip_at(row, column)], 2)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    document = make_grid_plan(tmp_path / "plan.evenfield", folders_in(tmp_path))
    document.close()
    return document.path


def test_a_new_plan_is_a_file_that_passes_the_gate(tmp_path: Path) -> None:
    path = tmp_path / "new.evenfield"
    document = PlanDocument.create(path, folders_in(tmp_path), name="Größe & <b>co</b>")
    assert gate.check(path, path.name).revision == 0
    assert document.store.rows("SELECT value FROM setting WHERE key = 'name'") == [
        ("Größe & <b>co</b>",)
    ]
    assert not document.needs_publish()
    document.close()


def test_opening_and_closing_leaves_bytes_and_time_alone(plan: Path) -> None:
    before = bytes_and_time(plan)
    document = PlanDocument.open(plan, folders_in(plan.parent))
    assert not document.needs_publish()
    assert document.publish() is PublishResult.UNCHANGED
    document.close()
    assert bytes_and_time(plan) == before
    assert sorted(path.name for path in plan.parent.iterdir()) == ["own", plan.name]
    assert not list(folders_in(plan.parent).work.glob("*-*-*"))


def test_an_edit_reaches_the_file_when_it_is_published(plan: Path) -> None:
    folders = folders_in(plan.parent)
    document = PlanDocument.open(plan, folders)
    edit(document)
    expected = dump_hash(document.store)
    assert document.needs_publish()
    assert document.publish() is PublishResult.PUBLISHED
    assert not document.needs_publish()
    shutil.copyfile(plan, plan.with_name("copy.evenfield"))
    document.close()
    copy = PlanDocument.open(plan.with_name("copy.evenfield"), folders)
    assert dump_hash(copy.store) == expected
    copy.close()


def test_nothing_lies_beside_an_open_plan_but_the_owner_file(plan: Path) -> None:
    document = PlanDocument.open(plan, folders_in(plan.parent))
    edit(document)
    document.publish()
    names = sorted(path.name for path in plan.parent.iterdir())
    assert names == ["own", plan.name, f"~${plan.name}"]
    document.close()


def test_closing_publishes(plan: Path) -> None:
    folders = folders_in(plan.parent)
    document = PlanDocument.open(plan, folders)
    edit(document)
    expected = dump_hash(document.store)
    document.close()
    document.close()
    again = PlanDocument.open(plan, folders)
    assert dump_hash(again.store) == expected
    again.close()


def test_discarding_leaves_the_file_as_it_is(plan: Path) -> None:
    before = bytes_and_time(plan)
    document = PlanDocument.open(plan, folders_in(plan.parent))
    edit(document)
    document.discard()
    assert bytes_and_time(plan) == before


def test_edits_that_a_crash_kept_from_the_file_are_there_again(plan: Path) -> None:
    folders = folders_in(plan.parent)
    before = bytes_and_time(plan)
    killed_after_an_edit(plan)
    assert bytes_and_time(plan) == before
    document = PlanDocument.open(plan, folders)
    assert document.recovered_changes == 1
    assert document.needs_publish()
    query = "SELECT territory_id FROM geounit_assignment WHERE geounit_id = ?"
    assert document.store.rows(query, (zip_at(0, 0),)) == [(2,)]
    kept = list(folders.backups.rglob("*-recovery.evenfield"))
    assert [hashlib.sha256(path.read_bytes()).hexdigest() for path in kept] == [before[0]]
    document.close()
    document = PlanDocument.open(plan, folders)
    assert document.recovered_changes == 0
    document.close()


def test_the_saved_file_can_be_opened_instead_and_the_edits_are_kept(plan: Path) -> None:
    folders = folders_in(plan.parent)
    killed_after_an_edit(plan)
    document = PlanDocument.open(plan, folders, use_recovered=False)
    assert document.recovered_changes == 0
    assert "kept in the backups" in document.notices[0]
    query = "SELECT territory_id FROM geounit_assignment WHERE geounit_id = ?"
    assert document.store.rows(query, (zip_at(0, 0),)) == [(1,)]
    document.close()
    (kept,) = folders.backups.rglob("*-recovered.evenfield")
    other = PlanDocument.open(kept, folders)
    assert other.store.rows(query, (zip_at(0, 0),)) == [(2,)]
    other.close()


def test_after_a_crash_a_file_that_was_changed_meanwhile_is_kept_as_well(plan: Path) -> None:
    folders = folders_in(plan.parent)
    elsewhere = plan.with_name("elsewhere.evenfield")
    shutil.copyfile(plan, elsewhere)
    killed_after_an_edit(plan)
    other = PlanDocument.open(elsewhere, folders)
    edit(other, 1, 1)
    other.close()
    elsewhere.replace(plan)
    document = PlanDocument.open(plan, folders)
    query = (
        "SELECT geounit_id FROM geounit_assignment WHERE territory_id = 2 AND geounit_id IN (?, ?)"
    )
    assert document.store.rows(query, (zip_at(0, 0), zip_at(1, 1))) == [(zip_at(1, 1),)]
    document.close()
    (kept,) = plan.parent.glob("plan (from *).evenfield")
    other = PlanDocument.open(kept, folders)
    assert other.store.rows(query, (zip_at(0, 0), zip_at(1, 1))) == [(zip_at(0, 0),)]
    other.close()


def test_a_plan_that_is_gone_comes_back_from_what_a_crash_left(plan: Path) -> None:
    killed_after_an_edit(plan)
    plan.unlink()
    document = PlanDocument.open(plan, folders_in(plan.parent))
    assert "was gone" in document.notices[0]
    document.close()
    assert gate.check(plan, plan.name).revision == 2


def test_a_damaged_working_copy_is_set_aside_and_the_file_opened(
    plan: Path, log_watch: LogWatch
) -> None:
    folders = folders_in(plan.parent)
    killed_after_an_edit(plan)
    (working,) = folders.work.glob("plan-*.db")
    content = bytearray(working.read_bytes())
    content[5000:9000] = bytes(4000)
    working.write_bytes(content)
    with log_watch.expect("damaged"):
        document = PlanDocument.open(plan, folders)
    assert document.recovered_changes == 0
    document.close()
    assert len(list(folders.work.glob("damaged-*.db"))) == 1


@pytest.mark.parametrize("note", ["", "{", "[]", '{"document": 1}', '{"states": [1]}'])
def test_a_note_that_cannot_be_read_is_passed_over(
    note: str, plan: Path, log_watch: LogWatch
) -> None:
    folders = folders_in(plan.parent)
    (folders.work / "plan-1-a.json").write_text(note)
    with log_watch.expect("unreadable note"):
        PlanDocument.open(plan, folders).close()


def test_a_file_changed_elsewhere_is_never_overwritten(plan: Path, log_watch: LogWatch) -> None:
    folders = folders_in(plan.parent)
    document = PlanDocument.open(plan, folders)
    elsewhere = plan.with_name("elsewhere.evenfield")
    shutil.copyfile(plan, elsewhere)
    other = PlanDocument.open(elsewhere, folders)
    edit(other, 1, 1)
    other.close()
    elsewhere.replace(plan)
    theirs = bytes_and_time(plan)
    edit(document)
    ours = dump_hash(document.store)
    with log_watch.expect("changed elsewhere"):
        assert document.publish() is PublishResult.KEPT_BOTH
    assert bytes_and_time(plan) == theirs
    assert document.path != plan
    assert document.path.parent == plan.parent
    assert socket.gethostname().split(".")[0] in document.path.name
    edit(document, 0, 1)
    assert document.publish() is PublishResult.PUBLISHED
    document.store.rows("SELECT 1")
    EditHistory(document.store).undo()
    document.close()
    again = PlanDocument.open(document.path, folders)
    assert dump_hash(again.store) == ours
    again.close()
    first = PlanDocument.open(plan, folders)
    assert not first.is_read_only
    first.close()


def test_a_file_that_was_only_touched_is_no_conflict(plan: Path) -> None:
    document = PlanDocument.open(plan, folders_in(plan.parent))
    edit(document)
    os.utime(plan)
    assert document.publish() is PublishResult.PUBLISHED
    document.close()


def test_a_file_that_was_moved_away_is_written_again(plan: Path) -> None:
    document = PlanDocument.open(plan, folders_in(plan.parent))
    edit(document)
    plan.rename(plan.with_name("moved.evenfield"))
    assert document.publish() is PublishResult.PUBLISHED
    document.close()
    assert plan.exists()


def test_a_file_marked_read_only_opens_for_reading(plan: Path) -> None:
    plan.chmod(0o444)
    before = bytes_and_time(plan)
    document = PlanDocument.open(plan, folders_in(plan.parent))
    assert document.read_only_reason == "The file is marked as read-only."
    document.save_copy(plan.with_name("copy.evenfield"))
    document.close()
    assert bytes_and_time(plan) == before
    assert not plan.with_name(f"~${plan.name}").exists()


def test_a_copy_without_history_holds_no_deleted_names(plan: Path) -> None:
    folders = folders_in(plan.parent)
    document = PlanDocument.open(plan, folders)

    def rename(number: int, name: str) -> None:
        with document.store.transaction() as tx:
            tx.put("account", ("id", "name"), [(number, name)])

    rename(1, "Canary GmbH")
    rename(1, "Other")
    with_history, without = plan.with_name("a.evenfield"), plan.with_name("b.evenfield")
    document.save_copy(with_history)
    document.save_copy(without, keep_history=False)
    expected = dump_hash(document.store)
    document.close()
    assert b"Canary" not in without.read_bytes()
    copy = PlanDocument.open(without, folders)
    assert EditHistory(copy.store).steps() == ()
    assert dump_hash(copy.store) == expected
    copy.close()
    assert gate.check(with_history, "a").revision > 0


def test_backups_are_made_on_demand_and_pass_the_gate(plan: Path) -> None:
    folders = folders_in(plan.parent)
    document = PlanDocument.open(plan, folders)
    edit(document)
    document.back_up("import")
    plan_id = document.store.meta("plan_id")
    document.close()
    (backup,) = (folders.backups / plan_id).glob("*-import.evenfield")
    assert gate.check(backup, backup.name).revision == 2


def test_every_half_hour_the_published_file_is_kept(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.store.document._BACKUP_EVERY_SECONDS", 0.0)
    folders = folders_in(plan.parent)
    document = PlanDocument.open(plan, folders)
    edit(document)
    document.close()
    (backup,) = folders.backups.rglob("*.evenfield")
    assert backup.read_bytes() == plan.read_bytes()


@pytest.mark.parametrize("name", ["no such.evenfield", "a folder", "no folder/plan.evenfield"])
def test_what_is_no_file_has_a_sentence(name: str, plan: Path) -> None:
    (plan.parent / "a folder").mkdir()
    with pytest.raises(StoreError) as caught:
        PlanDocument.open(plan.parent / name, folders_in(plan.parent))
    assert Path(name).name in caught.value.message
    assert not (plan.parent / f"~${name}").exists()


def test_a_refused_file_is_free_for_others_and_leaves_nothing(plan: Path) -> None:
    plan.write_bytes(b"")
    folders = folders_in(plan.parent)
    with pytest.raises(StoreError, match="is empty"):
        PlanDocument.open(plan, folders)
    assert not plan.with_name(f"~${plan.name}").exists()
    assert not list(folders.work.glob("opening-*"))


def test_odd_names_work(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    for name in ("Größe 😀 & 'q' %20 #1?.evenfield", "é.evenfield", " lead.evenfield", "a" * 200):
        path = tmp_path / name
        document = PlanDocument.create(path, folders, name=name)
        with document.store.transaction() as tx:
            tx.put("rep", ("id", "name"), [(1, "x")])
        document.close()
        document = PlanDocument.open(path, folders)
        assert document.store.rows("SELECT name FROM rep") == [("x",)]
        document.close()


def test_a_link_is_followed_and_stays_a_link(plan: Path) -> None:
    link = plan.parent / "own" / "link.evenfield"
    link.symlink_to(plan)
    document = PlanDocument.open(link, folders_in(plan.parent))
    edit(document)
    document.close()
    assert link.is_symlink()
    assert gate.check(plan, plan.name).revision == 2


def test_old_temporary_files_are_swept_and_young_ones_kept(plan: Path) -> None:
    folders = folders_in(plan.parent)
    old, young = folders.work / "snapshot-1-a.db", folders.work / "snapshot-1-b.db"
    for path in (old, young):
        path.touch()
    hour_ago = time.time() - 3700
    os.utime(old, (hour_ago, hour_ago))
    working_copy.sweep(folders.work)
    assert (old.exists(), young.exists()) == (False, True)


def test_what_a_crash_left_long_ago_is_not_swept(plan: Path) -> None:
    folders = folders_in(plan.parent)
    killed_after_an_edit(plan)
    for path in folders.work.iterdir():
        os.utime(path, (1e9, 1e9))
    document = PlanDocument.open(plan, folders)
    assert document.recovered_changes == 1
    for path in folders.work.iterdir():
        os.utime(path, (1e9, 1e9))
    working_copy.sweep(folders.work)
    edit(document, 2, 0)
    document.close()


def test_a_program_that_is_asked_to_stop_leaves_a_whole_plan(plan: Path) -> None:
    child = hold(plan)
    assert first_line(child) == "write"
    child.send_signal(signal.SIGTERM)
    child.communicate()
    document = PlanDocument.open(plan, folders_in(plan.parent))
    assert document.recovered_changes == 1
    document.close()


def test_bytes_that_passed_the_gate_pass_at_once_and_others_do_not(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = folders_in(plan.parent)
    checked: list[str] = []
    check = gate.check

    def counted(path: Path, name: str) -> gate.GateReport:
        checked.append(name)
        return check(path, name)

    monkeypatch.setattr(gate, "check", counted)
    document = PlanDocument.open(plan, folders)  # written by this program
    edit(document)
    document.close()
    PlanDocument.open(plan, folders).close()
    assert checked == []
    (folders.work / "passed.json").unlink()
    PlanDocument.open(plan, folders).close()
    PlanDocument.open(plan, folders).close()
    assert checked == [plan.name]
    content = bytearray(plan.read_bytes())
    content[content.find(b"Grid 7")] ^= 1
    plan.write_bytes(content)
    with pytest.raises(StoreError, match="check sum"):
        PlanDocument.open(plan, folders)


@pytest.mark.parametrize("content", ["", "[]", '{"program": 1}', '{"files": {"a": [1]}}'])
def test_a_strange_list_of_passed_files_is_as_good_as_none(content: str, plan: Path) -> None:
    folders = folders_in(plan.parent)
    (folders.work / "passed.json").write_text(content)
    PlanDocument.open(plan, folders).close()
