# SPDX-License-Identifier: MIT
"""Reading some accounts again gives what reading all of them gives."""

from pathlib import Path

import numpy as np

from app.models.geounit import LEVELS_COARSE_TO_FINE
from app.models.ids import AccountId
from app.services.account_table import load_accounts, reread_accounts
from tests.helpers.tiny_plan import SALES, tiny_workspace


def test_accounts_read_again_are_as_if_all_were_read(tmp_path: Path) -> None:
    workspace = tiny_workspace(tmp_path)
    table = workspace.accounts
    assert table.text("owner")[1] == "Ann"
    assert not table.is_rough[1]
    row = (2, "Zoe", "country", 2.0, 48.0, "FR", "", "", "")
    columns = ("id", "owner", "placed_by", "lon", "lat", "country", "state", "county", "zip_code")
    with workspace.document.store.transaction() as tx:
        tx.put("account", columns, [row])
        tx.put("account", ("id", "owner"), [(5, "Bea")])
    again = reread_accounts(table, workspace.geography, [AccountId(5), AccountId(2)])
    whole = load_accounts(table.repository, workspace.geography)
    assert again.text("owner").tolist() == whole.text("owner").tolist()
    np.testing.assert_array_equal(again.lon, whole.lon)
    np.testing.assert_array_equal(again.is_rough, whole.is_rough)
    np.testing.assert_array_equal(again.measure(SALES), whole.measure(SALES))
    for level in LEVELS_COARSE_TO_FINE:
        np.testing.assert_array_equal(again.unit_index[level], whole.unit_index[level])
    assert table.text("owner")[1] == "Ann", "a frozen table that a worker reads stays as it was"
    workspace.close()
