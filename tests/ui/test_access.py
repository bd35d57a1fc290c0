# SPDX-License-Identifier: MIT
"""Every control has a name for a screen reader, and no words are cut off, also in large type."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPushButton,
    QScrollBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.models.edit_effect import Move
from app.models.ids import AccountId, GeoUnitId, MeasureId, RepId, TerritoryId
from app.models.measure import VISIT_HOURS
from app.models.repairs import Repair, RepairKind
from app.models.rule import (
    AllOf,
    AnyOf,
    DateOperator,
    DateTest,
    DistanceOperator,
    DistanceTest,
    NumberOperator,
    NumberTest,
    PlaceOperator,
    PlaceTest,
    TextOperator,
    TextTest,
)
from app.models.settling import Settlement
from app.models.visit_class import KnownTrip
from app.models.work import IndexWeight
from app.services.commands import (
    AddSalesForce,
    AssignAccounts,
    PutKnownTrip,
    RuleDraft,
    SetIndexWeights,
)
from app.services.edit_effect import effect_of_moves
from app.services.overlaps.settling_effect import settling_effect
from app.services.rule_trials import rule_names
from app.ui.area_flow import adoption_of
from app.ui.dialogs.about_dialog import AboutDialog
from app.ui.dialogs.adopt_dialog import AdoptDialog
from app.ui.dialogs.boundary_wizard.wizard import BoundaryWizard
from app.ui.dialogs.build_dialog import BuildDialog
from app.ui.dialogs.divide_market.dialog import DivideDialog
from app.ui.dialogs.forces_dialog import ForcesDialog
from app.ui.dialogs.import_wizard.wizard import ImportWizard
from app.ui.dialogs.match.match_dialog import MatchDialog
from app.ui.dialogs.repair_dialog import RepairDialog
from app.ui.dialogs.roster_dialog import RosterDialog, RosterSubject
from app.ui.dialogs.rule.rule_dialog import RuleDialog, RuleSetting
from app.ui.dialogs.settle_dialog import SettleChoice, SettleDialog, SettleQuestion, WorkedOut
from app.ui.panes.account_pane import AccountPane
from app.ui.panes.analysis_pane import AnalysisPane
from app.ui.panes.area_pane import AreaPane
from app.ui.panes.balance_pane import BalancePane
from app.ui.panes.check_pane import CheckPane
from app.ui.panes.data_pane import DataPane
from app.ui.panes.exceptions.add_dialog import AddDialog
from app.ui.panes.exceptions.exception_rows import ExceptionKind
from app.ui.panes.exceptions.exceptions_pane import ExceptionsPane
from app.ui.panes.force_coverage_pane import ForceCoveragePane
from app.ui.panes.history_pane import HistoryPane
from app.ui.panes.inspector import Inspector
from app.ui.panes.link_page import LinkPage
from app.ui.panes.overlap_pane import OverlapPane
from app.ui.panes.rep_pane import RepPane
from app.ui.panes.rules.rules_pane import RulesPane
from app.ui.panes.territory_pane import TerritoryPane
from app.ui.panes.territory_table_pane import TerritoryTablePane
from app.ui.panes.work.class_dialog import ClassDialog
from app.ui.panes.work.classify_dialog import ClassifyDialog
from app.ui.panes.work.territory_work_dialog import TerritoryWorkDialog
from app.ui.panes.work.trip_dialog import TripDialog
from app.ui.panes.work.work_pane import WorkPane
from app.ui.selection import Focus, Selection
from app.ui.session import EditSession
from app.ui.welcome_page import WelcomePage


def _inspector(focus: Focus) -> Callable[[EditSession], QWidget]:
    def made(session: EditSession) -> QWidget:
        pane = Inspector(session)
        pane.show_focus(focus)
        return pane

    return made


def _data(page: str) -> Callable[[EditSession], QWidget]:
    def made(session: EditSession) -> QWidget:
        pane = DataPane(session)
        pane.show_page(page)
        return pane

    return made


def _rows(session: EditSession) -> QWidget:
    pane = AccountPane(session)
    pane.show_rows("Revenue above potential", np.array([3, 5]))
    return pane


def _analysis(view: str) -> Callable[[EditSession], QWidget]:
    def made(session: EditSession) -> QWidget:
        pane = AnalysisPane(session)
        pane.show_view(view)
        return pane

    return made


def _overlaps(page: str) -> Callable[[EditSession], QWidget]:
    def made(session: EditSession) -> QWidget:
        pane = OverlapPane(session)
        pane.show_list(page)
        return pane

    return made


def _settling(session: EditSession) -> QWidget:
    question = SettleQuestion(1, is_gap=True)
    settlement = Settlement(units=((GeoUnitId("state:36"), TerritoryId(1)),))

    def work_out(choice: SettleChoice, _check: object) -> WorkedOut:
        effect = settling_effect(session.workspace, settlement, choice.measure)
        return WorkedOut(settlement, effect)

    return SettleDialog(session.workspace, question, work_out)


def _repair(session: EditSession) -> QWidget:
    workspace = session.workspace
    moves = (Move((GeoUnitId("state:36"),), TerritoryId(1)),)
    effect = effect_of_moves(workspace, moves)
    repairs = (Repair(RepairKind.SURROUNDING, moves, effect),)
    return RepairDialog(workspace, "Lone Star encloses New York.", lambda: repairs)


def _adopting(session: EditSession) -> QWidget:
    workspace = session.workspace
    layers = workspace.geography.view_titles
    return AdoptDialog(workspace, layers, lambda choice: adoption_of(workspace, choice))


def _exceptions(kind: ExceptionKind) -> Callable[[EditSession], QWidget]:
    def made(session: EditSession) -> QWidget:
        pane = ExceptionsPane(session)
        session.run(AssignAccounts((AccountId(1),), TerritoryId(2), "Pacific"))
        pane.show_kind(kind)
        return pane

    return made


def _adding_pair(session: EditSession) -> QWidget:
    return AddDialog(session.workspace, ExceptionKind.APART)


def _dividing(session: EditSession) -> QWidget:
    return DivideDialog(session.workspace, session.workspace.sales_force.id)


def _coverage(session: EditSession) -> QWidget:
    session.run(AddSalesForce("Inside sales"))
    return ForceCoveragePane(session)


def _reps(view: str) -> Callable[[EditSession], QWidget]:
    def made(session: EditSession) -> QWidget:
        pane = RepPane(session)
        pane.show_view(view)
        return pane

    return made


def _roster_of_territory(session: EditSession) -> QWidget:
    subject = RosterSubject("Lone Star", territory=TerritoryId(1))
    entries = session.workspace.roster.of_territory(TerritoryId(1))
    choices = [(int(rep.id), rep.name) for rep in session.workspace.reps]
    return RosterDialog(subject, entries, choices, "2026-06-15")


def _roster_of_rep(session: EditSession) -> QWidget:
    subject = RosterSubject("Ana Reyes", rep=RepId(1))
    entries = session.workspace.roster.of_rep(RepId(1))
    choices = [(int(each.id), each.name) for each in session.workspace.territories]
    return RosterDialog(subject, entries, choices, "2026-06-15")


def _work(page: str) -> Callable[[EditSession], QWidget]:
    def made(session: EditSession) -> QWidget:
        weights = (IndexWeight(VISIT_HOURS, 0.6), IndexWeight(MeasureId(1), 0.4))
        session.run(SetIndexWeights(weights))
        here, there = (-96.8, 32.78), (-95.37, 29.76)
        session.run(PutKnownTrip(KnownTrip(0, "Dallas, TX", here, "Houston, TX", there, 235.0)))
        pane = WorkPane(session)
        pane.show_page(page)
        return pane

    return made


def _match(territory: TerritoryId | None) -> Callable[[EditSession], QWidget]:
    return lambda session: MatchDialog(session, territory)


def _rules(session: EditSession) -> QWidget:
    pane = RulesPane(session, Selection())
    large = NumberTest("measure:1", NumberOperator.AT_LEAST, (5000.0,))
    pane.drafts.add(RuleDraft(large, TerritoryId(1), "Large"))
    pane.show_effects("moves")
    return pane


def _rule(session: EditSession) -> QWidget:
    texas = PlaceTest(PlaceOperator.IN, (GeoUnitId("state:48"),))
    near = DistanceTest(DistanceOperator.WITHIN, 80.0, "Depot", -97.0, 32.0)
    condition = AllOf(
        (
            TextTest("segment", TextOperator.CONTAINS, ("key",)),
            NumberTest("measure:1", NumberOperator.BETWEEN, (1.0, 5000.0)),
            AnyOf((texas, near)),
            DateTest("created_on", DateOperator.LATELY, days=90),
        )
    )
    selection = Selection()
    selection.select_geounits((GeoUnitId("state:48"),))
    setting = RuleSetting(session, selection, rule_names(session.workspace))
    return RuleDialog(setting, RuleDraft(condition, TerritoryId(1)))


PARTS: dict[str, tuple[Callable[[EditSession], QWidget], tuple[int, int]]] = {
    "territories": (TerritoryPane, (300, 600)),
    "balance": (BalancePane, (820, 400)),
    "workload": (_work("territories"), (820, 400)),
    "index": (_work("index"), (820, 400)),
    "visit classes": (_work("classes"), (820, 400)),
    "travel": (_work("travel"), (900, 400)),
    "a visit class": (lambda session: ClassDialog(session, None), (420, 300)),
    "classing accounts": (ClassifyDialog, (560, 360)),
    "a known trip": (TripDialog, (440, 280)),
    "work of a territory": (lambda s: TerritoryWorkDialog(s, TerritoryId(1)), (480, 340)),
    "accounts": (AccountPane, (820, 400)),
    "areas": (AreaPane, (820, 400)),
    "all territories": (TerritoryTablePane, (820, 400)),
    "named accounts": (_exceptions(ExceptionKind.NAMED), (820, 400)),
    "families": (_exceptions(ExceptionKind.FAMILIES), (820, 400)),
    "locked areas": (_exceptions(ExceptionKind.AREA_LOCKS), (820, 400)),
    "adding a pair": (_adding_pair, (460, 320)),
    "reps": (RepPane, (820, 700)),
    "managers": (_reps("team"), (820, 700)),
    "vacancies": (_reps("vacancies"), (820, 700)),
    "roster of a territory": (_roster_of_territory, (820, 420)),
    "roster of a rep": (_roster_of_rep, (820, 420)),
    "reps for a territory": (_match(TerritoryId(3)), (1180, 660)),
    "best staffing": (_match(None), (1180, 660)),
    "pairs of territories": (OverlapPane, (820, 400)),
    "overlaps": (_overlaps("overlaps"), (820, 400)),
    "gaps": (_overlaps("gaps"), (820, 400)),
    "coverage": (_overlaps("coverage"), (820, 400)),
    "settling gaps": (_settling, (720, 600)),
    "check": (CheckPane, (820, 400)),
    "rules": (_rules, (820, 400)),
    "a rule": (_rule, (860, 580)),
    "links": (LinkPage, (600, 300)),
    "repair": (_repair, (560, 320)),
    "adopting borders": (_adopting, (520, 320)),
    "history": (HistoryPane, (320, 400)),
    "some accounts": (_rows, (820, 400)),
    "data health": (_data("health"), (820, 400)),
    "duplicates": (_data("duplicates"), (820, 500)),
    "owners": (_data("owners"), (820, 400)),
    "imports": (_data("imports"), (820, 400)),
    "boundaries": (_data("boundaries"), (820, 400)),
    "analysis of customers": (_analysis("customers"), (820, 400)),
    "analysis of sales": (_analysis("sales"), (820, 400)),
    "analysis of value": (_analysis("value"), (820, 400)),
    "analysis of movement": (_analysis("movement"), (820, 400)),
    "welcome": (lambda _session: WelcomePage(), (900, 700)),
    "about": (lambda _session: AboutDialog(lambda: 0), (540, 560)),
    "import": (ImportWizard, (980, 640)),
    "boundaries window": (BoundaryWizard, (980, 640)),
    "sales forces": (ForcesDialog, (720, 560)),
    "dividing the market": (_dividing, (1340, 680)),
    "coverage across sales forces": (_coverage, (820, 400)),
    "build": (lambda session: BuildDialog(session.workspace), (760, 700)),
    "inspector of a territory": (_inspector(Focus(territory=TerritoryId(1))), (320, 700)),
    "inspector of a rep": (_inspector(Focus(rep=RepId(1))), (320, 700)),
    "inspector of an account": (_inspector(Focus(account=AccountId(241))), (320, 700)),
    "inspector of an area": (_inspector(Focus(geounit=GeoUnitId("state:53"))), (320, 700)),
}


@pytest.fixture(params=list(PARTS))
def part(request: pytest.FixtureRequest, session: EditSession, qtbot: QtBot) -> QWidget:
    """Every part of the window in turn, shown at a modest size."""
    make, size = PARTS[request.param]
    made = make(session)
    qtbot.addWidget(made)
    made.resize(*size)
    made.show()
    if isinstance(made, CheckPane):
        qtbot.waitUntil(lambda: made.watch.is_settled)
    if isinstance(made, RepairDialog):
        qtbot.waitUntil(lambda: bool(made.options))
    if isinstance(made, AdoptDialog):
        qtbot.waitUntil(made.adopt_button.isEnabled)
    if isinstance(made, BuildDialog | DivideDialog):
        qtbot.waitUntil(lambda: not made.tasks.is_busy)
    if isinstance(made, MatchDialog):
        qtbot.waitUntil(lambda: not made.work.is_busy)
    QApplication.processEvents()  # what was added while it was shown gets its place
    return made


def _visible(owner: QWidget) -> list[QWidget]:
    return [child for child in owner.findChildren(QWidget) if child.isVisible()]


def test_every_control_has_a_name(part: QWidget) -> None:
    nameless = []
    for child in _visible(part):
        is_inner = child.objectName().startswith("qt_") or isinstance(child, QScrollBar)
        if child.focusPolicy() is Qt.FocusPolicy.NoFocus or is_inner:
            continue
        interface = QAccessible.queryAccessibleInterface(child)
        if interface is not None and not interface.text(QAccessible.Text.Name):
            nameless.append(f"{type(child).__name__} {child.objectName()}")
    assert nameless == []


def test_no_words_are_cut_off(part: QWidget) -> None:
    assert _cut_off(part) == []


def test_no_words_are_cut_off_in_type_a_third_larger(
    app: QApplication, session: EditSession, qtbot: QtBot
) -> None:
    before = app.font()
    larger = app.font()
    larger.setPointSizeF(before.pointSizeF() * 4 / 3)
    app.setFont(larger)
    try:
        for name in ("territories", "reps", "inspector of a territory"):
            make, (width, height) = PARTS[name]
            made = make(session)
            qtbot.addWidget(made)
            made.resize(width * 4 // 3, height * 4 // 3)
            made.show()
            app.processEvents()
            assert _cut_off(made) == [], name
    finally:
        app.setFont(before)


def _cut_off(owner: QWidget) -> list[str]:
    cut = []
    for child in _visible(owner):
        if isinstance(child, QLabel) and child.text() and not child.wordWrap():
            needed = child.fontMetrics().horizontalAdvance(child.text())
            room = child.width()
        elif isinstance(child, QPushButton | QToolButton) and child.text():
            needed, room = child.minimumSizeHint().width(), child.width() + 1
        else:
            continue
        too_low = child.height() + 1 < child.fontMetrics().height()
        if needed > room or too_low:
            cut.append(f"{type(child).__name__} {child.text()!r}: {needed} > {room}")
    return cut
