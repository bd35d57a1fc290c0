# SPDX-License-Identifier: MIT
"""The check of a plan as a user meets it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.faults import Fault, FaultKind
from app.services.commands import AddLink, AssignGeoUnits, SetTerritoryLock, SetTolerance
from app.services.workspace import Workspace
from app.ui.dialogs.repair_dialog import RepairDialog
from app.ui.panes.check_pane import CheckPane
from app.ui.session import EditSession
from tests.helpers.block_geography import ISLAND, zip_at
from tests.helpers.block_plan import block_workspace, draw, territory_id

WHOLE = "AAAABBBB AAAABBBB AAAABBBB AAAABBBB AAAABBBB AAAABBBB"


@pytest.fixture
def blocks(tmp_path: Path, app: QApplication) -> Iterator[Workspace]:
    workspace = block_workspace(tmp_path, ("A", "B"))
    yield workspace
    workspace.close()


@pytest.fixture
def pane(blocks: Workspace, qtbot: QtBot) -> Iterator[CheckPane]:
    made = CheckPane(EditSession(blocks))
    qtbot.addWidget(made)
    made.resize(1000, 360)
    yield made
    made.stop()


def settle(pane: CheckPane, qtbot: QtBot) -> None:
    """Show the pane and wait until its findings are those of the plan."""
    pane.show()
    qtbot.waitUntil(lambda: pane.watch.is_settled)
    QApplication.processEvents()


def sentences(pane: CheckPane) -> list[str]:
    model = pane.table.array_model
    return [model.cell_text(1, row) for row in model.order().tolist()]


def groups(pane: CheckPane) -> list[str]:
    return [pane.groups.item(at).text() for at in range(pane.groups.count())]


def select(pane: CheckPane, words: str) -> None:
    """Select the finding whose sentence contains the words."""
    rows = [row for row, text in enumerate(sentences(pane)) if words in text]
    pane.table.selectRow(rows[0])


def test_findings_are_grouped_with_their_number_and_worth(
    pane: CheckPane, blocks: Workspace, qtbot: QtBot
) -> None:
    draw(blocks, "AA.ABBBB AAAABBBB ........ A....... ........ ........")
    settle(pane, qtbot)
    shown = groups(pane)
    assert "Not connected  1" in shown
    assert "Links between areas  0" in shown
    assert any(text.startswith("Unassigned") for text in shown)
    # A lies at 250 alone in row 3; rows 0 and 1 are worth 10 + 20 + 40 + 90 + 100 + 110 + 120.
    assert "A is in 2 parts; cut off is Block 13000." in sentences(pane)
    assert "A encloses Block 10020, which nobody holds." in sentences(pane)
    assert pane.summary.text().startswith("2 faults, and ")


def test_a_finished_plan_says_that_all_is_fine(
    pane: CheckPane, blocks: Workspace, qtbot: QtBot
) -> None:
    draw(blocks, WHOLE)
    blocks.run(AssignGeoUnits((ISLAND,), territory_id(blocks, "B")))
    blocks.run(AddLink(ISLAND, zip_at(0, 7)))
    blocks.run(SetTolerance(1.0))
    settle(pane, qtbot)
    assert pane.summary.text() == "All fine."
    assert not pane.table.isVisible()


def test_a_half_built_plan_counts_what_is_left_but_alarms_nobody(
    pane: CheckPane, blocks: Workspace, qtbot: QtBot
) -> None:
    draw(blocks, "AAAA.... ........ ........ ........ ........ ........")
    with qtbot.waitSignal(pane.counted) as told:
        settle(pane, qtbot)
    assert told.args == [0]
    assert pane.summary.text().startswith("No faults; ")


def test_next_and_previous_go_round_and_to_the_place(
    pane: CheckPane, blocks: Workspace, qtbot: QtBot
) -> None:
    draw(blocks, "A.A.B.B. ........ ........ ........ ........ ........")
    settle(pane, qtbot)
    pane.show_group(FaultKind.NOT_CONNECTED.value)
    went: list[Fault] = []
    pane.place_requested.connect(went.append)
    for by in (1, 1, 1, -1):
        pane.step(by)
    assert [fault.territory_ids for fault in went] == [
        (territory_id(blocks, name),) for name in ("B", "A", "B", "A")
    ]
    assert went[1].geounits == (zip_at(0, 0),)


def test_findings_follow_the_edits(pane: CheckPane, blocks: Workspace, qtbot: QtBot) -> None:
    settle(pane, qtbot)
    draw_command = AssignGeoUnits((zip_at(0, 0), zip_at(0, 2)), territory_id(blocks, "A"), "A")
    pane.session.run(draw_command)
    assert not pane.watch.is_settled
    settle(pane, qtbot)
    assert "Not connected  1" in groups(pane)
    pane.session.undo()
    settle(pane, qtbot)
    assert not any(text.startswith("Not connected") for text in groups(pane))


def opened_dialog(pane: CheckPane, qtbot: QtBot) -> RepairDialog:
    """The dialog after a click on the button, with its proposals."""
    qtbot.mouseClick(pane.fix_button, Qt.MouseButton.LeftButton)
    dialog = pane.fixing.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: bool(dialog.options) or "can be proposed" in dialog.status.text())
    return dialog


def test_a_repair_is_shown_with_its_effect_and_is_one_step(
    pane: CheckPane, blocks: Workspace, qtbot: QtBot
) -> None:
    draw(blocks, "AABAAA.. ........ ........ ........ ........ ........")
    settle(pane, qtbot)
    select(pane, "A is in 2 parts")
    dialog = opened_dialog(pane, qtbot)
    texts = [option.text() for option in dialog.options]
    # Both move 30; the way has one account, what is cut off has two.
    assert texts[0].startswith("Let A take the way")
    assert texts[1].startswith("Give what is cut off to B")
    steps = len(blocks.history_steps())
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    assert blocks.holdings.territories_claiming(zip_at(0, 2)) == (territory_id(blocks, "A"),)
    assert [step.label for step in blocks.history_steps()][steps:] == ["Repair A"]


def test_where_locks_leave_nothing_to_propose_the_dialog_says_so(
    pane: CheckPane, blocks: Workspace, qtbot: QtBot
) -> None:
    draw(blocks, "AABAAA.. ........ ........ ........ ........ ........")
    blocks.run(SetTerritoryLock(territory_id(blocks, "A"), is_locked=True))
    settle(pane, qtbot)
    select(pane, "A is in 2 parts")
    dialog = opened_dialog(pane, qtbot)
    assert "locked" in dialog.status.text()
    assert not dialog.accept_button.isEnabled()
    dialog.reject()


def test_a_hole_is_filled_from_its_finding(
    pane: CheckPane, blocks: Workspace, qtbot: QtBot
) -> None:
    draw(blocks, "AAA..... A.A..... AAA..... ........ ........ ........")
    settle(pane, qtbot)
    select(pane, "encloses")
    dialog = opened_dialog(pane, qtbot)
    assert dialog.options[0].text() == "Give it to A, which lies around it."
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    assert blocks.holdings.territories_claiming(zip_at(1, 1)) == (territory_id(blocks, "A"),)


def test_an_island_is_linked_from_its_finding_and_the_link_can_be_removed(
    pane: CheckPane, blocks: Workspace, qtbot: QtBot
) -> None:
    draw(blocks, WHOLE)
    blocks.run(AssignGeoUnits((ISLAND,), territory_id(blocks, "B")))
    settle(pane, qtbot)
    select(pane, "island, not linked")
    dialog = opened_dialog(pane, qtbot)
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    settle(pane, qtbot)
    assert not any("island" in text for text in sentences(pane))
    assert "Links between areas  1" in groups(pane)
    pane.show_group("links")
    pane.links.table.selectRow(0)
    qtbot.mouseClick(pane.links.remove_button, Qt.MouseButton.LeftButton)
    assert blocks.connections.links == ()
    assert "Links between areas  0" in groups(pane)


def test_other_findings_lead_to_the_pane_that_settles_them(
    pane: CheckPane, blocks: Workspace, qtbot: QtBot
) -> None:
    draw(blocks, WHOLE)
    blocks.run(AssignGeoUnits((zip_at(0, 0),), territory_id(blocks, "B"), add=True))
    blocks.run(SetTolerance(0.01))
    settle(pane, qtbot)
    asked: list[str] = []
    pane.pane_requested.connect(asked.append)
    for words in ("is claimed by A and B", "Nobody holds", "off its ideal"):
        select(pane, words)
        qtbot.mouseClick(pane.fix_button, Qt.MouseButton.LeftButton)
    assert asked == ["overlaps", "gaps", "balance"]
