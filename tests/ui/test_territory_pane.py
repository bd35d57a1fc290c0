# SPDX-License-Identifier: MIT
"""The list of territories: every edit that it offers, by mouse and by keyboard."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.models.errors import AppError
from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId, TerritoryId
from app.services.commands import SetTerritoryLock
from app.services.workspace import Workspace
from app.ui.area_edits import held_among
from app.ui.panes.territory_delegate import row_parts
from app.ui.panes.territory_list import TerritoryOrder, natural_key
from app.ui.panes.territory_pane import TerritoryPane
from app.ui.session import EditSession
from app.ui.widgets.color_picker import ColorPicker


@pytest.fixture
def pane(session: EditSession, qtbot: QtBot) -> TerritoryPane:
    made = TerritoryPane(session)
    qtbot.addWidget(made)
    made.resize(300, 500)
    made.show()
    return made


def names(pane: TerritoryPane) -> list[str]:
    return [pane.model.line_at(row).territory.name for row in range(pane.model.rowCount())]


def id_of(pane: TerritoryPane, name: str) -> TerritoryId:
    return next(t.id for t in pane.session.workspace.territories if t.name == name)


def point(pane: TerritoryPane, name: str, part: str) -> QPoint:
    index = pane.model.index(names(pane).index(name))
    area = getattr(row_parts(pane.view.visualRect(index)), part)
    return area.center().toPoint()


def press(qtbot: QtBot, pane: TerritoryPane, name: str, part: str = "name") -> None:
    viewport = pane.view.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=point(pane, name, part))


def test_territories_are_listed_with_rep_and_deviation(pane: TerritoryPane) -> None:
    assert names(pane) == ["Great Lakes & Plains", "Lone Star", "Northwest", "Pacific"]
    line = pane.model.line_at(1)
    assert (line.rep_text, line.total, line.account_count) == ("Ana Reyes", 317_000.0, 80)
    # (317,000 - 158,250) / 158,250, over the four territories' 633,000.
    assert line.deviation.fraction == pytest.approx(317_000 / 158_250 - 1)
    assert pane.model.line_at(2).rep_text == "Vacant"


def test_sorting_by_distance_from_ideal(pane: TerritoryPane) -> None:
    pane.model.set_order(TerritoryOrder.DEVIATION)
    assert set(names(pane)[:2]) == {"Lone Star", "Northwest"}


def test_numbers_in_names_sort_as_numbers() -> None:
    assert sorted(["Territory 10", "territory 9", "9"], key=natural_key) == [
        "9",
        "territory 9",
        "Territory 10",
    ]


def test_the_search_finds_reps_too(pane: TerritoryPane) -> None:
    pane.model.set_filter("okafor")
    assert names(pane) == ["Pacific"]


def test_f2_renames_in_place(pane: TerritoryPane, qtbot: QtBot) -> None:
    press(qtbot, pane, "Pacific")
    qtbot.keyClick(pane.view, Qt.Key.Key_F2)
    editor = pane.view.findChild(QLineEdit)
    assert editor is not None
    editor.setText("West Coast")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "West Coast" in names(pane))
    assert pane.session.workspace.history_status().undo_label == "Rename to West Coast"


def test_a_taken_name_is_refused_and_the_old_one_stays(
    pane: TerritoryPane, refusals: list[AppError]
) -> None:
    pane.model.setData(pane.model.index(3), "Lone Star")
    assert names(pane)[3] == "Pacific"
    assert "Lone Star" in refusals[0].message


def test_a_click_on_the_colour_opens_the_nine_colours(pane: TerritoryPane, qtbot: QtBot) -> None:
    press(qtbot, pane, "Pacific", "chip")
    picker = pane.findChild(ColorPicker)
    assert picker is not None
    assert picker.isVisible()
    picker.swatches[7].click()
    assert pane.session.workspace.territory(id_of(pane, "Pacific")).color_index == 7


def test_a_click_on_the_lock_locks_and_unlocks(pane: TerritoryPane, qtbot: QtBot) -> None:
    for expected in (True, False):
        press(qtbot, pane, "Pacific", "lock")
        assert pane.session.workspace.territory(id_of(pane, "Pacific")).is_locked is expected


def test_a_click_makes_the_territory_the_active_one(pane: TerritoryPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.territory_activated) as activated:
        press(qtbot, pane, "Northwest")
    assert activated.args == [id_of(pane, "Northwest")]
    assert pane.active_territory == id_of(pane, "Northwest")


def test_a_click_tells_of_a_selected_territory_again(pane: TerritoryPane, qtbot: QtBot) -> None:
    press(qtbot, pane, "Pacific")
    with qtbot.waitSignal(pane.territories_selected) as told:
        press(qtbot, pane, "Pacific")
    assert told.args == [(id_of(pane, "Pacific"),)]


def test_a_right_click_selects_but_does_not_activate(pane: TerritoryPane, qtbot: QtBot) -> None:
    press(qtbot, pane, "Pacific")
    pacific, lone_star = id_of(pane, "Pacific"), id_of(pane, "Lone Star")
    viewport, right = pane.view.viewport(), Qt.MouseButton.RightButton
    qtbot.mouseClick(viewport, right, pos=point(pane, "Lone Star", "name"))
    assert pane.view.selected_ids() == (lone_star,)
    assert pane.active_territory == pacific
    pane.view.select_ids((lone_star, pacific))
    qtbot.mouseClick(viewport, right, pos=point(pane, "Lone Star", "name"))
    assert set(pane.view.selected_ids()) == {lone_star, pacific}


def test_the_arrow_keys_move_the_active_territory(pane: TerritoryPane, qtbot: QtBot) -> None:
    press(qtbot, pane, "Great Lakes & Plains")
    qtbot.keyClick(pane.view, Qt.Key.Key_Down)
    assert pane.active_territory == id_of(pane, "Lone Star")


def test_delete_needs_no_question_because_undo_brings_it_back(
    pane: TerritoryPane, qtbot: QtBot
) -> None:
    press(qtbot, pane, "Pacific")
    qtbot.keyClick(pane.view, Qt.Key.Key_Delete)
    assert "Pacific" not in names(pane)
    assert pane.active_territory is None
    pane.session.undo()
    assert "Pacific" in names(pane)


def test_several_territories_are_merged_into_one(pane: TerritoryPane) -> None:
    pane.view.select_ids((id_of(pane, "Pacific"), id_of(pane, "Northwest")))
    menu = pane.context_menu()
    assert menu is not None
    merge = next(a for a in menu.actions() if a.text() == "Merge into")
    into = next(a for a in merge.menu().actions() if a.text() == "Lone Star")  # type: ignore[union-attr]
    into.trigger()
    assert names(pane) == ["Great Lakes & Plains", "Lone Star"]
    assert pane.view.selected_ids() == (id_of(pane, "Lone Star"),)
    menu.deleteLater()


def test_a_new_territory_gets_a_free_name_and_becomes_active(pane: TerritoryPane) -> None:
    first, second = pane.add_territory(), pane.add_territory()
    assert {"Territory 1", "Territory 2"} <= set(names(pane))
    assert first != second == pane.active_territory


def test_the_selected_areas_are_split_off(pane: TerritoryPane, qtbot: QtBot) -> None:
    press(qtbot, pane, "Lone Star")
    houston = GeoUnitId("county:48201")
    pane.set_selected_geounits((houston,))
    pane.split_off()
    assert "Lone Star 2" in names(pane)
    assert pane.session.workspace.holdings.territories_claiming(houston) == (
        id_of(pane, "Lone Star 2"),
    )


def test_splitting_off_counts_only_areas_of_the_territory(pane: TerritoryPane) -> None:
    houston, los_angeles = GeoUnitId("county:48201"), GeoUnitId("county:06037")
    pane.set_selected_geounits((houston, los_angeles))
    for name, words, is_enabled in (
        ("Lone Star", "Split off the selected areas (1)", True),
        ("Northwest", "Split off…", False),
    ):
        pane.view.select_ids((id_of(pane, name),))
        menu = pane.context_menu()
        assert menu is not None
        split = next(a for a in menu.actions() if a.text().startswith("Split off"))
        assert (split.text(), split.isEnabled()) == (words, is_enabled)
        menu.deleteLater()


def test_areas_are_counted_alike_one_by_one_and_all_at_once(pane: TerritoryPane) -> None:
    workspace = pane.session.workspace
    counties = workspace.geography.view(GeoLevel.COUNTY).geounits
    texas = id_of(pane, "Lone Star")
    assert held_among(workspace, counties, texas) == 254
    own = tuple(unit for unit in counties if unit.startswith("county:48"))
    assert held_among(workspace, own[:50], texas) == 50


def test_the_footer_counts_what_nobody_or_two_serve(pane: TerritoryPane, qtbot: QtBot) -> None:
    assert pane.gaps_button.text() == " Unassigned: 42 accounts · 168k"
    assert pane.overlaps_button.text() == " In dispute: 40 accounts · 165k"
    with qtbot.waitSignal(pane.show_overlaps):
        pane.overlaps_button.click()


def test_an_edit_elsewhere_keeps_the_selection(pane: TerritoryPane, qtbot: QtBot) -> None:
    press(qtbot, pane, "Pacific")
    pane.session.run(SetTerritoryLock(id_of(pane, "Lone Star"), is_locked=True))
    assert pane.view.selected_ids() == (id_of(pane, "Pacific"),)


def test_without_territories_there_are_three_ways_to_begin(
    app: QApplication, bare_workspace: Workspace, qtbot: QtBot
) -> None:
    pane = TerritoryPane(EditSession(bare_workspace))
    qtbot.addWidget(pane)
    pane.show()
    ways = [b for b in pane.findChildren(QPushButton) if b.isVisible()]
    words = [way.text() for way in ways]
    for expected in ("From today’s owners", "By nearest rep home", "Start from scratch"):
        assert expected in words
    with qtbot.waitSignal(pane.build_requested) as requested:
        ways[words.index("By nearest rep home")].click()
    assert requested.args == ["homes"]
    with qtbot.waitSignal(pane.paint_requested):
        ways[words.index("Start from scratch")].click()
    assert names(pane) == ["Territory 1"]


@pytest.fixture
def tree(workspace: Workspace, qtbot: QtBot) -> TerritoryPane:
    """The demo plan with Lone Star and Pacific in a region South."""
    with workspace.document.store.transaction() as tx:
        columns = ("id", "scenario_id", "sales_force_id", "name", "parent_id")
        tx.put("territory", columns, [(20, 1, 1, "South", None)])
        ids = {t.name: int(t.id) for t in workspace.territories}
        parents = [(ids[name], 20) for name in ("Lone Star", "Pacific")]
        tx.put("territory", ("id", "parent_id"), parents)
    made = TerritoryPane(EditSession(Workspace(workspace.document, workspace.geography)))
    qtbot.addWidget(made)
    made.resize(300, 500)
    made.show()
    return made


def test_a_region_stands_above_its_own_and_shows_their_sum(tree: TerritoryPane) -> None:
    assert names(tree) == ["Great Lakes & Plains", "Northwest", "South", "Lone Star", "Pacific"]
    region, lone_star, pacific = (tree.model.line_at(row) for row in (2, 3, 4))
    assert (region.depth, lone_star.depth) == (0, 1)
    assert region.total == lone_star.total + pacific.total
    assert region.account_count == 120
    # Its ideal is that of its two territories.
    assert region.deviation.fraction == pytest.approx(region.total / 316_500 - 1)
    assert region.rep_text == "Region of 2"
    assert "Region of 2" in region.words
    # The ideal is that of the four territories without the region.
    assert lone_star.deviation.fraction == pytest.approx(317_000 / 158_250 - 1)


def test_a_region_is_folded_by_its_arrow_and_by_keys(tree: TerritoryPane, qtbot: QtBot) -> None:
    press(qtbot, tree, "South", "chip")
    assert names(tree) == ["Great Lakes & Plains", "Northwest", "South"]
    qtbot.keyClick(tree.view, Qt.Key.Key_Right)
    assert names(tree)[-1] == "Pacific"
    tree.view.select_ids((id_of(tree, "Pacific"),))
    qtbot.keyClick(tree.view, Qt.Key.Key_Left)
    assert tree.view.selected_ids() == (id_of(tree, "South"),)
    qtbot.keyClick(tree.view, Qt.Key.Key_Left)
    assert names(tree)[-1] == "South"


def test_what_is_searched_or_selected_is_seen_in_a_folded_region(tree: TerritoryPane) -> None:
    tree.model.set_folded(id_of(tree, "South"), folded=True)
    tree.model.set_filter("paci")
    assert names(tree) == ["South", "Pacific"]
    tree.model.set_filter("")
    assert "Pacific" not in names(tree)
    tree.select_territory(id_of(tree, "Pacific"))
    assert "Pacific" in names(tree)


def test_siblings_are_sorted_within_their_region(tree: TerritoryPane) -> None:
    tree.model.set_order(TerritoryOrder.TOTAL)
    assert names(tree)[:3] == ["South", "Lone Star", "Pacific"]
