# SPDX-License-Identifier: MIT
"""Strokes on the map become edits and selections; the map itself is a fake.

The demo plan: Texas belongs to Lone Star, California to Pacific, New York to nobody, Washington is
in dispute. 40 accounts stand in each of six counties.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.models.edit_effect import EditEffect
from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId, TerritoryId
from app.services.commands import AddDrawnArea, AssignGeoUnits, SetTerritoryLock
from app.ui.map.map_controller import MapController
from app.ui.map.map_reports import ClickReport, LineReport, Modifiers
from app.ui.map.tool_messages import MapTool, StrokeSource
from app.ui.map_deck import MapDeck
from app.ui.selection import Selection
from app.ui.session import EditSession
from tests.helpers.fake_map_view import FakeMapView

HOUSTON, DALLAS = GeoUnitId("county:48201"), GeoUnitId("county:48113")
LOS_ANGELES, NEW_YORK = GeoUnitId("county:06037"), GeoUnitId("county:36061")
ALT = Modifiers(alt=True)


class Desk:
    """A map with all that stands around it."""

    def __init__(self, session: EditSession, parent: QWidget) -> None:
        self.session = session
        self.view = FakeMapView()
        self.view.setParent(parent)
        self.selection = Selection(parent)
        self.map = MapController(session, self.view.as_view(), self.selection, parent)
        self.deck = MapDeck(session, self.view.as_view(), self.map, parent)
        self.deck.strip.setParent(parent)
        self.deck.banner.setParent(parent)
        self.said: list[str] = []
        self.map.message.connect(self.said.append)
        parent.show()

    def number(self, unit: GeoUnitId) -> int:
        return self.map.context.areas.numbers_of((unit,))[0]

    def numbers(self, *units: GeoUnitId) -> list[int]:
        return [self.number(unit) for unit in units]

    def id_of(self, name: str) -> TerritoryId:
        return next(t.id for t in self.session.workspace.territories if t.name == name)

    def holders(self, unit: GeoUnitId) -> tuple[str, ...]:
        workspace = self.session.workspace
        return tuple(
            workspace.territory(t).name for t in workspace.holdings.territories_claiming(unit)
        )

    def undo_label(self) -> str | None:
        return self.session.workspace.history_status().undo_label


@pytest.fixture
def desk(app: QApplication, session: EditSession, qtbot: QtBot) -> Iterator[Desk]:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(900, 700)
    made = Desk(session, parent)
    made.map.set_level(GeoLevel.COUNTY.value)
    app.processEvents()
    yield made
    made.deck.stop()
    made.map.stop()
    app.processEvents()


def test_alt_takes_out_of_the_selection_and_shift_adds(desk: Desk) -> None:
    click = desk.view.feature_clicked.emit
    at = desk.numbers(HOUSTON, DALLAS)
    click(ClickReport(at[0], Modifiers(), 0, 0))
    click(ClickReport(at[1], Modifiers(shift=True), 0, 0))
    assert desk.selection.geounits == (HOUSTON, DALLAS)
    click(ClickReport(at[0], Modifiers(shift=True), 0, 0))
    assert desk.selection.geounits == (HOUSTON, DALLAS)
    click(ClickReport(at[0], ALT, 0, 0))
    assert desk.selection.geounits == (DALLAS,)
    click(ClickReport(at[1], Modifiers(ctrl=True), 0, 0))
    assert desk.selection.geounits == ()


@pytest.mark.parametrize("tool", [MapTool.BOX, MapTool.LASSO, MapTool.RADIUS])
def test_outlines_select_add_and_take_out(desk: Desk, tool: MapTool) -> None:
    desk.view.stroke(tool, desk.numbers(HOUSTON, DALLAS))
    desk.view.stroke(tool, desk.numbers(LOS_ANGELES), held=Modifiers(ctrl=True))
    assert desk.selection.geounits == (HOUSTON, DALLAS, LOS_ANGELES)
    desk.view.stroke(tool, desk.numbers(HOUSTON, LOS_ANGELES), held=ALT)
    assert desk.selection.geounits == (DALLAS,)
    assert desk.undo_label() != "Assign 2 counties to Pacific"


def test_an_outline_assigns_at_once_when_told_so(desk: Desk) -> None:
    desk.map.options.set_assigns(True)
    desk.selection.activate(desk.id_of("Pacific"))
    desk.view.stroke(MapTool.BOX, desk.numbers(HOUSTON, DALLAS, LOS_ANGELES))
    assert desk.holders(HOUSTON) == ("Pacific",)
    # Los Angeles was Pacific's own.
    assert desk.undo_label() == "Assign 2 counties to Pacific"
    assert desk.selection.geounits == ()
    desk.view.stroke(MapTool.LASSO, desk.numbers(DALLAS), held=ALT)
    assert desk.holders(DALLAS) == ()


def test_esc_leaves_all_as_it_was(desk: Desk) -> None:
    before = desk.undo_label()
    desk.selection.activate(desk.id_of("Pacific"))
    for tool in (MapTool.PAINT, MapTool.PUSH, MapTool.BOX):
        desk.map.options.set_assigns(True)
        start = desk.number(LOS_ANGELES)
        numbers = desk.numbers(HOUSTON, DALLAS)
        report = desk.view.stroke(tool, numbers, start=start, finishes=False)
        desk.view.stroke_cancelled.emit(report)
        assert desk.holders(HOUSTON) == ("Lone Star",)
        assert desk.undo_label() == before


def test_a_pushed_border_moves_into_the_territory_where_it_began(desk: Desk) -> None:
    desk.selection.activate(desk.id_of("Northwest"))
    numbers = desk.numbers(LOS_ANGELES, HOUSTON, DALLAS)
    desk.view.stroke(MapTool.PUSH, numbers, start=desk.number(LOS_ANGELES))
    assert desk.holders(HOUSTON) == desk.holders(DALLAS) == ("Pacific",)
    assert desk.undo_label() == "Assign 2 counties to Pacific"
    desk.view.stroke(MapTool.PUSH, desk.numbers(HOUSTON), start=desk.number(NEW_YORK))
    assert set(desk.said) == {"Start inside a territory: its border moves with the pointer."}
    assert "cancel_stroke" in desk.view.calls.last


def test_a_source_limits_what_a_stroke_takes(desk: Desk) -> None:
    desk.selection.activate(desk.id_of("Northwest"))
    all_four = desk.numbers(HOUSTON, DALLAS, LOS_ANGELES, NEW_YORK)
    desk.map.options.set_source(StrokeSource.UNASSIGNED)
    desk.view.stroke(MapTool.PAINT, all_four)
    assert desk.holders(NEW_YORK) == ("Northwest",)
    assert desk.holders(HOUSTON) == ("Lone Star",)
    desk.map.options.set_source(StrokeSource.ONE, desk.id_of("Pacific"))
    desk.view.stroke(MapTool.PAINT, all_four)
    assert desk.holders(LOS_ANGELES) == ("Northwest",)
    assert desk.holders(HOUSTON) == ("Lone Star",)
    desk.map.options.set_source(StrokeSource.ONE)
    desk.view.stroke(MapTool.PAINT, all_four, start=desk.number(HOUSTON))
    assert desk.holders(HOUSTON) == desk.holders(DALLAS) == ("Northwest",)


def test_the_page_learns_source_and_bounds(desk: Desk) -> None:
    desk.map.set_tool("paint")
    desk.map.options.set_source(StrokeSource.ONE, desk.id_of("Pacific"))
    args, named = desk.view.tools.last["set_stroke_source"]
    assert (args, named) == ((StrokeSource.ONE, 1), {"restricts": True})
    desk.map.set_tool("lasso")
    assert desk.view.tools.last["set_stroke_source"][1] == {"restricts": False}
    desk.map.options.set_inside("state")
    (parents,), _ = desk.view.tools.last["set_parents"]
    states = desk.session.workspace.geography.layer(GeoLevel.STATE).codes
    assert str(states[parents[desk.number(HOUSTON)]]) == "48"
    assert parents[desk.number(HOUSTON)] == parents[desk.number(DALLAS)]
    desk.map.options.set_inside("")
    assert desk.view.tools.last["set_parents"] == ((None,), {})


def test_the_card_follows_a_stroke_and_goes_with_it(desk: Desk, app: QApplication) -> None:
    told: list[EditEffect | None] = []
    desk.map.strokes.effect_changed.connect(told.append)
    desk.selection.activate(desk.id_of("Pacific"))
    report = desk.view.stroke(MapTool.PAINT, desk.numbers(HOUSTON, DALLAS), finishes=False)
    app.processEvents()
    effect = told[-1]
    assert effect is not None
    assert (effect.unit_count, effect.account_count) == (2, 80)
    card = desk.deck.card
    assert card.isVisible()
    assert card.title.accessibleName() == "2 areas to Pacific"
    assert card.facts.text().startswith("80 accounts")
    desk.view.stroke_cancelled.emit(report)
    assert told[-1] is None
    assert not card.isVisible()


@pytest.mark.parametrize("tool", [MapTool.PAINT, MapTool.BOX])
def test_a_stroke_whose_page_dies_ends_with_what_was_written(
    desk: Desk, app: QApplication, tool: MapTool
) -> None:
    before = desk.undo_label()
    desk.map.options.set_assigns(True)
    desk.selection.activate(desk.id_of("Pacific"))
    desk.view.stroke(tool, desk.numbers(HOUSTON, DALLAS), finishes=False)
    app.processEvents()
    told: list[EditEffect | None] = []
    desk.map.strokes.effect_changed.connect(told.append)
    desk.view.restarted.emit()
    assert told == [None]
    is_painted = tool is MapTool.PAINT  # a box is written when it is let go
    assert desk.holders(DALLAS) == (("Pacific",) if is_painted else ("Lone Star",))
    if is_painted:
        desk.session.undo()
    assert desk.holders(DALLAS) == ("Lone Star",)
    assert desk.undo_label() == before


def test_a_stroke_that_splits_says_so_and_offers_what_mends_it(
    desk: Desk, app: QApplication
) -> None:
    """Texas without its middle: Lone Star has its counties as units of its own first."""
    workspace = desk.session.workspace
    texas = workspace.geography.descendants_of(GeoUnitId("state:48"), GeoLevel.COUNTY)
    row = texas[:: len(texas) // 6]
    lone_star = desk.id_of("Lone Star")
    desk.session.run(AssignGeoUnits(texas, lone_star, "Lone Star"))
    desk.selection.activate(desk.id_of("Pacific"))
    around = neighbours(desk, row[3])
    desk.view.stroke(MapTool.PAINT, desk.numbers(*around), finishes=False)
    app.processEvents()
    assert "Splits Lone Star: 1 area is cut off." in desk.deck.card.warnings.text()
    desk.view.stroke(MapTool.PAINT, desk.numbers(*neighbours(desk, row[1])))
    assert desk.deck.card.title.accessibleName() == "Lone Star is split"
    assert desk.deck.card.action.isVisible()
    desk.deck.card.action.click()
    parts = workspace.connections.graph.parts()
    assert len(list(parts.of(workspace.state.position_by_territory[lone_star]))) < 3


def neighbours(desk: Desk, unit: GeoUnitId) -> list[GeoUnitId]:
    layer = desk.session.workspace.geography.layer(GeoLevel.COUNTY)
    at = layer.index_of(unit.partition(":")[2])
    return [layer.geounits[i] for i in layer.neighbors_of(at).tolist()]


def test_locked_areas_stay_and_are_counted(desk: Desk) -> None:
    desk.session.run(SetTerritoryLock(desk.id_of("Lone Star"), is_locked=True))
    desk.selection.activate(desk.id_of("Northwest"))
    desk.view.stroke(MapTool.PAINT, desk.numbers(HOUSTON, DALLAS, LOS_ANGELES))
    assert desk.said == ["Left 2 areas of locked territories as they are."]
    assert desk.holders(LOS_ANGELES) == ("Northwest",)


def test_what_holds_a_territory_together_is_dotted_under_a_brush(desk: Desk) -> None:
    workspace = desk.session.workspace
    texas = workspace.geography.descendants_of(GeoUnitId("state:48"), GeoLevel.COUNTY)
    lone_star = desk.id_of("Lone Star")
    desk.session.run(AssignGeoUnits(texas, lone_star, "Lone Star"))
    around = neighbours(desk, HOUSTON)
    desk.session.run(AssignGeoUnits(tuple(around[1:]), None))
    desk.map.set_tool("paint")
    desk.view.feature_hovered.emit(desk.number(HOUSTON))
    (dotted,), _ = desk.view.tools.last["set_critical"]
    expected = desk.map.context.areas.numbers_of(workspace.connections.units_that_split(lone_star))
    assert set(dotted) == set(expected)
    assert desk.number(around[0]) in dotted
    desk.map.set_tool("pick")
    assert desk.view.tools.last["set_critical"] == (((),), {})


def test_marked_changes_are_counted_accepted_and_taken_back(desk: Desk, app: QApplication) -> None:
    before = desk.undo_label()
    desk.deck.toggle_marks()
    assert desk.deck.banner.isVisible()
    desk.selection.activate(desk.id_of("Pacific"))
    desk.view.stroke(MapTool.PAINT, desk.numbers(HOUSTON, DALLAS))
    app.processEvents()
    assert desk.deck.banner.text().startswith("2 areas changed since ")
    (baseline,), _ = desk.view.tools.last["set_baseline"]
    assert baseline[1][desk.number(HOUSTON)] == 0
    desk.map.marks.take_back()
    assert desk.holders(HOUSTON) == ("Lone Star",)
    assert desk.undo_label() == before
    assert not desk.deck.banner.isVisible()
    desk.deck.toggle_marks()
    desk.view.stroke(MapTool.PAINT, desk.numbers(HOUSTON))
    desk.map.marks.accept()
    assert desk.holders(HOUSTON) == ("Pacific",)
    assert desk.view.tools.last["set_baseline"] == ((None,), {})


def test_a_line_splits_the_territory_that_it_crosses(desk: Desk) -> None:
    made: list[int] = []
    desk.deck.territory_made.connect(made.append)
    line = LineReport(((-99.5, 26.0), (-99.5, 36.0)), tuple(desk.numbers(HOUSTON, HOUSTON)))
    desk.view.line_drawn.emit(line)
    names = [territory.name for territory in desk.session.workspace.territories]
    assert names[-1] == "Lone Star 2"
    assert made == [int(desk.id_of("Lone Star 2"))]
    assert desk.said[-1].startswith("Split Lone Star: ")
    desk.view.line_drawn.emit(LineReport(line.polygon, tuple(desk.numbers(NEW_YORK))))
    assert desk.said[-1] == "Draw the line across a territory: it is cut in two along it."


def test_a_drawn_area_is_kept_changed_and_removed(desk: Desk) -> None:
    corners = ((-96.0, 29.0), (-95.0, 29.0), (-95.0, 30.5), (-96.0, 30.5))
    desk.view.area_drawn.emit(corners)
    assert desk.said[-1].startswith("Choose a territory")
    desk.selection.activate(desk.id_of("Pacific"))
    desk.view.area_drawn.emit(corners)
    workspace = desk.session.workspace
    area = workspace.drawn_areas[0]
    # Houston's 40 accounts lie in it: the area counts before the county.
    assert len(workspace.holdings.accounts_of_territory(desk.id_of("Pacific"))) == 80
    ((outline,),), _ = desk.view.tools.last["set_drawn_areas"]
    assert (outline.id, len(outline.corners)) == (area.id, 4)
    moved = ((-60.0, 29.0), (-59.0, 29.0), (-59.0, 30.5), (-60.0, 30.5))
    desk.view.area_changed.emit(area.id, moved)
    assert len(workspace.holdings.accounts_of_territory(desk.id_of("Pacific"))) == 40
    desk.view.area_removed.emit(area.id)
    assert workspace.drawn_areas == ()
    assert desk.view.tools.last["set_drawn_areas"] == (((),), {})


def test_a_refused_change_of_an_area_is_put_right_on_the_map(desk: Desk) -> None:
    corners = ((-96.0, 29.0), (-95.0, 29.0), (-95.0, 30.5), (-96.0, 30.5))
    pacific = desk.id_of("Pacific")
    desk.session.run(AddDrawnArea(pacific, (corners,)))
    desk.session.run(SetTerritoryLock(pacific, is_locked=True))
    desk.view.area_changed.emit(1, corners[:3])
    ((outline,),), _ = desk.view.tools.last["set_drawn_areas"]
    assert len(outline.corners) == 4
