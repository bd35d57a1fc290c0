# SPDX-License-Identifier: MIT
"""The panel beside or below a map: figures and legend, in as many columns as there is room for."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.services.map_layers import Rgba
from app.services.map_print.content import PrintLegend
from app.services.map_print.drawing import Box, Frame, Item, Paths, Pie, Stroke, Words
from app.services.map_print.label_placing import INK, QUIET, TextMeasure, fitting
from app.services.map_print.overlays import POINTS_PER_PIXEL
from app.services.map_print.stripes import stripes

ROW_HEIGHT = 12.0
COLUMN_GAP = 16.0
_SIZE = 7.5
_SWATCH = 7.5
_SWATCH_GAP = 5.0
_EDGE: Rgba = (160, 164, 168, 255)
_STRIPES: Rgba = (86, 84, 80, 255)
_SPACING = 2.4
_LEAST_COLUMN = 130.0
_LARGEST_CIRCLE = 15.0
"""Room for the circles of a legend, so that their words begin below each other."""


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One row of the panel.

    Attributes:
        kind: "heading", "entry" (with a swatch), "fact" (words and a value), "note" or "gap".
        right: What stands at the right end.
        rgba: Of the swatch.
        radius: Of a circle in place of the swatch, in points; 0 for none.
    """

    kind: str
    text: str = ""
    right: str = ""
    rgba: Rgba | None = None
    is_hatched: bool = False
    radius: float = 0.0


def legend_rows(legend: PrintLegend, measure: TextMeasure, width: float) -> list[PanelRow]:
    """The legend as rows.

    Args:
        legend: What the colours mean.
        measure: Says how wide a text is.
        width: Of a column, for breaking the note.
    """
    if not legend.lines:
        return []
    count = len(legend.lines)
    ends = [*legend.ends, *[""] * (count - len(legend.ends))]
    radii = [*legend.radii, *[0.0] * (count - len(legend.radii))]
    rows = [PanelRow("heading", legend.title)]
    for line, end, radius in zip(legend.lines, ends, radii, strict=True):
        size = radius * POINTS_PER_PIXEL
        # A circle larger than a row has the rows beside it to itself.
        room = [PanelRow("gap")] * max(0, math.ceil((2 * size - ROW_HEIGHT) / 2 / ROW_HEIGHT))
        rows += [*room, PanelRow("entry", line.text, end, line.rgba, line.is_hatched, size), *room]
    return rows + note_rows(legend.note, measure, width)


def note_rows(note: str, measure: TextMeasure, width: float) -> list[PanelRow]:
    """A note broken into lines of a width."""
    lines: list[str] = []
    for word in note.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, _SIZE - 1) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return [PanelRow("note", line) for line in lines]


def column_count(width: float) -> int:
    """How many columns stand side by side in a width."""
    return max(1, int((width + COLUMN_GAP) / (_LEAST_COLUMN + COLUMN_GAP)))


def column_width(width: float) -> float:
    """Width of each of them."""
    count = column_count(width)
    return (width - (count - 1) * COLUMN_GAP) / count


def panel_height(rows: Sequence[PanelRow], width: float) -> float:
    """Height of the rows in even columns."""
    return -(-len(rows) // column_count(width)) * ROW_HEIGHT


def panel_items(rows: Sequence[PanelRow], box: Box, measure: TextMeasure) -> list[Item]:
    """The rows in the columns of a box; what does not fit is counted in the last line."""
    columns, wide = column_count(box.width), column_width(box.width)
    per_column = max(1, int(box.height / ROW_HEIGHT + 1e-6))
    shown = list(rows)
    if len(shown) > columns * per_column:
        kept = columns * per_column - 1
        more = sum(1 for each in shown[kept:] if each.kind == "entry")
        shown = [*shown[:kept], PanelRow("note", f"and {more:,} more")]
    even = min(per_column, -(-len(shown) // columns))
    items: list[Item] = []
    for number, row in enumerate(shown):
        left = box.left + number // even * (wide + COLUMN_GAP)
        top = box.top + number % even * ROW_HEIGHT
        items += _row_items(row, Box(left, top, wide, ROW_HEIGHT), measure)
    return items


def _row_items(row: PanelRow, box: Box, measure: TextMeasure) -> list[Item]:
    base = box.top + ROW_HEIGHT * 0.72
    if row.kind == "gap":
        return []
    if row.kind == "heading":
        return [Words(box.left, base, fitting(row.text, box.width, 8, measure), 8, INK, True)]
    if row.kind == "note":
        text = fitting(row.text, box.width, _SIZE - 1, measure)
        return [Words(box.left, base, text, _SIZE - 1, QUIET)]
    items: list[Item] = []
    left, room = box.left, box.width
    if row.radius and row.rgba is not None:
        middle = left + _LARGEST_CIRCLE
        slices = ((row.rgba, 1.0),)
        items.append(Pie(middle, box.top + ROW_HEIGHT / 2, row.radius, slices, _EDGE))
        used = 2 * _LARGEST_CIRCLE + _SWATCH_GAP
        left, room = left + used, room - used
    elif row.kind == "entry":
        swatch = Box(left, box.top + 1.8, _SWATCH * 1.35, _SWATCH)
        items.append(Frame(swatch, row.rgba, _EDGE, 0.4))
        if row.is_hatched:
            items.append(Stroke(stripes(_ring(swatch), _SPACING), _STRIPES, 0.45))
        used = swatch.width + _SWATCH_GAP
        left, room = left + used, room - used
    if row.right:
        end = fitting(row.right, room * 0.7, _SIZE, measure)
        items.append(Words(box.right, base, end, _SIZE, INK, row.kind == "fact", 1))
        room -= measure(end, _SIZE, bold=row.kind == "fact") + 6
    ink = QUIET if row.kind == "fact" else INK
    items.append(Words(left, base, fitting(row.text, room, _SIZE, measure), _SIZE, ink))
    return items


def _ring(box: Box) -> Paths:
    corners = [(box.left, box.top), (box.right, box.top), (box.right, box.bottom)]
    return Paths(np.array([0, 4]), np.array([*corners, (box.left, box.bottom)]))
