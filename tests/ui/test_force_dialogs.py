# SPDX-License-Identifier: MIT
"""Sales forces in the window: chosen, managed, and built by the guide."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.errors import AppError
from app.models.ids import AccountId
from app.models.sales_force import FIRST_SALES_FORCE, ForceModel
from app.services.builders.guide import Customers, FirstVersion, Selling, Travel
from app.services.builders.proposing import Proposal
from app.services.commands import (
    AddSalesForce,
    BuildForces,
    CorrectAccounts,
    CreateTerritory,
    RemoveReps,
)
from app.services.workspace import Workspace
from app.ui.dialogs.divide_market.dialog import DivideDialog
from app.ui.dialogs.divide_market.proposal_view import fates_sentence, summary_sentence
from app.ui.dialogs.forces_dialog import ForcesDialog
from app.ui.panes.territory_pane import TerritoryPane
from app.ui.session import EditSession
from tests.helpers.market_plan import market_workspace


@pytest.fixture
def pane(session: EditSession, qtbot: QtBot) -> TerritoryPane:
    made = TerritoryPane(session)
    qtbot.addWidget(made)
    made.resize(300, 500)
    made.show()
    return made


def listed(pane: TerritoryPane) -> list[str]:
    return [pane.model.line_at(row).territory.name for row in range(pane.model.rowCount())]


def test_the_chooser_is_hidden_while_there_is_one_sales_force(pane: TerritoryPane) -> None:
    assert pane.forces.isHidden()
    pane.session.run(AddSalesForce("Inside sales"))
    assert pane.forces.isVisible()
    pane.session.undo()
    assert pane.forces.isHidden()


def test_choosing_another_sales_force_shows_its_territories(pane: TerritoryPane) -> None:
    pane.session.run(AddSalesForce("Inside sales"))
    before = listed(pane)
    force = pane.session.workspace.sales_forces[-1].id
    pane.forces.fill_menu()
    actions = {each.text(): each for each in pane.forces.button.menu().actions() if each.text()}
    assert list(actions) == [
        "Field sales (geographic)",
        "Inside sales (geographic)",
        "Manage sales forces…",
    ]
    actions["Inside sales (geographic)"].trigger()
    assert listed(pane) == []
    assert pane.forces.button.accessibleName() == "Sales force shown: Inside sales"
    pane.session.run(CreateTerritory("Phone"))
    assert listed(pane) == ["Phone"]
    assert [each.name for each in pane.session.workspace.state_of(force).territories] == ["Phone"]
    pane.forces.choose(FIRST_SALES_FORCE)
    assert listed(pane) == before


@pytest.fixture
def dialog(session: EditSession, qtbot: QtBot) -> ForcesDialog:
    made = ForcesDialog(session)
    qtbot.addWidget(made)
    made.show()
    return made


def typed(qtbot: QtBot, field: object, text: str) -> None:
    field.setFocus()  # type: ignore[attr-defined]
    field.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Tab)


def test_a_sales_force_is_added_named_and_removed(dialog: ForcesDialog, qtbot: QtBot) -> None:
    workspace = dialog._session.workspace  # noqa: SLF001 the plan behind the dialog
    assert not dialog.remove.isEnabled()
    qtbot.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    typed(qtbot, dialog.name, "Key accounts")
    assert [force.name for force in workspace.sales_forces] == ["Field sales", "Key accounts"]
    dialog.model.setCurrentIndex(dialog.model.findData("customer"))
    dialog.model.activated.emit(dialog.model.currentIndex())
    assert workspace.sales_forces[1].model is ForceModel.CUSTOMER
    typed(qtbot, dialog.words, "Zone, Patch")
    assert workspace.sales_forces[1].level_words == ("Zone", "Patch")
    dialog.families.click()
    assert workspace.sales_forces[1].keeps_families
    assert dialog.remove.text() == "Remove"
    qtbot.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
    assert [force.name for force in workspace.sales_forces] == ["Field sales"]


def test_a_name_that_is_taken_is_refused_and_put_back(
    dialog: ForcesDialog, qtbot: QtBot, refusals: list[AppError]
) -> None:
    qtbot.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    typed(qtbot, dialog.name, "Field sales")
    assert [error.message for error in refusals] == [
        "There is already a sales force named Field sales."
    ]
    assert dialog.name.text() == "Sales force 2"


@pytest.fixture
def market(app: QApplication, tmp_path: Path) -> Iterator[Workspace]:
    """Accounts with segments and sales of three product lines, and no territory."""
    opened = market_workspace(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def open_guide(
    market: Workspace, qtbot: QtBot
) -> Callable[[], tuple[DivideDialog, list[Proposal]]]:
    def opened() -> tuple[DivideDialog, list[Proposal]]:
        made = DivideDialog(market, market.sales_force.id)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(made)
        chosen: list[Proposal] = []
        made.chosen.connect(chosen.append)
        made.show()
        settle(qtbot, made)
        return made, chosen

    return opened


def settle(qtbot: QtBot, dialog: DivideDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.tasks.is_busy)
    QApplication.processEvents()


Guide = Callable[[], tuple[DivideDialog, list[Proposal]]]


def answer(qtbot: QtBot, dialog: DivideDialog, *answers: object) -> None:
    questions = dialog.questions
    for key in answers:
        part = {
            Selling: questions.selling,
            Customers: questions.customers,
            Travel: questions.travel,
        }
        question = part[type(key)]
        question.set_answer(key)  # type: ignore[arg-type]
        question.answered.emit()
        settle(qtbot, dialog)


def territories(dialog: DivideDialog) -> dict[str, int]:
    proposal = dialog.proposal()
    assert proposal is not None
    return {
        line.name: row.account_count
        for found in proposal.previews
        for line, row in zip(found.lines, found.report.rows, strict=False)
    }


def test_answers_lead_to_a_version_and_its_preview(open_guide: Guide, qtbot: QtBot) -> None:
    dialog, chosen = open_guide()
    assert dialog.questions.title.text() == "Geographic: by area"
    answer(qtbot, dialog, Customers.DIFFERENT, Travel.HARDLY)
    assert dialog.questions.title.text() == "Customer-based: by kind of customer"
    assert dialog.options.version.currentText() == "By kind of customer"
    assert territories(dialog) == {"Small": 3, "Enterprise": 3, "No segment": 2}
    assert dialog.build.text() == "Build 3 territories"
    proposal = dialog.proposal()
    assert proposal is not None
    assert summary_sentence(proposal).startswith("3 territories are built; ")
    assert fates_sentence(proposal) == ""
    qtbot.mouseClick(dialog.build, Qt.MouseButton.LeftButton)
    assert chosen == [proposal]


def test_what_is_built_is_what_was_shown(
    open_guide: Guide, market: Workspace, qtbot: QtBot
) -> None:
    dialog, chosen = open_guide()
    answer(qtbot, dialog, Selling.SPECIALISTS_BESIDE)
    shown = territories(dialog)
    model = dialog.view.table.array_model
    assert [column.title for column in model.columns()][:2] == ["Territory", "Sales force"]
    forces = [model.cell_text(1, row) for row in range(len(shown))]
    assert forces[0] == market.sales_force.name
    assert len(set(forces)) == 4
    qtbot.mouseClick(dialog.build, Qt.MouseButton.LeftButton)
    market.run(BuildForces(chosen[0].builds, "the guide"))
    counts: dict[str, int] = {}
    for force in market.sales_forces:
        state = market.state_of(force.id)
        served = state.account_territory(market.accounts)
        for at, territory in enumerate(state.territories):
            counts[territory.name] = int((served == at).sum())
    assert counts == shown
    assert len(market.sales_forces) == 4


def test_the_data_help_to_answer(open_guide: Guide) -> None:
    dialog, _ = open_guide()
    questions = dialog.questions
    assert [
        each.hint.text() for each in (questions.selling, questions.customers, questions.travel)
    ] == [
        "Your plan has 3 product lines; who buys, buys 1.3 of them.",
        "Your list has 2 segments. The largest tenth makes 34\u202f% of Sales.",
        "Your accounts lie in 2 states, 2 countries.",
    ]


def test_without_product_lines_the_guide_says_how_to_get_them(
    workspace: Workspace, qtbot: QtBot
) -> None:
    dialog = DivideDialog(workspace, workspace.sales_force.id)
    qtbot.addWidget(dialog)
    dialog.show()
    settle(qtbot, dialog)
    hint = dialog.questions.selling.hint.text()
    assert hint == "Your plan has no product lines. Import products with their lines first."
    assert not dialog.options.specialists.isEnabled()


def test_the_guide_begins_with_what_the_plan_has(market: Workspace, qtbot: QtBot) -> None:
    def offered() -> str:
        dialog = DivideDialog(market, market.sales_force.id)
        qtbot.addWidget(dialog)
        dialog.show()
        settle(qtbot, dialog)
        return dialog.options.source.currentText()

    assert offered() == "Today’s owners"
    everyone = tuple(AccountId(each) for each in market.accounts.ids.tolist())
    market.run(CorrectAccounts(everyone, "owner", ""))
    assert any(rep.lon is not None for rep in market.reps)
    assert offered() == "Nearest rep home"
    market.run(RemoveReps(tuple(rep.id for rep in market.reps)))
    assert offered() == "A number of territories"


def test_unticking_a_kind_leaves_it_out(open_guide: Guide, qtbot: QtBot) -> None:
    dialog, _ = open_guide()
    answer(qtbot, dialog, Customers.DIFFERENT, Travel.HARDLY)
    kinds = dialog.options.kinds
    assert [kinds.item(at).text() for at in range(kinds.count())] == [
        "Small  (3 · Sales 280)",
        "Enterprise  (3 · Sales 250)",
        "No segment  (2 · Sales 50)",
    ]
    kinds.item(2).setCheckState(Qt.CheckState.Unchecked)
    settle(qtbot, dialog)
    assert territories(dialog) == {"Small": 3, "Enterprise": 3}
    assert kinds.item(2).checkState() is Qt.CheckState.Unchecked
    kinds.item(0).setCheckState(Qt.CheckState.Unchecked)
    kinds.item(1).setCheckState(Qt.CheckState.Unchecked)
    settle(qtbot, dialog)
    assert not dialog.build.isEnabled()
    assert dialog.proposal() is None


def test_kinds_of_another_way_go_where_there_are_none_of_the_new_one(
    open_guide: Guide, qtbot: QtBot
) -> None:
    dialog, _ = open_guide()
    answer(qtbot, dialog, Customers.DIFFERENT, Travel.HARDLY)
    assert dialog.options.kinds.count() == 3
    by = dialog.options.by
    by.setCurrentIndex(by.findText("Industry"))
    by.activated.emit(by.currentIndex())
    settle(qtbot, dialog)
    assert dialog.proposal() is None
    assert dialog.options.kinds.count() == 0


def test_an_owner_who_gets_no_area_is_named(open_guide: Guide, qtbot: QtBot) -> None:
    """In state 01 Ann has 150 of sales and Bob 270; by county Ann has most in one."""
    dialog, _ = open_guide()
    assert not dialog.view.without.isVisible()
    level = dialog.options.level
    level.set_chosen("state")
    level.chosen.emit("state")
    settle(qtbot, dialog)
    assert dialog.view.without.isVisible()
    assert dialog.view.without.text().startswith("Ann gets no area")
    answer(qtbot, dialog, Customers.DIFFERENT)
    assert not dialog.view.without.isVisible()


def test_names_take_the_room_that_figures_leave(open_guide: Guide, qtbot: QtBot) -> None:
    dialog, _ = open_guide()
    table = dialog.view.table
    assert table.horizontalHeader().length() == table.viewport().width()
    assert table.columnWidth(0) >= 160


def test_a_number_of_territories_by_area(open_guide: Guide, qtbot: QtBot) -> None:
    dialog, _ = open_guide()
    options = dialog.options
    options.source.setCurrentIndex(options.source.findData("count"))
    options.source.activated.emit(options.source.currentIndex())
    options.number.setValue(2)
    settle(qtbot, dialog)
    assert len(territories(dialog)) == 2
    assert options.number.isVisible()


def test_a_new_sales_force_can_be_named(open_guide: Guide, market: Workspace, qtbot: QtBot) -> None:
    dialog, chosen = open_guide()
    answer(qtbot, dialog, Selling.SPECIALISTS)
    options = dialog.options
    options.target.setCurrentIndex(options.target.findData(0))
    options.target.activated.emit(options.target.currentIndex())
    settle(qtbot, dialog)
    typed(qtbot, options.name, "Specialists")
    settle(qtbot, dialog)
    assert options.choice().version is FirstVersion.PRODUCTS
    qtbot.mouseClick(dialog.build, Qt.MouseButton.LeftButton)
    market.run(BuildForces(chosen[0].builds, "the guide"))
    assert [force.name for force in market.sales_forces] == ["Field sales", "Specialists"]
    assert market.sales_forces[1].model is ForceModel.PRODUCT
