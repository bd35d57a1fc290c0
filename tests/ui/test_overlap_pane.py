# SPDX-License-Identifier: MIT
"""Overlaps, gaps and coverage: listed, filtered, settled with the effect shown first.

In the demo plan Northwest and Great Lakes & Plains both claim Washington (40 accounts of Seattle),
nobody has New York (40 accounts), and two accounts have no place.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from app.models.days import day_number
from app.models.ids import GeoUnitId, TerritoryId
from app.models.measure import WHITESPACE
from app.models.settling import Policy
from app.services.commands import AddDrawnArea, AddSalesForce, AssignGeoUnits, SetTerritoryLock
from app.ui.dialogs.settle_dialog import SettleDialog
from app.ui.dialogs.settle_words import change_words
from app.ui.panes.overlap_pane import OverlapPane
from app.ui.panes.overlaps.claim_list import ClaimList
from app.ui.panes.overlaps.coverage_view import CoverageView
from app.ui.session import EditSession
from tests.helpers.overlaps import overlaps_of

WASHINGTON = GeoUnitId("state:53")


def id_of(session: EditSession, name: str) -> TerritoryId:
    return next(t.id for t in session.workspace.territories if t.name == name)


@pytest.fixture
def pane(session: EditSession, qtbot: QtBot) -> Iterator[OverlapPane]:
    made = OverlapPane(session)
    qtbot.addWidget(made)
    made.resize(1100, 420)
    made.show()
    yield made
    made.stop()


def listed(pane: OverlapPane, key: str) -> ClaimList:
    """One of the two lists, shown."""
    pane.show_list(key)
    return pane.overlaps if key == "overlaps" else pane.gaps


def words_of(view: ClaimList, key: str) -> list[str]:
    """What a column says in the order shown."""
    column = view.table.array_model.column_of(key)
    assert column is not None
    return [column.text_at(at) for at in view.shown_items()]


def asked(pane: OverlapPane, items: list[int], qtbot: QtBot) -> SettleDialog:
    """The dialog about items, once it knows what its first policy does."""
    dialog = pane.ask(items, None)
    assert isinstance(dialog, SettleDialog)
    qtbot.waitUntil(lambda: dialog.worked_out is not None)
    return dialog


def chosen(dialog: SettleDialog, policy: Policy, qtbot: QtBot) -> None:
    """Choose a policy and wait for what it does."""
    dialog.choose(policy)
    qtbot.waitUntil(lambda: dialog.worked_out is not None)


# Pairs


def test_a_pair_has_its_accounts_and_land(pane: OverlapPane) -> None:
    (pair,) = pane.pairs.table.array_model.columns()[0].cells
    assert pair == "Northwest"
    columns = {c.key: c for c in pane.pairs.table.array_model.columns()}
    assert columns["second"].text_at(0) == "Great Lakes & Plains"
    assert columns["accounts"].text_at(0) == "40"
    # Northwest holds nothing but Washington.
    assert columns["share"].text_at(0) == "100.0\u202f%"
    assert pane.pairs.summary.text().startswith("1 pair · 40 accounts in dispute (20.0\u202f%")


def test_a_pair_leads_to_what_both_claim(pane: OverlapPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.geounits_selected) as selected:
        pane.pairs.table.select_source_rows(np.array([0]))
    assert selected.args == [(WASHINGTON,)]
    qtbot.mouseClick(pane.pairs.list_button, Qt.MouseButton.LeftButton)
    assert pane.page == "overlaps"
    assert pane.overlaps.filters.pair_chip.text() == "Northwest and Great Lakes && Plains  ×"
    assert words_of(pane.overlaps, "name") == ["Washington"]


def test_a_settled_pair_leads_back_to_all_overlaps(pane: OverlapPane, qtbot: QtBot) -> None:
    session = pane.session
    lone, pacific = id_of(session, "Lone Star"), id_of(session, "Pacific")
    session.run(AssignGeoUnits((GeoUnitId("state:48"),), pacific, "Pacific", add=True))
    pane.pairs.table.select_source_rows(np.array([0]))
    qtbot.mouseClick(pane.pairs.list_button, Qt.MouseButton.LeftButton)
    view = pane.overlaps
    (name,) = words_of(view, "name")
    assert " · " in words_of(view, "territories")[0]
    unit = WASHINGTON if name == "Washington" else GeoUnitId("state:48")
    session.run(AssignGeoUnits((unit,), lone, "Lone Star"))
    assert not view.table.isVisible()
    assert any(each.text() == "These two no longer overlap" for each in view.findChildren(QLabel))
    qtbot.mouseClick(view.list_all, Qt.MouseButton.LeftButton)
    assert view.table.isVisible()
    assert words_of(view, "name") == [{"Washington": "Texas", "Texas": "Washington"}[name]]


def test_drawn_areas_are_measured_in_the_background(pane: OverlapPane, qtbot: QtBot) -> None:
    session = pane.session
    corners = ((-120.0, 46.0), (-118.0, 46.0), (-118.0, 48.0), (-120.0, 48.0), (-120.0, 46.0))
    session.run(AddDrawnArea(id_of(session, "Pacific"), (corners,)))
    assert "measuring the land" in pane.pairs.summary.text()
    qtbot.waitUntil(lambda: "land claimed twice" in pane.pairs.summary.text(), timeout=20_000)
    assert pane.pairs.table.array_model.rowCount() == 3
    over = pane.pairs.table.array_model.column_of("over")
    assert over is not None
    # Two degrees by two degrees at 47 north: about 33,700 km².
    assert max(float(each) for each in over.cells) == pytest.approx(33_700 / 2.59, rel=0.02)


# Lists


def test_the_pages_count_what_they_list(pane: OverlapPane) -> None:
    texts = [button.text() for button in pane.lists.buttons()]
    assert texts == ["Pairs", "Overlaps  1", "Gaps  3", "Coverage"]


def test_gaps_name_place_kind_and_worth(pane: OverlapPane) -> None:
    gaps = listed(pane, "gaps")
    assert words_of(gaps, "name") == ["New York County, NY", "Sam & Sons", "Nowhere <b>Bikes</b>"]
    assert words_of(gaps, "kind") == ["Area", "Not found on the map", "Not found on the map"]
    assert words_of(gaps, "accounts") == ["40", "1", "1"]
    assert words_of(gaps, "state") == ["New York", "", ""]


def test_areas_without_customers_are_listed_on_demand(pane: OverlapPane) -> None:
    gaps = listed(pane, "gaps")
    gaps.filters.with_bare.click()
    kinds = words_of(gaps, "kind")
    assert kinds.count("No customers") > 1000
    gaps.filters.with_bare.click()
    assert len(gaps.shown_items()) == 3


def test_a_segment_and_a_territory_narrow_the_list(pane: OverlapPane) -> None:
    gaps = listed(pane, "gaps")
    gaps.filters.segment.setCurrentText("Key")
    gaps.filters.segment.activated.emit(gaps.filters.segment.currentIndex())
    assert words_of(gaps, "name") == ["New York County, NY"]
    overlaps = listed(pane, "overlaps")
    for name, count in (("Northwest", 1), ("Pacific", 0)):
        overlaps.filters.territory.setCurrentText(name)
        overlaps.filters.territory.activated.emit(0)
        assert len(overlaps.shown_items() if count else []) == count
    assert not overlaps.table.isVisible()  # nothing meets the filter, and the page says so


def test_a_row_leads_to_its_area_and_the_map_to_its_row(pane: OverlapPane, qtbot: QtBot) -> None:
    overlaps = listed(pane, "overlaps")
    with qtbot.waitSignal(pane.go_to) as gone:
        overlaps.table.row_activated.emit(0)
    assert gone.args == [WASHINGTON, False]
    pane.select_units((WASHINGTON,))
    assert overlaps.selected_items() == [0]


# Settling


def test_an_overlap_goes_to_one_claimant_after_its_effect_was_shown(
    pane: OverlapPane, qtbot: QtBot
) -> None:
    session = pane.session
    overlaps = listed(pane, "overlaps")
    overlaps.table.select_source_rows(np.array([0]))
    northwest = id_of(session, "Northwest")
    dialog = pane.ask([0], northwest)
    assert isinstance(dialog, SettleDialog)
    qtbot.waitUntil(lambda: dialog.worked_out is not None)
    assert dialog.radios[Policy.BY_HAND].isChecked()
    assert dialog.decided.text() == "1 item gets a territory."
    assert "Accounts in dispute: 40 → 0." in dialog.balance.text()
    told = dialog.table.array_model
    assert [told.column_of(key).text_at(0) for key in ("territory", "change")] == [  # type: ignore[union-attr]
        "Northwest",
        "+40",
    ]
    before = session.workspace.history_status().undo_label
    qtbot.mouseClick(dialog.settle_button, Qt.MouseButton.LeftButton)
    assert not overlaps_of(session.workspace).items
    assert session.workspace.history_status().undo_label == "Settle 1 overlap" != before
    session.undo()
    assert len(overlaps_of(session.workspace).items) == 1


def test_all_gaps_are_settled_in_one_step_and_what_is_lost_stays(
    pane: OverlapPane, qtbot: QtBot
) -> None:
    session = pane.session
    gaps = listed(pane, "gaps")
    steps = len(session.workspace.history_steps())
    dialog = asked(pane, gaps.shown_items(), qtbot)
    chosen(dialog, Policy.NEAREST_TERRITORY, qtbot)
    assert dialog.decided.text() == (
        "1 of 3 get a territory. 2 stay as now: It has no place on the map."
    )
    assert "Accounts served by nobody: 42 → 2." in dialog.balance.text()
    qtbot.mouseClick(dialog.settle_button, Qt.MouseButton.LeftButton)
    assert session.workspace.unserved_counts()[0] == 2
    assert len(session.workspace.history_steps()) == steps + 1
    assert [button.text() for button in pane.lists.buttons()][2] == "Gaps  2"


def test_large_changes_are_grouped_by_thousands() -> None:
    assert [change_words(each) for each in (1072.0, -12345.0, 0.0)] == [
        *("+1,072", "−12,345", "0"),
    ]


def test_by_hand_areas_and_accounts_go_together(pane: OverlapPane, qtbot: QtBot) -> None:
    session = pane.session
    gaps = listed(pane, "gaps")
    dialog = pane.ask(gaps.shown_items(), id_of(session, "Pacific"))
    assert isinstance(dialog, SettleDialog)
    qtbot.waitUntil(lambda: dialog.worked_out is not None)
    qtbot.mouseClick(dialog.settle_button, Qt.MouseButton.LeftButton)
    assert session.workspace.unserved_counts()[0] == 0


def test_a_policy_that_decides_nothing_cannot_be_carried_out(
    pane: OverlapPane, qtbot: QtBot
) -> None:
    session = pane.session
    session.run(SetTerritoryLock(id_of(session, "Northwest"), True, "Northwest"))
    listed(pane, "overlaps")
    dialog = asked(pane, [0], qtbot)
    assert not dialog.settle_button.isEnabled()
    assert "A locked territory claims it." in dialog.decided.text()
    dialog.reject()


def test_every_policy_says_what_it_does(pane: OverlapPane, qtbot: QtBot) -> None:
    gaps = listed(pane, "gaps")
    dialog = asked(pane, gaps.shown_items(), qtbot)
    for policy in dialog.radios:
        chosen(dialog, policy, qtbot)
        assert dialog.decided.text()
        assert dialog.radios[policy].accessibleDescription()
    dialog.reject()


def test_another_edit_refreshes_every_page(pane: OverlapPane) -> None:
    session = pane.session
    dallas = GeoUnitId("county:48113")
    session.run(AssignGeoUnits((dallas,), id_of(session, "Pacific"), "Pacific", add=True))
    assert pane.lists.buttons()[1].text() == "Overlaps  2"
    assert pane.pairs.table.array_model.rowCount() == 2


def test_a_large_plan_is_listed_in_the_background(
    session: EditSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.panes.overlap_pane._LARGE", 0)
    pane = OverlapPane(session)
    qtbot.addWidget(pane)
    pane.show()
    tab = pane.lists.buttons()[1]
    assert tab.text() == "Overlaps"
    qtbot.waitUntil(lambda: tab.text() == "Overlaps  1")
    dallas = GeoUnitId("county:48113")
    for name in ("Pacific", "Northwest"):
        session.run(AssignGeoUnits((dallas,), id_of(session, name), name, add=True))
    session.undo()
    qtbot.waitUntil(lambda: tab.text() == "Overlaps  2")
    pane.stop()


def test_another_sales_force_has_other_pairs(pane: OverlapPane) -> None:
    listed(pane, "overlaps")
    pane.overlaps.show_pair(frozenset((2, 3)), "Northwest and Great Lakes & Plains")
    assert pane.overlaps.filters.pair_chip.isVisible()
    session = pane.session
    session.run(AddSalesForce("Inside sales"))
    inside = next(f for f in session.workspace.sales_forces if f.name == "Inside sales")
    session.choose_sales_force(inside.id)
    assert not pane.overlaps.filters.pair_chip.isVisible()
    assert pane.lists.buttons()[1].text() == "Overlaps  0"
    assert pane.lists.buttons()[2].text().startswith("Gaps  ")


# Coverage


@pytest.fixture
def coverage(pane: OverlapPane) -> CoverageView:
    """The page, with a potential of twice the sales, 1,000 more for account 1, none for 240."""
    session = pane.session
    with session.workspace.document.store.transaction() as tx:
        measure = [(2, "Potential", "money", "Potential")]
        tx.put("measure", ("id", "name", "kind", "source"), measure)
        values = [(2, n, 2000.0 * (n % 7 + 1) + 1000.0 * (n == 1)) for n in range(1, 240)]
        tx.put("account_measure", ("measure_id", "account_id", "value"), values)
    reopened = type(session.workspace)(session.workspace.document, session.workspace.geography)
    session.workspace = reopened
    pane.show_list("coverage")
    return pane.coverage.pane(CoverageView)


def figures(view: CoverageView, key: str) -> dict[str, str]:
    """A column by the name of its line."""
    column, names = (view.table.array_model.column_of(each) for each in (key, "name"))
    assert column is not None
    assert names is not None
    return {names.text_at(at): column.text_at(at) for at in range(len(names.cells))}


def test_potential_is_told_apart(coverage: CoverageView) -> None:
    sales = [1000.0 * (n % 7 + 1) for n in range(1, 243)]
    seattle = 2 * sum(sales[120:160])
    assert figures(coverage, "disputed")["In dispute"] == f"{seattle:,.0f}"
    assert figures(coverage, "disputed")["Pacific"] == "0"
    # Northwest is vacant, but what it claims is in dispute.
    assert figures(coverage, "potential")["Northwest"] == "0"
    assert "based on 239 of 242 accounts" in coverage.summary.text()
    assert "Without visits and orders nothing can be called unreached." in coverage.summary.text()


def test_a_double_click_lists_the_accounts_behind_a_figure(
    coverage: CoverageView, qtbot: QtBot
) -> None:
    model = coverage.table.array_model
    keys = [column.key for column in model.columns()]
    coverage.table.setCurrentIndex(model.index(5, keys.index("disputed")))
    with qtbot.waitSignal(coverage.rows_requested) as asked_for:
        coverage.table.row_activated.emit(5)
    assert asked_for.args is not None
    title, ids = asked_for.args
    assert title == "In dispute: In dispute"
    assert ids.tolist() == list(range(121, 161))


def test_areas_are_listed_and_selected_on_the_map(coverage: CoverageView, qtbot: QtBot) -> None:
    coverage.by.set_chosen("state")
    coverage.by.chosen.emit("state")
    names = figures(coverage, "accounts")
    assert names["Texas"] == "80"
    with qtbot.waitSignal(coverage.geounits_selected) as selected:
        row = list(names).index("Texas")
        coverage.table.select_source_rows(np.array([row]))
    assert selected.args == [(GeoUnitId("state:48"),)]


def test_buttons_above_the_pages_stand_close_together_at_the_right(
    coverage: CoverageView, pane: OverlapPane, qtbot: QtBot
) -> None:
    ends = set()
    for key in ("pairs", "overlaps", "gaps", "coverage"):
        pane.show_list(key)
        QApplication.processEvents()
        view = {"pairs": pane.pairs, "overlaps": pane.overlaps, "gaps": pane.gaps}.get(
            key, coverage
        )
        buttons = [each for each in view.tools.buttons if each.isVisible()]
        places = [each.geometry() for each in buttons]
        assert max(b.left() - a.right() for a, b in pairwise(places)) <= 5
        ends.add(buttons[-1].mapTo(pane, QPoint()).x())
    assert len(ends) == 1


def test_another_measure_can_be_the_potential(coverage: CoverageView) -> None:
    box = coverage.potential_box
    assert box.itemText(0) == "Potential: Potential (by name)"
    box.setCurrentText("Potential: Annual sales")
    box.activated.emit(box.currentIndex())
    assert coverage.session.workspace.settings.potential_measure == 1
    # All potential is sold.
    assert set(figures(coverage, "whitespace").values()) == {"0"}
    coverage.session.undo()
    assert coverage.session.workspace.settings.potential_measure is None


def test_what_was_sold_can_be_the_revenue_also_beside_a_measure_of_that_name(
    coverage: CoverageView,
) -> None:
    session = coverage.session
    assert "sales of a year" not in _texts(coverage.revenue_box)  # there are none
    with session.workspace.document.store.transaction() as tx:
        days = day_number(session.workspace.today())
        sales = [(1, 1, days - 30, 500.0, "sale"), (2, 2, days - 500, 70.0, "sale")]
        tx.put("account_transaction", ("id", "account_id", "day", "amount", "stage"), sales)
    session.workspace = type(session.workspace)(
        session.workspace.document, session.workspace.geography
    )
    coverage.refresh()
    box = coverage.revenue_box
    assert box.itemText(0) == "Revenue: Annual sales (by name)"
    box.setCurrentText("Revenue: sales of a year")
    box.activated.emit(box.currentIndex())
    assert box.currentText() == "Revenue: sales of a year"
    revenue = figures(coverage, "revenue")
    assert {each for each in revenue.values() if each != "0"} == {"500"}
    # The measure that colours the map follows: a potential of 5,000, of which 500 were sold.
    assert session.workspace.accounts.measure(WHITESPACE)[0] == 4500
    session.undo()
    assert box.currentText() == "Revenue: Annual sales (by name)"


def _texts(box: QComboBox) -> str:
    return " ".join(box.itemText(at) for at in range(box.count()))


def test_whitespace_is_a_measure_of_the_plan(coverage: CoverageView) -> None:
    workspace = coverage.session.workspace
    measure = next(each for each in workspace.measures if each.name == "Whitespace")
    values = workspace.accounts.measure(measure.id)
    assert values[0] == 1000 * 2 + 1000
    assert values[239] == 0
    told = [float(each.replace(",", "")) for each in figures(coverage, "whitespace").values()]
    assert sum(told) == pytest.approx(values.sum())


def test_the_map_can_be_coloured_by_whitespace(coverage: CoverageView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(coverage.map_requested) as asked_for:
        qtbot.mouseClick(coverage.map_button, Qt.MouseButton.LeftButton)
    assert asked_for.args == [-3]


def test_how_it_is_computed_is_shown_whole(coverage: CoverageView) -> None:
    coverage._on_help()  # noqa: SLF001 what the question mark does
    note = coverage.formula
    assert note.isVisible()
    paragraphs = [each for each in note.findChildren(QLabel) if each.wordWrap()]
    assert len(paragraphs) == 5  # its title wraps too
    for paragraph in paragraphs:
        assert paragraph.height() >= paragraph.heightForWidth(paragraph.width())
    note.close()


def test_without_a_potential_the_page_says_what_to_do(pane: OverlapPane) -> None:
    pane.show_list("coverage")
    view = pane.coverage.pane(CoverageView)
    assert not view.table.isVisible()
    assert view.potential_box.isVisible()


def test_controls_follow_each_other_by_tab(pane: OverlapPane) -> None:
    listed(pane, "gaps")
    gaps = pane.gaps
    chain = [gaps.filters.territory, gaps.filters.segment, gaps.filters.with_bare]
    for one, other in pairwise(chain):
        at = one.nextInFocusChain()
        while at is not other and at is not one:
            at = at.nextInFocusChain()
        assert at is other
