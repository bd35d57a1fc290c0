# SPDX-License-Identifier: MIT
"""Facts of a few accounts written by hand."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import TypedDict, Unpack, cast

import numpy as np

from app.models.ids import MeasureId, RepId
from app.models.measure import Measure, MeasureKind
from app.models.rep import Rep
from app.services.data_health.facts import HEALTH_TEXTS, HealthFacts, MeasureRoles
from app.services.geography.layer import GeoLayer
from app.services.importing.owners import RepFinder
from app.services.record_tables import VisitTable
from tests.helpers.sales import Sale, sales, transactions

REVENUE, POTENTIAL = MeasureId(1), MeasureId(2)
TODAY = date(2026, 6, 30)

GOOD = {
    "name": "Example",
    "street": "1 Main St",
    "city": "Springfield",
    "postal_code": "10001",
    "country": "US",
    "owner": "Ann Example",
    "segment": "Retail",
    "phone": "555 0100",
    "placed_by": "postal_code",
    "last_activity_on": "2026-06-01",
}
"""An account with nothing wrong; `facts_of` numbers the names."""


class More(TypedDict, total=False):
    """What a test may say besides the accounts.

    Attributes:
        places: lon, lat of the accounts that are elsewhere; nan for not placed.
        sold, visited: What happened, by position of the account.
        reps: Names of the reps.
    """

    places: Mapping[int, tuple[float, float]]
    sold: Sequence[Sale]
    visited: Sequence[tuple[int, str]]
    newest_import: date
    reps: Sequence[str]
    aliases: Mapping[str, RepId]


def facts_of(
    accounts: Sequence[Mapping[str, str]],
    revenue: Sequence[float] = (),
    potential: Sequence[float] = (),
    **more: Unpack[More],
) -> HealthFacts:
    """Accounts that differ from a good one in what is given, all at the point of ZIP area 10001."""
    reps = more.get("reps", ("Ann Example",))
    count = len(accounts)
    lon, lat = np.full(count, -100.0), np.full(count, 40.0)
    for row, (east, north) in more.get("places", {}).items():
        lon[row], lat[row] = east, north
    rows = [{**GOOD, "name": f"Example {n}", **own} for n, own in enumerate(accounts)]
    known = [(REVENUE, "Revenue", revenue), (POTENTIAL, "Potential", potential)]
    values = {id_: np.array(column) for id_, _, column in known if len(column)}
    listed = tuple(Rep(RepId(n + 1), name) for n, name in enumerate(reps))
    return HealthFacts(
        texts={column: _column([row.get(column, "") for row in rows]) for column in HEALTH_TEXTS},
        lon=lon,
        lat=lat,
        values=values,
        measures=tuple(
            Measure(id_, name, MeasureKind.MONEY) for id_, name, _ in known if id_ in values
        ),
        roles=MeasureRoles(
            REVENUE if REVENUE in values else None, POTENTIAL if POTENTIAL in values else None
        ),
        transactions=transactions(more.get("sold", ())),
        visits=_visits(more.get("visited", ())),
        finder=RepFinder(listed, more.get("aliases")),
        has_reps=bool(reps),
        newest_import=more.get("newest_import"),
        zips=two_zips(),
        today=TODAY,
    )


def two_zips() -> GeoLayer:
    """ZIP areas 10001 and 10002, squares of 0.2 degrees around -100, 40 and -90, 40."""
    codes = ["10001", "10002"]
    middle = np.array([-100.0, -90.0])
    bounds = np.array([[x - 0.1, 39.9, x + 0.1, 40.1] for x in middle], dtype=np.float32)
    layer = SimpleNamespace(
        lon=middle,
        lat=np.full(2, 40.0),
        bounds=bounds,
        indices_of=lambda wanted: np.array(
            [codes.index(code) if code in codes else -1 for code in wanted], dtype=np.int32
        ),
    )
    return cast("GeoLayer", layer)


def _column(texts: Sequence[str]) -> np.ndarray:
    made = np.empty(len(texts), dtype=np.object_)
    made[:] = texts
    return made


def _visits(visited: Sequence[tuple[int, str]]) -> VisitTable:
    made = sales([(row, day, 0.0) for row, day in visited])
    return VisitTable(
        ids=np.arange(1, len(visited) + 1),
        account_row=made.row,
        day=made.day.astype(np.int32),
        hours=np.full(len(visited), np.nan),
    )
