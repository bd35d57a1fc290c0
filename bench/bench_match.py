# SPDX-License-Identifier: MIT
"""Matching reps and territories: all fits, and the best staffing of all territories."""

import numpy as np
from common import Bench

from app.models.ids import RepId, TerritoryId
from app.models.rep import Rep
from app.models.rep_match import MatchWeights
from app.models.territory import Territory
from app.services.rep_match.best_for_all import Staffing, StaffingProblem, best_for_all
from app.services.rep_match.comparing import compared
from app.services.rep_match.facts import NOBODY, MatchFacts, Mix
from app.services.rep_match.scores import fit, part_scores

_WORDS = ("dental", "vision", "imaging", "surgery", "labs", "retail", "public", "export")


def made_facts(reps: int, territories: int, load: float) -> MatchFacts:
    """Made-up reps and territories of the United States; the same every time."""
    rng = np.random.default_rng(7)
    hours = rng.uniform(800, 1700, reps)
    needed = rng.uniform(0.4, 1.6, territories)
    needed *= hours.sum() * load / needed.sum()
    accounts = rng.integers(50, 400, territories)
    mix = Mix(_WORDS, rng.random((territories, len(_WORDS))))

    def words(count: int) -> tuple[str, ...]:
        return tuple(rng.choice(_WORDS, count, replace=False).tolist())

    return MatchFacts(
        reps=tuple(
            Rep(
                *(RepId(n + 1), f"Rep {n + 1}"),
                lon=float(rng.uniform(-120, -75)),
                lat=float(rng.uniform(28, 47)),
                skills=words(3),
                product_lines=words(4),
                segments=words(4),
            )
            for n in range(reps)
        ),
        territories=tuple(
            Territory(TerritoryId(n + 1), f"Territory {n + 1}", skills=words(2))
            for n in range(territories)
        ),
        holder=rng.integers(-1, reps, territories).astype(np.int32),
        lon=rng.uniform(-120, -75, territories),
        lat=rng.uniform(28, 47, territories),
        accounts=accounts,
        known_accounts=rng.integers(0, 50, (reps, territories)),
        segments=mix,
        product_lines=mix,
        needed_hours=needed,
        available_hours=hours,
        is_workload=True,
        could_start_new=np.ones(reps, np.bool_),
    )


def match(facts: MatchFacts) -> Staffing:
    """All fits and the best staffing, compared with today's."""
    scores = part_scores(facts, with_present_work=False)
    weights = MatchWeights()
    fits = fit(scores, weights)
    problem = StaffingProblem(
        *(fits, facts.needed_hours, facts.available_hours, facts.holder, facts.could_start_new)
    )
    found = best_for_all(problem)
    compared(facts, found, fits, scores, weights)
    return found


def main() -> None:
    """Measure both ways."""
    bench = Bench("match")
    even = made_facts(500, 500, 0.9)
    bench.measure("reps_500_territories_500_s", lambda: match(even), limit=2.0)
    several = made_facts(250, 500, 0.9)
    bench.measure("reps_250_territories_500_s", lambda: match(several), repeat=3, limit=2.0)
    found = match(several)
    vacant = int((found.rep == NOBODY).sum())
    gap = 100 * (found.bound - found.total_fit) / found.total_fit
    bench.record("gap_percent", gap, note=f"proven; {vacant} vacant")
    bench.finish()


if __name__ == "__main__":
    main()
