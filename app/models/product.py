# SPDX-License-Identifier: MIT
"""Products and goals, as imported."""

from dataclasses import dataclass

from app.models.ids import RepId, TerritoryId


@dataclass(frozen=True, slots=True)
class Product:
    """What is sold.

    Attributes:
        external_id: The id in the user's own system, may be empty.
        line: Product line or category.
        unit_price: In the plan's currency, or None.
    """

    id: int
    external_id: str = ""
    name: str = ""
    line: str = ""
    unit_price: float | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """What a rep, a territory or, without either, the company is to reach in a period.

    Attributes:
        name: What is counted.
        first_day, last_day: Days since 1970-01-01, both part of the period.
        amount: In the plan's currency or the unit of what is counted.
    """

    id: int
    rep_id: RepId | None
    territory_id: TerritoryId | None
    name: str
    first_day: int
    last_day: int
    amount: float
