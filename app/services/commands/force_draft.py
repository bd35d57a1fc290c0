# SPDX-License-Identifier: MIT
"""What a builder proposes for a sales force: territories with areas, and rules."""

from dataclasses import dataclass, field

from app.models.ids import SalesForceId
from app.models.rule import Condition
from app.models.sales_force import ForceModel
from app.services.commands.build import DraftTerritory


@dataclass(frozen=True, slots=True)
class DraftRule:
    """A rule that a builder proposes.

    Attributes:
        name: As shown.
        territory: Which of the drafts serves what it matches, by position.
    """

    name: str
    condition: Condition
    territory: int


@dataclass(frozen=True, slots=True)
class ForceDraft:
    """Territories and rules that a builder proposes; the first rule that matches decides."""

    territories: tuple[DraftTerritory, ...] = ()
    rules: tuple[DraftRule, ...] = ()

    def with_base(self, base: "ForceDraft") -> "ForceDraft":
        """These rules before those of another draft, its territories after these."""
        shift = len(self.territories)
        behind = tuple(
            DraftRule(rule.name, rule.condition, rule.territory + shift) for rule in base.rules
        )
        return ForceDraft(self.territories + base.territories, self.rules + behind)


@dataclass(frozen=True, slots=True)
class ForceTarget:
    """The sales force that is built.

    Attributes:
        model: What divides its work afterwards.
        force: An existing one, or None for a new one.
        name: What a new one is called.
        keeps_present: The territories that it has stay and serve what no new rule takes;
            otherwise their areas and rules go.
    """

    model: ForceModel
    force: SalesForceId | None = None
    name: str = ""
    keeps_present: bool = False


@dataclass(frozen=True, slots=True)
class ForceBuild:
    """One sales force to be built from a draft."""

    target: ForceTarget
    draft: ForceDraft = field(default_factory=ForceDraft)
