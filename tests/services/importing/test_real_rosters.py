# SPDX-License-Identifier: MIT
"""Reps with their managers and territories from real exports."""

import pytest

from app.services.importing.readers import read_table
from app.services.store.store import Store
from tests.helpers.shared import SHARED, needs_shared
from tests.services.importing.plans import bring_in

pytestmark = needs_shared

SAMPLES = SHARED / "samples"


def brought_in(folder: str, *names: str) -> Store:
    store = Store.in_memory()
    bring_in(store, *(read_table(SAMPLES / folder / f"{name}.csv") for name in names))
    return store


@pytest.fixture
def northwind() -> Store:
    return brought_in("northwind", "Employees", "Territories", "EmployeeTerritories")


def test_the_employees_report_to_whom_the_file_says(northwind: Store) -> None:
    rows = northwind.rows(
        "SELECT rep.name, above.name FROM rep LEFT JOIN rep AS above ON above.id = rep.manager_id"
    )
    manager = {str(name): above for name, above in rows}
    assert len(manager) == 9
    assert manager["Andrew Fuller"] is None
    assert manager["Nancy Davolio"] == "Andrew Fuller"
    assert manager["Anne Dodsworth"] == "Steven Buchanan"


def test_every_territory_has_the_employee_of_the_file(northwind: Store) -> None:
    roles = northwind.rows("SELECT role, share_fraction, count(*) FROM roster GROUP BY 1, 2")
    assert roles == [("primary", 1.0, 49)]
    assert len(northwind.rows("SELECT 1 FROM territory WHERE name <> ''")) >= 53


def test_the_history_of_territories_tells_who_held_them_until_when() -> None:
    names = ("Sales_SalesTerritory", "Sales_vSalesPerson", "Sales_SalesTerritoryHistory")
    store = brought_in("adventureworks-oltp", *names)
    ended = "SELECT count(*) FROM roster WHERE end_on <> '' AND role = 'primary'"
    assert store.rows(ended) == [(4,)]
    assert store.rows(
        "SELECT roster.start_on, roster.end_on FROM roster JOIN rep ON rep.id = rep_id"
        " WHERE external_id = '275' ORDER BY roster.start_on"
    ) == [("2011-05-31", "2012-11-29"), ("2012-11-30", "")]
