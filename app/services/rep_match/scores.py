# SPDX-License-Identifier: MIT
"""How well each rep fits each territory, part by part and as a whole."""

from collections.abc import Mapping, Sequence

import numpy as np

from app.models.rep_match import MatchPart, MatchWeights
from app.services.distance import distance_km
from app.services.rep_match.facts import FloatArray, MatchFacts, Mix, listed, plain_word

NEUTRAL = 0.5
"""What counts where nothing is known: neither for nor against the rep (ours)."""

Scores = Mapping[MatchPart, FloatArray]
"""R x T per part: 0 does not fit, 1 fits fully, nan where nothing is known."""


def part_scores(facts: MatchFacts, *, with_present_work: bool = True) -> Scores:
    """The scores of all parts.

    Args:
        facts: Reps and territories.
        with_present_work: Whether what a rep holds today takes of the hours for another territory;
            not where all territories are staffed anew.
    """
    reps, wanted = facts.reps, facts.territories
    return {
        MatchPart.DISTANCE: _nearness(facts),
        MatchPart.FAMILIARITY: _familiarity(facts),
        MatchPart.CAPACITY: _capacity(facts, with_present_work=with_present_work),
        MatchPart.SKILLS: _met([t.skills for t in wanted], [rep.skills for rep in reps]),
        MatchPart.LANGUAGES: _met([t.languages for t in wanted], [rep.languages for rep in reps]),
        MatchPart.PRODUCT_LINES: _covered(facts.product_lines, [rep.product_lines for rep in reps]),
        MatchPart.SEGMENTS: _covered(facts.segments, [rep.segments for rep in reps]),
    }


def fit(scores: Scores, weights: MatchWeights) -> FloatArray:
    """The weighted mean of the parts, 0 to 1; parts of which nothing is known count `NEUTRAL`.

    Source: ours. ``sum(w * s) / sum(w)``; with no weight at all, every rep fits alike.

    Returns:
        R x T.
    """
    shape = next(iter(scores.values())).shape
    total, weight = np.zeros(shape), 0.0
    for part, score in scores.items():
        own = weights.of(part)
        weight += own
        total += own * np.nan_to_num(score, nan=NEUTRAL)
    return total / weight if weight > 0 else np.full(shape, NEUTRAL)


def distances_km(facts: MatchFacts) -> FloatArray:
    """R x T: from where a rep's days begin to the centre of a territory; nan where unknown."""
    bases = [rep.base or (np.nan, np.nan) for rep in facts.reps]
    lon, lat = np.array(bases, dtype=np.float64).reshape(-1, 2).T
    return distance_km(lon[:, None], lat[:, None], facts.lon[None, :], facts.lat[None, :])


def usual_distance_km(distances: FloatArray) -> float:
    """How far a territory usually is from the second nearest rep; nan where nothing is known.

    At this distance nearness is one half. It comes from the plan, so that 40 km are far in a city
    and near on the plains. Source: ours.
    """
    known = np.sort(np.where(np.isnan(distances), np.inf, distances), axis=0)
    second = known[min(1, len(known) - 1)] if len(known) else np.empty(0)
    second = second[np.isfinite(second)]
    return max(1.0, float(np.median(second))) if len(second) else float("nan")


def _nearness(facts: MatchFacts) -> FloatArray:
    """1 at the centre, one half at the usual distance: ``1 / (1 + d / d_usual)``."""
    distances = distances_km(facts)
    return 1.0 / (1.0 + distances / usual_distance_km(distances))


def _familiarity(facts: MatchFacts) -> FloatArray:
    """Share of a territory's accounts that the rep has served; unknown where it has none."""
    with np.errstate(invalid="ignore"):
        return facts.known_accounts / np.where(facts.accounts > 0, facts.accounts, np.nan)


def _capacity(facts: MatchFacts, *, with_present_work: bool) -> FloatArray:
    """Share of the territory's work for which the rep has hours."""
    reps, territories = facts.shape
    hours = (
        facts.spare_hours()
        if with_present_work
        else np.repeat(facts.available_hours[:, None], territories, axis=1)
    )
    needed = facts.needed_hours
    share = np.clip(hours, 0.0, None) / np.where(needed > 0, needed, 1.0)
    return np.where(needed > 0, np.clip(share, 0.0, 1.0), 1.0).reshape(reps, territories)


def _met(wanted: Sequence[Sequence[str]], own: Sequence[Sequence[str]]) -> FloatArray:
    """Share of what a territory asks for that a rep brings.

    Unknown where it asks for nothing, or where nothing is noted of the rep.
    """
    names = sorted({plain_word(word) for each in wanted for word in each})
    asked = listed(wanted, names).astype(np.float64)
    met = listed(own, names).astype(np.float64) @ asked.T
    total = asked.sum(axis=1)
    share = met / np.where(total > 0, total, np.nan)
    share[[not each for each in own]] = np.nan
    return share


def _covered(mix: Mix, own: Sequence[Sequence[str]]) -> FloatArray:
    """Share of a territory's worth in the segments or product lines that a rep knows.

    Unknown where nothing is known of the territory's accounts, or nothing is noted of the rep.
    """
    known = listed(own, mix.names).astype(np.float64) @ mix.value.T
    total = mix.value.sum(axis=1)
    share = known / np.where(total > 0, total, np.nan)
    share[[not each for each in own]] = np.nan
    return share
