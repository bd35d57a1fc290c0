# SPDX-License-Identifier: MIT
"""Names on a printed map: where there is room for each, the more important ones first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from app.services.map_layers import Rgba, mercator
from app.services.map_print.content import PrintLabel
from app.services.map_print.drawing import Box, Dots, Item, Words, printable
from app.services.map_print.frame import MapFrame

INK: Rgba = (28, 33, 38, 255)
QUIET: Rgba = (77, 86, 94, 255)
_FAINT: Rgba = (112, 120, 128, 255)
HALO: Rgba = (255, 255, 255, 255)
_LONGEST = 34
_ORDER = {"territory": 0, "country": 1, "state": 2, "city": 3}
_CITY_ZOOMS = (4.0, 5.5, 6.5, 8.0, 9.0)
"""Of the screen, by tier; a page is read closer, so cities come half a zoom earlier."""
_EARLIER = 0.5
_NUDGES = (0.0, 9.0, 16.0, 24.0, 34.0)
_DIRECTIONS = ((0, -1), (0, 1), (-1, 0), (1, 0), (-1, -1), (1, -1), (-1, 1), (1, 1))
_CITY_DOT = 1.3


class TextMeasure(Protocol):
    """Says how wide a text is."""

    def __call__(self, text: str, size: float, *, bold: bool = False) -> float:
        """Width in points of a text in type of `size` points."""
        ...


@dataclass(frozen=True, slots=True)
class LabelStyle:
    """Type of one kind of label, in points."""

    size: float
    sub_size: float = 0.0
    is_bold: bool = False
    rgba: Rgba = INK


STYLES = {
    "territory": LabelStyle(8.5, 7.0, is_bold=True),
    "country": LabelStyle(8.0, 7.0, is_bold=True, rgba=QUIET),
    "state": LabelStyle(6.2, 6.0, rgba=_FAINT),
    "city": LabelStyle(6.4, 6.0, rgba=QUIET),
}


class LabelPlacer:
    """Puts labels one after the other where nothing else stands.

    Args:
        frame: The map on the page.
        measure: Says how wide a text is.
        soft: Boxes that a territory's name covers only before it would be left out: homes.
        firm: Boxes that no label may cover, for example the scale bar.
    """

    def __init__(
        self, frame: MapFrame, measure: TextMeasure, soft: Sequence[Box], firm: Sequence[Box]
    ) -> None:
        self._frame = frame
        self._measure = measure
        self._soft = list(soft)
        self._taken = list(firm)
        self.items: list[Item] = []
        self.left_out: list[str] = []
        """Names of territories for which there was no room."""

    def place_all(self, labels: Iterable[PrintLabel]) -> None:
        """Place labels in the order of their importance."""
        zoom = self._frame.zoom
        listed = [each for each in labels if each.min_zoom <= zoom <= each.max_zoom]
        if not listed:
            return
        places = np.array([(each.lon, each.lat) for each in listed])
        points = self._frame.place(mercator(places[:, 0], places[:, 1]))
        numbers = sorted(range(len(listed)), key=lambda i: (_ORDER[listed[i].kind], listed[i].rank))
        box = self._frame.box
        for number in numbers:
            x, y = (float(part) for part in points[number])
            if not (box.left < x < box.right and box.top < y < box.bottom):
                continue
            label = listed[number]
            if label.kind == "city":
                self._place_city(label, x, y)
            elif label.kind == "territory":
                self._place_territory(label, x, y)
            else:
                self._try(label, x, y, (*self._taken, *self._soft))

    def _place_territory(self, label: PrintLabel, x: float, y: float) -> None:
        """A territory's name steps aside, gives up its second lines, and at last covers homes."""
        short = replace(label, sub=label.sub.partition("\n")[0])
        bare = replace(label, sub="")
        everything = (*self._taken, *self._soft)
        forms = ((label, everything), (short, everything), (bare, everything), (bare, self._taken))
        for form, blocked in forms:
            for far in _NUDGES:
                for dx, dy in _DIRECTIONS if far else ((0, 0),):
                    if self._try(form, x + dx * far, y + dy * far, tuple(blocked)):
                        return
        self.left_out.append(label.text)

    def _try(self, label: PrintLabel, x: float, y: float, blocked: Sequence[Box]) -> bool:
        """Write the label around a point if there is room."""
        style = STYLES[label.kind]
        text = shortened(printable(label.text))
        text = text.upper() if label.kind == "state" else text
        subs = [shortened(printable(line)) for line in label.sub.splitlines() if line]
        wide = self._measure(text, style.size, bold=style.is_bold)
        wide = max([wide, *(self._measure(line, style.sub_size) for line in subs)])
        high = style.size * 1.1 + len(subs) * style.sub_size * 1.2
        box = Box(x - wide / 2 - 1.5, y - high / 2 - 1, wide + 3, high + 2)
        if not _is_within(box, self._frame.box) or any(box.meets(each) for each in blocked):
            return False
        self._taken.append(box)
        line = box.top + 1 + style.size * 0.86
        self.items.append(Words(x, line, text, style.size, style.rgba, style.is_bold, 0, HALO))
        for sub in subs:
            line += style.sub_size * 1.2
            self.items.append(Words(x, line, sub, style.sub_size, INK, False, 0, HALO))
        return True

    def _place_city(self, label: PrintLabel, x: float, y: float) -> None:
        """A city's name stands right or left of its dot."""
        if self._frame.zoom + _EARLIER < _CITY_ZOOMS[min(label.tier, len(_CITY_ZOOMS) - 1)]:
            return
        style = STYLES["city"]
        text = shortened(printable(label.text))
        wide = self._measure(text, style.size)
        dot = Box(x - 2, y - 2, 4, 4)
        blocked = (*self._taken, *self._soft)
        if any(dot.meets(each) for each in blocked):
            return
        for align, left in ((-1, x + 3.5), (1, x - 3.5 - wide)):
            box = Box(left - 1, y - style.size * 0.6, wide + 2, style.size * 1.2)
            if not _is_within(box, self._frame.box) or any(box.meets(each) for each in blocked):
                continue
            self._taken += [box, dot]
            at = np.array([[x, y]])
            self.items += [Dots(at, style.rgba, _CITY_DOT), Dots(at, HALO, _CITY_DOT * 0.55)]
            start = left if align < 0 else left + wide
            baseline = y + style.size * 0.34
            self.items.append(
                Words(start, baseline, text, style.size, style.rgba, False, align, HALO)
            )
            return


def shortened(text: str) -> str:
    """A name of at most as many letters as a map has room for."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}\u2026"


def fitting(text: str, width: float, size: float, measure: TextMeasure) -> str:
    """The text, or as much of its beginning as fits into a width, with an ellipsis."""
    text = printable(text)
    if measure(text, size) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(f"{text[:middle]}\u2026", size) <= width:
            low = middle
        else:
            high = middle - 1
    return f"{text[:low].rstrip()}\u2026"


def _is_within(box: Box, outer: Box) -> bool:
    return (
        box.left >= outer.left
        and box.right <= outer.right
        and box.top >= outer.top
        and box.bottom <= outer.bottom
    )
