# SPDX-License-Identifier: MIT
"""Reps by what they know, against every possible way to give them out."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from app.models.ids import RepId
from app.models.rep import Rep
from app.services.builders.expertise import reps_by_expertise


def _rep(id_: int, *lines: str, years: float | None = None) -> Rep:
    return Rep(RepId(id_), f"Rep {id_}", product_lines=lines, experience_years=years)


def _found(wanted: list[str], *reps: Rep) -> list[int | None]:
    return [each and int(each) for each in reps_by_expertise(wanted, reps, _lines)]


def _lines(rep: Rep) -> tuple[str, ...]:
    return rep.product_lines


def test_the_one_who_knows_nothing_else_gets_the_line() -> None:
    assert _found(["Bikes"], _rep(1, "Bikes", "Clothing"), _rep(2, "bikes")) == [1]
    both = _found(["Bikes", "Clothing"], _rep(1, "Bikes", "Clothing"), _rep(2, "BIKES"))
    assert both == [2, 1]


def test_the_more_experienced_of_equals_gets_it() -> None:
    assert _found(["Bikes"], _rep(1, "Bikes", years=2.0), _rep(2, "Bikes", years=9.0)) == [2]


def test_nobody_holds_two_and_a_line_without_an_expert_stays_vacant() -> None:
    assert _found(["Bikes", "Clothing", "Oil"], _rep(1, "Bikes", "Clothing")) == [1, None, None]


@given(
    st.lists(st.sets(st.integers(0, 4)), min_size=1, max_size=4),
    st.integers(1, 5),
)
def test_as_many_lines_as_possible_get_a_rep(known: list[set[int]], lines: int) -> None:
    reps = [_rep(i + 1, *(f"L{n}" for n in sorted(own))) for i, own in enumerate(known)]
    wanted = [f"L{n}" for n in range(lines)]
    found = reps_by_expertise(wanted, reps, _lines)
    given_out = [each for each in found if each is not None]
    assert len(set(given_out)) == len(given_out)
    for line, rep in zip(wanted, found, strict=True):
        assert rep is None or line in _lines(reps[int(rep) - 1])
    ways = permutations([*reps, *([None] * lines)], lines)
    best = max(
        sum(1 for line, rep in zip(wanted, way, strict=True) if rep and line in _lines(rep))
        for way in ways
    )
    assert len(given_out) == best
