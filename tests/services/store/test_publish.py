# SPDX-License-Identifier: MIT
"""Publishing: the file is the old one or the new one, whatever happens, and edits go on."""

import errno
import os
import random
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.changes import Changes
from app.models.errors import StoreError
from app.services.history import EditHistory
from app.services.store import gate, publish
from app.services.store.document import PlanDocument, PublishResult
from app.services.store.transaction import Transaction
from tests.helpers.log_watch import LogWatch
from tests.helpers.plans import (
    assign,
    dump_hash,
    fill_large,
    folders_in,
    large_rows,
    make_grid_plan,
    zip_at,
)


def mounted(folder: Path, *words: str) -> bool:
    """Whether a mount succeeded; it takes root."""
    if os.name != "posix" or os.geteuid() != 0:
        return False
    folder.mkdir(exist_ok=True)
    return (
        subprocess.run(["mount", *words, str(folder)], check=False, capture_output=True).returncode
        == 0
    )


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB."""
    folder = tmp_path / "small disk"
    if not mounted(folder, "-t", "tmpfs", "-o", "size=4m", "tmpfs"):
        pytest.skip("mounting a small disk takes root")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def read_only_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder with a plan that nobody can write to."""
    folder = tmp_path / "disk"
    folder.mkdir()
    make_grid_plan(folder / "plan.evenfield", folders_in(tmp_path)).close()
    if not mounted(folder, "--bind", str(folder)):
        pytest.skip("mounting a read-only folder takes root")
    subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Take all room but some kilobytes."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError as error:
            assert error.errno == errno.ENOSPC  # noqa: PT017  the loop has no other end
    return ballast


def test_a_full_disk_keeps_the_old_file_and_the_edits(small_disk: Path, tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    document = make_grid_plan(small_disk / "plan.evenfield", folders)
    before = document.path.read_bytes()
    assign(EditHistory(document.store), [zip_at(0, 0)], 2)
    expected = dump_hash(document.store)
    ballast = fill(small_disk)
    with pytest.raises(StoreError, match="no room left") as caught:
        document.publish()
    assert str(small_disk) in caught.value.message
    assert "kept on this computer" in caught.value.meaning
    assert document.path.read_bytes() == before
    assert not list(small_disk.glob("*.tmp"))
    with pytest.raises(StoreError, match="no room left"):
        document.save_copy(small_disk / "copy.evenfield")
    assert not list(small_disk.glob("copy*"))
    with pytest.raises(StoreError, match="no room left"):
        document.close()
    ballast.unlink()
    document = PlanDocument.open(document.path, folders)
    assert document.recovered_changes == 1
    assert dump_hash(document.store) == expected
    document.close()


def test_no_room_for_the_working_copy_has_a_sentence(small_disk: Path, tmp_path: Path) -> None:
    plan = make_grid_plan(tmp_path / "plan.evenfield", folders_in(tmp_path))
    plan.close()
    before = plan.path.read_bytes()
    folders = folders_in(small_disk)
    folders.work.mkdir(parents=True)
    fill(small_disk)
    with pytest.raises(StoreError):
        PlanDocument.open(plan.path, folders)
    assert plan.path.read_bytes() == before
    with pytest.raises(StoreError):
        PlanDocument.create(tmp_path / "new.evenfield", folders, name="x")
    assert not (tmp_path / "new.evenfield").exists()
    assert not (tmp_path / "~$new.evenfield").exists()


def test_an_edit_that_does_not_fit_on_the_disk_is_rolled_back(
    small_disk: Path, tmp_path: Path
) -> None:
    path = tmp_path / "plan.evenfield"
    document = PlanDocument.create(path, folders_in(small_disk), name="x")
    history = EditHistory(document.store)

    def add_rep(tx: Transaction) -> Changes:
        tx.put("rep", ("id", "name"), [(1, "Ada Example")])
        return Changes()

    history.run("Add a rep", add_rep)
    before = dump_hash(document.store)
    rows, values = large_rows(20_000)
    with pytest.raises(StoreError, match="no room left"):
        history.run("Import", lambda tx: fill_large(tx, rows, values))
    assert dump_hash(document.store) == before
    document.close()
    assert gate.check(path, "plan").revision == 1


def test_a_read_only_folder_opens_for_reading(read_only_disk: Path, tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    path = read_only_disk / "plan.evenfield"
    document = PlanDocument.open(path, folders)
    assert document.read_only_reason == f"Nothing can be written in the folder {read_only_disk}."
    assert document.store.rows("SELECT count(*) FROM account") == [(16,)]
    document.save_copy(tmp_path / "copy.evenfield")
    with pytest.raises(StoreError, match="permission"):
        document.save_copy(read_only_disk / "copy.evenfield")
    document.close()
    assert gate.check(tmp_path / "copy.evenfield", "copy").revision == 1
    with pytest.raises(StoreError, match="cannot be written"):
        PlanDocument.create(read_only_disk / "new.evenfield", folders, name="x")


def hold_for(monkeypatch: pytest.MonkeyPatch, refusals: int) -> None:
    """Let another program hold the plan file for some attempts to replace it."""
    left = [refusals]
    replace = Path.replace

    def held(path: Path, target: Path) -> Path:
        if path.name.endswith("evenfield.tmp") and left[0] > 0:
            left[0] -= 1
            raise PermissionError(errno.EACCES, "held")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(publish, "_REPLACE_PAUSE_SECONDS", 0.01)


def test_a_file_held_for_a_moment_is_replaced_when_it_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = make_grid_plan(tmp_path / "plan.evenfield", folders_in(tmp_path))
    assign(EditHistory(document.store), [zip_at(0, 0)], 2)
    hold_for(monkeypatch, 5)
    assert document.publish() is PublishResult.PUBLISHED
    document.close()


def test_a_file_held_for_long_has_a_sentence_and_the_next_attempt_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = make_grid_plan(tmp_path / "plan.evenfield", folders_in(tmp_path))
    before = document.path.read_bytes()
    assign(EditHistory(document.store), [zip_at(0, 0)], 2)
    with monkeypatch.context() as patch:
        patch.setattr(publish, "_REPLACE_SECONDS", 0.05)
        hold_for(patch, 1000)
        with pytest.raises(StoreError, match="Another program holds plan"):
            document.publish()
    assert document.path.read_bytes() == before
    assert not list(tmp_path.glob("*.tmp"))
    assert document.needs_publish()
    assert document.publish() is PublishResult.PUBLISHED
    document.close()


def test_a_folder_that_is_gone_keeps_the_edits_here(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    stick = tmp_path / "stick"
    stick.mkdir()
    document = make_grid_plan(stick / "plan.evenfield", folders)
    assign(EditHistory(document.store), [zip_at(0, 0)], 2)
    expected = dump_hash(document.store)
    stick.rename(tmp_path / "unplugged")
    with pytest.raises(StoreError) as caught:
        document.publish()
    assert "kept on this computer" in caught.value.meaning
    with pytest.raises(StoreError):
        document.close()
    (tmp_path / "unplugged").rename(stick)
    document = PlanDocument.open(stick / "plan.evenfield", folders)
    assert dump_hash(document.store) == expected
    document.close()


def test_a_temporary_file_that_a_kill_left_is_removed_at_the_next_opening(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    document = make_grid_plan(tmp_path / "plan.evenfield", folders)
    document.close()
    (tmp_path / "plan.evenfield.tmp").write_bytes(b"half")
    PlanDocument.open(document.path, folders).close()
    assert not list(tmp_path.glob("*.tmp"))


def test_copies_made_at_any_moment_of_editing_and_publishing_are_whole(tmp_path: Path) -> None:
    document = make_grid_plan(tmp_path / "plan.evenfield", folders_in(tmp_path))
    history = EditHistory(document.store)
    stop = threading.Event()

    def publish_on() -> None:
        while not stop.is_set():
            document.publish()

    def copy_on() -> None:
        chance = random.Random(3)
        while not stop.is_set():
            shutil.copyfile(document.path, tmp_path / f"copy {len(copies)}")
            copies.append(tmp_path / f"copy {len(copies)}")
            time.sleep(chance.random() / 200)

    copies: list[Path] = []
    workers = [threading.Thread(target=work) for work in (publish_on, copy_on)]
    for worker in workers:
        worker.start()
    for number in range(60):
        assign(history, [zip_at(0, 0), f"zip:{number}"], 1 + number % 2)
    stop.set()
    for worker in workers:
        worker.join()
    document.close()
    revisions = [gate.check(path, path.name).revision for path in copies]
    assert revisions == sorted(revisions)
    assert len(revisions) > 5


def test_edits_of_a_large_plan_do_not_wait_for_publishing(tmp_path: Path) -> None:
    """The bound is four times what is promised: the machine of a test run is a busy one."""
    document = PlanDocument.create(tmp_path / "plan.evenfield", folders_in(tmp_path), name="x")
    history = EditHistory(document.store)
    rows, values = large_rows(20_000)
    history.run("Import", lambda tx: fill_large(tx, rows, values))
    worker = threading.Thread(target=document.publish)
    worker.start()
    longest = 0.0
    number = 0
    while worker.is_alive():
        start = time.perf_counter()
        assign(history, [f"zip:{number + place:05}" for place in range(50)], 1 + number % 9)
        longest = max(longest, time.perf_counter() - start)
        number += 50
    worker.join()
    assert document.needs_publish()
    document.close()
    assert longest < 0.2


def test_a_backup_that_cannot_be_made_does_not_stop_publishing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log_watch: LogWatch
) -> None:
    monkeypatch.setattr("app.services.store.document._BACKUP_EVERY_SECONDS", 0.0)
    folders = folders_in(tmp_path)
    folders.backups.parent.mkdir(parents=True)
    folders.backups.write_text("a file where the folder should be")
    with log_watch.expect("backup of every half hour"):
        make_grid_plan(tmp_path / "plan.evenfield", folders).close()
