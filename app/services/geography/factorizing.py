# SPDX-License-Identifier: MIT
"""Numbers for the different values of a column, so that each value is looked up once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import count

import numpy as np

from app.services.geography.arrays import IntArray, LongArray, ObjectArray


def factorize(values: Iterable[str] | ObjectArray) -> tuple[IntArray, list[str]]:
    """Per value the number of its text, and the texts by number; None counts as empty.

    Some ten times as fast as sorting, as texts of an address column repeat.
    """
    listed = values.tolist() if isinstance(values, np.ndarray) else values
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    codes = np.fromiter(map(numbers.__getitem__, listed), dtype=np.int32)
    return codes, [(text or "").strip() for text in numbers]


def same_text(spellings: Sequence[str]) -> IntArray:
    """Per spelling the number of its text, upper and lower case and white space aside.

    Numbers follow first appearance; -1 stands for no text.
    """
    numbers: dict[str, int] = {}
    keys = (" ".join(spelling.casefold().split()) for spelling in spellings)
    return np.array(
        [numbers.setdefault(key, len(numbers)) if key else -1 for key in keys], dtype=np.int32
    )


def unique_numbers(values: LongArray) -> tuple[list[int], IntArray]:
    """The different values in order, and per entry the position of its value among them."""
    unique, back = np.unique(values, return_inverse=True)
    listed: list[int] = unique.tolist()
    return listed, back.astype(np.int32)
