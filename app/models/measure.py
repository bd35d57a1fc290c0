# SPDX-License-Identifier: MIT
"""Measures: summable numbers on accounts or geounits."""

from dataclasses import dataclass
from enum import Enum

from app.models.geounit import GeoLevel
from app.models.ids import MeasureId


class MeasureKind(Enum):
    """What the number is, which decides how it is written."""

    MONEY = "money"
    COUNT = "count"
    HOURS = "hours"
    NUMBER = "number"


ACCOUNT_COUNT = MeasureId(0)
"""The measure that every plan has: one per account."""

VISIT_HOURS = MeasureId(-1)
"""Computed: hours per year of visits with their preparation; see `services.workload`."""

INDEX = MeasureId(-2)
"""Computed: the weighted index of measures; see `services.workload.index`."""

WHITESPACE = MeasureId(-3)
"""Computed: potential per year that is not sold; see `services.coverage`."""

SALES_OF_A_YEAR = MeasureId(-4)
"""No measure of a plan: stands for the sales of the last twelve months where revenue is asked."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of the plan.

    Attributes:
        name: As shown, for example "Annual sales".
        source: Header of the column that it was imported from; empty for the account count.
        level: The level of its geounits where it is market data, None where it is on accounts.
    """

    id: MeasureId
    name: str
    kind: MeasureKind = MeasureKind.NUMBER
    source: str = ""
    level: GeoLevel | None = None

    @property
    def is_computed(self) -> bool:
        """Whether it follows from other facts of the plan, so that nothing can be written to it."""
        return self.id < 0
