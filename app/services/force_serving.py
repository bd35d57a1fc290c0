# SPDX-License-Identifier: MIT
"""Who serves the accounts of one sales force: what is said about them, kept until it changes."""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.models.ids import AccountId, TerritoryId
from app.models.rule import Rule
from app.services.account_table import AccountTable
from app.services.alignment import IN_DISPUTE, UnitClaims
from app.services.drawn_serving import DrawnServing
from app.services.families import Families, families_of
from app.services.rules.columns import RuleFacts
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
Named = Mapping[AccountId, frozenset[TerritoryId]]


class ForceServing:
    """Joins names, families, rules, drawn areas and areas of one sales force.

    What is said beside areas is joined again only when it changed (`forget_said`); an edit of
    areas looks up areas alone.

    Args:
        facts: What rules may ask about the accounts; other facts whenever these change.

    Attributes:
        drawn: The drawn areas.
        rules: In the order in which they are tried.
        family_claims: Territories by family, for families that were assigned as a whole.
        keeps_families: Accounts of other families follow their head.
    """

    def __init__(self, facts: Callable[[], RuleFacts]) -> None:
        self._facts = facts
        self.drawn = DrawnServing()
        self.rules: tuple[Rule, ...] = ()
        self.family_claims: Mapping[str, frozenset[TerritoryId]] = {}
        self.keeps_families = False
        self._position: Mapping[TerritoryId, int] = {}
        self._matches: tuple[tuple[Rule, ...], RuleFacts, RuleMatches] | None = None
        self._families: tuple[AccountTable, Families] | None = None
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
        made._facts = lambda: facts  # noqa: SLF001  of its own class
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
        facts = self._facts()
        known = self._matches
        if known is None or known[0] is not self.rules or known[1] is not facts:
            # A rule for a territory of another sales force decides nothing.
            rules = [
                replace(rule, is_enabled=rule.is_enabled and rule.territory_id in self._position)
                for rule in self.rules
            ]
            known = self._matches = self.rules, facts, match_rules(rules, facts)
        return known[2]

    def families(self, accounts: AccountTable) -> Families:
        """The families of the plan."""
        if self._families is None or self._families[0] is not accounts:
            texts = (accounts.text(column) for column in ("family", "external_id", "name"))
            self._families = accounts, families_of(*texts)
        return self._families[1]

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
            matches = self.matches()
            said = overrides(
                len(accounts),
                self._named(accounts, named),
                self._family_rules(accounts),
                matches and RuleRows(matches.first, self._rule_territories()),
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
