# SPDX-License-Identifier: MIT
"""Overlaps and gaps as one kind of row, and the edits that resolve them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from app.models.ids import AccountId, GeoUnitId, StrokeId, TerritoryId
from app.models.measure import Measure
from app.models.reports import GapReason, GapReport, OverlapReport
from app.services.commands import AssignAccounts, AssignGeoUnits, Command
from app.services.workspace import Workspace
from app.ui.formats import measure_value
from app.ui.icons import icon
from app.ui.tables.array_table_model import ArrayColumn, CellKind, number_width


@dataclass(frozen=True, slots=True)
class ClaimItem:
    """An area or an account that several territories claim, or none."""

    name: str
    geounit: GeoUnitId | None
    account: AccountId | None
    claimants: tuple[TerritoryId, ...]
    reason: str
    account_count: int
    value: float


def overlap_items(report: OverlapReport, workspace: Workspace) -> list[ClaimItem]:
    """The rows of the list of overlaps."""
    return [
        ClaimItem(
            item.name,
            item.geounit_id,
            item.account_id,
            item.territory_ids,
            ", ".join(workspace.territory(t).name for t in item.territory_ids),
            item.account_count,
            item.value,
        )
        for item in report.items
    ]


def gap_items(report: GapReport) -> list[ClaimItem]:
    """The rows of the list of gaps."""
    words = {
        GapReason.AREA_UNASSIGNED: "No territory holds it",
        GapReason.NOT_PLACED: "Not found on the map",
    }
    return [
        ClaimItem(
            item.name,
            item.geounit_id,
            item.account_id,
            (),
            words[item.reason],
            item.account_count,
            item.value,
        )
        for item in report.items
    ]


def claim_columns(
    items: Sequence[ClaimItem], measure: Measure, reason_title: str
) -> list[ArrayColumn]:
    """The columns of either list."""
    area, account = icon("area", "muted"), icon("building", "muted")
    return [
        ArrayColumn(
            "name",
            "Where",
            np.array([item.name for item in items], dtype=object),
            width=220,
            decoration=lambda at: account if items[at].geounit is None else area,
        ),
        ArrayColumn(
            "reason",
            reason_title,
            np.array([item.reason for item in items], dtype=object),
            width=260,
        ),
        ArrayColumn(
            "accounts",
            "Accounts",
            np.array([item.account_count for item in items], dtype=np.float64),
            CellKind.NUMBER,
            width=90,
        ),
        ArrayColumn(
            "value",
            measure.name,
            np.array([item.value for item in items], dtype=np.float64),
            CellKind.NUMBER,
            formatted=lambda value: measure_value(value, measure.kind),
            width=number_width(measure.name),
        ),
    ]


def resolving_commands(
    items: Iterable[ClaimItem], territory: TerritoryId, name: str, stroke: StrokeId
) -> list[Command]:
    """The edits that give all items to one territory, as one undo step."""
    chosen = list(items)
    geounits = tuple(item.geounit for item in chosen if item.geounit is not None)
    accounts = tuple(item.account for item in chosen if item.account is not None)
    commands: list[Command] = []
    if geounits:
        commands.append(AssignGeoUnits(geounits, territory, name, stroke=stroke))
    if accounts:
        commands.append(AssignAccounts(accounts, territory, name, stroke=stroke))
    return commands
