# SPDX-License-Identifier: MIT
"""How alike two names are, where their telling words are not the same.

Source: ours, after "soft TF-IDF" (Cohen, Ravikumar, Fienberg 2003): a word counts by its rarity in
this list, and a word with a typing error counts nearly as much as the same word. What is left over
on either side lowers the result, so "Boston Dental Group" is not "Boston Medical Group".
"""

import math
from collections import Counter
from collections.abc import Iterable

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

_MOST_WEIGHT = 8.0
_LEAST_RATIO = 45.0
_SAME_JOINED = 0.92
"""From here on, names without their spaces are one: "Blue Bird" and "Bluebird"."""


class WordWeights:
    """How much each word tells: the rarer, the more."""

    def __init__(self, count: int) -> None:
        self._count = max(count, 1)
        self._uses: Counter[str] = Counter()

    def add(self, names: Iterable[str]) -> None:
        """Count the words of these names."""
        uses = self._uses
        for words in names:
            uses.update(set(words.split()))

    def of(self, word: str) -> float:
        """1 for a word of every name, more for rare ones."""
        share = self._count / max(self._uses[word], 1)
        return 1.0 + min(math.log2(max(share, 1.0)), _MOST_WEIGHT)


def name_similarity(first: str, second: str, weights: WordWeights) -> float:
    """From 0, nothing in common, to 1.

    Args:
        first: Telling words, sorted and separated by spaces.
        second: Likewise.
        weights: Of the words of the whole list.
    """
    if first == second:
        return 1.0
    if not fuzz.ratio(first, second, score_cutoff=_LEAST_RATIO):
        return 0.0  # spares nine in ten the closer look
    left, right = Counter(first.split()), Counter(second.split())
    same = left & right
    rest, others = list((left - same).elements()), list((right - same).elements())
    shared = 2 * sum(weights.of(word) * times for word, times in same.items())
    total = shared + sum(map(weights.of, rest)) + sum(map(weights.of, others))
    for word in rest:
        if not others:
            break
        likeness, other = max((word_likeness(word, other), other) for other in others)
        if likeness > 0:
            shared += likeness * (weights.of(word) + weights.of(other))
            others.remove(other)
    return shared / total if total else 0.0


def joined_likeness(first: str, second: str) -> float:
    """1 where two names differ in little more than their spaces, else 0."""
    if not first or not second or first[0] != second[0]:
        return 0.0
    return float(OSA.normalized_similarity(first, second) >= _SAME_JOINED)


def word_likeness(first: str, second: str) -> float:
    """0.9 and more for one typing error, 0.85 for two in a long word or an abbreviation, else 0."""
    short, long = sorted((len(first), len(second)))
    if first.isdigit() or second.isdigit() or short < 3:
        return 0.0
    errors = OSA.distance(first, second, score_cutoff=2)
    if errors == 1 and short >= 4:
        return 0.93 if long >= 6 else 0.9
    if errors == 2 and short >= 7:
        return 0.85
    is_short_form = first.startswith(second) or second.startswith(first)
    return 0.85 if is_short_form else 0.0
