# SPDX-License-Identifier: MIT
"""The account list of a large plan: seen before it is read, read in the background when needed."""

import pytest
from pytestqt.qtbot import QtBot

from app.services.placed_words import placed_title
from app.services.store.repositories import AccountRepository
from app.services.workspace import Workspace
from app.ui.panes.account_pane import AccountPane
from app.ui.panes.account_texts import AccountTexts, WordedTexts
from app.ui.session import EditSession


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The plan counts as large; the columns that are read as a whole are told."""
    for module in ("app.ui.panes.account_texts", "app.ui.tables.arranger"):
        monkeypatch.setattr(f"{module}.LARGE", 100)
    told: list[tuple[str, ...]] = []
    read = AccountRepository.text_columns

    def watched(self: AccountRepository, columns: list[str]) -> object:
        told.append(tuple(columns))
        return read(self, columns)

    monkeypatch.setattr(AccountRepository, "text_columns", watched)
    return told


def test_single_texts_are_seen_without_reading_the_column(
    workspace: Workspace, reads: list[tuple[str, ...]]
) -> None:
    names = AccountTexts(workspace.accounts, "name")
    placed = WordedTexts(AccountTexts(workspace.accounts, "placed_by"), placed_title)
    rows = (0, 63, 64, 241)
    assert [names[row] for row in rows] == [
        "Houston Cycles No. 1",
        "Dallas Cycles No. 24",
        "Dallas Cycles No. 25",
        "Sam & Sons",
    ]
    assert [placed[row] for row in (0, 241)] == ["City and state", "Not placed"]
    assert (reads, names.is_read) == ([], False)
    assert [names[row] for row in range(242)] == workspace.accounts.text("name").tolist()
    assert placed.read().tolist() == [placed[row] for row in range(242)]
    assert names.is_read


def test_a_search_reads_what_is_shown_in_one_pass_and_shows_the_old_rows_until_then(
    session: EditSession, reads: list[tuple[str, ...]], qtbot: QtBot
) -> None:
    pane = AccountPane(session)
    qtbot.addWidget(pane)
    pane.resize(1000, 400)
    pane.show()
    model = pane.table.array_model
    assert model.cell_text(0, 241) == "Sam & Sons"
    assert reads == []
    with qtbot.waitSignal(model.arranged, timeout=10_000):
        model.set_filter("no. 40")
        assert len(model.order()) == 242
    assert [row % 40 for row in model.order().tolist()] == [39] * 6
    assert len(reads) == 1
    assert {"name", "city", "owner"} <= set(reads[0])
    assert "street" not in reads[0], "it is not shown"
    with qtbot.waitSignal(model.arranged, timeout=10_000):
        model.set_filter("99 no such street")
    assert len(model.order()) == 0
    assert len(reads) == 1
    pane.stop()


def test_the_last_of_several_wishes_counts(
    session: EditSession, reads: list[tuple[str, ...]], qtbot: QtBot
) -> None:
    pane = AccountPane(session)
    qtbot.addWidget(pane)
    pane.show()
    model = pane.table.array_model
    told: list[int] = []
    model.arranged.connect(lambda: told.append(len(model.order())))
    for needle in ("h", "ho", "houston"):
        model.set_filter(needle)
    qtbot.waitUntil(lambda: bool(told) and not model.arranger.is_busy, timeout=10_000)
    assert told == [40]
    assert reads
    pane.stop()
