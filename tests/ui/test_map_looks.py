# SPDX-License-Identifier: MIT
"""What the user chooses about the look of the map reaches the map, and comes back next time.

The map itself is a fake; the demo plan is that of test_map_editing.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.models.ids import GeoUnitId, RepId, TerritoryId
from app.models.map_look import (
    AccountStyle,
    AreaBasis,
    ChartStyle,
    ClassChoice,
    ClassMethod,
    LayerLook,
    MapLayer,
    MapLook,
    RingChoice,
)
from app.models.rep import Rep
from app.models.rule import NumberOperator, NumberTest
from app.services.commands import (
    AddRegion,
    AddRep,
    AssignGeoUnits,
    CreateTerritory,
    ReplaceRules,
    RuleDraft,
)
from app.services.map_layers.area_colors import territory_fill
from app.ui.area_edits import bounds_of
from app.ui.formats import compact, signed_percent
from app.ui.map.layers_link import LayersLink
from app.ui.map.map_controller import MapController
from app.ui.map.map_messages import MapLabel
from app.ui.map.map_state import PointExtra
from app.ui.map.map_toolbar import MapToolbar
from app.ui.map.show_messages import ChartMarker, LegendSection, RingMarker
from app.ui.selection import Selection
from app.ui.session import EditSession
from tests.helpers.fake_map_view import FakeMapView


class Desk:
    """A map and what it was told."""

    def __init__(self, session: EditSession, parent: QWidget) -> None:
        self.session = session
        self.parent = parent
        self.view = FakeMapView()
        self.view.setParent(parent)
        self.map = MapController(session, self.view.as_view(), Selection(parent), parent)

    def told(self, name: str) -> tuple[Any, ...]:
        """The last arguments of a method of the map."""
        return self.view.calls.last[name][0]

    def legend(self) -> dict[str, LegendSection]:
        """The sections about overlays, by title."""
        return {section.title: section for section in self.told("set_legend")[0]}

    def choose(self, **chosen: object) -> None:
        """Show a look that is as usual otherwise."""
        self.map.looks.set(replace(MapLook(), **chosen))  # type: ignore[arg-type]


@pytest.fixture
def desk(app: QApplication, session: EditSession, qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = Desk(session, parent)
    made.map.restore(_settings(tmp_path))
    yield made
    made.map.stop()
    app.processEvents()


def _settings(folder: Path) -> QSettings:
    return QSettings(str(folder / "looks.ini"), QSettings.Format.IniFormat)


def test_rings_stand_around_every_home_with_their_distance_in_km(desk: Desk) -> None:
    for name, lon in (("Example Ann", -95.4), ("Example Bob", None)):
        lat = None if lon is None else 29.8
        desk.session.run(AddRep(Rep(RepId(0), name, lon=lon, lat=lat)))
    desk.choose(rings=RingChoice((25.0, 62.5), "mi"))
    rings: list[RingMarker] = desk.told("set_rings")[0]
    assert [(ring.lon, ring.lat) for ring in rings] == [(-95.4, 29.8)] * 2
    assert rings[0].km == pytest.approx(40.2336)
    assert (rings[0].text, rings[1].text) == ("25 mi", "62.5 mi")
    desk.choose()
    assert desk.told("set_rings")[0] == []


def test_pies_have_a_slice_for_each_class_and_the_legend_names_them(desk: Desk) -> None:
    desk.choose(charts=ChartStyle.PIES, pie_column="segment", weight=0)
    pies: tuple[ChartMarker, ...] = desk.told("set_charts")[0]
    assert pies
    for pie in pies:
        assert sum(share for _, share in pie.slices) == pytest.approx(1)
    section = desk.legend()["Accounts by Segment"]
    total = sum(int(entry.count.replace(",", "")) for entry in section.entries)
    assert total == len(desk.session.workspace.accounts)


def test_symbols_and_pies_of_one_column_share_a_section(desk: Desk) -> None:
    chosen = {"accounts": AccountStyle.SYMBOLS, "charts": ChartStyle.PIES, "weight": 0}
    desk.choose(**chosen, symbol_column="owner", pie_column="owner")
    assert list(desk.legend()) == ["Accounts by Owner today"]
    desk.choose(**chosen, symbol_column="owner", pie_column="abc")
    assert list(desk.legend()) == ["Accounts: Owner today", "Accounts by ABC class"]


def test_pies_follow_an_edit(desk: Desk, app: QApplication) -> None:
    workspace = desk.session.workspace
    desk.choose(charts=ChartStyle.PIES, pie_column="owner", weight=0)
    before = desk.told("set_charts")[0]
    giver, taker = workspace.territories[:2]
    units = workspace.holdings.geounits_of_territory(giver.id)
    desk.session.run(AssignGeoUnits(units, taker.id, ""))
    app.processEvents()
    assert desk.told("set_charts")[0] != before


def test_circles_show_the_measure_of_areas_and_of_territories(desk: Desk) -> None:
    workspace = desk.session.workspace
    desk.choose(charts=ChartStyle.AREA_CIRCLES)
    xy, rgba, radii = desk.told("set_circles")
    values = workspace.unit_values(desk.map.context.painter.view.key, workspace.main_measure.id)
    assert len(xy) == len(rgba) == len(radii) == int((np.nan_to_num(values) > 0).sum())
    assert np.isfinite(xy).all()
    desk.choose(charts=ChartStyle.TERRITORY_CIRCLES)
    rows = workspace.balance(workspace.main_measure.id).rows
    served = [row for row in rows if row.territory_id is not None and row.total > 0]
    assert len(desk.told("set_circles")[2]) == len(served)
    assert workspace.main_measure.name in desk.legend()


def test_accounts_are_drawn_in_the_chosen_style(desk: Desk) -> None:
    count = len(desk.session.workspace.accounts)
    for style in AccountStyle:
        desk.choose(accounts=style)
        *_, radius, extra = desk.told("set_points")
        assert isinstance(extra, PointExtra)
        assert extra.style is style
        assert len(radius) == count
        assert (extra.shapes is not None) == (style is AccountStyle.SYMBOLS)


def test_dots_have_the_colour_of_the_territory_that_rules_give_them(
    desk: Desk, qtbot: QtBot
) -> None:
    workspace = desk.session.workspace
    target = workspace.territories[1]
    solid = (*territory_fill(target.color_index, dark=False)[:3], 255)

    def tinted() -> int:
        return int((desk.told("set_points")[1] == solid).all(axis=1).sum())

    desk.choose(accounts=AccountStyle.DOTS)
    assert tinted() == 0
    large = NumberTest("measure:1", NumberOperator.AT_LEAST, (7000.0,))
    desk.session.run(ReplaceRules((RuleDraft(large, target.id, "Large"),)))
    qtbot.waitUntil(lambda: tinted() == 34)
    desk.map.set_coloring("measure")
    assert tinted() == 0
    desk.map.set_coloring("territory")
    assert tinted() == 34
    desk.session.undo()
    qtbot.waitUntil(lambda: tinted() == 0)


def test_edits_of_areas_alone_do_not_send_the_dots_again(desk: Desk, qtbot: QtBot) -> None:
    points = desk.told("set_points")
    territory = desk.session.workspace.territories[0]
    desk.session.run(AssignGeoUnits((GeoUnitId("state:23"),), territory.id, territory.name))
    qtbot.waitUntil(lambda: "patch_colors" in desk.view.calls.last)
    assert desk.told("set_points") is points


def test_hidden_accounts_have_no_word_in_the_legend(desk: Desk) -> None:
    desk.choose(accounts=AccountStyle.SYMBOLS, symbol_column="owner")
    assert "Accounts: Owner today" in desk.legend()
    desk.map.set_shows_accounts(False)
    assert desk.legend() == {}


def test_names_have_their_figures_with_them(desk: Desk) -> None:
    workspace = desk.session.workspace
    main = workspace.main_measure
    desk.choose(figures=("accounts", f"total:{main.id}", f"deviation:{main.id}"))
    name, labels = desk.told("set_labels")
    assert name == "territories"
    by_text: dict[str, MapLabel] = {label.text: label for label in labels}
    rows = {row.territory_id: row for row in workspace.balance(main.id).rows}
    shown = [t for t in workspace.leaf_territories if t.name in by_text]
    assert shown
    for territory in shown:
        words = " · ".join(by_text[territory.name].figures)
        row = rows[territory.id]
        assert compact(row.total) in words
        assert row.deviation_fraction is None or signed_percent(row.deviation_fraction) in words


def test_the_largest_territory_is_named_first(desk: Desk) -> None:
    labels: list[MapLabel] = desk.told("set_labels")[1]
    ranks = [label.rank for label in labels]
    assert len(set(ranks)) == len(ranks)


def test_a_tooltip_has_the_figures_of_the_area_and_of_its_territory(desk: Desk) -> None:
    workspace = desk.session.workspace
    view = desk.map.context.painter.view
    held = workspace.unit_territory(view.key)
    number = int(np.flatnonzero(held >= 0)[0])
    desk.choose(figures=("accounts",))
    lines = desk.map.context.painter.tooltip(number)
    assert lines[0] == view.names[number]
    assert "account" in lines[2]
    territory = workspace.territories[int(held[number])]
    assert lines[3].startswith(f"{territory.name}: ")


def test_classes_and_their_basis_are_in_the_legend(desk: Desk) -> None:
    desk.map.set_coloring("measure")
    choice = ClassChoice(ClassMethod.EQUAL, 3, AreaBasis.PER_KM2)
    desk.choose(classes=choice, color_measure=0)
    # The fake keeps the last call only; the legend of the areas is that of the painter.
    recorder = desk.view.calls.last
    desk.map.context.painter.draw_areas()
    title, entries, _ = recorder["set_legend"][0]
    assert title == "Accounts, per km²"
    counted = [entry for entry in entries if entry.count]
    view = desk.map.context.painter.view
    assert sum(int(each.count.replace(",", "")) for each in counted) == len(view.geounits)


def test_the_look_comes_back_with_the_plan(desk: Desk, tmp_path: Path) -> None:
    look = (
        MapLook(accounts=AccountStyle.CLUSTERS, figures=("accounts",))
        .with_look(LayerLook(MapLayer.HOMES, is_shown=False))
        .moved(MapLayer.ACCOUNTS, -1)
    )
    desk.map.looks.set(look)
    again = Desk(desk.session, desk.parent)
    again.map.restore(_settings(tmp_path))
    assert again.map.looks.look == look
    assert again.told("set_layers")[0] == look
    again.map.stop()


def test_a_map_that_is_let_go_keeps_nothing_for_the_next_plan(desk: Desk) -> None:
    desk.choose(rings=RingChoice((25.0,)), charts=ChartStyle.PIES)
    desk.map.looks.clear()
    assert desk.told("set_rings")[0] == ()
    assert desk.told("set_charts")[0] == ()
    assert desk.told("set_layers")[0] == MapLook()


def test_the_panel_and_the_map_follow_each_other(desk: Desk, qtbot: QtBot) -> None:
    toolbar = MapToolbar()
    qtbot.addWidget(toolbar)
    toolbar.show()
    link = LayersLink(desk.session, desk.map, toolbar, desk.parent)
    toolbar.layers.click()
    panel = link.panel
    assert panel.isVisible()
    panel.layers.rows[MapLayer.HOMES].eye.click()
    assert not desk.map.looks.look.look_of(MapLayer.HOMES).is_shown
    panel.layers.rows[MapLayer.ACCOUNTS].eye.click()
    assert not desk.map.shows_accounts
    desk.map.set_shows_accounts(True)
    assert panel.layers.rows[MapLayer.ACCOUNTS].eye.isChecked()
    panel.close()


def test_a_territory_that_is_gone_leaves_no_pie(desk: Desk, app: QApplication) -> None:
    desk.choose(charts=ChartStyle.PIES, weight=0)
    before = len(desk.told("set_charts")[0])
    workspace = desk.session.workspace
    first = TerritoryId(workspace.territories[0].id)
    units = workspace.holdings.geounits_of_territory(first)
    desk.session.run(AssignGeoUnits(units, None, ""))
    app.processEvents()
    assert len(desk.told("set_charts")[0]) == before - 1


def test_a_territory_without_areas_is_shown_by_its_accounts(desk: Desk) -> None:
    workspace = desk.session.workspace
    desk.session.run(CreateTerritory("Large ones"))
    target = workspace.territories[-1]
    desk.view.calls.last.pop("fly_to", None)
    desk.map.show_territory(target.id)
    assert "fly_to" not in desk.view.calls.last
    large = NumberTest("measure:1", NumberOperator.AT_LEAST, (7000.0,))
    desk.session.run(ReplaceRules((RuleDraft(large, target.id),)))
    desk.map.show_territory(target.id)
    ((west, south, east, north),) = desk.told("fly_to")
    rows = workspace.holdings.accounts_of_territory(target.id)
    lon, lat = workspace.accounts.lon[rows], workspace.accounts.lat[rows]
    assert west < np.nanmin(lon) < np.nanmax(lon) < east
    assert south < np.nanmin(lat) < np.nanmax(lat) < north


def test_a_region_is_shown_by_the_areas_below(desk: Desk) -> None:
    workspace = desk.session.workspace
    first, second = workspace.territories[:2]
    desk.session.run(AddRegion("South", (first.id, second.id)))
    region = next(each for each in workspace.territories if each.name == "South")
    desk.map.show_territory(region.id)
    units = [
        unit
        for each in (first, second)
        for unit in workspace.holdings.geounits_of_territory(each.id)
    ]
    assert desk.told("fly_to") == (bounds_of(workspace, units),)
