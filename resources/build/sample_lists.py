# SPDX-License-Identifier: MIT
"""The lists of the sample plan: invented customers and reps over real places.

Every name says that it is invented. The same geography gives the same lists, to the byte.
"""

import csv
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.models.geounit import GeoLevel
from app.services.geography.geography import Geography
from resources.build.sample_orders import order_rows

_SEED = 20_260_101
ACCOUNT_COUNT = 1_200
_NOT_PLACED_COUNT = 8
_PROSPECT_SHARE = 0.15
_LINES = ("Hardware", "Garden", "Paint", "Lumber", "Electric", "Plumbing", "Tools", "Kitchens")
_SEGMENTS = (("Key account", 5, 12), ("Retail", 60, 4), ("Trade", 25, 6), ("Online", 10, 2))
"""Name, weight, visits per year."""

# Where the company sells well, and where it hardly sells: 1 is average, unnamed states included.
_STATE_WEIGHT: Mapping[str, float] = {
    "MA": 2.4, "CT": 2.2, "NJ": 2.0, "NY": 1.6, "IL": 1.8, "OH": 1.5, "GA": 1.4, "WA": 2.0,
    "CA": 0.8, "TX": 0.9, "FL": 2.2, "MN": 3.0, "WI": 1.8, "IA": 1.6, "CO": 2.2, "UT": 1.6,
    "OR": 1.5, "MT": 0.12, "WY": 0.12, "ND": 0.15, "SD": 0.15, "NE": 0.3, "AK": 0.1,
    "WV": 0.3, "MS": 0.35, "PR": 0.0, "GU": 0.0, "VI": 0.0, "AS": 0.0, "MP": 0.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SampleRep:
    """One invented rep; the home is a real ZIP area, the rest is not real."""

    number: int
    name: str
    home_zip: str
    capacity_hours: int
    skills: str
    title: str = "Field Sales Rep"

    @property
    def email(self) -> str:
        """An address in the domain that is reserved for examples."""
        return f"{self.name.split()[-1].lower()}@example.com"


REPS: Sequence[SampleRep] = (
    SampleRep(1, "Sample Rep Ada", "02138", 1600, "retail; key accounts"),
    SampleRep(2, "Sample Rep Ben", "10025", 1600, "retail; trade"),
    SampleRep(3, "Sample Rep Cleo", "19147", 1600, "trade"),
    SampleRep(4, "Sample Rep Dan", "30309", 1600, "retail"),
    SampleRep(5, "Sample Rep Eve", "33602", 1200, "retail; Spanish"),
    SampleRep(6, "Sample Rep Finn", "43215", 1600, "trade; key accounts"),
    SampleRep(7, "Sample Rep Gia", "60614", 1600, "retail; key accounts"),
    SampleRep(8, "Sample Rep Hugo", "55408", 1600, "trade"),
    SampleRep(9, "Sample Rep Ida", "75204", 1600, "retail; Spanish"),
    SampleRep(10, "Sample Rep Jon", "80205", 1600, "trade"),
    SampleRep(11, "Sample Rep Kim", "90026", 1600, "retail; Spanish"),
    SampleRep(12, "Sample Rep Leo", "98103", 1200, "retail", "Senior Field Sales Rep"),
)


def write_lists(geography: Geography, folder: Path) -> None:
    """Writes ``accounts.csv``, ``reps.csv`` and ``orders.csv``."""
    folder.mkdir(parents=True, exist_ok=True)
    accounts = _account_rows(geography)
    _write(folder / "reps.csv", _rep_rows(geography))
    _write(folder / "accounts.csv", accounts)
    _write(folder / "orders.csv", order_rows(accounts))


def _rep_rows(geography: Geography) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for rep in REPS:
        city, state = _city_and_state(geography, rep.home_zip)
        rows.append(
            {
                "Rep ID": f"R{rep.number:02}",
                "Name": rep.name,
                "Email": rep.email,
                "Phone": f"555-01{rep.number:02}",
                "Title": rep.title,
                "Home City": city,
                "Home State": state,
                "Home Postal Code": rep.home_zip,
                "Capacity Hours": rep.capacity_hours,
                "Skills": rep.skills,
                "Annual Quota": 2_500_000 * rep.capacity_hours // 1600,
            }
        )
    return rows


def _account_rows(geography: Geography) -> list[dict[str, object]]:
    chance = random.Random(_SEED)
    layer = geography.layer(GeoLevel.ZIP)
    weights = _zip_weights(geography)
    picked = chance.choices(range(len(layer)), weights=weights.tolist(), k=ACCOUNT_COUNT)
    owners = _owners(geography, picked, chance)
    rows = [
        _account_row(number, geography, str(layer.codes[place]), owner, chance)
        for number, (place, owner) in enumerate(zip(picked, owners, strict=True), start=1)
    ]
    step = ACCOUNT_COUNT // _NOT_PLACED_COUNT
    for row in rows[step // 2 :: step]:
        row |= {"City": "Nowhere Junction", "State": "", "Postal Code": "", "Country": ""}
    return rows


def _account_row(
    number: int, geography: Geography, zip_code: str, owner: str, chance: random.Random
) -> dict[str, object]:
    city, state = _city_and_state(geography, zip_code)
    segment, _, visits = chance.choices(_SEGMENTS, weights=[weight for _, weight, _ in _SEGMENTS])[
        0
    ]
    is_prospect = chance.random() < _PROSPECT_SHARE
    potential = round(chance.lognormvariate(10.4, 0.8), -2) * (5 if segment == "Key account" else 1)
    share = 0.0 if is_prospect else chance.betavariate(2.2, 2.6)
    line = chance.choice(_LINES)
    return {
        "Account ID": f"EX-{number:04}",
        "Account Name": f"Example {line} {number:04}",
        "Street": f"{chance.randint(1, 999)} Example Street",
        "City": city,
        "State": state,
        "Postal Code": zip_code,
        "Country": "United States",
        "Segment": segment,
        "Industry": line,
        "Status": "Prospect" if is_prospect else "Customer",
        "Annual Revenue": int(round(potential * share, -2)),
        "Potential": int(potential),
        "Visits per Year": max(1, visits + chance.randint(-1, 2)),
        "Owner": "" if is_prospect else owner,
    }


def _zip_weights(geography: Geography) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """How likely a customer sits in each ZIP area: denser counties and strong states more."""
    layer = geography.layer(GeoLevel.ZIP)
    in_county = np.bincount(layer.parent[layer.parent >= 0])
    density = np.where(layer.parent >= 0, in_county[layer.parent], 1).astype(np.float64) ** 0.6
    states = [name.rpartition(", ")[2] for name in layer.names]
    return density * np.array([_STATE_WEIGHT.get(state, 1.0) for state in states])


def _owners(geography: Geography, places: Sequence[int], chance: random.Random) -> list[str]:
    """The id of the rep who lives nearest, or now and then of the next one."""
    layer = geography.layer(GeoLevel.ZIP)
    homes = layer.indices_of([rep.home_zip for rep in REPS])
    scale = np.cos(np.radians(layer.lat[places]))[:, None]
    east = (layer.lon[places][:, None] - layer.lon[homes]) * scale
    north = layer.lat[places][:, None] - layer.lat[homes]
    order = np.argsort(east**2 + north**2, axis=1, kind="stable")
    return [f"R{REPS[row[1 if chance.random() < 0.06 else 0]].number:02}" for row in order]


def _city_and_state(geography: Geography, zip_code: str) -> tuple[str, str]:
    layer = geography.layer(GeoLevel.ZIP)
    name = layer.names[layer.index_of(zip_code)].removeprefix(zip_code).strip()
    city, _, state = name.rpartition(", ")
    return city, state


def _write(path: Path, rows: list[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
