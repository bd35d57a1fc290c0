# SPDX-License-Identifier: MIT
"""The map of one territory for the person who works in it: its areas, its neighbours pale."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from app.models.ids import TerritoryId
from app.services.html_export import MapExport, map_for_export
from app.services.map_layers import AreaColors, LegendLine, mercator, over_land
from app.services.map_print.extents import territory_bounds
from app.services.map_print.frame import Bounds
from app.services.map_print.map_book import paled
from app.services.workspace import Workspace

_OTHERS = "Other territories"
_OTHERS_RGBA = (226, 224, 219, 255)


@dataclass(frozen=True, slots=True)
class TerritoryCut:
    """What the map of one territory needs beside the map of the plan.

    Attributes:
        position: Of the territory among the plan's.
        rep: Name of its rep, or None where it is vacant.
        focus: What the page shows first; its areas by default.
        points: Normalised Mercator of the accounts to show.
    """

    position: int
    name: str
    rep: str | None
    subtitle: str
    focus: Bounds | None
    points: npt.NDArray[np.float32]
    point_names: tuple[str, ...]

    def of(self, whole: MapExport) -> MapExport:
        """The map of the plan, cut to the territory: its areas in full, the others as context."""
        return replace(
            whole,
            title=self.name,
            subtitle=self.subtitle,
            colors=_colors(whole, self.position, self.name),
            detailed=whole.colors.groups == self.position,
            focus=self.focus,
            homes=tuple(home for home in whole.homes if home.name == self.rep),
            points=self.points,
            point_names=self.point_names,
        )


def territory_cut(
    workspace: Workspace, territory: TerritoryId, *, with_accounts: bool = False
) -> TerritoryCut:
    """What is to be known of a territory; quick, so that many can be taken at once.

    Args:
        workspace: The open plan.
        territory: Which.
        with_accounts: Whether to add its own placed accounts with their names.
    """
    position = [each.id for each in workspace.territories].index(territory)
    rep = workspace.rep_of(territory)
    rows = workspace.holdings.accounts_of_territory(territory)
    word = "account" if len(rows) == 1 else "accounts"
    accounts = workspace.accounts
    placed = rows[np.isfinite(accounts.lon[rows])] if with_accounts else rows[:0]
    names = accounts.text("name")[placed] if with_accounts else ()
    return TerritoryCut(
        position,
        workspace.territory(territory).name,
        None if rep is None else rep.name,
        f"{'Vacant' if rep is None else rep.name}, {len(rows):,} {word}",
        territory_bounds(workspace, territory),
        mercator(accounts.lon[placed], accounts.lat[placed]),
        tuple(str(name) for name in names),
    )


def map_for_territory(
    workspace: Workspace, territory: TerritoryId, *, with_accounts: bool = False
) -> MapExport:
    """The map of a territory: its areas in detail, what lies around as context."""
    cut = territory_cut(workspace, territory, with_accounts=with_accounts)
    return cut.of(map_for_export(workspace))


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
