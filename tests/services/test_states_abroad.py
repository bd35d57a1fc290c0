# SPDX-License-Identifier: MIT
"""Accounts abroad of plans that were made before the areas had states there."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.models.geounit import GeoLevel, geounit_id
from app.models.ids import AccountId, GeoUnitId
from app.services.account_table import reread_accounts
from app.services.commands import AssignGeoUnits
from app.services.geography.geography import Geography
from app.services.store.document import AppFolders
from app.services.workspace import Workspace
from tests.helpers.demo_plan import demo_workspace
from tests.helpers.shared import ROOT

COLUMNS = ("id", "name", "placed_by", "lon", "lat", "country", "state", "county", "zip_code")
ACCOUNTS = (
    (1, "Munich, by its city", "city", 11.58, 48.14, "DE", "", "", ""),
    (2, "Somewhere in Germany", "country", 10.4, 51.1, "DE", "", "", ""),
    (3, "Toronto, by coordinates", "coordinates", -79.38, 43.65, "CA", "", "", ""),
    (4, "Marrakesh: no states there", "city", -8.0, 31.63, "MA", "", "", ""),
    (5, "Said to be in France, but in Italy", "city", 9.19, 45.46, "FR", "", "", ""),
)


@pytest.fixture(name="old_plan")
def _old_plan(tmp_path: Path) -> Iterator[Workspace]:
    folders = AppFolders(tmp_path / "work", tmp_path / "backups", tmp_path / "logs")
    made = demo_workspace(tmp_path, folders, Geography.load(ROOT / "resources" / "geo"))
    with made.document.store.transaction() as tx:
        tx.put("account", COLUMNS, list(ACCOUNTS))
    opened = Workspace(made.document, made.geography)
    yield opened
    opened.close()


def states(workspace: Workspace) -> list[str]:
    layer = workspace.geography.layer(GeoLevel.STATE)
    return layer.code_texts[workspace.accounts.unit_index[GeoLevel.STATE][: len(ACCOUNTS)]].tolist()


def test_an_old_account_lies_in_the_state_around_it_where_its_city_is_known(
    old_plan: Workspace,
) -> None:
    assert states(old_plan) == ["DE-BY", "", "CA-ON", "", ""]


def test_whoever_holds_the_state_serves_the_account(old_plan: Workspace) -> None:
    territory = old_plan.territories[0].id
    bavaria = geounit_id(GeoLevel.STATE, "DE-BY")
    old_plan.run(AssignGeoUnits((GeoUnitId(bavaria),), territory, ""))
    served = old_plan.account_territory[: len(ACCOUNTS)].tolist()
    assert served[0] == 0
    assert served[1] != 0


def test_accounts_read_again_keep_their_states(old_plan: Workspace) -> None:
    again = reread_accounts(old_plan.accounts, old_plan.geography, [AccountId(1), AccountId(2)])
    for level, index in old_plan.accounts.unit_index.items():
        np.testing.assert_array_equal(again.unit_index[level], index)
