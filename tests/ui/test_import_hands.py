# SPDX-License-Identifier: MIT
"""The tables that the import window holds: a list of reps that is also their roster."""

from dataclasses import replace

import pytest

from app.services.importing.current import CurrentPlan
from app.services.importing.fields import TableKind
from app.services.importing.job import take_in_hand, with_rosters
from app.ui.dialogs.import_wizard.hands import Hands
from tests.services.importing.tables import made

REPS = made(
    "Employee ID, Full Name, Email, Territory", ("7", "Ann Example", "ann@example.com", "T1")
)
TERRITORIES = made("Territory ID, Territory Name", ("T1", "North"))


@pytest.fixture
def hands() -> Hands:
    """Reps, territories, and the roster that the reps name."""
    current = CurrentPlan.empty()
    tables = [take_in_hand(n, None, table, current) for n, table in enumerate((REPS, TERRITORIES))]
    held = Hands()
    held.take(with_rosters(tables, current))
    return held


def kinds(hands: Hands) -> list[TableKind]:
    return [hand.mapping.kind for hand in hands.tables]


def test_what_is_made_of_the_same_rows_goes_with_them(hands: Hands) -> None:
    assert kinds(hands) == [TableKind.REPS, TableKind.TERRITORIES, TableKind.ROSTER]
    hands.remove(0)
    assert kinds(hands) == [TableKind.TERRITORIES]


def test_the_roster_alone_can_be_taken_away(hands: Hands) -> None:
    hands.remove(hands.tables[-1].number)
    assert kinds(hands) == [TableKind.REPS, TableKind.TERRITORIES]


def test_rows_that_are_read_anew_are_so_for_the_roster_too(hands: Hands) -> None:
    anew = made("Employee ID, Full Name, Email, Territory", ("7", "Ann Exämple", "", "T1"))
    hands.put(replace(hands.tables[0], table=anew))
    assert [hand.table is anew for hand in hands.tables] == [True, False, True]
    # A change of the roster itself leaves the reps alone.
    hands.put(replace(hands.tables[-1], is_included=False))
    assert [hand.is_included for hand in hands.tables] == [True, True, False]
