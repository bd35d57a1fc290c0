# SPDX-License-Identifier: MIT
"""The texts of a column as one piece of memory, which numpy searches and sorts.

A million texts are searched in some 30 ms and ranked in a second, and no Python object is kept
for any of them. Nothing here runs for more than a few milliseconds without letting other threads
in, so the window goes on while a worker looks.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int32]
LongArray = npt.NDArray[np.int64]
ObjectArray = npt.NDArray[np.object_]

_ROWS_AT_ONCE = 10_000
"""Joining so many texts takes a millisecond, in which no other thread runs."""
_BYTES_AT_ONCE = 1 << 22
_END = "\0"
_KEY_BYTES = 8
_LONGEST_RANKED = 256
"""Bytes by which texts are told apart when they are sorted."""


class TextIndex:
    """Texts without upper and lower case, to be searched and sorted.

    Args:
        texts: One per row.
    """

    def __init__(self, texts: ObjectArray | Sequence[str]) -> None:
        pieces = [
            _joined(texts[start : start + _ROWS_AT_ONCE])
            for start in range(0, len(texts), _ROWS_AT_ONCE)
        ]
        self._bytes = np.frombuffer(b"".join(pieces) + b"\0" * _KEY_BYTES, dtype=np.uint8)
        text_bytes = self._bytes[: len(self._bytes) - _KEY_BYTES]
        self._ends = _places_of(text_bytes, 0)
        self._starts = np.concatenate(([0], self._ends[:-1] + 1)) if len(texts) else self._ends
        self._amounts: LongArray | None = None
        self._ranks: IntArray | None = None

    def __len__(self) -> int:
        """Number of texts."""
        return len(self._ends)

    @property
    def is_empty(self) -> BoolArray:
        """Per row, whether the text is empty."""
        return self._ends == self._starts

    def contains(self, needle: str) -> BoolArray:
        """Per row, whether the text holds another one, whatever their case.

        Looks for the rarest byte of the needle first, so that the others are compared only where
        that one is.
        """
        found = np.zeros(len(self), dtype=np.bool_)
        wanted = needle.casefold().replace(_END, " ").encode("utf-8", "replace")
        if not wanted:
            return ~found
        amounts = self._amounts_of_bytes()
        by_rarity = sorted(range(len(wanted)), key=lambda place: amounts[wanted[place]])
        first = by_rarity[0]
        starts = _places_of(self._bytes, wanted[first]) - first
        last = len(self._bytes) - _KEY_BYTES - len(wanted)
        starts = starts[(starts >= 0) & (starts <= last)]
        for place in by_rarity[1:]:
            starts = starts[self._bytes[starts + place] == wanted[place]]
        found[np.searchsorted(self._ends, starts)] = True
        return found

    def ranks(self) -> IntArray:
        """Per row a number that sorts as the text does; equal for texts that are equal.

        Texts are compared by their first 256 bytes.
        """
        if self._ranks is None:
            self._ranks = self._ranked().astype(np.int32)
        return self._ranks

    def _ranked(self) -> LongArray:
        lengths = self._ends - self._starts
        ranks = np.zeros(len(self), dtype=np.int64)
        open_rows = np.arange(len(self), dtype=np.int64)
        for depth in range(0, _LONGEST_RANKED, _KEY_BYTES):
            if not len(open_rows):
                break
            keys = self._keys(open_rows, depth, lengths[open_rows])
            open_rows = _refined(ranks, open_rows, keys, lengths - depth - _KEY_BYTES)
        return ranks

    def _keys(self, rows: LongArray, depth: int, lengths: LongArray) -> npt.NDArray[np.uint64]:
        """Eight bytes of each text from a depth on as a number; 0 beyond its end."""
        starts = self._starts[rows] + depth
        keys = np.zeros(len(rows), dtype=np.uint64)
        last = len(self._bytes) - 1
        for place in range(_KEY_BYTES):
            taken = self._bytes[np.minimum(starts + place, last)]
            taken = np.where(lengths > depth + place, taken, 0)
            keys = (keys << np.uint64(8)) | taken.astype(np.uint64)
        return keys

    def _amounts_of_bytes(self) -> LongArray:
        if self._amounts is None:
            amounts = np.zeros(256, dtype=np.int64)
            for start in range(0, len(self._bytes), _BYTES_AT_ONCE):
                amounts += np.bincount(self._bytes[start : start + _BYTES_AT_ONCE], minlength=256)
            self._amounts = amounts
        return self._amounts


def _refined(
    ranks: LongArray, rows: LongArray, keys: npt.NDArray[np.uint64], left: LongArray
) -> LongArray:
    """Tell rows of the same rank apart by keys; the rows that need a look at further bytes.

    Args:
        ranks: Changed in place; the rank of a run of equals is the place of its first.
        rows: Those that share a rank with another row.
        keys: By place in `rows`.
        left: Bytes of each text, by row, that were not compared yet.
    """
    order = np.lexsort((keys, ranks[rows]))
    rows, keys = rows[order], keys[order]
    before = ranks[rows]
    is_new_rank = np.concatenate(([True], before[1:] != before[:-1]))
    is_new_run = is_new_rank | np.concatenate(([True], keys[1:] != keys[:-1]))
    run_starts = np.flatnonzero(is_new_run)
    run_of = np.cumsum(is_new_run) - 1
    rank_starts = np.flatnonzero(is_new_rank)[np.cumsum(is_new_rank) - 1]
    ranks[rows] = before + run_starts[run_of] - rank_starts
    sizes = np.diff(np.concatenate((run_starts, [len(rows)])))
    goes_on = (sizes > 1) & (np.maximum.reduceat(left[rows], run_starts) > 0)
    return rows[goes_on[run_of]]


def _joined(texts: ObjectArray | Sequence[str]) -> bytes:
    listed: list[str] = texts.tolist() if isinstance(texts, np.ndarray) else list(texts)
    joined = _END.join(listed)
    if joined.count(_END) != len(listed) - 1:  # a text holds the sign that ends texts
        joined = _END.join(text.replace(_END, " ") for text in listed)
    return (joined.casefold() + _END).encode("utf-8", "replace")


def _places_of(text: npt.NDArray[np.uint8], byte: int) -> LongArray:
    """Where a byte stands; in parts, as a hundred million places would not fit at once."""
    found = [
        np.flatnonzero(text[start : start + _BYTES_AT_ONCE] == byte) + start
        for start in range(0, len(text), _BYTES_AT_ONCE)
    ]
    return np.concatenate(found) if found else np.empty(0, dtype=np.int64)
