# SPDX-License-Identifier: MIT
"""Reps for kinds of customers or product lines, by what they say they know."""

from collections.abc import Callable, Sequence

from app.models.ids import RepId
from app.models.rep import Rep
from app.services.rules.columns import plain

Knows = Callable[[Rep], Sequence[str]]
"""What a rep says that they know: product lines, or segments."""


def reps_by_expertise(
    wanted: Sequence[str], reps: Sequence[Rep], knows: Knows
) -> list[RepId | None]:
    """A rep for as many of the words as possible, no rep twice; None where nobody is left.

    Earlier words are served first, and a word once served stays served. Of several reps who know
    one, it gets the one who knows the fewest others, then the most experienced, then the first by
    name.

    Args:
        wanted: Product lines or segments, the most important first.
        reps: Who is there.
        knows: What a rep knows, in words; case and accents do not matter.

    Source: ours; augmenting paths, which find the largest possible number of pairs.
    """
    known = {rep.id: {plain(word) for word in knows(rep)} for rep in reps}
    names = [plain(word) for word in wanted]
    candidates = [
        sorted(
            (rep for rep in reps if name in known[rep.id]),
            key=lambda rep: (
                len(known[rep.id].intersection(names)),
                -(rep.experience_years or 0.0),
                rep.name,
                rep.id,
            ),
        )
        for name in names
    ]
    place_by_rep: dict[RepId, int] = {}
    for place in range(len(names)):
        _find_rep(place, candidates, place_by_rep, set())
    rep_by_place = {place: rep for rep, place in place_by_rep.items()}
    return [rep_by_place.get(place) for place in range(len(names))]


def _find_rep(
    place: int,
    candidates: Sequence[Sequence[Rep]],
    place_by_rep: dict[RepId, int],
    tried: set[RepId],
) -> bool:
    for rep in candidates[place]:
        if rep.id in tried:
            continue
        tried.add(rep.id)
        held = place_by_rep.get(rep.id)
        if held is None or _find_rep(held, candidates, place_by_rep, tried):
            place_by_rep[rep.id] = place
            return True
    return False
