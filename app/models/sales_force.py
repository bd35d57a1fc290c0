# SPDX-License-Identifier: MIT
"""Sales forces: sets of territories that are meant not to overlap."""

import enum
from dataclasses import dataclass

from app.models.ids import SalesForceId, ScenarioId

FIRST_SALES_FORCE = SalesForceId(1)
"""Exists in every plan."""


class ForceModel(enum.Enum):
    """What divides the work of a sales force."""

    GEOGRAPHIC = "geographic"
    CUSTOMER = "customer"
    PRODUCT = "product"
    HYBRID = "hybrid"


@dataclass(frozen=True, slots=True)
class ForceKey:
    """A sales force in a scenario: territories that must not overlap belong to one of these."""

    scenario_id: ScenarioId = ScenarioId(1)
    sales_force_id: SalesForceId = FIRST_SALES_FORCE


@dataclass(frozen=True, slots=True)
class SalesForce:
    """Territories of one product line or channel; across sales forces, overlap is coverage.

    Attributes:
        model: What divides its work.
        keeps_families: Accounts of a family follow the head of the family.
        level_words: Words for the levels of its territories from the top, for example ("Region",
            "District", "Territory"); empty for the usual ones.
        notes: The user's own words.
    """

    id: SalesForceId
    name: str
    model: ForceModel = ForceModel.GEOGRAPHIC
    position: int = 0
    keeps_families: bool = False
    level_words: tuple[str, ...] = ()
    notes: str = ""
