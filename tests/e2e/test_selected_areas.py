# SPDX-License-Identifier: MIT
"""Selected areas in the whole window: inspector, context menu, and what ends a selection."""

import pytest

from app.models.ids import GeoUnitId
from app.services.commands import BuildTerritories
from app.ui.selection import Focus
from tests.e2e.conftest import User

pytestmark = [pytest.mark.e2e, pytest.mark.webengine]
HOUSTON, DALLAS = GeoUnitId("county:48201"), GeoUnitId("county:48113")


@pytest.fixture
def sample(user: User) -> User:
    user.window.desk.opener.open_sample()
    user.wait(lambda: user.window.desk.context.plan is not None)
    user.screen.map.set_level("county")
    return user


def test_the_inspector_follows_what_is_selected(sample: User) -> None:
    screen = sample.screen
    territory = sample.plan.territories[0].id
    screen.selection.select_geounits((HOUSTON, DALLAS))
    assert screen.inspector.selection.isVisible()
    screen.show_territory(territory)
    assert screen.inspector.territory.isVisible()
    screen.selection.select_geounits((HOUSTON,))
    assert screen.inspector.geounit.isVisible()
    screen.selection.select_geounits((HOUSTON, DALLAS))
    screen.inspector.selection.clear.click()
    assert screen.selection.geounits == ()
    assert screen.selection.focus == Focus()


def test_a_right_click_selects_the_area_unless_it_is_selected(sample: User) -> None:
    screen = sample.screen
    positions = sample.plan.geography.view(screen.map.level).position_by_geounit
    assert screen.deck.menu.menu_at(-1) is None
    menu = screen.deck.menu.menu_at(positions[HOUSTON])
    assert menu is not None
    assert screen.selection.geounits == (HOUSTON,)
    menu.deleteLater()
    screen.selection.select_geounits((HOUSTON, DALLAS))
    menu = screen.deck.menu.menu_at(positions[DALLAS])
    assert menu is not None
    words = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert words == [
        *("2 counties", "Give to", "New territory from these", "Take out"),
        *("Link the two areas (bridge or ferry)", "Lock 2 areas", "Show Texas and Gulf"),
        *("Show the ZIP areas inside", "Zoom to"),
    ]
    before = len(sample.plan.territories)
    next(a for a in menu.actions() if a.text() == words[2]).trigger()
    menu.deleteLater()
    assert len(sample.plan.territories) == before + 1
    assert screen.territories.view.selected_ids() == (sample.plan.territories[-1].id,)


def test_building_anew_ends_the_selection(sample: User) -> None:
    sample.screen.selection.select_geounits((HOUSTON, DALLAS))
    sample.screen.session.run(BuildTerritories((), "nothing"))
    assert sample.screen.selection.geounits == ()
