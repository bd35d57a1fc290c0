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
    *("segment", "industry", "status", "family", "owner", "phone", "website"),
)
_MEASURES = HOSTILE_TEXTS[::9]


def hostile_workspace(folder: Path, folders: AppFolders, geography: Geography) -> Workspace:
    """A plan with one county, rep, account and own region for each of the texts, named by it.

    Written past the commands, which would refuse some of the names: a file can hold them.
    """
    made = Workspace.create(folder / "Hostile.evenfield", folders, geography, HOSTILE_TEXTS[0])
    with made.document.store.transaction() as tx:
        _write(tx, geography)
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
        territories.append((number, 1, 1, text, at % 9, text, text))
        units.append((1, f"county:{codes[at]}", number))
        skills = json.dumps([text])
        reps.append((number, text, text, text, text, text, text, lon, lat, skills, text))
        roster.append((1, number, number, "primary"))
        place = (lon, lat, "coordinates", "US", codes[at][:2], codes[at], "")
        accounts.append((number, *([text] * len(_TEXTS)), *place, json.dumps({text: text})))
        values += [(m + 1, number, 1.0 + at) for m in range(len(_MEASURES))]
    measures = [(m + 1, text, "number", text) for m, text in enumerate(_MEASURES)]
    head = ("id", "scenario_id", "sales_force_id", "name", "color_index", "notes", "external_id")
    tx.put("territory", head, territories, all_new=True)
    tx.put("geounit_assignment", ("scenario_id", "geounit_id", "territory_id"), units, all_new=True)
    head = ("id", "external_id", "name", "email", "phone", "title", "home_text", "lon", "lat")
    tx.put("rep", (*head, "skills", "notes"), reps, all_new=True)
    tx.put("roster", ("scenario_id", "territory_id", "rep_id", "role"), roster, all_new=True)
    head = ("id", *_TEXTS, "lon", "lat", "placed_by", "country", "state", "county", "zip_code")
    tx.put("account", (*head, "extra"), accounts, all_new=True)
    tx.put("measure", ("id", "name", "kind", "source"), measures, all_new=True)
    tx.put("account_measure", ("measure_id", "account_id", "value"), values, all_new=True)
