# SPDX-License-Identifier: MIT
"""The search: from columns to a report of pairs and groups."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.models.errors import TaskCancelled
from app.services.duplicates.blocking import Pairs, candidate_pairs
from app.services.duplicates.columns import AccountColumns, FloatArray, LongArray
from app.services.duplicates.grouping import group_pairs
from app.services.duplicates.keys import Keys, make_keys
from app.services.duplicates.name_similarity import (
    WordWeights,
    joined_likeness,
    name_similarity,
)
from app.services.duplicates.places import is_similar_street
from app.services.duplicates.report import DuplicateReport
from app.services.duplicates.scoring import (
    POSSIBLE,
    SAME_NAME,
    Evidence,
    evidence,
    points_for,
    score_of,
    similar_name_points,
)
from app.services.importing.table import Watch
from app.services.pausing import collector_paused

MOST_PAIRS = 200_000
"""The best ones are kept: nobody goes through more, and memory stays bounded."""

_LOOKS = 500
"""Names compared between two looks at whether the user stopped the search."""

_NAMES = 20_000
"""Names whose words are counted between two such looks."""

_READING, _COMPARING = 0.35, 0.95
"""Share of the search that is done when accounts are read, when pairs are compared."""


def find_duplicates(
    columns: AccountColumns, watch: Watch | None = None, *, least_score: float = POSSIBLE
) -> DuplicateReport:
    """Find the accounts that are probably one customer.

    Args:
        columns: All accounts of the plan.
        watch: Progress and cancel.
        least_score: Pairs below it are left out.

    Raises:
        TaskCancelled: The user stopped the search.
    """
    watch = watch or Watch()
    keys = make_keys(columns, watch, _READING)
    judge = PairJudge(keys, watch)
    found = _Found(columns, points_for(least_score))
    for share, pairs in candidate_pairs(keys):
        done = _READING + (_COMPARING - _READING) * share
        watch.at(done, f"Comparing accounts: {found.count:,} pairs so far")
        found.add(judge.judged(pairs, found.least_points))
    watch.at(_COMPARING, "Sorting what was found")
    pairs = found.finished()
    score = score_of(pairs.points)
    with collector_paused():  # it would walk 100,000 new groups five times, 0.1 s each
        groups = group_pairs(columns.ids, (pairs.first, pairs.second), score, columns.separate)
    watch.at(1.0, "Done")
    return DuplicateReport(columns, keys, pairs.first, pairs.second, score, pairs.likeness, groups)


@dataclass(frozen=True, slots=True)
class JudgedPairs:
    """Pairs with all their points."""

    first: LongArray
    second: LongArray
    points: FloatArray
    likeness: FloatArray

    def at(self, places: LongArray) -> "JudgedPairs":
        """Some of the pairs, in the order asked for."""
        return JudgedPairs(
            self.first[places], self.second[places], self.points[places], self.likeness[places]
        )

    @classmethod
    def joined(cls, parts: Sequence["JudgedPairs"]) -> "JudgedPairs":
        """All pairs of the parts."""
        return cls(
            np.concatenate([part.first for part in parts]),
            np.concatenate([part.second for part in parts]),
            np.concatenate([part.points for part in parts]),
            np.concatenate([part.likeness for part in parts]),
        )


class PairJudge:
    """Weighs pairs: cheap evidence for all, a look at the words only where it can matter."""

    def __init__(self, keys: Keys, watch: Watch) -> None:
        self._keys = keys
        self._watch = watch
        self._weights = WordWeights(len(keys))
        for start in range(0, len(keys), _NAMES):
            self._stop_if_asked()
            self._weights.add(keys.words[start : start + _NAMES].tolist())

    def judged(self, pairs: Pairs, least_points: float) -> JudgedPairs:
        """The pairs that reach these points."""
        first, second = np.minimum(*pairs), np.maximum(*pairs)
        known = evidence(self._keys, (first, second))
        rows = np.flatnonzero(known.most_points >= least_points)
        likeness = np.ones(len(rows))
        points = known.points[rows]
        for place, row in enumerate(rows.tolist()):
            if place % _LOOKS == 0:
                self._stop_if_asked()
            gained, likeness[place] = self._words(known, row, int(first[row]), int(second[row]))
            points[place] += gained
        enough = points >= least_points
        kept = rows[enough]
        return JudgedPairs(first[kept], second[kept], points[enough], likeness[enough])

    def _words(self, known: Evidence, row: int, a: int, b: int) -> tuple[float, float]:
        """Points of the words of name and street, and how alike the names are."""
        keys = self._keys
        gained = float(known.street_gain[row])
        if gained and not is_similar_street(keys.street_text[a], keys.street_text[b]):
            gained = 0.0
        if known.is_nameless[row]:
            return gained, 0.0
        discount = float(known.discount[row])
        if known.is_same_name[row]:
            return gained + SAME_NAME - discount, 1.0
        likeness = self._likeness(a, b) if known.may_be_alike[row] else 0.0
        return gained + similar_name_points(likeness, discount), likeness

    def _likeness(self, a: int, b: int) -> float:
        keys = self._keys
        joined = joined_likeness(keys.joined[a], keys.joined[b])
        return joined or name_similarity(keys.words[a], keys.words[b], self._weights)

    def _stop_if_asked(self) -> None:
        if self._watch.cancelled is not None and self._watch.cancelled():
            raise TaskCancelled


class _Found:
    """Pairs as they are found; each counts once, and at most `MOST_PAIRS` are kept."""

    def __init__(self, columns: AccountColumns, least_points: float) -> None:
        self.least_points = least_points
        self._columns = columns
        rows, values = np.empty(0, dtype=np.int64), np.empty(0)
        self._pairs = JudgedPairs(rows, rows, values, values)
        self._waiting: list[JudgedPairs] = []
        self._waiting_count = 0

    @property
    def count(self) -> int:
        """Pairs so far; some that wait may turn out to be known already."""
        return len(self._pairs.points) + self._waiting_count

    def add(self, judged: JudgedPairs) -> None:
        self._waiting.append(judged)
        self._waiting_count += len(judged.points)
        if self._waiting_count > MOST_PAIRS:
            self._settle()

    def finished(self) -> JudgedPairs:
        """The pairs, the best first, without those that the user said are different."""
        self._settle()
        separate = self._columns.separate
        if not separate:
            return self._pairs
        ids = self._columns.ids
        named = zip(ids[self._pairs.first].tolist(), ids[self._pairs.second].tolist(), strict=True)
        kept = [place for place, pair in enumerate(named) if pair not in separate]
        return self._pairs.at(np.array(kept, dtype=np.int64))

    def _settle(self) -> None:
        joined = JudgedPairs.joined([self._pairs, *self._waiting])
        self._waiting, self._waiting_count = [], 0
        _, unique = np.unique(joined.first * len(self._columns) + joined.second, return_index=True)
        best = np.lexsort([joined.second[unique], joined.first[unique], -joined.points[unique]])
        self._pairs = joined.at(unique[best[:MOST_PAIRS]])
        if len(best) > MOST_PAIRS:
            self.least_points = max(self.least_points, float(self._pairs.points[-1]))
