# SPDX-License-Identifier: MIT
"""Accounts that no test of any rule tells apart are of one kind, and are looked at once.

A million accounts are of some thousands of kinds: 200 rules over segments, industries, sizes and
states ask less often than one column has rows.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from app.models.rule import Test
from app.services.rules.asking import AskedColumn, asked
from app.services.rules.columns import BoolArray, IntArray, RuleFacts

_FLAGS_UP_TO = 1 << 24
"""So many possible pairs are renumbered through a table of flags; more are sorted."""
_BYTES = 8
_BITS = 8 * _BYTES


class Kinds:
    """The kinds of accounts for some tests.

    Attributes:
        of_account: Per account the number of its kind.
        count: How many kinds there are.
        missing: Per test that asks for what is not in the plan, a sentence that says so.
    """

    def __init__(self, tests: Iterable[Test], facts: RuleFacts) -> None:
        found = asked(tests, facts)
        self.missing = found.missing
        self._answers = found.answers
        self._truths: list[list[BoolArray]] = []
        self.of_account: IntArray = np.zeros(len(facts), dtype=np.int32)
        self.count = 1
        self._class_of_kind: list[IntArray] = []
        self._class_counts: list[int] = []
        for column in found.columns:
            class_of_value, example = _classes(column.truths)
            self._truths.append([truth[example] for truth in column.truths])
            self._class_counts.append(len(example))
            self._split(column, class_of_value, len(example))

    def column_of(self, test: Test) -> int:
        """The number of the only column that a test needs, -1 where it needs others or none."""
        places = self._answers[test].places
        return places[0][0] if len(places) == 1 else -1

    def classes_of(self, column: int) -> int:
        """In how many classes a column sorts the accounts."""
        return self._class_counts[column]

    def class_of_kind(self, column: int) -> IntArray:
        """Per kind its class in a column."""
        return self._class_of_kind[column]

    def truth_by_class(self, test: Test) -> BoolArray:
        """Whether a test that needs one column holds, per class of that column."""
        answer = self._answers[test]
        column, place = answer.places[0]
        found = self._truths[column][place]
        return ~found if answer.is_negated else found

    def truth(self, test: Test, kinds: npt.NDArray[np.int64]) -> BoolArray:
        """Whether a test holds, for some kinds."""
        answer = self._answers[test]
        found = np.zeros(len(kinds), dtype=np.bool_)
        for column, place in answer.places:
            found |= self._truths[column][place][self._class_of_kind[column][kinds]]
        return ~found if answer.is_negated else found

    def _split(self, column: AskedColumn, class_of_value: IntArray, classes: int) -> None:
        """Tell the accounts apart by one more column."""
        pairs = self.of_account.astype(np.int64) * classes + class_of_value[column.codes]
        self.of_account, kept = _renumbered(pairs, self.count * classes)
        self._class_of_kind = [of_kind[kept // classes] for of_kind in self._class_of_kind]
        self._class_of_kind.append((kept % classes).astype(np.int32))
        self.count = len(kept)


def _classes(truths: Sequence[BoolArray]) -> tuple[IntArray, npt.NDArray[np.int64]]:
    """Values of which all tests say the same, as classes.

    Returns:
        Per value the number of its class, and per class one of its values.
    """
    numbers = np.zeros(len(truths[0]), dtype=np.int64)
    count = 1
    for start in range(0, len(truths), _BITS):
        bits = np.packbits(np.array(truths[start : start + _BITS]), axis=0)
        padded = np.zeros((len(numbers), _BYTES), dtype=np.uint8)
        padded[:, : len(bits)] = bits.T
        codes = np.unique(padded.view(np.uint64).ravel(), return_inverse=True)[1]
        more = int(codes.max()) + 1 if len(codes) else 1
        joined, kept = _renumbered(numbers * more + codes, count * more)
        numbers, count = joined.astype(np.int64), len(kept)
    example = np.zeros(count, dtype=np.int64)
    example[numbers] = np.arange(len(numbers))
    return numbers.astype(np.int32), example


def _renumbered(
    numbers: npt.NDArray[np.int64], limit: int
) -> tuple[IntArray, npt.NDArray[np.int64]]:
    """The numbers that occur, counted from 0 in their order.

    Args:
        numbers: Each from 0 to less than `limit`.
        limit: How many there could be.

    Returns:
        Per entry its new number, and per new number the old one.
    """
    if limit > _FLAGS_UP_TO:
        kept, back = np.unique(numbers, return_inverse=True)
        return back.astype(np.int32), kept
    occurs = np.zeros(limit, dtype=np.bool_)
    occurs[numbers] = True
    kept = np.flatnonzero(occurs)
    new = np.zeros(limit, dtype=np.int32)
    new[kept] = np.arange(len(kept), dtype=np.int32)
    return new[numbers], kept
