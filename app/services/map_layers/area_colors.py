# SPDX-License-Identifier: MIT
"""Colours of the areas, and what they mean."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.map_look import ClassChoice
from app.models.palette import TERRITORY_COLORS
from app.services.alignment import IN_DISPUTE, MIXED, NOBODY
from app.services.map_layers.value_classes import value_classes

IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float64]
ByteArray = npt.NDArray[np.uint8]
Rgba = tuple[int, int, int, int]

_FILL_ALPHA = {False: 178, True: 205}
"""By darkness: enough land shows through to keep labels and lines legible."""
_DARK_LIFT = 0.2
"""Share of white in territory colours on dark land; hue and order stay those of the palette."""
_DISPUTE: dict[bool, Rgba] = {False: (250, 200, 90, 235), True: (214, 160, 62, 235)}
_MIXED: dict[bool, Rgba] = {False: (122, 126, 132, 110), True: (150, 156, 164, 110)}
_CLEAR: Rgba = (0, 0, 0, 0)
_FIVE_QUANTILES = ClassChoice()
_SHADES = (0.35, 1.0)
"""Strength of a territory's colour where there is least and most of a measure."""
_LAND: dict[bool, Rgba] = {False: (246, 244, 239, 255), True: (44, 49, 56, 255)}

# Diverging around a calm middle, blue to orange: told apart with every form of colour blindness.
_DEVIATION_FILLS: dict[bool, tuple[Rgba, ...]] = {
    False: (
        (36, 96, 167, 225),
        (124, 174, 222, 225),
        (214, 224, 208, 235),
        (245, 178, 105, 230),
        (208, 92, 22, 230),
    ),
    True: (
        (64, 130, 214, 235),
        (58, 92, 136, 235),
        (96, 108, 98, 235),
        (170, 110, 52, 235),
        (236, 132, 58, 235),
    ),
}
# Light to dark on light land and dark to light on dark land, so that more always stands out more.
_SEQUENCE: dict[bool, tuple[Rgba, ...]] = {
    False: (
        (225, 236, 214, 235),
        (168, 214, 190, 235),
        (98, 178, 178, 235),
        (46, 130, 158, 235),
        (32, 78, 124, 235),
    ),
    True: (
        (50, 66, 80, 240),
        (44, 96, 116, 240),
        (58, 138, 142, 240),
        (120, 188, 158, 240),
        (208, 232, 176, 240),
    ),
}


@dataclass(frozen=True, slots=True)
class LegendLine:
    """One line of a legend."""

    text: str
    rgba: Rgba
    is_hatched: bool = False
    count: int | None = None
    """How many areas are in this class."""


@dataclass(frozen=True, slots=True)
class AreaColors:
    """Colours of all areas of a view.

    Attributes:
        rgba: n x 4 bytes; opacity 0 leaves the land as it is.
        groups: Territory position per area for the strong borders, or a code below 0.
        legend: What the colours mean.
    """

    rgba: ByteArray
    groups: IntArray
    legend: tuple[LegendLine, ...]


def territory_fill(color_index: int, *, dark: bool) -> Rgba:
    """The fill of a territory on the map."""
    rgb = TERRITORY_COLORS[color_index % len(TERRITORY_COLORS)].rgb
    red, green, blue = (int(rgb[at : at + 2], 16) for at in (1, 3, 5))
    if dark:
        red, green, blue = (round(c + (255 - c) * _DARK_LIFT) for c in (red, green, blue))
    return red, green, blue, _FILL_ALPHA[dark]


def over_land(rgba: Rgba, *, dark: bool) -> Rgba:
    """The colour as it looks on the map, for swatches beside it."""
    land = _LAND[dark]
    share = rgba[3] / 255
    red, green, blue = (round(land[i] + (rgba[i] - land[i]) * share) for i in range(3))
    return red, green, blue, 255


def territory_colors(
    unit_territory: IntArray, color_indices: Sequence[int], names: Sequence[str], *, dark: bool
) -> AreaColors:
    """Each area in the colour of its territory.

    Args:
        unit_territory: Per area the position of its territory, or a code of `alignment`.
        color_indices, names: Per territory; one without a name is left out of the legend.
        dark: Whether the theme is dark.
    """
    fills = [territory_fill(index, dark=dark) for index in color_indices]
    lines = [
        LegendLine(name, over_land(fill, dark=dark))
        for name, fill in zip(names, fills, strict=True)
        if name
    ]
    legend = (*lines, *_other_lines(unit_territory, dark=dark))
    return AreaColors(_lookup(unit_territory, fills, dark=dark), unit_territory, legend)


def deviation_colors(
    unit_territory: IntArray,
    deviations: Sequence[float | None],
    tolerance_fraction: float,
    *,
    dark: bool,
) -> AreaColors:
    """Each area by how far its territory is from its ideal.

    Args:
        unit_territory: As for `territory_colors`.
        deviations: Per territory the signed fraction; None where it is undefined.
        tolerance_fraction: Deviations up to this count as balanced, the boundary included.
        dark: Whether the theme is dark.
    """
    palette = _DEVIATION_FILLS[dark]
    classes = [_deviation_class(value, tolerance_fraction) for value in deviations]
    fills = [_CLEAR if each is None else palette[each] for each in classes]
    near, far = f"{tolerance_fraction:.0%}", f"{2 * tolerance_fraction:.0%}"
    texts = (
        f"More than {far} below ideal",
        f"{near} to {far} below",
        f"Within {near} of ideal",
        f"{near} to {far} above",
        f"More than {far} above ideal",
    )
    lines = [
        LegendLine(text, over_land(fill, dark=dark))
        for text, fill in zip(texts, palette, strict=True)
    ]
    legend = (*lines, *_other_lines(unit_territory, dark=dark))
    return AreaColors(_lookup(unit_territory, fills, dark=dark), unit_territory, legend)


def measure_colors(
    unit_territory: IntArray,
    values: FloatArray,
    number_text: Callable[[float], str],
    *,
    dark: bool,
    none_text: str = "None",
    choice: ClassChoice = _FIVE_QUANTILES,
) -> AreaColors:
    """Each area by its value of a measure, in classes.

    Args:
        unit_territory: As for `territory_colors`; draws the borders only.
        values: Per area; areas with 0 or nan stay land.
        number_text: Writes a class limit.
        none_text: What areas without a value are called.
        dark: Whether the theme is dark.
        choice: How the classes are cut, and how many there are.
    """
    rgba = np.zeros((len(values), 4), np.uint8)
    present = np.isfinite(values) & (values != 0)
    classes = value_classes(values[present], choice)
    lines: list[LegendLine] = []
    if classes is not None:
        ramp = class_ramp(classes.count, dark=dark)
        which = classes.of(values[present])
        rgba[present] = np.array(ramp, np.uint8)[which]
        counts: list[int] = np.bincount(which, minlength=classes.count).tolist()
        for (low, high), fill, count in zip(classes.edges(), ramp, counts, strict=True):
            text = f"{number_text(low)} – {number_text(high)}"
            lines.append(LegendLine(text, over_land(fill, dark=dark), count=count))
    lines.append(LegendLine(none_text, _LAND[dark], count=int((~present).sum())))
    if (unit_territory == IN_DISPUTE).any():
        lines.append(LegendLine("In dispute", _LAND[dark], True))
    return AreaColors(rgba, unit_territory, tuple(lines))


def class_ramp(count: int, *, dark: bool) -> list[Rgba]:
    """So many colours from little to much, evenly along the scale; a single one is the middle."""
    anchors = np.array(_SEQUENCE[dark], np.float64)
    places = np.linspace(0, len(anchors) - 1, count) if count > 1 else np.array([2.0])
    parts = [np.interp(places, np.arange(len(anchors)), anchors[:, i]) for i in range(4)]
    return [(r, g, b, a) for r, g, b, a in np.round(np.column_stack(parts)).astype(int).tolist()]


def shaded(colors: AreaColors, values: FloatArray) -> AreaColors:
    """The colours stronger where there is more of a measure, so that a territory shows its inside.

    Args:
        colors: From `territory_colors`.
        values: Per area; where there is none the colour is faintest.
    """
    present = np.isfinite(values) & (values > 0) & (colors.rgba[:, 3] > 0)
    classes = value_classes(values[present], _FIVE_QUANTILES)
    if classes is None or classes.count == 1:
        return colors
    strength = np.full(len(values), _SHADES[0])
    steps = np.interp(np.linspace(0, 1, classes.count), [0, 1], _SHADES)
    strength[present] = steps[classes.of(values[present])]
    rgba = colors.rgba.copy()
    rgba[:, 3] = np.round(rgba[:, 3] * strength).astype(np.uint8)
    return AreaColors(rgba, colors.groups, colors.legend)


def _deviation_class(deviation: float | None, tolerance: float) -> int | None:
    if deviation is None:
        return None
    size = abs(deviation)
    if size <= tolerance:
        return 2
    step = 1 if size <= 2 * tolerance else 2
    return 2 + step if deviation > 0 else 2 - step


def _lookup(unit_territory: IntArray, fills: Sequence[Rgba], *, dark: bool) -> ByteArray:
    """Fill per area; the codes below 0 index the end of the table."""
    codes = {NOBODY: _CLEAR, IN_DISPUTE: _DISPUTE[dark], MIXED: _MIXED[dark]}
    tail = [codes[code] for code in range(min(codes), 0)]
    table = np.array([*fills, *tail], np.uint8)
    return table[unit_territory]


def _other_lines(unit_territory: IntArray, *, dark: bool) -> list[LegendLine]:
    lines: list[LegendLine] = []
    if (unit_territory == IN_DISPUTE).any():
        lines.append(LegendLine("In dispute", over_land(_DISPUTE[dark], dark=dark), True))
    if (unit_territory == MIXED).any():
        lines.append(LegendLine("Several territories", over_land(_MIXED[dark], dark=dark)))
    lines.append(LegendLine("Unassigned", _LAND[dark]))
    return lines
