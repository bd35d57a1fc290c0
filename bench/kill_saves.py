# SPDX-License-Identifier: MIT
"""Kills the program at random moments while it saves, and looks for what was lost.

    python bench/kill_saves.py [--kills 200] [--control 60] [--seed 1]

A second process opens a plan through the real document layer, makes edit after edit and publishes
without a pause; after each commit it writes the number of the edit into a pipe. This process kills
it (signal 9) at a random moment, checks the plan file, opens it again as the program would and
compares. Prints one JSON object with ``real`` and ``control``, each of

- kills, acknowledged: how often it was killed, and edits that were reported as saved before;
- mid_write: kills that left a half-written commit to roll back;
- lost: edits that were acknowledged and are gone; partial: plans with half an edit;
- corrupt: plan files or working copies that are damaged.

The control runs with the journal switched off and must show failures: it proves that the kills
hit. Ends with exit code 1 if the real run shows any failure or the control shows none.
"""

import argparse
import json
import logging
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from common import ROOT, say

from app.models.changes import Changes
from app.models.errors import StoreError
from app.services.history import EditHistory
from app.services.store import gate, store
from app.services.store.document import AppFolders, PlanDocument
from app.services.store.transaction import LogEntry, Transaction

ACCOUNTS = 2000
MARKED_EACH = 10
"""Every tenth account is changed by each edit, so that an edit writes many pages."""

UNITS = 40
LONGEST_SECONDS = 0.06
UNSAFE_PRAGMAS = ("journal_mode=OFF", "synchronous=OFF")
_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")


@dataclass(slots=True)
class Tally:
    """What came of a number of kills; see the module."""

    kills: int = 0
    acknowledged: int = 0
    mid_write: int = 0
    lost: int = 0
    partial: int = 0
    corrupt: int = 0

    @property
    def failures(self) -> int:
        return self.lost + self.partial + self.corrupt


def folders_in(folder: Path) -> AppFolders:
    """The program's own folders for this measurement."""
    return AppFolders(folder / "work", folder / "backups", folder / "logs")


def make_plan(path: Path) -> None:
    """A plan with accounts of some hundred bytes each."""
    document = PlanDocument.create(path, folders_in(path.parent), name="Kills")
    with document.store.transaction() as tx:
        rows = [(number, f"K{number}", "0", "x" * 300) for number in range(1, ACCOUNTS + 1)]
        tx.put("account", ("id", "external_id", "name", "street"), rows, all_new=True)
        columns = ("id", "scenario_id", "sales_force_id", "name")
        tx.put("territory", columns, [(1, 1, 1, "One"), (2, 1, 1, "Two")])
        tx.put("setting", ("key", "value"), [("edit", "0")])
    document.close()


def change(tx: Transaction, number: int) -> Changes:
    """One edit that leaves its number in many places."""
    marked = range(MARKED_EACH, ACCOUNTS + 1, MARKED_EACH)
    tx.put("setting", ("key", "value"), [("edit", str(number))])
    tx.put("account", ("id", "name"), [(account, str(number)) for account in marked])
    old, new = 1 + number % 2, 2 - number % 2
    units = [f"zip:{unit:05}" for unit in range(UNITS)]
    tx.delete("geounit_assignment", [(1, unit, old) for unit in units])
    columns = ("scenario_id", "geounit_id", "territory_id")
    tx.put("geounit_assignment", columns, [(1, unit, new) for unit in units])
    tx.log([LogEntry(1, geounit_id=unit, to_territory=new) for unit in units])
    return Changes()


def number_of(document: PlanDocument) -> int:
    """The last edit that the plan holds."""
    found = document.store.rows("SELECT value FROM setting WHERE key = 'edit'")
    return int(str(found[0][0]))


def work(path: Path, *, unsafe: bool) -> None:
    """Edit and publish until killed."""
    if unsafe:
        store.WORKING_PRAGMAS = (*store.WORKING_PRAGMAS, *UNSAFE_PRAGMAS)
    document = PlanDocument.open(path, folders_in(path.parent))
    history = EditHistory(document.store)

    def publish_on() -> None:
        while True:
            document.publish()
            time.sleep(0.005)

    threading.Thread(target=publish_on, daemon=True).start()
    number = number_of(document)
    while True:
        number += 1
        history.run(f"Edit {number}", lambda tx, number=number: change(tx, number))
        os.write(1, f"{number}\n".encode())


def kill_once(path: Path, chance: random.Random, tally: Tally, *, unsafe: bool) -> None:
    """Let the worker run, kill it, and look at what it left."""
    words = [sys.executable, str(Path(__file__)), "--work", str(path)]
    child = subprocess.Popen([*words, *(["--unsafe"] if unsafe else [])], stdout=subprocess.PIPE)
    assert child.stdout is not None  # noqa: S101  asked for above
    seen = child.stdout.readline()
    if not seen:
        message = f"the program ended by itself with {child.wait()}"
        raise RuntimeError(message)
    time.sleep(chance.random() * LONGEST_SECONDS)
    child.send_signal(signal.SIGKILL)
    seen += child.communicate()[0]
    # The last line may be half of one, and half a number is smaller.
    acknowledged = [int(line) for line in seen.split(b"\n")[:-1]]
    tally.kills += 1
    tally.acknowledged += len(acknowledged)
    tally.mid_write += _has_hot_journal(path.parent)
    _inspect(path, max(acknowledged, default=0), tally)


def _inspect(path: Path, acknowledged: int, tally: Tally) -> None:
    try:
        gate.check(path, path.name)
        document = PlanDocument.open(path, folders_in(path.parent))
    except StoreError:
        tally.corrupt += 1
        return
    try:
        found = number_of(document)
        tally.lost += max(0, acknowledged - found)
        if document.store.rows("PRAGMA integrity_check") != [("ok",)]:
            tally.corrupt += 1
        elif not _is_whole(document, found):
            tally.partial += 1
        document.close()
        gate.check(path, path.name)
    except StoreError:
        document.discard()
        tally.corrupt += 1


def _is_whole(document: PlanDocument, number: int) -> bool:
    """Whether the last edit is there in full, and can be undone and redone."""
    history = EditHistory(document.store)
    if not _shows(document, number):
        return False
    if history.status().undo_label is None:
        return number == 0
    history.undo()
    is_undone = _shows(document, number - 1)
    history.redo()
    return is_undone and _shows(document, number)


def _shows(document: PlanDocument, number: int) -> bool:
    names = document.store.rows(
        "SELECT DISTINCT name FROM account WHERE id % ? = 0", (MARKED_EACH,)
    )
    units = document.store.rows(
        "SELECT territory_id, count(*) FROM geounit_assignment GROUP BY territory_id"
    )
    expected = [(2 - number % 2, UNITS)] if number else []
    return names == [(str(number),)] and units == expected


def _has_hot_journal(folder: Path) -> bool:
    """Whether a commit was being written: the journal's header is filled in."""
    return any(
        journal.read_bytes()[: len(_JOURNAL_MAGIC)] == _JOURNAL_MAGIC
        for journal in (folder / "work").glob("plan-*-journal")
    )


@contextmanager
def quiet() -> Iterator[None]:
    """The control damages working copies on purpose; the log need not say so each time."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def run(kills: int, seed: int, *, unsafe: bool = False) -> Tally:
    """Kill the program so many times.

    Args:
        kills: How often.
        seed: Of the moments.
        unsafe: The control: no journal, no flushing.
    """
    tally = Tally()
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name, quiet():
        path = Path(name) / "plan.evenfield"
        make_plan(path)
        for _ in range(kills):
            before = tally.failures
            kill_once(path, chance, tally, unsafe=unsafe)
            if tally.failures > before:  # start from a whole plan again
                path = Path(tempfile.mkdtemp(dir=name)) / "plan.evenfield"
                make_plan(path)
    return tally


def main() -> int:
    """Run both and print the figures; 1 where a promise is not met."""
    parser = argparse.ArgumentParser(description="Kills the program while it saves.")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--control", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--unsafe", action="store_true", help=argparse.SUPPRESS)
    words = parser.parse_args()
    if words.work:
        work(words.work, unsafe=words.unsafe)
    real = run(words.kills, words.seed)
    control = run(words.control, words.seed, unsafe=True)
    say(json.dumps({"real": asdict(real), "control": asdict(control)}, indent=1))
    is_control_blind = words.control > 0 and control.failures == 0
    return int(real.failures > 0 or is_control_blind)


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
