# SPDX-License-Identifier: MIT
"""The map of one territory for the person who works in it: its areas, its neighbours pale."""

from dataclasses import replace

import numpy as np

from app.models.ids import TerritoryId
from app.services.html_export import ExportedHome, MapExport, map_for_export
from app.services.map_layers import AreaColors, LegendLine, mercator, over_land
from app.services.map_print.extents import territory_bounds
from app.services.map_print.map_book import paled
from app.services.workspace import Workspace

_OTHERS = "Other territories"
_OTHERS_RGBA = (226, 224, 219, 255)


def map_for_territory(
    workspace: Workspace,
    territory: TerritoryId,
    *,
    with_accounts: bool = False,
    whole: MapExport | None = None,
) -> MapExport:
    """The map of a territory: its areas in detail, what lies around as context.

    Args:
        workspace: The open plan.
        territory: Which.
        with_accounts: Whether to add its own placed accounts with their names.
        whole: The map of the plan without accounts, where it is there already.
    """
    whole = whole or map_for_export(workspace)
    chosen = workspace.territory(territory)
    position = [each.id for each in workspace.territories].index(territory)
    rep = workspace.rep_of(territory)
    rep_name = rep.name if rep is not None else "Vacant"
    rows = workspace.accounts_of_territory(territory)
    word = "account" if len(rows) == 1 else "accounts"
    accounts = workspace.accounts
    placed = rows[np.isfinite(accounts.lon[rows])] if with_accounts else rows[:0]
    return replace(
        whole,
        title=chosen.name,
        subtitle=f"{rep_name}, {len(rows):,} {word}",
        colors=_colors(whole, position, chosen.name),
        detailed=whole.colors.groups == position,
        focus=territory_bounds(workspace, territory),
        homes=_own_homes(whole.homes, None if rep is None else rep.name),
        points=mercator(accounts.lon[placed], accounts.lat[placed]),
        point_names=tuple(str(name) for name in accounts.text("name")[placed]),
    )


def _colors(whole: MapExport, position: int, name: str) -> AreaColors:
    """The territory in its colour, all others pale."""
    rgba = whole.colors.rgba.copy()
    is_own = whole.colors.groups == position
    others = ~is_own & (rgba[:, 3] > 0)
    known, which = np.unique(rgba[others], axis=0, return_inverse=True)
    pale = np.array([paled((r, g, b, a)) for r, g, b, a in known.tolist()], np.uint8)
    rgba[others] = pale.reshape(-1, 4)[which.reshape(-1)]
    own = rgba[is_own]
    lines: list[LegendLine] = []
    if len(own):
        red, green, blue, alpha = (int(part) for part in own[0])
        lines.append(LegendLine(name, over_land((red, green, blue, alpha), dark=False)))
    if others.any():
        lines.append(LegendLine(_OTHERS, _OTHERS_RGBA))
    return AreaColors(rgba, whole.colors.groups, tuple(lines))


def _own_homes(homes: tuple[ExportedHome, ...], name: str | None) -> tuple[ExportedHome, ...]:
    return tuple(home for home in homes if home.name == name)
