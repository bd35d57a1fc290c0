# SPDX-License-Identifier: MIT
"""What each step says about who serves one account of a sales force, and which step decides."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.models.ids import AccountId, GeoUnitId, TerritoryId
from app.models.reports import Ownership
from app.models.rule import Rule
from app.models.trace import ServedBy, TraceStep
from app.services.account_table import AccountTable
from app.services.deciding import account_chain, deciding_level
from app.services.families import NO_FAMILY
from app.services.geography.geography import Geography
from app.services.scenario_state import ScenarioState

RuleWords = Callable[[Rule], str]
"""A rule in words."""


@dataclass(frozen=True)
class AccountSteps:
    """One account of a sales force.

    Attributes:
        state: The sales force.
        accounts: All accounts.
        row: Of the account.
        geography: Supplies names.
    """

    state: ScenarioState
    accounts: AccountTable
    row: int
    geography: Geography

    @property
    def deciding(self) -> ServedBy:
        """The step that decides."""
        return ServedBy(int(self.state.served(self.accounts).step[self.row]))

    @property
    def claimants(self) -> tuple[TerritoryId, ...]:
        """The territories that the deciding step names, by id."""
        return tuple(sorted(self.state.claimants(self.row, self.accounts)))

    def said(self, rule_words: RuleWords) -> tuple[TraceStep, ...]:
        """What every step says, in their order."""
        return (
            self._named(),
            self._family(),
            self._rule(rule_words),
            self._drawn(),
            self._area(),
        )

    def deciding_step(self, rule_words: RuleWords) -> TraceStep:
        """What the deciding step says; of none, what the areas say."""
        makers = {
            ServedBy.NAMED: self._named,
            ServedBy.FAMILY: self._family,
            ServedBy.RULE: lambda: self._rule(rule_words),
            ServedBy.DRAWN: self._drawn,
        }
        return makers.get(self.deciding, self._area)()

    @property
    def unit(self) -> GeoUnitId | None:
        """The area whose assignment or hole decides where nothing else does."""
        chain = account_chain(self.accounts, self.row, self.geography)
        return deciding_level(chain, self.state.alignment)

    @property
    def finest_unit(self) -> GeoUnitId | None:
        """The finest area that is known of the account."""
        chain = account_chain(self.accounts, self.row, self.geography)
        return list(chain.values())[-1] if chain else None

    @property
    def account(self) -> AccountId:
        """Its id."""
        return AccountId(int(self.accounts.ids[self.row]))

    @property
    def family(self) -> str:
        """The name of its family, empty for none."""
        return str(self.accounts.text("family")[self.row])

    @property
    def head_row(self) -> int:
        """Row of the account that leads its family, its own where it has none or leads itself."""
        families = self.state.serving.families(self.accounts)
        number = int(families.of_account[self.row])
        return self.row if number == NO_FAMILY else int(families.head[number])

    def _step(
        self, step: ServedBy, claim: frozenset[TerritoryId] | Sequence[TerritoryId], text: str
    ) -> TraceStep:
        return TraceStep(step, tuple(sorted(claim)), text, is_deciding=step is self.deciding)

    def _named(self) -> TraceStep:
        claim = self.state.alignment.accounts.get(self.account, frozenset())
        text = "Nobody has it by name."
        if claim:
            text = "Assigned by name, whatever its area says."
            if len(claim) > 1:
                text = f"Assigned by name to {self._names(claim)}."
        return self._step(ServedBy.NAMED, claim, text)

    def _family(self) -> TraceStep:
        family, serving = self.family, self.state.serving
        if not family:
            return self._step(ServedBy.FAMILY, (), "It belongs to no family.")
        claim = serving.family_claims.get(family)
        if claim:
            text = f"Its family {family} is assigned to {self._names(claim)} as a whole."
            return self._step(ServedBy.FAMILY, claim, text)
        if not serving.keeps_families:
            text = f"Its family {family} is not assigned, and families are not kept together."
            return self._step(ServedBy.FAMILY, (), text)
        head = self.head_row
        if head == self.row:
            return self._step(ServedBy.FAMILY, (), f"It leads the family {family}.")
        claim = self.state.claimants(head, self.accounts)
        name = str(self.accounts.text("name")[head])
        if not claim:
            text = f"Nobody serves {name}, which leads its family {family}."
            return self._step(ServedBy.FAMILY, (), text)
        text = f"It goes with {name}, which leads its family {family}, to {self._names(claim)}."
        return self._step(ServedBy.FAMILY, claim, text)

    def _rule(self, rule_words: RuleWords) -> TraceStep:
        first = self.state.serving.first_rules(self.accounts)
        row = int(first[self.row]) if first is not None else -1
        if row < 0:
            text = "No rule matches it." if self.state.rules else "There are no rules."
            return self._step(ServedBy.RULE, (), text)
        rule = self.state.rules[row]
        claim = (rule.territory_id,)
        words = rule_words(rule)
        text = f"Rule {row + 1} gives it to {self._names(claim)}{': ' if words else ''}{words}."
        step = self._step(ServedBy.RULE, claim, text)
        return TraceStep(
            step.step,
            step.territory_ids,
            step.text,
            is_deciding=step.is_deciding,
            at_utc=rule.changed_at_utc,
            author=rule.author,
        )

    def _drawn(self) -> TraceStep:
        areas = self.state.drawn.areas_at(self.row, self.accounts)
        if not areas:
            return self._step(ServedBy.DRAWN, (), "It lies in no drawn area.")
        claim = {area.territory_id for area in areas}
        names = " and ".join(area.name for area in areas)
        noun, verb = ("area", "belongs") if len(areas) == 1 else ("areas", "belong")
        text = f"It lies in the drawn {noun} {names}, which {verb} to {self._names(claim)}."
        return self._step(ServedBy.DRAWN, sorted(claim), text)

    def _area(self) -> TraceStep:
        finest, unit = self.finest_unit, self.unit
        alignment = self.state.alignment
        if finest is None:
            text = "It has no place on the map, and nobody has it by name."
            return self._step(ServedBy.AREA, (), text)
        if unit is None:
            text = f"It lies in {self.geography.name(finest)}, which no territory holds."
            return self._step(ServedBy.AREA, (), text)
        name = self.geography.name(unit)
        if unit in alignment.holes:
            text = f"{name} was taken out of the territory around it."
            return self._step(ServedBy.AREA, (), text)
        claim = alignment.units[unit]
        text = f"It lies in {name}, which belongs to {self._names(claim)}."
        return self._step(ServedBy.AREA, claim, text)

    def _names(
        self, territories: frozenset[TerritoryId] | Sequence[TerritoryId] | set[TerritoryId]
    ) -> str:
        names = {each.id: each.name for each in self.state.stored_territories}
        return " and ".join(names[each] for each in sorted(territories))


def _rule_name(rule: Rule) -> str:
    return rule.name


def ownership_of(steps: AccountSteps) -> Ownership:
    """Who serves an account, and what the step that decides says."""
    step = steps.deciding_step(_rule_name)
    return Ownership(steps.claimants, step.text, is_by_name=steps.deciding is ServedBy.NAMED)
