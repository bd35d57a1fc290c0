# SPDX-License-Identifier: MIT
"""Made tests/data/plans/v4.sqlite, once: a plan file as version 4 of the schema wrote it.

The file is never made again: it proves that plans of that version still open. Usage, from the
project's folder: ``python -m tests.helpers.make_v4_plan``.
"""

import sys

from app.models.changes import Changes
from app.models.ids import TerritoryId
from app.services.store.transaction import Transaction
from tests.helpers.frozen_plans import freeze
from tests.helpers.make_v2_plan import NOW
from tests.helpers.make_v3_plan import fill_version_3
from tests.helpers.plans import zip_at


def _fill_everything(tx: Transaction) -> Changes:
    """One row at least in every table, those that version 4 brought among them."""
    changes = fill_version_3(tx)
    columns = ("id", "name", "model", "position", "keeps_families", "level_words", "notes")
    tx.put("sales_force", columns, [(2, "Ölspezialisten", "product", 1, 1, '["Land"]', "Overlay")])
    columns = ("id", "scenario_id", "sales_force_id", "name", "travel_mode", "admin_hours")
    tx.put("territory", columns, [(90, 1, 2, "Öl", "transit", 120.5)])
    columns = ("id", "skills", "languages", "must_connect", "travel_hours")
    tx.put("territory", columns, [(90, '["Öl"]', '["de"]', 0, 340.5)])
    tx.put("geounit_hole", ("scenario_id", "geounit_id", "sales_force_id"), [(1, zip_at(0, 3), 2)])
    columns = (
        *("id", "office_text", "office_lon", "office_lat", "starts_from", "part_time_fraction"),
        *("days_off", "languages", "product_lines", "segments", "experience_years"),
        *("start_on", "end_on", "manager_id", "cost"),
    )
    profile = (
        *(2, "1 Example Street", -100.0, 40.0, "office", 0.8, 10.0, '["de", "en"]', '["Öl"]'),
        *('["Werkstatt"]', 7.5, "2020-01-01", "2027-12-31", 1, 90_000.0),
    )
    tx.put("rep", columns, [profile])
    columns = (
        *("scenario_id", "territory_id", "rep_id", "role"),
        *("share_fraction", "start_on", "end_on"),
    )
    tx.put("roster", columns, [(1, 90, 2, "overlay", 0.5, "2026-01-01", "2026-12-31")])
    tx.put("account", ("id", "visit_class"), [(3, "A")])
    columns = (
        *("id", "scenario_id", "sales_force_id", "position", "name", "condition"),
        *("territory_id", "is_enabled", "notes", "author", "changed_at_utc"),
    )
    rule = (1, 1, 2, 1, "Oil", '{"all": []}', 90, 0, "Because", "ada", NOW)
    tx.put("rule", columns, [rule])
    columns = ("scenario_id", "family", "territory_id")
    tx.put("family_assignment", columns, [(1, "Kite Group", 90)])
    tx.put("apart_accounts", ("account_id", "other_id", "note"), [(1, 2, "Rivals")])
    columns = ("scenario_id", "account_id", "sales_force_id", "territory_id")
    tx.put("account_lock", columns, [(1, 4, 2, 90)])
    columns = ("scenario_id", "geounit_id", "sales_force_id", "territory_id")
    tx.put("geounit_lock", columns, [(1, zip_at(2, 2), 2, 90)])
    columns = ("id", "name", "position", "visits_per_year", "visit_hours", "preparation_hours")
    tx.put("visit_class", columns, [(4, "Ärzte", 4, 4.0, 1.5, 0.5)])
    columns = (
        *("id", "from_text", "from_lon", "from_lat", "to_text", "to_lon", "to_lat"),
        *("minutes", "mode"),
    )
    tx.put("known_trip", columns, [(1, "Here", -100.0, 40.0, "There", -99.0, 40.5, 75.0, "car")])
    return changes | Changes(territories=frozenset((TerritoryId(90),)), settings=True)


if __name__ == "__main__":
    sys.exit(freeze(4, _fill_everything))
