# SPDX-License-Identifier: MIT
"""Why a rep fits a territory, in words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.models.rep_match import MatchPart
from app.services.rep_match.facts import FloatArray, MatchFacts, plain_word
from app.services.rep_match.scores import Scores
from app.ui.formats import count, hours, in_distance_unit, number, percent

PART_WORDS = {
    MatchPart.DISTANCE: "Near the accounts",
    MatchPart.FAMILIARITY: "Knows the accounts",
    MatchPart.CAPACITY: "Has the hours",
    MatchPart.SKILLS: "Has the skills",
    MatchPart.LANGUAGES: "Speaks the languages",
    MatchPart.PRODUCT_LINES: "Knows the product lines",
    MatchPart.SEGMENTS: "Knows the segments",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of the fit.

    Attributes:
        score: 0 to 1, nan where nothing is known.
        words: "41 km from the centre of the accounts".
    """

    part: MatchPart
    score: float
    words: str


def distance_words(km: float) -> str:
    """A distance in the unit of the user's system."""
    far, unit = in_distance_unit(km)
    return f"{number(far, 0 if far >= 10 else 1)} {unit}"


@dataclass(frozen=True, slots=True)
class MatchWords:
    """Words for pairs of reps and territories.

    Args:
        facts: Reps and territories.
        scores: Their parts.
        distances: R x T in km.
        free_hours: R x T, hours that a rep has for a territory.
    """

    facts: MatchFacts
    scores: Scores
    distances: FloatArray
    free_hours: FloatArray

    def reasons(self, rep: int, territory: int) -> tuple[Reason, ...]:
        """All parts, in the order in which they are listed."""
        told = {
            MatchPart.DISTANCE: self._distance(rep, territory),
            MatchPart.FAMILIARITY: self._familiarity(rep, territory),
            MatchPart.CAPACITY: self._capacity(rep, territory),
            MatchPart.SKILLS: self._asked(
                self.facts.territories[territory].skills,
                self.facts.reps[rep].skills,
                ("has", "lacks", "skills"),
            ),
            MatchPart.LANGUAGES: self._asked(
                self.facts.territories[territory].languages,
                self.facts.reps[rep].languages,
                ("speaks", "does not speak", "languages"),
            ),
            MatchPart.PRODUCT_LINES: self._mix(MatchPart.PRODUCT_LINES, rep, territory),
            MatchPart.SEGMENTS: self._mix(MatchPart.SEGMENTS, rep, territory),
        }
        return tuple(
            Reason(part, float(self.scores[part][rep, territory]), words)
            for part, words in told.items()
        )

    def sentence(self, rep: int, territory: int) -> str:
        """What is known, in one line; what is not known is left out."""
        known = [r.words for r in self.reasons(rep, territory) if not math.isnan(r.score)]
        return "; ".join(known) or "nothing is known that would tell"

    def _distance(self, rep: int, territory: int) -> str:
        km = float(self.distances[rep, territory])
        if not math.isnan(km):
            return f"{distance_words(km)} from the centre of the accounts"
        if self.facts.reps[rep].base is None:
            return "neither home nor office is on the map"
        return "no account of the territory is on the map"

    def _familiarity(self, rep: int, territory: int) -> str:
        accounts = int(self.facts.accounts[territory])
        known = int(self.facts.known_accounts[rep, territory])
        if not accounts:
            return "the territory has no accounts"
        held = " and holds it today" if int(self.facts.holder[territory]) == rep else ""
        noun = "account" if accounts == 1 else "accounts"
        return f"has served {count(known)} of its {count(accounts)} {noun}{held}"

    def _capacity(self, rep: int, territory: int) -> str:
        needed = float(self.facts.needed_hours[territory])
        spare = float(self.free_hours[rep, territory])
        return f"has {hours(max(spare, 0.0))} for its {hours(needed)} of work"

    def _asked(self, wanted: Sequence[str], own: Sequence[str], words: tuple[str, str, str]) -> str:
        has, lacks, what = words
        if not wanted:
            return f"no {what} are asked for"
        if not own:
            return f"no {what} are noted of the rep"
        known = {plain_word(each) for each in own}
        met = [each for each in wanted if plain_word(each) in known]
        missing = [each for each in wanted if plain_word(each) not in known]
        parts = [f"{has} {_listed(met)}"] if met else []
        return ", ".join([*parts, f"{lacks} {_listed(missing)}"] if missing else parts)

    def _mix(self, part: MatchPart, rep: int, territory: int) -> str:
        is_line = part is MatchPart.PRODUCT_LINES
        own = self.facts.reps[rep].product_lines if is_line else self.facts.reps[rep].segments
        score = float(self.scores[part][rep, territory])
        what = "product lines" if is_line else "segments"
        if not own:
            return f"no {what} are noted of the rep"
        if np.isnan(score):
            return f"no {what} are known of the accounts"
        whole = "of what the accounts buy" if is_line else "of the accounts’ worth"
        return f"knows the {what} of {percent(score)} {whole}"


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
