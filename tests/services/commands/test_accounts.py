# SPDX-License-Identifier: MIT
"""Corrections: what the file had said is kept, places follow, and undo brings all of it back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.account import Account, PlacedBy
from app.models.errors import EditRejected
from app.models.ids import AccountId
from app.models.rows import Cell
from app.services.commands import Command, CorrectAccounts, ForgetCorrection, PlaceByHand
from app.services.geography.geography import Geography
from app.services.store.document import AppFolders
from app.services.workspace import Workspace
from tests.helpers.demo_plan import demo_workspace
from tests.helpers.plans import dump_hash
from tests.helpers.shared import ROOT

ONE, TWO = AccountId(1), AccountId(2)
LOST = AccountId(241)
"""An account without an address."""


@pytest.fixture(scope="module")
def geography() -> Geography:
    """The shipped areas."""
    return Geography.load(ROOT / "resources" / "geo")


@pytest.fixture
def workspace(tmp_path: Path, app_folders: AppFolders, geography: Geography) -> Iterator[Workspace]:
    """The demo plan; account 1 is in Houston by its postal code, 241 nowhere."""
    opened = demo_workspace(tmp_path, app_folders, geography)
    yield opened
    opened.close()


def _account(workspace: Workspace, account: AccountId) -> Account:
    found = workspace.records.account(account)
    assert found is not None
    return found


def _corrections(workspace: Workspace) -> list[tuple[Cell, ...]]:
    return workspace.document.store.rows(
        "SELECT account_id, field, imported FROM account_correction ORDER BY account_id, field"
    )


def test_a_correction_keeps_what_the_file_had_said_first(workspace: Workspace) -> None:
    said = _account(workspace, ONE).owner
    workspace.run(CorrectAccounts((ONE,), "owner", "Ana Reyes"))
    workspace.run(CorrectAccounts((ONE,), "owner", " Ben   Okafor "))
    assert _account(workspace, ONE).owner == "Ben Okafor"
    assert _corrections(workspace) == [(ONE, "owner", said)]
    assert workspace.records.corrections_of(ONE) == {"owner": said}
    assert workspace.records.corrections_of(TWO) == {}
    assert str(workspace.accounts.text("owner")[0]) == "Ben Okafor"


def test_setting_the_imported_value_again_ends_the_correction(workspace: Workspace) -> None:
    before = dump_hash(workspace.document.store)
    said = _account(workspace, ONE).segment
    workspace.run(CorrectAccounts((ONE,), "segment", "Premium"))
    workspace.run(CorrectAccounts((ONE,), "segment", said))
    assert _corrections(workspace) == []
    assert dump_hash(workspace.document.store) == before


def test_many_accounts_are_corrected_in_one_step(workspace: Workspace) -> None:
    ids = tuple(AccountId(number) for number in range(1, 241))
    command = CorrectAccounts(ids, "status", "prospect")
    assert command.label == "Correct the status of 240 accounts"
    workspace.run(command)
    assert set(workspace.accounts.text("status")[:240].tolist()) == {"prospect"}
    assert len(_corrections(workspace)) == 240
    assert workspace.history_status().undo_label == command.label


def test_a_changed_address_moves_the_account(workspace: Workspace) -> None:
    workspace.run(CorrectAccounts((LOST,), "postal_code", "60601"))
    workspace.run(CorrectAccounts((LOST,), "country_name", "US"))
    moved = _account(workspace, LOST)
    assert (moved.placed_by, moved.county) == (PlacedBy.POSTAL_CODE, "17031")
    assert workspace.holdings.ownership(LOST).territory_ids
    workspace.run(CorrectAccounts((LOST,), "postal_code", ""))
    assert _account(workspace, LOST).placed_by is PlacedBy.COUNTRY


def test_coordinates_stay_where_they_fit_the_corrected_address(workspace: Workspace) -> None:
    row = (ONE, -95.3698, 29.7604, "coordinates", "Houstn", "TX", "")
    columns = ("id", "lon", "lat", "placed_by", "city", "region", "postal_code")
    with workspace.document.store.transaction() as tx:
        tx.put("account", columns, [row])
    workspace.run(CorrectAccounts((ONE,), "city", "Houston"))
    kept = _account(workspace, ONE)
    assert (kept.placed_by, kept.lon) == (PlacedBy.COORDINATES, -95.3698)
    workspace.run(CorrectAccounts((ONE,), "city", "Dallas"))
    moved = _account(workspace, ONE)
    assert (moved.placed_by, moved.county) == (PlacedBy.CITY, "48113")


def test_an_account_placed_by_hand_stays_there(workspace: Workspace) -> None:
    workspace.run(PlaceByHand(ONE, -122.33, 47.61))
    placed = _account(workspace, ONE)
    assert (placed.placed_by, placed.lon, placed.state) == (PlacedBy.BY_HAND, -122.33, "53")
    assert placed.zip_code.startswith("98")
    workspace.run(CorrectAccounts((ONE,), "postal_code", "10001"))
    assert _account(workspace, ONE).lon == -122.33
    assert [field for _, field, _ in _corrections(workspace)] == ["place", "postal_code"]


def test_forgetting_the_place_goes_back_to_the_address(workspace: Workspace) -> None:
    workspace.run(CorrectAccounts((ONE,), "postal_code", "77002"))
    before = _account(workspace, ONE)
    workspace.run(PlaceByHand(ONE, -122.33, 47.61))
    workspace.run(ForgetCorrection(ONE, "place"))
    assert _account(workspace, ONE) == before
    assert [field for _, field, _ in _corrections(workspace)] == ["postal_code"]


def test_forgetting_the_place_brings_coordinates_back(workspace: Workspace) -> None:
    row = (ONE, -95.3698, 29.7604, "coordinates")
    with workspace.document.store.transaction() as tx:
        tx.put("account", ("id", "lon", "lat", "placed_by"), [row])
    before = _account(workspace, ONE)
    workspace.run(PlaceByHand(ONE, -122.33, 47.61))
    workspace.run(PlaceByHand(ONE, -118.24, 34.05))
    workspace.run(ForgetCorrection(ONE, "place"))
    assert _account(workspace, ONE) == before


def test_forgetting_a_correction_brings_the_imported_value_back(workspace: Workspace) -> None:
    said = _account(workspace, ONE)
    workspace.run(CorrectAccounts((ONE,), "city", "Dallas"))
    workspace.run(ForgetCorrection(ONE, "city"))
    assert _account(workspace, ONE).city == said.city
    assert _corrections(workspace) == []


_EDITS: list[Command] = [
    CorrectAccounts((ONE, TWO), "owner", "Ben Okafor"),
    CorrectAccounts((ONE, LOST), "postal_code", "60601"),
    PlaceByHand(TWO, -87.63, 41.88),
    ForgetCorrection(ONE, "postal_code"),
    CorrectAccounts((TWO,), "website", "example.com"),
    ForgetCorrection(TWO, "place"),
]


def test_undo_and_redo_bring_every_step_back_exactly(workspace: Workspace) -> None:
    store = workspace.document.store
    hashes = [dump_hash(store)]
    for command in _EDITS:
        workspace.run(command)
        hashes.append(dump_hash(store))
    assert len(set(hashes)) == len(hashes)
    for wanted in reversed(hashes[:-1]):
        workspace.undo()
        assert dump_hash(store) == wanted
    for wanted in hashes[1:]:
        workspace.redo()
        assert dump_hash(store) == wanted


def test_a_correction_that_changes_nothing_leaves_no_step(workspace: Workspace) -> None:
    before = workspace.history_steps()
    workspace.run(CorrectAccounts((ONE,), "owner", _account(workspace, ONE).owner))
    assert workspace.history_steps() == before


@pytest.mark.parametrize(
    "command",
    [
        CorrectAccounts((AccountId(9999),), "owner", "x"),
        CorrectAccounts((ONE,), "owner", "x" * 6000),
        CorrectAccounts((ONE,), "placed_by", "city"),
        CorrectAccounts((ONE,), "place", "x"),
        PlaceByHand(AccountId(9999), 0.0, 50.0),
        PlaceByHand(ONE, -40.0, 30.0),
        PlaceByHand(ONE, 200.0, 30.0),
        ForgetCorrection(ONE, "owner"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    workspace: Workspace, command: Command
) -> None:
    before = dump_hash(workspace.document.store)
    with pytest.raises(EditRejected):
        workspace.run(command)
    assert dump_hash(workspace.document.store) == before
