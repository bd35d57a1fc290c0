# SPDX-License-Identifier: MIT
"""How accounts are told apart on the map: symbols of a text column, circles of a measure."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.services.geography.factorizing import factorize

FloatArray = npt.NDArray[np.float64]
ByteArray = npt.NDArray[np.uint8]
TextArray = npt.NDArray[np.object_]
Rgba = tuple[int, int, int, int]

MOST_SYMBOLS = 8
"""More classes are not told apart any more; the rarest are "other"."""
SHAPES = (
    *("circle", "square", "triangle", "diamond", "cross", "star", "wedge", "hexagon"),
    "ring",
)
"""By class, the last for "other"; the map page has them in the same order."""
_COLORS: tuple[tuple[int, int, int], ...] = (
    (0, 114, 178),
    (213, 94, 0),
    (0, 158, 115),
    (204, 121, 167),
    (230, 159, 0),
    (86, 180, 233),
    (240, 228, 66),
    (34, 34, 34),
)
"""Okabe and Ito's scheme, told apart with every common form of colour blindness."""
_LAST_ON_DARK = (245, 245, 245)
_OTHER = {False: (92, 98, 104, 235), True: (176, 184, 192, 235)}
LARGEST_RADIUS = 22.0
"""Of circles, in page pixels: the one of the largest value."""
_SMALLEST_RADIUS = 1.5


@dataclass(frozen=True, slots=True)
class TextClasses:
    """The classes of a text column.

    Attributes:
        titles: Up to eight texts, the most frequent first; "Other" last where there are others.
        of_row: Class per row: its position among the eight, `MOST_SYMBOLS` for all others.
        counts: Rows per title.
    """

    titles: tuple[str, ...]
    of_row: ByteArray
    counts: tuple[int, ...]

    def code(self, position: int) -> int:
        """The class of a title, which decides about its colour and shape."""
        return MOST_SYMBOLS if self.titles[position] == OTHER else position


OTHER = "Other or none"


def text_classes(texts: TextArray) -> TextClasses:
    """The most frequent texts of a column as classes; equal ones in the order of the alphabet."""
    codes, words = factorize(texts)
    # Texts that differ by white space alone are one.
    merged = {word: i for i, word in enumerate(dict.fromkeys(words))}
    codes = np.array([merged[word] for word in words] or [0], np.int32)[codes]
    names = list(merged)
    counts = np.bincount(codes, minlength=len(names))
    named = [i for i in range(len(names)) if names[i]]
    ranked = sorted(named, key=lambda i: (-counts[i], names[i]))[:MOST_SYMBOLS]
    table = np.full(max(len(names), 1), MOST_SYMBOLS, np.uint8)
    table[ranked] = np.arange(len(ranked))
    of_row = table[codes]
    others = int((of_row == MOST_SYMBOLS).sum())
    tail = ((OTHER, others),) if others else ()
    kept = (*((names[i], int(counts[i])) for i in ranked), *tail)
    return TextClasses(tuple(each[0] for each in kept), of_row, tuple(each[1] for each in kept))


def class_rgba(code: int, *, dark: bool) -> Rgba:
    """The colour of a class."""
    if code >= MOST_SYMBOLS:
        return _OTHER[dark]
    if dark and code == MOST_SYMBOLS - 1:
        return (*_LAST_ON_DARK, 255)
    return (*_COLORS[code], 255)


def circle_radii(values: FloatArray, largest: float | None = None) -> FloatArray:
    """Radius of a circle whose area says how large each value is; 0 for nothing to show.

    Args:
        values: nan, 0 and negative numbers have no circle.
        largest: The value of the largest circle; that of the values by default.

    Returns:
        Page pixels. Circles too small to see are drawn as the smallest dot.
    """
    present = np.isfinite(values) & (values > 0)
    radii = np.zeros(len(values))
    most = float(values[present].max(initial=0.0)) if largest is None else largest
    if most > 0:
        radii[present] = np.sqrt(values[present] / most) * LARGEST_RADIUS
        radii[present] = np.clip(radii[present], _SMALLEST_RADIUS, LARGEST_RADIUS)
    return radii


def circle_examples(largest: float) -> list[float]:
    """Up to three round values for a legend of circles, the largest first."""
    if not np.isfinite(largest) or largest <= 0:
        return []
    step = 10.0 ** np.floor(np.log10(largest))
    top = step * max(each for each in (1.0, 2.0, 5.0) if step * each <= largest)
    return [float(top), float(top / 4), float(top / 20)]


def class_shares(
    group_of_row: npt.NDArray[np.int32],
    class_of_row: ByteArray,
    values: FloatArray,
    group_count: int,
) -> FloatArray:
    """Sum of a measure per territory and class: what pies are cut from.

    Args:
        group_of_row: Territory position per account; negative codes belong to none.
        class_of_row: From `text_classes`.
        values: The measure per account; only what is above 0 has a slice.
        group_count: Number of territories.

    Returns:
        `group_count` x 9.
    """
    width = MOST_SYMBOLS + 1
    rows = (group_of_row >= 0) & np.isfinite(values) & (values > 0)
    slots = group_of_row[rows].astype(np.int64) * width + class_of_row[rows]
    sums = np.bincount(slots, weights=values[rows], minlength=group_count * width)
    return sums.reshape(group_count, width).astype(np.float64)
