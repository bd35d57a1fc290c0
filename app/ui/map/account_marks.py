# SPDX-License-Identifier: MIT
"""Accounts on the map: as dots, symbols, circles, heat or clusters."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.ids import AccountId, MeasureId
from app.models.map_look import AccountStyle, MapLook
from app.models.measure import Measure
from app.models.trace import ServedBy
from app.services.map_figures import account_classes
from app.services.map_layers import mercator
from app.services.map_layers.account_marks import (
    MOST_SYMBOLS,
    TextClasses,
    circle_examples,
    circle_radii,
    class_rgba,
)
from app.services.map_layers.area_colors import territory_fill
from app.services.workspace import Workspace
from app.ui.formats import compact, count
from app.ui.map.look_titles import column_title
from app.ui.map.map_messages import LegendEntry, Rgba
from app.ui.map.map_state import PLAIN_POINTS, PointExtra
from app.ui.map.show_messages import LegendSection

_NEUTRAL_DOT = {False: (58, 68, 74, 200), True: (226, 232, 236, 200)}
_MARKED_DOT = {False: (11, 107, 131, 255), True: (77, 181, 206, 255)}
"""The accent colour of the window, light and dark."""
CIRCLE_FILL: dict[bool, Rgba] = {False: (28, 100, 130, 165), True: (110, 196, 218, 165)}
"""Lets what lies under a circle be seen."""
_HEAT: dict[bool, tuple[Rgba, ...]] = {
    False: ((254, 217, 118, 150), (253, 141, 60, 200), (227, 26, 28, 230), (110, 0, 40, 240)),
    True: ((110, 30, 110, 190), (200, 60, 80, 210), (250, 140, 60, 225), (255, 240, 170, 240)),
}
_FEW = 20_000
_MARKED_RADIUS = 7.0
_TINTED_MORE = 1.2
"""Page pixels that a tinted dot is larger: its colour can be told from others."""

Tints = npt.NDArray[np.int16]
"""Per account the index of a territory colour, or -1."""


@dataclass(frozen=True, slots=True)
class AccountMarks:
    """The points of all accounts as the map takes them.

    Attributes:
        xy: Normalised Mercator; nan where not placed.
        section: What they mean; None where that needs no word.
    """

    xy: npt.NDArray[np.float32]
    rgba: npt.NDArray[np.uint8]
    radius: npt.NDArray[np.float32]
    extra: PointExtra = PLAIN_POINTS
    section: LegendSection | None = None


def weight_measure(workspace: Workspace, look: MapLook) -> Measure:
    """The measure of circles and heat: the one chosen where it is on accounts, else the main."""
    if look.weight is not None:
        chosen = workspace.measure(MeasureId(look.weight))
        if chosen.level is None and chosen.id == look.weight:
            return chosen
    return workspace.main_account_measure


def tints_of(workspace: Workspace) -> Tints:
    """Per account the colour of its territory where its name, its family or a rule gives it.

    What areas give has the colour of the area already: there, as where nobody serves, it is -1.
    """
    served = workspace.served
    colors = np.array([each.color_index for each in workspace.territories] or [0], np.int16)
    is_apart = (served.step <= ServedBy.RULE) & (served.territory >= 0)
    return np.where(is_apart, colors[np.maximum(served.territory, 0)], np.int16(-1))


def account_marks(
    workspace: Workspace,
    look: MapLook,
    marked: tuple[AccountId, ...],
    tints: Tints | None = None,
    *,
    dark: bool,
) -> AccountMarks:
    """A mark for every placed account; those that are marked stand out.

    Args:
        workspace: The open plan.
        look: What the user chose to see.
        marked: Accounts that stand out.
        tints: From `tints_of` where dots say who serves them; None where all are alike.
        dark: Whether the window is dark.
    """
    accounts = workspace.accounts
    size = len(accounts)
    rgba = np.empty((size, 4), np.uint8)
    rgba[:] = _NEUTRAL_DOT[dark]
    radius = np.full(size, 3.0 if size < _FEW else 2.0, np.float32)
    extra, section = PLAIN_POINTS, None
    if tints is not None and look.accounts is AccountStyle.DOTS:
        _tint(rgba, radius, tints, dark=dark)
    if look.accounts is AccountStyle.SYMBOLS:
        classes = account_classes(workspace, look.symbol_column, workspace.main_account_measure.id)
        table = [class_rgba(code, dark=dark) for code in range(MOST_SYMBOLS + 1)]
        rgba = np.array(table, np.uint8)[classes.of_row]
        radius[:] = 4.6 if size < _FEW else 3.6
        extra = PointExtra(AccountStyle.SYMBOLS, shapes=classes.of_row)
        section = _symbol_section(classes, look.symbol_column, dark=dark)
    elif look.accounts is AccountStyle.SIZED:
        measure = weight_measure(workspace, look)
        values = accounts.measure(measure.id)
        radius[:] = circle_radii(values)
        rgba[:] = CIRCLE_FILL[dark]
        extra = PointExtra(AccountStyle.SIZED)
        section = circle_section(measure.name, float(values.max(initial=0.0)), dark=dark)
    elif look.accounts is AccountStyle.HEAT:
        measure = weight_measure(workspace, look)
        weights = accounts.measure(measure.id) if measure.id else None
        extra = PointExtra(AccountStyle.HEAT, weights)
        section = _heat_section(measure.name, dark=dark)
    elif look.accounts is AccountStyle.CLUSTERS:
        extra = PointExtra(AccountStyle.CLUSTERS)
        section = LegendSection(
            "Accounts",
            (LegendEntry("Accounts close together", (40, 90, 120, 255), radius=7),),
            "A click looks closer",
        )
    rows = accounts.rows_of(marked)
    rgba[rows] = _MARKED_DOT[dark]
    radius[rows] = np.maximum(radius[rows], _MARKED_RADIUS)
    return AccountMarks(mercator(accounts.lon, accounts.lat), rgba, radius, extra, section)


def _tint(
    rgba: npt.NDArray[np.uint8], radius: npt.NDArray[np.float32], tints: Tints, *, dark: bool
) -> None:
    """Give dots the solid colour of their territory, a little larger than those of areas."""
    is_apart = tints >= 0
    last = int(tints.max(initial=-1))
    solid = [(*territory_fill(at, dark=dark)[:3], 255) for at in range(last + 1)]
    if solid:
        rgba[is_apart] = np.array(solid, np.uint8)[tints[is_apart]]
        radius[is_apart] += _TINTED_MORE


def circle_section(title: str, largest: float, *, dark: bool) -> LegendSection:
    """What the sizes of circles mean."""
    examples = circle_examples(largest)
    radii = circle_radii(np.array(examples), largest).tolist()
    entries = (
        LegendEntry(compact(value), CIRCLE_FILL[dark], radius=radius)
        for value, radius in zip(examples, radii, strict=True)
    )
    return LegendSection(title, tuple(entries))


def class_entries(
    classes: TextClasses, *, dark: bool, with_shapes: bool = True
) -> tuple[LegendEntry, ...]:
    """A line for each class, with the number of its accounts."""
    return tuple(
        LegendEntry(
            title,
            class_rgba(classes.code(position), dark=dark),
            count=count(classes.counts[position]),
            shape=classes.code(position) if with_shapes else None,
        )
        for position, title in enumerate(classes.titles)
    )


def _symbol_section(classes: TextClasses, column: str, *, dark: bool) -> LegendSection:
    return LegendSection(f"Accounts: {column_title(column)}", class_entries(classes, dark=dark))


def _heat_section(title: str, *, dark: bool) -> LegendSection:
    words = ("Little", "More", "Much", "Most")
    entries = (LegendEntry(word, rgba) for word, rgba in zip(words, _HEAT[dark], strict=True))
    return LegendSection(f"Heat: {title}", tuple(entries))
