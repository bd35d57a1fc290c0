# SPDX-License-Identifier: MIT
"""One page with a map: title, map, scale bar, north, figures and legend, and the small print."""

from dataclasses import dataclass

import numpy as np

from app.services.map_print.content import MapContent
from app.services.map_print.drawing import Box, Fill, Frame, Item, Page, Paths, Stroke, Words
from app.services.map_print.frame import Bounds, MapFrame
from app.services.map_print.label_placing import HALO, INK, QUIET, TextMeasure, fitting
from app.services.map_print.map_figure import MapOptions, map_items
from app.services.map_print.panel import (
    ROW_HEIGHT,
    PanelRow,
    column_width,
    legend_rows,
    panel_height,
    panel_items,
)
from app.services.map_print.scale_bar import scale_bar, scale_words

_MARGIN = 30.0
_TITLE_SIZE, _SUBTITLE_SIZE, _SMALL_SIZE = 16.0, 8.5, 6.5
_HEAD, _HEAD_WITH_SUBTITLE = 24.0, 36.0
_FOOT = 24.0
_SIDE_WIDTH, _PANEL_GAP = 148.0, 14.0
_MOST_BELOW = 0.3
"""Share of a page that figures and legend may take below the map."""
_LONGEST_BAR, _SHORT_BAR = 110.0, 40.0
_MAP_PADDING = 10.0
_INSET = 7.0
_A4_AREA = 595.3 * 841.9


@dataclass(frozen=True, slots=True)
class PageText:
    """The words of a page.

    Attributes:
        small: Lines of small print at the foot: who made the data, and how old they are.
        right: At the right of the foot: the date, and which page it is.
        rows: Figures above the legend.
    """

    title: str
    subtitle: str = ""
    small: tuple[str, ...] = ()
    right: str = ""
    rows: tuple[PanelRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PageForm:
    """Size of a page and what is on it.

    Attributes:
        width, height: In points, as printed.
        has_scale: Whether to state 1 : N, which holds only where the page is printed full size.
        step: Grid of the shapes in points.
        has_legend: Whether legend and figures stand beside or below the map.
    """

    width: float
    height: float
    has_legend: bool = True
    has_labels: bool = True
    has_dots: bool = True
    has_scale: bool = True
    step: float = 0.1

    @property
    def enlarged(self) -> float:
        """How much larger type and lines are than on A4: half as much as the paper is."""
        return max(1.0, (self.width * self.height / _A4_AREA) ** 0.25)


def map_page(
    content: MapContent, bounds: Bounds, text: PageText, form: PageForm, measure: TextMeasure
) -> Page:
    """Lays out a page.

    Args:
        content: What the map shows.
        bounds: West, south, east, north that the map shows at least, in degrees.
        text: The words around it.
        form: Size, and what is on it.
        measure: Says how wide a text is.

    Returns:
        A page whose points are larger than real ones on paper larger than A4; see
        `PageForm.enlarged`.
    """
    size = form.enlarged
    page = Box(0.0, 0.0, form.width / size, form.height / size)
    inner = page.inside(_MARGIN)
    items: list[Item] = [Frame(page, (255, 255, 255, 255)), *_head(text, inner, measure)]
    head = _HEAD_WITH_SUBTITLE if text.subtitle else _HEAD
    body = Box(inner.left, inner.top + head, inner.width, inner.height - head - _FOOT)
    map_box, panel_box, rows = _divided(content, text, form, body, measure)
    frame = MapFrame.fitted(bounds, map_box, _MAP_PADDING)
    marks, hidden = _map_marks(frame, measure, is_metric=content.is_metric)
    options = MapOptions(form.has_labels, form.has_dots, form.step / size, hidden)
    items += map_items(content, frame, options, measure)
    items += marks
    items += panel_items(rows, panel_box, measure)
    scale = f"{scale_words(frame.denominator / size)} in the middle of the map"
    items += _foot(text, inner, measure, scale if form.has_scale else "")
    return Page(page.width, page.height, tuple(items))


def _divided(
    content: MapContent, text: PageText, form: PageForm, body: Box, measure: TextMeasure
) -> tuple[Box, Box, list[PanelRow]]:
    """The map's box, the panel's box, and its rows."""
    is_wide = body.width > body.height
    wide = column_width(_SIDE_WIDTH if is_wide else body.width)
    rows = list(text.rows) if form.has_legend else []
    if form.has_legend:
        for legend in (content.legend, *content.sections):
            more = legend_rows(legend, measure, wide)
            rows += [PanelRow("gap"), *more] if rows and more else more
    if not rows:
        return body, Box(body.left, body.bottom, body.width, 0.0), rows
    if is_wide:
        map_width = body.width - _SIDE_WIDTH - _PANEL_GAP
        panel = Box(body.right - _SIDE_WIDTH, body.top, _SIDE_WIDTH, body.height)
        return Box(body.left, body.top, map_width, body.height), panel, rows
    most = max(ROW_HEIGHT, int(body.height * _MOST_BELOW / ROW_HEIGHT) * ROW_HEIGHT)
    high = min(panel_height(rows, body.width), most)
    top = body.bottom - high
    return (
        Box(body.left, body.top, body.width, body.height - high - _PANEL_GAP),
        Box(body.left, top, body.width, high),
        rows,
    )


def _head(text: PageText, inner: Box, measure: TextMeasure) -> list[Item]:
    title = fitting(text.title, inner.width * 0.97, _TITLE_SIZE, measure)
    items: list[Item] = [
        Words(inner.left, inner.top + _TITLE_SIZE * 0.8, title, _TITLE_SIZE, INK, True)
    ]
    if text.subtitle:
        line = fitting(text.subtitle, inner.width, _SUBTITLE_SIZE, measure)
        base = inner.top + _TITLE_SIZE + _SUBTITLE_SIZE * 1.1
        items.append(Words(inner.left, base, line, _SUBTITLE_SIZE, QUIET))
    return items


def _foot(text: PageText, inner: Box, measure: TextMeasure, scale: str) -> list[Item]:
    """Small print in two lines; the first at the right says which page it is."""
    items: list[Item] = []
    ends = (text.right, scale)
    for number in range(2):
        base = inner.bottom - _SMALL_SIZE * 1.35 * (1 - number)
        taken = measure(ends[number], _SMALL_SIZE) + 12 if ends[number] else 0.0
        if ends[number]:
            items.append(Words(inner.right, base, ends[number], _SMALL_SIZE, QUIET, False, 1))
        if number < len(text.small):
            line = fitting(text.small[number], inner.width - taken, _SMALL_SIZE, measure)
            items.append(Words(inner.left, base, line, _SMALL_SIZE, QUIET))
    return items


def _map_marks(
    frame: MapFrame, measure: TextMeasure, *, is_metric: bool
) -> tuple[list[Item], tuple[Box, ...]]:
    """Scale bar and north, and the boxes that they take on the map."""
    longest = min(_LONGEST_BAR, frame.box.width * 0.3)
    bar = scale_bar(frame.metres_per_point, longest, metric=is_metric)
    left, base = frame.box.left + _INSET + 6, frame.box.bottom - _INSET - 6
    beyond = measure(bar.text, 6.5) * (0.5 if bar.length > _SHORT_BAR else 1.0)
    plate = Box(left - 6, base - 15, bar.length + beyond + 12, 21)
    half = bar.length / 2
    align = 0 if bar.length > _SHORT_BAR else -1
    items: list[Item] = [
        Frame(plate, HALO),
        Frame(Box(left, base - 3, half, 3), INK, INK, 0.5),
        Frame(Box(left + half, base - 3, half, 3), (255, 255, 255, 255), INK, 0.5),
        Words(left, base - 6, "0", 6.5, INK),
        Words(left + bar.length, base - 6, bar.text, 6.5, INK, False, align),
    ]
    x, top = frame.box.right - _INSET - 9, frame.box.top + _INSET
    north = Box(x - 9, top, 18, 30)
    arrow = np.array([[x, top + 11], [x + 5.5, top + 27], [x, top + 23], [x - 5.5, top + 27]])
    ring = Paths(np.array([0, 4]), arrow)
    outline = Paths(np.array([0, 5]), np.vstack([arrow, arrow[:1]]))
    items += [
        Frame(north, HALO),
        Fill(ring, INK),
        Stroke(outline, INK, 0.5),
        Words(x, top + 9, "N", 7.5, INK, True, 0),
    ]
    return items, (plate, north)
