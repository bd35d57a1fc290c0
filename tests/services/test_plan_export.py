# SPDX-License-Identifier: MIT
"""The accounts of an open plan as a table to write: all of them, or exactly some."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.models.ids import GeoUnitId, TerritoryId
from app.services.commands import AssignGeoUnits, CreateTerritory
from app.services.exporting.table import ExportTable
from app.services.plan_export import accounts_for_export, frozen_accounts
from app.services.workspace import Workspace
from tests.helpers.tiny_plan import tiny_workspace


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    workspace = tiny_workspace(tmp_path)
    workspace.run(CreateTerritory("North"))
    workspace.run(CreateTerritory("South"))
    for territory, state in ((1, "state:01"), (1, "state:02"), (2, "state:02")):
        command = AssignGeoUnits((GeoUnitId(state),), TerritoryId(territory), "", add=True)
        workspace.run(command)
    yield workspace
    workspace.close()


def cells(table: ExportTable, header: str) -> list[object]:
    return next(list(column.cells) for column in table.columns if column.header == header)


def test_some_accounts_come_in_the_order_of_the_plan(plan: Workspace) -> None:
    table = accounts_for_export(plan, np.array([6, 1, 99]))
    assert len(table) == 2
    assert cells(table, "Account ID") == ["a", "f"]
    assert cells(table, "Sales") == [100.0, 40.0]


def test_territory_and_dispute_belong_to_the_right_rows(plan: Workspace) -> None:
    every = accounts_for_export(plan)
    assert cells(every, "Territory") == [
        *("North", "North", "North", "North"),
        *("North / South", "North / South", "", ""),
    ]
    some = accounts_for_export(plan, np.array([5, 7, 4]))
    assert cells(some, "Territory") == ["North", "North / South", ""]
    assert cells(some, "County area") == [cells(every, "County area")[n] for n in (3, 4, 6)]


def test_columns_without_a_value_among_the_chosen_are_left_out(plan: Workspace) -> None:
    with plan.document.store.transaction() as tx:
        tx.put("account", ("id", "phone", "gone_since"), [(2, "555-0100", "2026-03-04")])
    headers = {column.header for column in accounts_for_export(plan, np.array([2])).columns}
    assert {"Phone", "Gone since", "Owner"} <= headers
    headers = {column.header for column in accounts_for_export(plan, np.array([6])).columns}
    assert not {"Phone", "Gone since", "Owner"} & headers


def test_a_later_edit_does_not_reach_what_was_frozen(plan: Workspace) -> None:
    make = frozen_accounts(plan)
    plan.run(AssignGeoUnits((GeoUnitId("state:01"),), None, ""))
    assert cells(make(), "Territory")[0] == "North"
