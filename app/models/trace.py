# SPDX-License-Identifier: MIT
"""Why an account is where it is: what each step says, which decides, and what would change it."""

import enum
from dataclasses import dataclass

from app.models.ids import SalesForceId, TerritoryId


class ServedBy(enum.IntEnum):
    """The step that decides who serves an account, the strongest first."""

    NAMED = 0
    FAMILY = 1
    RULE = 2
    DRAWN = 3
    AREA = 4
    NOTHING = 5


@dataclass(frozen=True, slots=True)
class TraceStep:
    """What one step says about an account.

    Attributes:
        territory_ids: Whom it names; empty where it says nothing, or that nobody serves it.
        text: The same in a sentence.
        is_deciding: No step before it says anything.
        at_utc, author: When and by whom what it says was last set, empty where that is not known.
    """

    step: ServedBy
    territory_ids: tuple[TerritoryId, ...]
    text: str
    is_deciding: bool = False
    at_utc: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """Why an account is where it is in one sales force.

    Attributes:
        steps: The steps in their order.
        territory_ids: One territory, several (an overlap) or none (a gap).
        remedy: What would move it, in a sentence.
        is_locked: The account is locked.
    """

    sales_force_id: SalesForceId
    sales_force_name: str
    steps: tuple[TraceStep, ...]
    territory_ids: tuple[TerritoryId, ...]
    remedy: str
    is_locked: bool = False

    @property
    def deciding(self) -> TraceStep | None:
        """The step that decides; None where none says anything."""
        return next((step for step in self.steps if step.is_deciding), None)
