# SPDX-License-Identifier: MIT
"""Selected areas: what the inspector says about them, and what can be done with them."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.ids import AccountId, GeoUnitId, TerritoryId
from app.services.commands import (
    BuildTerritories,
    DeleteTerritories,
    RenameTerritory,
    SetRep,
    SetTerritoryLock,
    UpdateRep,
)
from app.services.workspace import Workspace
from app.ui.area_edits import accounts_in_areas, bounds_of, holders_of, make_territory
from app.ui.panes.inspector import Inspector
from app.ui.panes.inspector_card import InspectorCard
from app.ui.rep_watch import RepWatch
from app.ui.selection import Focus
from app.ui.session import EditSession

HOUSTON, DALLAS = GeoUnitId("county:48201"), GeoUnitId("county:48113")
NEW_YORK, SEATTLE = GeoUnitId("county:36061"), GeoUnitId("county:53033")
FOUR = (HOUSTON, DALLAS, NEW_YORK, SEATTLE)


def id_of(session: EditSession, name: str) -> TerritoryId:
    return next(t.id for t in session.workspace.territories if t.name == name)


@pytest.fixture
def inspector(session: EditSession, qtbot: QtBot) -> Inspector:
    made = Inspector(session)
    qtbot.addWidget(made)
    made.resize(280, 600)
    made.show()
    return made


@pytest.mark.parametrize("stem", ["Texas & Illinois with all of the", "Unbroken"])
def test_long_names_and_large_totals_fit_the_inspector(
    workspace: Workspace, app: QApplication, qtbot: QtBot, stem: str
) -> None:
    words = stem + ("x" * 60)[len(stem) :]
    with workspace.document.store.transaction() as tx:
        values = [(1, n, 2.5e9) for n in range(1, 241)]
        tx.put("account_measure", ("measure_id", "account_id", "value"), values)
        tx.put("measure", ("id", "name"), [(1, words)])
    big = Workspace(workspace.document, workspace.geography)
    big.run(RenameTerritory(big.territories[0].id, words))
    big.run(UpdateRep(replace(big.reps[0], name=words, email=words)))
    inspector = Inspector(EditSession(big))
    qtbot.addWidget(inspector)
    inspector.resize(280, 600)
    inspector.show()
    inspector.show_geounits((HOUSTON, NEW_YORK))
    for focus in (
        Focus(territory=big.territories[0].id),
        Focus(rep=big.reps[0].id),
        Focus(account=AccountId(1)),
        Focus(),
    ):
        inspector.show_focus(focus)
        app.processEvents()
        shown = [card for card in inspector.findChildren(InspectorCard) if card.isVisible()]
        assert len(shown) == 1
        # A scroll bar, where the card is long, takes its room from the card.
        assert shown[0].width() == shown[0].visibleRegion().boundingRect().width() <= 280, focus


def test_several_areas_are_added_up(inspector: Inspector) -> None:
    inspector.show_geounits(FOUR)
    card = inspector.selection
    assert card.isVisible()
    assert card.title.text() == "4 counties selected"
    # 40 accounts stand in each of the four counties.
    assert card.figures.accessibleName().startswith("Accounts 160, ")
    assert card.others.text() == "1 in dispute, 1 held by nobody"


def test_a_territory_is_shown_although_areas_are_selected(inspector: Inspector) -> None:
    inspector.show_geounits(FOUR)
    inspector.show_focus(Focus(territory=id_of(inspector.session, "Pacific")))
    assert inspector.territory.isVisible()
    inspector.show_focus(Focus(geounit=HOUSTON))
    assert inspector.selection.isVisible()


def test_the_card_gives_takes_out_and_follows_undo(inspector: Inspector) -> None:
    session = inspector.session
    inspector.show_geounits((HOUSTON, NEW_YORK))
    card, pacific = inspector.selection, id_of(session, "Pacific")
    card.give.chosen.emit(int(pacific))
    assert holders_of(session.workspace, (HOUSTON, NEW_YORK)).by_territory == ((pacific, 2),)
    assert not card.others.isVisible()
    card.release.click()
    assert card.others.text() == "2 held by nobody"
    assert not card.release.isEnabled()
    session.undo()
    assert card.release.isEnabled()


def test_the_active_territory_is_offered_first(inspector: Inspector) -> None:
    card = inspector.selection
    card.set_target(id_of(inspector.session, "Pacific"))
    card.give.fill_menu()
    assert card.give.menu().actions()[0].text() == "Pacific"


def test_a_territory_is_made_of_areas_in_one_step(inspector: Inspector, qtbot: QtBot) -> None:
    session = inspector.session
    before = len(session.workspace.history_steps())
    inspector.show_geounits((HOUSTON, DALLAS))
    with qtbot.waitSignal(inspector.selection.territory_made) as told:
        inspector.selection.make.click()
    assert told.args is not None
    made = TerritoryId(told.args[0])
    assert session.workspace.holdings.geounits_of_territory(made) == (DALLAS, HOUSTON)
    assert len(session.workspace.history_steps()) == before + 1
    session.undo()
    assert not session.workspace.has_territory(made)
    assert session.workspace.holdings.territories_claiming(HOUSTON) == (
        id_of(session, "Lone Star"),
    )


def test_nothing_is_made_of_a_locked_territory(session: EditSession, refusals: list) -> None:
    session.run(SetTerritoryLock(id_of(session, "Lone Star"), is_locked=True))
    assert make_territory(session, (HOUSTON,)) is None
    assert len(session.workspace.territories) == 4
    assert refusals[0].message == "Lone Star is locked."


def test_reps_who_lose_their_last_territory_are_named(session: EditSession) -> None:
    watch, said = RepWatch(session), list[str]()
    watch.message.connect(said.append)
    pacific, lone_star = id_of(session, "Pacific"), id_of(session, "Lone Star")
    session.run(SetRep(pacific, None))
    assert said == ["Ben Okafor has no territory now."]
    session.undo()
    session.run(DeleteTerritories((pacific, lone_star)))
    assert said[1:] == ["2 reps have no territory now."]
    session.undo()
    session.run(BuildTerritories((), "nothing"))
    assert len(said) == 2


def test_sets_of_mixed_levels(session: EditSession) -> None:
    units = (GeoUnitId("state:48"), GeoUnitId("county:48201"), GeoUnitId("county:99999"))
    assert len(accounts_in_areas(session.workspace, units)) == 80
    box = bounds_of(session.workspace, units)
    assert box is not None
    west, south, east, north = box
    assert west < -100 < east
    assert south < 30 < north
    assert bounds_of(session.workspace, ()) is None
