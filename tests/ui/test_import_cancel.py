# SPDX-License-Identifier: MIT
"""A long import can be stopped at every step, soon, and leaves the plan as it was."""

import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.ui.session import EditSession
from tests.helpers.plans import dump_hash
from tests.ui.import_steps import CUSTOMERS, Steps

ROWS = 100_000
SOON_S = 1.5
"""Half a second is the aim; a busy machine gets three times that before a test fails."""


@pytest.fixture
def steps(session: EditSession, tmp_path: Path, qtbot: QtBot) -> Steps:
    return Steps(session, tmp_path, qtbot)


@pytest.fixture
def long_list(steps: Steps) -> Path:
    """A hundred thousand invented customers."""
    zips = ("02108", "10001", "60601", "77002", "98101")
    lines = [f"K{n},Company {n},{zips[n % 5]},{n % 997}" for n in range(ROWS)]
    return steps.file("long.csv", "Customer ID,Company,Zip,Annual Revenue\n" + "\n".join(lines))


def stop_when(steps: Steps, words: str) -> float:
    """Stop the work once it says some words; how long it went on, in seconds."""
    said: list[str] = []
    steps.wizard.tasks.progressed.connect(lambda _share, text: said.append(text))
    steps.qtbot.waitUntil(lambda: any(words in text for text in said), timeout=60_000)
    started = time.perf_counter()
    steps.wizard.progress.cancelled.emit()
    steps.wait()
    return time.perf_counter() - started


def test_writing_is_stopped_in_the_middle_and_can_begin_again(
    steps: Steps, session: EditSession, long_list: Path
) -> None:
    store = session.workspace.document.store
    before, accounts = dump_hash(store), len(session.workspace.accounts)
    steps.open(long_list)
    steps.qtbot.waitUntil(lambda: len(steps.wizard.hands) == 1, timeout=60_000)
    steps.wizard.work.check()
    steps.qtbot.waitUntil(lambda: bool(steps.wizard.work.drafts), timeout=120_000)
    steps.wizard.next.click()
    assert stop_when(steps, "Writing 40,000") < SOON_S
    assert steps.wizard.pages.currentWidget() is steps.wizard.check_page
    assert dump_hash(store) == before
    assert len(session.workspace.accounts) == accounts
    assert steps.wizard.next.isEnabled()


def test_reading_and_checking_are_stopped(steps: Steps, long_list: Path) -> None:
    steps.wizard.open_file(long_list)
    assert stop_when(steps, "Reading") < SOON_S
    assert len(steps.wizard.hands) == 0
    steps.open(long_list)
    steps.qtbot.waitUntil(lambda: len(steps.wizard.hands) == 1, timeout=60_000)
    steps.wizard.next.click()
    assert stop_when(steps, "Placing") < SOON_S
    assert steps.wizard.pages.currentWidget() is steps.wizard.columns_page
    assert not steps.wizard.work.drafts


def test_closing_the_window_stops_the_work(steps: Steps, session: EditSession) -> None:
    before = dump_hash(session.workspace.document.store)
    steps.open(steps.file("customers.csv", CUSTOMERS))
    steps.wizard.work.check()
    steps.wizard.reject()
    assert dump_hash(session.workspace.document.store) == before
