# SPDX-License-Identifier: MIT
"""The owner map: whom owners mean, chosen, suggested, made and taken back."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.models.changes import Changes
from app.models.errors import AppError
from app.models.ids import RepId
from app.models.rep import Rep
from app.services.commands import AddRep
from app.services.commands.base import Edit
from app.services.importing.owners import MatchedBy
from app.services.store import owner_counts
from app.ui.panes import owner_reading
from app.ui.panes.owners_pane import OwnersPane
from app.ui.session import EditSession
from app.ui.widgets.empty_state import EmptyState

OWNERS = {1: "Bob Grey", 2: "BOB GREY", 3: "zoe.moon@example.com", 4: "Nobody Known", 5: "Xy Zett"}


class _Fill:
    """Gives a few accounts and transactions owners, and adds a rep."""

    label = "Fill"
    stroke = None

    def apply(self, edit: Edit) -> Changes:
        everyone = edit.tx.rows("SELECT id FROM account")
        edit.tx.put("account", ("id", "owner"), [(row[0], "") for row in everyone])
        edit.tx.put("account", ("id", "owner"), list(OWNERS.items()))
        columns = ("id", "account_id", "day", "amount", "owner")
        edit.tx.put(
            "account_transaction",
            columns,
            [(n, 1, 20_000, 5.0, "bob grey") for n in (1, 2, 3)],
        )
        return Changes(all_accounts=True, records=True)


@pytest.fixture
def pane(session: EditSession, qtbot: QtBot, refusals: list[AppError]) -> Iterator[OwnersPane]:
    session.run(_Fill())
    session.run(AddRep(Rep(RepId(0), "Bob Gray")))
    made = OwnersPane(session)
    qtbot.addWidget(made)
    made.resize(806, 320)
    made.show()
    yield made
    made.stop()
    assert not refusals


def meanings(pane: OwnersPane) -> dict[str, str]:
    """Owner value to the words in the column of the rep, in the order shown."""
    model = pane.table.array_model
    order = model.order().tolist()
    return {model.cell_text(0, row): model.cell_text(1, row) for row in order}


def select(pane: OwnersPane, *owners: str) -> None:
    assert pane.map is not None
    rows = [n for n, line in enumerate(pane.map.lines) if line.owner in owners]
    pane.table.select_source_rows(np.array(rows))


def choose(pane: OwnersPane, qtbot: QtBot, words: str) -> None:
    """Type into the field until one entry is left, and take it."""
    line = pane.foot.choice.lineEdit()
    assert line is not None
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, words)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def test_owners_are_listed_with_their_accounts_and_transactions(pane: OwnersPane) -> None:
    assert pane.map is not None
    first = pane.map.lines[0]
    assert (first.accounts, first.transactions) == (2, 3)
    assert set(meanings(pane).values()) == {"No rep"}
    assert pane.summary.text() == "237 accounts have no owner"
    assert [b.text() for b in pane.shown.buttons()] == ["All  4", "No rep  4", "You chose  0"]


def test_a_rep_is_typed_for_an_owner(pane: OwnersPane, qtbot: QtBot) -> None:
    select(pane, "Xy Zett")
    choose(pane, qtbot, "Bob Gray")
    assert meanings(pane)["Xy Zett"] == "Bob Gray"
    assert pane.session.workspace.history_status().undo_label == "Let “Xy Zett” mean Bob Gray"
    assert [line.owner for line in pane.selected_lines()] == ["Xy Zett"]
    choose(pane, qtbot, "Nobody")
    assert meanings(pane)["Xy Zett"] == "No rep"
    pane.session.undo()
    assert meanings(pane)["Xy Zett"] == "Bob Gray"


def test_words_that_are_no_rep_change_nothing(pane: OwnersPane, qtbot: QtBot) -> None:
    select(pane, "Xy Zett")
    choose(pane, qtbot, "Whoever")
    pane.table.setFocus()
    assert pane.foot.choice.currentText() == "Nobody"
    assert set(meanings(pane).values()) == {"No rep"}


def test_a_near_name_is_taken_only_when_asked(pane: OwnersPane, qtbot: QtBot) -> None:
    assert pane.map is not None
    owner = pane.map.lines[0].owner
    assert meanings(pane)[owner] == "No rep"
    select(pane, owner)
    assert pane.foot.take.text() == "Take Bob Gray"
    qtbot.mouseClick(pane.foot.take, Qt.MouseButton.LeftButton)
    assert meanings(pane)[owner] == "Bob Gray"
    assert pane.map.lines[0].matched_by is MatchedBy.CHOICE
    assert pane.session.workspace.history_status().undo_label == "Take 1 suggested owner"
    assert not pane.foot.take.isVisible()


def test_settled_owners_leave_the_list_of_the_open_ones(pane: OwnersPane, qtbot: QtBot) -> None:
    qtbot.mouseClick(pane.shown.buttons()[1], Qt.MouseButton.LeftButton)
    before = list(meanings(pane))
    select(pane, before[1])
    choose(pane, qtbot, "Bob Gray")
    assert list(meanings(pane)) == [before[0], *before[2:]]
    assert [line.owner for line in pane.selected_lines()] == [before[2]]


def test_a_rep_is_made_of_an_owner(pane: OwnersPane, qtbot: QtBot) -> None:
    select(pane, "zoe.moon@example.com")
    choose(pane, qtbot, "Make a rep of this name")
    made = pane.session.workspace.reps[-1]
    assert (made.name, made.email) == ("Zoe Moon", "zoe.moon@example.com")
    assert meanings(pane)["zoe.moon@example.com"] == "Zoe Moon"
    pane.session.undo()
    assert meanings(pane)["zoe.moon@example.com"] == "No rep"


def test_the_rest_become_reps_at_once(pane: OwnersPane, qtbot: QtBot) -> None:
    qtbot.mouseClick(pane.foot.take, Qt.MouseButton.LeftButton)
    assert pane.foot.make_all.text() == "Make reps of 3"
    qtbot.mouseClick(pane.foot.make_all, Qt.MouseButton.LeftButton)
    assert "No rep" not in meanings(pane).values()
    assert not pane.foot.make_all.isVisible()


def test_several_owners_are_given_to_one_rep(pane: OwnersPane, qtbot: QtBot) -> None:
    select(pane, "Xy Zett", "Nobody Known")
    assert pane.foot.words.accessibleName() == "2 owners mean"
    choose(pane, qtbot, "Bob Gray")
    found = meanings(pane)
    assert (found["Xy Zett"], found["Nobody Known"]) == ("Bob Gray", "Bob Gray")


def test_the_accounts_of_an_owner_are_one_click_away(pane: OwnersPane, qtbot: QtBot) -> None:
    assert pane.map is not None
    select(pane, pane.map.lines[0].owner)
    with qtbot.waitSignal(pane.rows_requested) as asked:
        qtbot.mouseClick(pane.foot.accounts, Qt.MouseButton.LeftButton)
    assert asked.args is not None
    np.testing.assert_array_equal(asked.args[1], [1, 2])


def test_owners_are_searched(pane: OwnersPane, qtbot: QtBot) -> None:
    qtbot.keyClicks(pane.search, "zett")
    qtbot.waitUntil(lambda: list(meanings(pane)) == ["Xy Zett"])


def test_a_large_plan_is_read_in_parts_and_mapped_in_the_background(
    session: EditSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owner_reading, "LARGE", 0)
    for module in (owner_reading, owner_counts):
        monkeypatch.setattr(module, "ROWS_AT_ONCE", 1)
    session.run(_Fill())
    made = OwnersPane(session)
    qtbot.addWidget(made)
    made.show()
    assert made.map is None
    qtbot.waitUntil(lambda: made.map is not None)
    assert made.map is not None
    assert made.map.lines[0].transactions == 3
    made.stop()


def test_a_plan_that_can_only_be_looked_at_offers_no_edits(
    pane: OwnersPane, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EditSession, "is_read_only", True)
    select(pane, "Xy Zett")
    assert not pane.foot.choice.isEnabled()
    assert not pane.foot.take.isEnabled()


class _Forget:
    """Takes the owners of all accounts away."""

    label = "Forget"
    stroke = None

    def apply(self, edit: Edit) -> Changes:
        everyone = edit.tx.rows("SELECT id FROM account")
        edit.tx.put("account", ("id", "owner"), [(row[0], "") for row in everyone])
        return Changes(all_accounts=True)


def test_without_owners_it_says_what_to_import(session: EditSession, qtbot: QtBot) -> None:
    session.run(_Forget())
    made = OwnersPane(session)
    qtbot.addWidget(made)
    made.show()
    page = made.findChild(EmptyState)
    assert isinstance(page, EmptyState)
    assert page.isVisible()
    assert page.accessibleName() == "No account has an owner"
    with qtbot.waitSignal(made.import_requested):
        page.chosen.emit("import")
