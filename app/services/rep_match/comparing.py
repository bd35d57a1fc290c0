# SPDX-License-Identifier: MIT
"""A way to staff the territories beside today's: who changes, and what is gained."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.models.ids import RepId, TerritoryId
from app.models.rep_match import MatchPart, MatchWeights
from app.services.rep_match.best_for_all import Staffing
from app.services.rep_match.facts import NOBODY, FloatArray, MatchFacts
from app.services.rep_match.scores import NEUTRAL, Scores


@dataclass(frozen=True, slots=True)
class StaffingRow:
    """One territory.

    Attributes:
        now, best: Row of the rep in the facts, or None for nobody.
        fit_now, fit_best: 0 to 1; nobody fits 0.
        moved_accounts: How many accounts get another rep; none where nobody serves them today.
    """

    territory: TerritoryId
    now: int | None
    best: int | None
    fit_now: float
    fit_best: float
    moved_accounts: int

    @property
    def changes(self) -> bool:
        """Whether another rep, or nobody any more, holds it."""
        return self.now != self.best


@dataclass(frozen=True, slots=True)
class StaffingComparison:
    """All territories.

    Attributes:
        gain_by_part: What each part adds to the sum of all fits, its weight included.
        overloaded: Reps with more work than hours, and how many hours more, by id.
    """

    rows: tuple[StaffingRow, ...]
    fit_now: float
    fit_best: float
    moved_accounts: int
    gain_by_part: Mapping[MatchPart, float]
    overloaded: Mapping[RepId, float]


def compared(
    facts: MatchFacts, staffing: Staffing, fit: FloatArray, scores: Scores, weights: MatchWeights
) -> StaffingComparison:
    """The staffing beside today's, by the same fits.

    Args:
        facts: Reps and territories.
        staffing: Who is to hold what.
        fit: R x T, what the staffing was found by.
        scores: The parts of it.
        weights: Their weights.
    """
    rows: list[StaffingRow] = []
    for at, territory in enumerate(facts.territories):
        now, best = int(facts.holder[at]), int(staffing.rep[at])
        moved = int(facts.accounts[at]) if now not in (NOBODY, best) else 0
        rows.append(
            StaffingRow(
                territory.id,
                None if now == NOBODY else now,
                None if best == NOBODY else best,
                0.0 if now == NOBODY else float(fit[now, at]),
                0.0 if best == NOBODY else float(fit[best, at]),
                moved,
            )
        )
    return StaffingComparison(
        tuple(rows),
        fit_now=sum(row.fit_now for row in rows),
        fit_best=sum(row.fit_best for row in rows),
        moved_accounts=sum(row.moved_accounts for row in rows),
        gain_by_part=_gains(facts, staffing, scores, weights),
        overloaded=_overloaded(facts, staffing),
    )


def _gains(
    facts: MatchFacts, staffing: Staffing, scores: Scores, weights: MatchWeights
) -> dict[MatchPart, float]:
    whole = sum(weights.of(part) for part in scores) or 1.0
    gains: dict[MatchPart, float] = {}
    for part, score in scores.items():
        known = np.nan_to_num(score, nan=NEUTRAL)
        sums: list[float] = []
        for rep in (staffing.rep, facts.holder):
            held = np.flatnonzero(rep != NOBODY)
            sums.append(float(known[rep[held], held].sum()))
        gains[part] = (sums[0] - sums[1]) * weights.of(part) / whole
    return gains


def _overloaded(facts: MatchFacts, staffing: Staffing) -> dict[RepId, float]:
    work = np.zeros(len(facts.reps))
    held = np.flatnonzero(staffing.rep != NOBODY)
    np.add.at(work, staffing.rep[held], facts.needed_hours[held])
    more = work - facts.available_hours
    return {facts.reps[row].id: float(more[row]) for row in np.flatnonzero(more > 1.0).tolist()}
