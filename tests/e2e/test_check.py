# SPDX-License-Identifier: MIT
"""The check of a plan in the whole window: the tab's number, F8, the map, the repair."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog

from app.models.faults import FaultKind
from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId
from app.services.commands import AssignGeoUnits
from app.ui.dialogs.adopt_dialog import AdoptDialog
from app.ui.selection import Focus
from tests.e2e.conftest import User

pytestmark = [pytest.mark.e2e, pytest.mark.webengine]
NANTUCKET, BARNSTABLE = GeoUnitId("county:25019"), GeoUnitId("county:25001")


@pytest.fixture
def sample(user: User) -> User:
    user.window.desk.opener.open_sample()
    user.wait(lambda: user.window.desk.context.plan is not None)
    settle(user)
    return user


def settle(user: User) -> None:
    """Wait until the findings are those of the plan."""
    user.wait(lambda: user.screen.check.pane.watch.is_settled)


def test_the_tab_tells_the_number_of_faults_before_it_is_opened(sample: User) -> None:
    report = sample.screen.check.pane.watch.report
    assert report is not None
    tab = sample.screen.drawer.tabs.button("check")
    assert tab.text() == f"Check  {report.fault_count}"


def test_next_flies_to_the_finding_and_selects_it(sample: User) -> None:
    screen = sample.screen
    screen.map.set_level("zip")
    sample.do("next_fault")
    assert screen.drawer.open_key == "check"
    first = screen.check.pane.current()
    assert first is not None
    assert screen.selection.geounits == first.geounits
    # The finding is about counties, so the map shows counties.
    assert screen.map.level is GeoLevel.COUNTY
    assert screen.selection.focus == Focus(territory=first.territory_ids[0])
    sample.do("next_fault")
    assert screen.check.pane.current() != first
    sample.do("previous_fault")
    assert screen.check.pane.current() == first


def test_a_repair_from_the_list_ends_the_finding(sample: User) -> None:
    pane = sample.screen.check.pane
    sample.do("check_plan")
    pane.show_group(FaultKind.NOT_CONNECTED.value)
    sample.do("next_fault")
    fault = pane.current()
    assert fault is not None
    before = sample.plan.account_territory.copy()
    sample.click(pane.fix_button)
    dialog = pane.fixing.dialog
    assert dialog is not None
    sample.wait(lambda: bool(dialog.options))
    sample.click(dialog.accept_button)
    settle(sample)
    report = pane.watch.report
    assert report is not None
    about = {found.territory_ids for found in report.of_kind(FaultKind.NOT_CONNECTED)}
    assert fault.territory_ids not in about
    sample.do("undo")
    assert (sample.plan.account_territory == before).all()


def test_two_selected_areas_are_linked_from_the_menu(
    sample: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("Hy-Line ferry", True))
    sample.do("link_areas")
    assert sample.plan.connections.links == ()
    sample.screen.selection.select_geounits((NANTUCKET, BARNSTABLE))
    sample.do("link_areas")
    (link,) = sample.plan.connections.links
    assert (link.geounit_a, link.geounit_b) == (BARNSTABLE, NANTUCKET)
    assert link.note == "Hy-Line ferry"


def test_adopting_states_makes_a_territory_of_each(sample: User) -> None:
    sample.do("adopt_borders")
    dialog = sample.window.findChild(AdoptDialog)
    assert dialog is not None
    assert dialog.layer_box.currentText() == "States"
    sample.wait(dialog.adopt_button.isEnabled)
    sample.click(dialog.adopt_button)
    names = {territory.name for territory in sample.plan.territories}
    assert {"Texas", "Ohio", "Vermont"} <= names
    settle(sample)
    QTest.qWait(0)


def test_all_territories_are_locked_and_unlocked_from_the_menu(sample: User) -> None:
    sample.do("lock_all")
    assert all(territory.is_locked for territory in sample.plan.territories)
    settle(sample)
    report = sample.screen.check.pane.watch.report
    assert report is not None
    assert not report.of_kind(FaultKind.LOCKED_MOVED)
    sample.do("unlock_all")
    assert not any(territory.is_locked for territory in sample.plan.territories)


def test_holes_are_filled_from_the_menu(sample: User) -> None:
    territory = next(t for t in sample.plan.territories if t.name == "Ohio Valley")
    franklin = GeoUnitId("county:39049")
    session = sample.window.desk.context.plan
    assert session is not None
    session.session.run(AssignGeoUnits((franklin,), None))
    assert sample.plan.holdings.territories_claiming(franklin) == ()
    sample.do("fill_holes")
    assert sample.plan.holdings.territories_claiming(franklin) == (territory.id,)
