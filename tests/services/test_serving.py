# SPDX-License-Identifier: MIT
"""Who serves an account: the first step that says something, against a look at each account."""

from dataclasses import dataclass

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.services.alignment import IN_DISPUTE, NOBODY
from app.services.families import families_of
from app.services.serving import (
    NO_RULE,
    NO_SAY,
    FamilyRules,
    RuleRows,
    ServedBy,
    overrides,
    served,
)


def objects(texts: list[str]) -> np.ndarray:
    column = np.empty(len(texts), dtype=np.object_)
    column[:] = texts
    return column


def test_a_family_is_led_by_the_account_whose_id_or_name_it_bears() -> None:
    family = objects(["", "P2", "P2", "Firm", "Firm", "Other", "Other"])
    external = objects(["P1", "P9", "P2", "F1", "F2", "O1", "O2"])
    name = objects(["Alone", "P2", "Parent", "Sub", "Firm", "x", "y"])
    found = families_of(family, external, name)
    assert found.names == ("P2", "Firm", "Other")
    assert found.of_account.tolist() == [-1, 0, 0, 1, 1, 2, 2]
    assert found.head.tolist() == [2, 4, 5]
    assert found.members(found.number_of("Firm")).tolist() == [3, 4]
    assert found.number_of("Nobody") == -1


@dataclass(frozen=True)
class Said:
    """What is said about one account, step by step; None where a step says nothing."""

    named: int | None
    family: str
    rule_rows: tuple[int, ...]
    drawn: frozenset[int]
    area: int


TERRITORY = st.integers(0, 3)
CODE = st.one_of(TERRITORY, st.just(IN_DISPUTE))
ACCOUNT = st.builds(
    Said,
    named=st.one_of(st.none(), st.none(), CODE),
    family=st.sampled_from(["", "", "id1", "n2", "z"]),
    rule_rows=st.sets(st.integers(0, 4), max_size=3).map(lambda rows: tuple(sorted(rows))),
    drawn=st.frozensets(TERRITORY, max_size=2),
    area=st.one_of(CODE, st.just(NOBODY)),
)


def one_served(
    row: int,
    accounts: list[Said],
    rules: list[int],
    assigned: dict[str, int],
    keeps: bool,
    *,
    is_own: bool = False,
) -> tuple[int, ServedBy, int]:
    """Territory code, step and rule of one account, by reading the order of steps aloud."""
    said = accounts[row]
    if said.named is not None:
        return said.named, ServedBy.NAMED, NO_RULE
    if said.family and not is_own:
        if said.family in assigned:
            return assigned[said.family], ServedBy.FAMILY, NO_RULE
        head = head_of(said.family, accounts)
        if keeps and head != row:
            code, _, _ = one_served(head, accounts, rules, assigned, keeps, is_own=True)
            if code != NOBODY:
                return code, ServedBy.FAMILY, NO_RULE
    return without_family(said, rules)


def without_family(said: Said, rules: list[int]) -> tuple[int, ServedBy, int]:
    """The same of an account that neither its name nor its family decides about."""
    if said.rule_rows:
        first = said.rule_rows[0]
        return rules[first], ServedBy.RULE, first
    if said.drawn:
        code = next(iter(said.drawn)) if len(said.drawn) == 1 else IN_DISPUTE
        return code, ServedBy.DRAWN, NO_RULE
    if said.area != NOBODY:
        return said.area, ServedBy.AREA, NO_RULE
    return NOBODY, ServedBy.NOTHING, NO_RULE


def head_of(family: str, accounts: list[Said]) -> int:
    """Account i has the id "id<i>" and the name "n<i>"."""
    members = [row for row, said in enumerate(accounts) if said.family == family]
    for spelled in ("id", "n"):
        for row in members:
            if f"{spelled}{row}" == family:
                return row
    return members[0]


@settings(max_examples=400, deadline=None)
@given(
    accounts=st.lists(ACCOUNT, min_size=1, max_size=8),
    rules=st.lists(TERRITORY, min_size=5, max_size=5),
    assigned=st.dictionaries(st.sampled_from(["id1", "n2", "z", "gone"]), CODE, max_size=2),
    keeps=st.booleans(),
)
def test_every_account_is_served_by_the_first_step_that_says_something(
    accounts: list[Said], rules: list[int], assigned: dict[str, int], keeps: bool
) -> None:
    count = len(accounts)
    families = families_of(
        objects([said.family for said in accounts]),
        objects([f"id{row}" for row in range(count)]),
        objects([f"n{row}" for row in range(count)]),
    )
    named = [(row, said.named) for row, said in enumerate(accounts) if said.named is not None]
    first_rule = [said.rule_rows[0] if said.rule_rows else NO_RULE for said in accounts]
    drawn = {
        territory: np.array([r for r, s in enumerate(accounts) if territory in s.drawn], np.int64)
        for territory in {t for said in accounts for t in said.drawn}
    }
    codes = [assigned.get(name, NO_SAY) for name in families.names]
    said = overrides(
        count,
        (
            np.array([row for row, _ in named], np.int64),
            np.array([code for _, code in named], np.int32),
        ),
        FamilyRules(families, np.array(codes, np.int32), keeps),
        RuleRows(np.array(first_rule, np.int32), np.array(rules, np.int32)),
        drawn,
    )
    found = served(said, np.array([each.area for each in accounts], np.int32))
    expected = [one_served(row, accounts, rules, assigned, keeps) for row in range(count)]
    assert found.territory.tolist() == [code for code, _, _ in expected]
    assert found.step.tolist() == [int(step) for _, step, _ in expected]
    assert found.rule_row.tolist() == [rule for _, _, rule in expected]
