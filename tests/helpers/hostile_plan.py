# SPDX-License-Identifier: MIT
"""A plan that somebody else sent, in which every text is hostile."""

import json
from pathlib import Path

from app.models.boundary_layer import BoundaryLayerInfo, BoundaryRole
from app.models.geounit import GeoLevel
from app.services.commands import AddBoundaryLayer
from app.services.geography.geography import Geography
from app.services.store.document import AppFolders
from app.services.store.transaction import Transaction
from app.services.workspace import Workspace
from tests.helpers.boundary_layers import Box, layer_of_boxes
from tests.helpers.hostile_texts import HOSTILE_TEXTS

_TEXTS = (
    *("external_id", "name", "street", "city", "region", "postal_code", "country_name"),
    *("segment", "industry", "status", "family", "owner", "phone", "website", "visit_class"),
)
_MEASURES = HOSTILE_TEXTS[::9]
_RULE_FIELDS = ("name", "segment", "industry", "family", "visit_class", "main_product_line")
_LONGEST_CLASS = 1_000


def hostile_workspace(folder: Path, folders: AppFolders, geography: Geography) -> Workspace:
    """A plan with one county, rep, account and own region for each of the texts, named by it.

    Written past the commands, which would refuse some of the names: a file can hold them.
    """
    made = Workspace.create(folder / "Hostile.evenfield", folders, geography, HOSTILE_TEXTS[0])
    with made.document.store.transaction() as tx:
        _write(tx, geography)
        _write_serving(tx, geography)
        _write_work(tx)
    made.run(_regions(geography))
    made.close()
    return Workspace.open(folder / "Hostile.evenfield", folders, geography)


def _regions(geography: Geography) -> AddBoundaryLayer:
    """Boundaries whose codes, names, file and makers are hostile.

    Codes and names are printable lines of at most 60 and 200 letters: others are not unpacked.
    """
    counties = geography.layer(GeoLevel.COUNTY)
    boxes: dict[str, Box] = {}
    names: dict[str, str] = {}
    for at, text in enumerate(HOSTILE_TEXTS):
        lon, lat = float(counties.lon[at]), float(counties.lat[at])
        line = "".join(filter(str.isprintable, " ".join(text.split()))) or "blank"
        code = f"{at} {line}"[:60].strip()
        boxes[code] = (lon - 0.1, lat - 0.1, lon + 0.1, lat + 0.1)
        names[code] = line[:200]
    words = iter(HOSTILE_TEXTS)
    info = BoundaryLayerInfo(
        id=0,
        name=next(words),
        role=BoundaryRole.GROUP,
        level=GeoLevel.COUNTY,
        file_name=next(words),
        vintage=next(words),
        attribution=next(words),
        code_field=next(words),
        name_field=next(words),
    )
    return AddBoundaryLayer(layer_of_boxes(boxes, names), info)


def _write(tx: Transaction, geography: Geography) -> None:
    counties = geography.layer(GeoLevel.COUNTY)
    codes = counties.codes.tolist()
    territories, units, reps, roster, accounts, values = [], [], [], [], [], []
    for at, text in enumerate(HOSTILE_TEXTS):
        number = at + 1
        lon, lat = float(counties.lon[at]), float(counties.lat[at])
        words = json.dumps([text])
        territories.append((number, 1, 1, text, at % 9, text, text, words, words))
        units.append((1, f"county:{codes[at]}", number))
        reps.append((number, *([text] * 7), lon, lat, *([words] * 4), text))
        roster.append((1, number, number, "primary"))
        place = (lon, lat, "coordinates", "US", codes[at][:2], codes[at], "")
        accounts.append((number, *([text] * len(_TEXTS)), *place, json.dumps({text: text})))
        values += [(m + 1, number, 1.0 + at) for m in range(len(_MEASURES))]
    measures = [(m + 1, text, "number", text) for m, text in enumerate(_MEASURES)]
    head = ("id", "scenario_id", "sales_force_id", "name", "color_index", "notes", "external_id")
    tx.put("territory", (*head, "skills", "languages"), territories, all_new=True)
    tx.put("territory", ("id", "parent_id"), [(2, 1), (3, 2)])
    tx.put("geounit_assignment", ("scenario_id", "geounit_id", "territory_id"), units, all_new=True)
    head = ("id", "external_id", "name", "email", "phone", "title", "home_text", "office_text")
    lists = ("skills", "languages", "product_lines", "segments")
    tx.put("rep", (*head, "lon", "lat", *lists, "notes"), reps, all_new=True)
    tx.put("rep", ("id", "manager_id"), [(2, 1), (3, 2)])
    tx.put("roster", ("scenario_id", "territory_id", "rep_id", "role"), roster, all_new=True)
    head = ("id", *_TEXTS, "lon", "lat", "placed_by", "country", "state", "county", "zip_code")
    tx.put("account", (*head, "extra"), accounts, all_new=True)
    tx.put("measure", ("id", "name", "kind", "source"), measures, all_new=True)
    tx.put("account_measure", ("measure_id", "account_id", "value"), values, all_new=True)


def _write_serving(tx: Transaction, geography: Geography) -> None:
    """A second sales force, and rules, families, pairs and locks named by the texts."""
    first, second, *_ = HOSTILE_TEXTS
    head = ("id", "name", "position", "keeps_families", "level_words", "notes")
    words = json.dumps(HOSTILE_TEXTS[:3])
    tx.put("sales_force", head, [(1, first, 0, 1, words, first), (2, second, 1, 0, words, second)])
    overlay = len(HOSTILE_TEXTS) + 1
    head = ("id", "scenario_id", "sales_force_id", "name")
    tx.put("territory", head, [(overlay, 1, 2, second)], all_new=True)
    codes = geography.layer(GeoLevel.COUNTY).codes.tolist()
    units = [(1, f"county:{code}", overlay) for code in codes[: len(HOSTILE_TEXTS)]]
    tx.put("geounit_assignment", ("scenario_id", "geounit_id", "territory_id"), units, all_new=True)
    rules, families, pairs, locked, locked_units = [], [], [], [], []
    for at, text in enumerate(HOSTILE_TEXTS):
        number = at + 1
        test = {"text": _RULE_FIELDS[at % len(_RULE_FIELDS)], "is": [text]}
        condition = {"all": [test]} if at % 9 else {text: text}
        name = text if at % 2 else ""
        rules.append((number, 1, 1, at, name, json.dumps(condition), number, text, text))
        if not at % 3 and text:
            families.append((1, text, number))
        if not at % 4 and at:
            pairs.append((at, number, text))
        if not at % 5:
            locked.append((1, number, 1, number))
            locked_units.append((1, f"county:{codes[at]}", 1, number))
    head = ("id", "scenario_id", "sales_force_id", "position", "name", "condition", "territory_id")
    tx.put("rule", (*head, "notes", "author"), rules, all_new=True)
    head = ("scenario_id", "family", "territory_id")
    tx.put("family_assignment", head, families, all_new=True)
    tx.put("apart_accounts", ("account_id", "other_id", "note"), pairs, all_new=True)
    named = [(scenario, account, territory) for scenario, account, _, territory in locked]
    head = ("scenario_id", "account_id", "territory_id")
    tx.put("account_assignment", head, named, all_new=True)
    for table, key, rows in (
        ("account_lock", "account_id", locked),
        ("geounit_lock", "geounit_id", locked_units),
    ):
        head = ("scenario_id", key, "sales_force_id", "territory_id")
        tx.put(table, head, rows, all_new=True)


def _write_work(tx: Transaction) -> None:
    """Visit classes, known trips, and products with their lines and sales, named by the texts."""
    classes, trips, products, sales = [], [], [], []
    for at, text in enumerate(HOSTILE_TEXTS):
        number = at + 1
        if 0 < len(text) <= _LONGEST_CLASS:
            classes.append((100 + number, text, at, 4.0, 1.5))
        trips.append((number, text, -100.0, 40.0, text, -99.0, 40.5, 75.0))
        products.append((number, text, text, text))
        sales.append((number, text, number, 20_000 + at, number, 10.0 + at, text))
    head = ("id", "name", "position", "visits_per_year", "visit_hours")
    tx.put("visit_class", head, classes, all_new=True)
    head = ("id", "from_text", "from_lon", "from_lat", "to_text", "to_lon", "to_lat", "minutes")
    tx.put("known_trip", head, trips, all_new=True)
    tx.put("product", ("id", "external_id", "name", "line"), products, all_new=True)
    head = ("id", "external_id", "account_id", "day", "product_id", "amount", "owner")
    tx.put("account_transaction", head, sales, all_new=True)
