# SPDX-License-Identifier: MIT
"""The pairs of accounts that could be one customer, so that not all pairs need to be looked at.

`scoring` gives a pair enough points only if both share one of these, so nothing above the
threshold is missed as long as no block is larger than `LARGEST_BLOCK`:

- the id but for case, the phone number, the web domain (shared by few accounts),
- all telling words of the name (shared by few accounts),
- street and city, street and postal code,
- the first letter of a telling word, and the postal code,
- the first letter of a telling word, and city or neighbourhood, where a postal code is missing.

A larger block is sorted by name and street, and each account is compared with the next `WINDOW`.
"""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import numpy.typing as npt

from app.services.duplicates.columns import LongArray
from app.services.duplicates.keys import INITIAL_BITS, CodeArray, Keys

LARGEST_BLOCK = 300
WINDOW = 30

MOST_SHARED = 20
"""A phone number or domain of more accounts says nothing about two of them."""

MOST_NAMESAKES = 12
"""A name of more accounts is not enough without an address: a chain, or a common name."""

CELL_LAT, CELL_LON = 0.005, 0.01
"""Degrees; two places nearer than half a cell share one of four grids, each shifted by half."""

_CHUNK = 400_000
"""Pairs handed out at a time: some 30 MB while they are scored."""

BoolArray = npt.NDArray[np.bool_]
Pairs = tuple[LongArray, LongArray]
"""Rows of the first and of the second accounts."""


def candidate_pairs(keys: Keys) -> Iterator[tuple[float, Pairs]]:
    """The pairs of all blocks, in pieces, each with the share of the work done before it.

    One pair may come several times.
    """
    order = _name_order(keys)
    kinds: list[Callable[[], Iterator[Pairs]]] = [
        lambda: _pairs(_only(keys.phone, keys.phone_size <= MOST_SHARED), order),
        lambda: _pairs(_only(keys.domain, keys.domain_size <= MOST_SHARED), order),
        lambda: _pairs(_only(keys.name, keys.name_size <= MOST_NAMESAKES), order),
        lambda: _pairs(keys.id_folded.astype(np.int64), order),
        lambda: _pairs(_street_in(keys, keys.city), order),
        lambda: _pairs(_street_in(keys, keys.postal), order),
        *(partial(_pairs_by_initial, keys, order, bit) for bit in range(INITIAL_BITS)),
    ]
    for place, pairs_of_kind in enumerate(kinds):
        for pairs in pairs_of_kind():
            yield place / len(kinds), pairs


def _pairs_by_initial(keys: Keys, order: LongArray, bit: int) -> Iterator[Pairs]:
    """Pairs that share this letter and none before it, which would have brought them already."""
    for first, second in _pairs_with_initial(keys, order, bit):
        common = keys.initials[first] & keys.initials[second]
        is_new = (common & -common) == 1 << bit
        yield first[is_new], second[is_new]


def _pairs_with_initial(keys: Keys, order: LongArray, bit: int) -> Iterator[Pairs]:
    has_letter = (keys.initials >> bit & 1).astype(bool)
    if not has_letter.any():
        return
    yield from _pairs(_only(keys.postal, has_letter), order)
    lacks_postal = keys.postal == 0
    if not (lacks_postal & has_letter).any():
        return
    yield from _pairs(_only(keys.city, has_letter), order, lacks_postal)
    for cells in _grids(keys):
        yield from _pairs(_only(cells, has_letter), order, lacks_postal)


def _grids(keys: Keys) -> Iterator[LongArray]:
    """Per account the cell of its exact position, 0 without one, in four shifted grids."""
    if not keys.is_exact.any():
        return
    lon, lat = np.nan_to_num(keys.lon), np.nan_to_num(keys.lat)
    for shift in ((0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5)):
        column = np.floor(lon / CELL_LON + shift[0]).astype(np.int64) + 100_000
        row = np.floor(lat / CELL_LAT + shift[1]).astype(np.int64) + 100_000
        yield np.where(keys.is_exact, column * 1_000_000 + row, 0)


def _pairs(block: LongArray, order: LongArray, first: BoolArray | None = None) -> Iterator[Pairs]:
    """The pairs inside each block.

    Args:
        block: Per account the number of its block; 0 in none.
        order: All accounts sorted by name; neighbours are alike.
        first: Where given, one of each pair must be such an account.
    """
    rows = order[block[order] > 0]
    keys = [block[rows]] if first is None else [~first[rows], block[rows]]
    rows = rows[np.lexsort(keys)]  # stable, so each block stays sorted by name
    codes = block[rows]
    if len(rows) < 2:
        return
    starts = np.flatnonzero(np.r_[True, codes[1:] != codes[:-1]])
    sizes = np.diff(np.r_[starts, len(rows)])
    size = np.repeat(sizes, sizes)
    left = np.repeat(starts + sizes, sizes) - np.arange(len(rows)) - 1
    reach = np.where(size > LARGEST_BLOCK, np.minimum(left, WINDOW), left)
    if first is not None:
        reach = np.where(first[rows], reach, 0)
    places = np.flatnonzero(reach)
    yield from _handed_out(rows, places, reach[places])


def _handed_out(rows: LongArray, places: LongArray, reach: LongArray) -> Iterator[Pairs]:
    """Each account with the `reach` next ones, some `_CHUNK` pairs at a time."""
    ends = np.cumsum(reach)
    begin = 0
    while begin < len(places):
        before = ends[begin - 1] if begin else 0
        end = max(begin + 1, int(np.searchsorted(ends, before + _CHUNK)))
        steps = reach[begin:end]
        first = np.repeat(places[begin:end], steps)
        step = np.arange(len(first)) - np.repeat(np.cumsum(steps) - steps, steps) + 1
        yield rows[first], rows[first + step]
        begin = end


def _name_order(keys: Keys) -> LongArray:
    """All accounts, those with like names beside one another."""
    return np.lexsort([keys.street_number, keys.street_words, keys.name_start])


def _only(code: CodeArray | LongArray, wanted: BoolArray) -> LongArray:
    return np.where(wanted, code, 0).astype(np.int64)


def _street_in(keys: Keys, place: CodeArray) -> LongArray:
    """Per account the number of its address, 0 where street or place are unknown.

    Beyond two million different values some addresses share a number, which only adds pairs.
    """
    number, words, where = (
        a.astype(np.int64) for a in (keys.street_number, keys.street_words, place)
    )
    combined = ((number << 42) ^ (words << 21) ^ where) & 0x7FFF_FFFF_FFFF_FFFF
    return np.where((words > 0) & (where > 0), combined, 0)
