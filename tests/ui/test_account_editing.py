# SPDX-License-Identifier: MIT
"""Correcting an account and placing it by hand, from its card."""

import pytest
from pytestqt.qtbot import QtBot

from app.models.account import PlacedBy
from app.models.errors import AppError
from app.models.ids import AccountId
from app.services.commands import CorrectAccounts
from app.ui.dialogs.account_dialog import AccountDialog
from app.ui.dialogs.place_dialog import PlaceDialog
from app.ui.panes.account_editor import AccountEditor, area_words, places
from app.ui.panes.inspector import Inspector
from app.ui.panes.placed_words import exactness_words, placed_sentence
from app.ui.selection import Focus
from app.ui.session import EditSession

ONE = AccountId(1)
LOST = AccountId(241)


@pytest.fixture
def inspector(session: EditSession, qtbot: QtBot) -> Inspector:
    made = Inspector(session)
    qtbot.addWidget(made)
    made.resize(300, 700)
    made.show()
    made.show_focus(Focus(account=ONE))
    return made


@pytest.fixture
def editor(inspector: Inspector) -> AccountEditor:
    found = inspector.account.findChild(AccountEditor)
    assert isinstance(found, AccountEditor)
    return found


def _form(editor: AccountEditor) -> AccountDialog:
    assert editor.form is not None
    return editor.form


def _place_form(editor: AccountEditor) -> PlaceDialog:
    assert editor.place_form is not None
    return editor.place_form


def _shown(inspector: Inspector) -> str:
    return inspector.account.fields.accessibleName()


def test_the_card_says_how_exactly_an_account_is_placed(inspector: Inspector) -> None:
    assert "Placed by: City and state, within about 5\u202fmi" in _shown(inspector)
    inspector.show_focus(Focus(account=LOST))
    assert "Placed by: Not placed" in _shown(inspector)


def test_several_fields_are_one_step_and_are_marked(
    inspector: Inspector, editor: AccountEditor
) -> None:
    session = inspector.session
    before = len(session.workspace.history_steps())
    inspector.account.edit.click()
    form = _form(editor)
    form.lines["owner"].setText("Ben Okafor")
    form.lines["segment"].setText("Premium")
    form.save.click()
    assert len(session.workspace.history_steps()) == before + 1
    assert "Owner today: Ben Okafor\nYours; the list says “Ana Reyes”" in _shown(inspector)
    session.undo()
    assert "Yours" not in _shown(inspector)


def test_the_form_offers_what_the_list_says(inspector: Inspector, editor: AccountEditor) -> None:
    session = inspector.session
    session.run(CorrectAccounts((ONE,), "owner", "Ben Okafor"))
    inspector.account.edit.click()
    form = _form(editor)
    said = session.workspace.records.corrections_of(ONE)["owner"]
    form.lines["owner"].setText(said)
    assert form.changed_fields() == {"owner": said}
    form.save.click()
    assert session.workspace.records.corrections_of(ONE) == {}


def test_cancel_and_no_change_write_nothing(inspector: Inspector, editor: AccountEditor) -> None:
    before = inspector.session.workspace.revision
    for finish in (AccountDialog.reject, AccountDialog.accept):
        inspector.account.edit.click()
        finish(_form(editor))
    assert inspector.session.workspace.revision == before


def test_an_account_is_placed_by_search(inspector: Inspector, editor: AccountEditor) -> None:
    inspector.show_focus(Focus(account=LOST))
    inspector.account.place.click()
    form = _place_form(editor)
    form.field.searched.emit("60601")
    assert form.areas.text().startswith("60601 Chicago, IL · Cook County, IL")
    form.place.click()
    placed = inspector.session.workspace.records.account(LOST)
    assert placed is not None
    assert (placed.placed_by, placed.county) == (PlacedBy.BY_HAND, "17031")
    assert "Placed by: By hand" in _shown(inspector)


@pytest.mark.parametrize("text", ["47.61, -122.33", "47.61 -122.33", "47,61; -122,33"])
def test_coordinates_can_be_pasted(inspector: Inspector, editor: AccountEditor, text: str) -> None:
    inspector.account.place.click()
    form = _place_form(editor)
    form.field.searched.emit(text)
    assert form.point() == (-122.33, 47.61)
    assert "King County, WA" in form.areas.text()
    form.reject()


def test_a_point_at_sea_is_not_offered(inspector: Inspector, editor: AccountEditor) -> None:
    inspector.account.place.click()
    form = _place_form(editor)
    form.field.searched.emit("30, -40")
    assert not form.place.isEnabled()
    assert "far out at sea" in form.areas.text()
    form.reject()


def test_the_address_may_decide_again(
    inspector: Inspector, editor: AccountEditor, refusals: list[AppError]
) -> None:
    workspace = inspector.session.workspace
    before = workspace.records.account(ONE)
    inspector.account.place.click()
    assert not _place_form(editor).to_address.isVisibleTo(_place_form(editor))
    _place_form(editor).field.searched.emit("60601")
    _place_form(editor).place.click()
    assert workspace.records.account(ONE) != before
    inspector.account.place.click()
    _place_form(editor).to_address.click()
    found = workspace.records.account(ONE)
    assert found is not None
    assert found.placed_by is not PlacedBy.BY_HAND
    assert not refusals


def test_places_are_found_with_a_point_in_them(session: EditSession) -> None:
    place, lon, lat = places(session.workspace, "Cook County, IL")[0]
    assert place.name == "Cook County, IL"
    assert "Cook County, IL" in area_words(session.workspace, lon, lat)


def test_exactness_is_rounded_to_what_is_known() -> None:
    assert exactness_words(0.0) == "exactly"
    assert exactness_words(0.3) == "within about 1\u202fmi"
    assert exactness_words(6.4) == "within about 4\u202fmi"
    assert exactness_words(184.3) == "within about 110\u202fmi"
    assert exactness_words(float("nan")) == ""
    assert placed_sentence(PlacedBy.BY_HAND, 0.0) == "By hand"
    assert placed_sentence(PlacedBy.COORDINATES, 0.0) == "Coordinates, exactly"
