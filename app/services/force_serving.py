# SPDX-License-Identifier: MIT
"""Who serves the accounts of one sales force: what is said about them, kept until it changes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.models.ids import AccountId, TerritoryId
from app.models.rule import NumberTest, Rule, tests_of
from app.services.account_table import AccountTable
from app.services.alignment import IN_DISPUTE, UnitClaims
from app.services.drawn_serving import DrawnServing
from app.services.families import Families, families_of
from app.services.rules.columns import RuleFacts
from app.services.rules.fields import MEASURE
from app.services.rules.matching import RuleMatches, match_rules
from app.services.serving import (
    NO_SAY,
    FamilyRules,
    Overrides,
    RuleRows,
    Served,
    joined_claims,
    overrides,
    served,
)

IntArray = npt.NDArray[np.int32]
LongArray = npt.NDArray[np.int64]
TextArray = npt.NDArray[np.object_]
Named = Mapping[AccountId, frozenset[TerritoryId]]


_FAMILY_COLUMNS = ("family", "external_id", "name")
_FEW = 5_000
"""About more accounts than that, rules are asked for all of them."""


class FactParts(Protocol):
    """What rules may ask about some accounts."""

    @property
    def epoch(self) -> int:
        """Another number whenever answers may be others for accounts that were not edited."""
        ...

    def of_rows(self, rows: LongArray) -> RuleFacts:
        """The facts of the accounts at some rows, in ascending order."""
        ...


@dataclass(frozen=True, eq=False)
class _FirstRules:
    """Which rule decides about which account, and what that was worked out from."""

    rules: tuple[Rule, ...]
    facts: RuleFacts
    epoch: int
    first: IntArray


class ForceServing:
    """Joins names, families, rules, drawn areas and areas of one sales force.

    What is said beside areas is joined again only when it changed (`forget_said`); an edit of
    areas looks up areas alone.

    Args:
        facts: What rules may ask about the accounts; other facts whenever these change.
        parts: The same about some accounts; None to ask about all of them always.

    Attributes:
        drawn: The drawn areas.
        rules: In the order in which they are tried.
        family_claims: Territories by family, for families that were assigned as a whole.
        keeps_families: Accounts of other families follow their head.
    """

    def __init__(self, facts: Callable[[], RuleFacts], parts: FactParts | None = None) -> None:
        self._facts = facts
        self._parts = parts
        self._edited: frozenset[AccountId] = frozenset()
        self._first: _FirstRules | None = None
        self.drawn = DrawnServing()
        self.rules: tuple[Rule, ...] = ()
        self.family_claims: Mapping[str, frozenset[TerritoryId]] = {}
        self.keeps_families = False
        self._position: Mapping[TerritoryId, int] = {}
        self._matches: tuple[tuple[Rule, ...], RuleFacts, RuleMatches] | None = None
        self._families: tuple[tuple[TextArray, ...], Families] | None = None
        self._finest: tuple[Mapping[GeoLevel, IntArray], IntArray] | None = None
        self._said: tuple[AccountTable, RuleFacts | None, Overrides] | None = None

    def take_positions(self, position_by_territory: Mapping[TerritoryId, int]) -> None:
        """Count territories so from now on."""
        self._position = position_by_territory
        self.forget_said()

    def take_rules(self, rules: Sequence[Rule]) -> None:
        """Serve by these rules from now on."""
        self.rules = tuple(rules)
        self.forget_said()

    def on_trial(self, rules: Sequence[Rule], facts: RuleFacts) -> "ForceServing":
        """The same sales force with other rules, asking these facts alone; for any thread."""
        made = copy(self)
        made._facts, made._parts = lambda: facts, None  # noqa: SLF001  of its own class
        made.take_rules(rules)
        return made

    def forget_said(self) -> None:
        """Join names, families, rules and drawn areas again when they are next asked for."""
        self._said = None

    def holders(self) -> frozenset[TerritoryId]:
        """The territories to which a rule, a family or a drawn area gives accounts."""
        by_rule = frozenset(rule.territory_id for rule in self.rules if rule.is_enabled)
        by_family = frozenset[TerritoryId]().union(*self.family_claims.values())
        return by_rule | by_family | self.drawn.holders()

    def matches(self) -> RuleMatches | None:
        """What the rules match and decide; None without rules."""
        if not self.rules:
            return None
        return self.matches_of(self._facts())

    def matches_of(self, facts: RuleFacts) -> RuleMatches:
        """What the rules match and decide, where these are the facts."""
        known = self._matches
        if known is None or known[0] is not self.rules or known[1] is not facts:
            matches = match_rules(self._usable_rules(), facts)
            known = self._matches = self.rules, facts, matches
        return known[2]

    def _usable_rules(self) -> list[Rule]:
        """The rules; one for a territory of another sales force decides nothing."""
        return [
            replace(rule, is_enabled=rule.is_enabled and rule.territory_id in self._position)
            for rule in self.rules
        ]

    def note_edited(self, accounts: Iterable[AccountId]) -> None:
        """Ask rules about these accounts again; their rows were edited, and no others."""
        self._edited |= frozenset(accounts)

    def first_rules(self, accounts: AccountTable) -> IntArray | None:
        """Per account the row of the rule that decides, `NO_RULE` for none; None without rules.

        Where only a few accounts were edited, rules are asked about these alone.
        """
        if not self.rules:
            return None
        facts, known = self._facts(), self._first
        epoch = self._parts.epoch if self._parts is not None else 0
        if known is None or known.rules is not self.rules or known.facts is not facts:
            rows = accounts.rows_of(sorted(self._edited))
            first = self._first_with(rows) if self._may_ask_part(epoch, len(rows)) else None
            if first is None:
                first = self.matches_of(facts).first
            known = self._first = _FirstRules(self.rules, facts, epoch, first)
        self._edited = frozenset()
        return known.first

    def _may_ask_part(self, epoch: int, count: int) -> bool:
        known = self._first
        return (
            known is not None
            and known.rules is self.rules
            and known.epoch == epoch
            and 0 < count <= _FEW
            and not any(_asks_computed(rule) for rule in self.rules)
        )

    def _first_with(self, rows: LongArray) -> IntArray | None:
        """What was known, with the rules asked again about some accounts."""
        if self._first is None or self._parts is None:
            return None
        first = self._first.first.copy()
        first[rows] = match_rules(self._usable_rules(), self._parts.of_rows(rows)).first
        return first

    def families(self, accounts: AccountTable) -> Families:
        """The families of the plan."""
        family, external_id, name = texts = tuple(map(accounts.text, _FAMILY_COLUMNS))
        known = self._families
        if known is None or not all(map(_are_same, known[0], texts)):
            known = texts, families_of(family, external_id, name)
        self._families = texts, known[1]
        return known[1]

    def served(self, accounts: AccountTable, named: Named, claims: UnitClaims) -> Served:
        """Who serves every account.

        Args:
            accounts: All accounts.
            named: Named assignments.
            claims: Who holds every geounit, as it is or would be.
        """
        by_area = joined_claims([claims.resolved[level] for level in LEVELS_COARSE_TO_FINE])
        return served(self.said(accounts, named), by_area[self._finest_units(accounts, claims)])

    def said(self, accounts: AccountTable, named: Named) -> Overrides:
        """Everything that decides beside areas."""
        facts = self._facts() if self.rules else None
        if self._said is None or self._said[0] is not accounts or self._said[1] is not facts:
            first = self.first_rules(accounts)
            said = overrides(
                len(accounts),
                self._named(accounts, named),
                self._family_rules(accounts),
                None if first is None else RuleRows(first, self._rule_territories()),
                {
                    self._position[territory]: rows
                    for territory, rows in self.drawn.claims(accounts).items()
                },
            )
            self._said = accounts, facts, said
        return self._said[2]

    def _named(self, accounts: AccountTable, named: Named) -> tuple[LongArray, IntArray]:
        """Rows and territory codes of the accounts with an assignment of their own."""
        ids = np.fromiter(named, dtype=np.int64, count=len(named))
        codes = np.fromiter(map(self.code, named.values()), dtype=np.int32, count=len(named))
        rows = np.searchsorted(accounts.ids, ids)
        known = np.append(accounts.ids, -1)[rows] == ids
        return rows[known], codes[known]

    def code(self, territories: frozenset[TerritoryId]) -> int:
        """The territory code of an assignment to one territory or to several."""
        if len(territories) > 1:
            return IN_DISPUTE
        return self._position[next(iter(territories))]

    def _family_rules(self, accounts: AccountTable) -> FamilyRules | None:
        if not self.keeps_families and not self.family_claims:
            return None
        families = self.families(accounts)
        codes = {name: self.code(claim) for name, claim in self.family_claims.items()}
        assigned = np.array([codes.get(name, NO_SAY) for name in families.names], dtype=np.int32)
        return FamilyRules(families, assigned, self.keeps_families)

    def _rule_territories(self) -> IntArray:
        # A rule for another sales force is never the first that matches, see `matches`.
        positions = [self._position.get(rule.territory_id, IN_DISPUTE) for rule in self.rules]
        return np.array(positions, dtype=np.int32)

    def _finest_units(self, accounts: AccountTable, claims: UnitClaims) -> IntArray:
        """Per account its finest known unit, as `joined_claims` counts units; -1 for none."""
        if self._finest is None or self._finest[0] is not accounts.unit_index:
            finest = np.full(len(accounts), -1, dtype=np.int32)
            first = 0
            for level in LEVELS_COARSE_TO_FINE:
                index = accounts.unit_index[level]
                np.copyto(finest, index + np.int32(first), where=index >= 0)
                first += len(claims.resolved[level])
            self._finest = accounts.unit_index, finest
        return self._finest[1]


def _asks_computed(rule: Rule) -> bool:
    """Whether a rule asks for a measure that depends on other accounts as well."""
    return any(
        isinstance(test, NumberTest) and test.field.startswith(f"{MEASURE}-")
        for test in tests_of(rule.condition)
    )


def _are_same(one: TextArray, other: TextArray) -> bool:
    return one is other or np.array_equal(one, other)
