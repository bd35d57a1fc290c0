# SPDX-License-Identifier: MIT
"""The orders of the sample plan: three invented years whose last twelve months are the revenue.

Sales have a season, most customers grow a little, and some are new, shrink or stay away, so that
every view of the analysis has something to show.
"""

import datetime as dt
import random
from collections.abc import Mapping, Sequence

_SEED = 20_260_102
LAST_MONTH = (2026, 10)
_MONTHS = 36
_SEASON = (0.7, 0.7, 0.9, 1.2, 1.5, 1.5, 1.2, 1.0, 0.9, 0.9, 0.8, 0.7)
"""January to December; building and gardening is done in spring."""

_ORDERS_A_YEAR = (2, 3, 4, 6)
_STORIES = (("steady", 72), ("new", 9), ("shrinking", 9), ("lost", 6), ("back", 4))
"""What becomes of a customer, and the weight of each story."""

_YEARS_BY_STORY: Mapping[str, tuple[float, float, float]] = {
    "steady": (0.88, 0.95, 1.0),
    "new": (0.0, 0.0, 1.0),
    "shrinking": (2.1, 1.9, 1.0),
    "lost": (1.0, 0.9, 0.0),
    "back": (0.8, 0.0, 1.0),
}
"""Revenue of the three years against that of the account list, oldest first."""


def order_rows(accounts: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """The orders of all accounts that buy, in the order of their days."""
    chance = random.Random(_SEED)
    rows: list[tuple[dt.date, str, str, float, int]] = []
    for account in accounts:
        revenue = float(str(account["Annual Revenue"]))
        story = chance.choices([s for s, _ in _STORIES], weights=[w for _, w in _STORIES])[0]
        if revenue <= 0:
            continue
        for year, factor in enumerate(_YEARS_BY_STORY[story]):
            amounts = _year(chance, revenue * factor)
            for month, amount in amounts:
                day = _day(chance, year * 12 + month)
                own, line = str(account["Account ID"]), str(account["Industry"])
                rows.append((day, own, f"{line} supplies", amount, chance.randint(1, 40)))
    rows.sort(key=lambda row: (row[0], row[1]))
    return [
        {
            "Order ID": f"SO-{number:05}",
            "Account ID": account,
            "Order Date": day.isoformat(),
            "Product": product,
            "Amount": f"{amount:.2f}",
            "Quantity": quantity,
        }
        for number, (day, account, product, amount, quantity) in enumerate(rows, start=1)
    ]


def _year(chance: random.Random, revenue: float) -> list[tuple[int, float]]:
    """Months from the start of the year, and amounts that sum to the revenue."""
    if revenue <= 0:
        return []
    first = LAST_MONTH[1] % 12
    weights = [_SEASON[(first + month) % 12] for month in range(12)]
    months = chance.choices(range(12), weights=weights, k=chance.choice(_ORDERS_A_YEAR))
    shares = [chance.uniform(0.6, 1.4) for _ in months]
    return [
        (month, round(revenue * share / sum(shares), 2))
        for month, share in zip(months, shares, strict=True)
    ]


def _day(chance: random.Random, month: int) -> dt.date:
    """A day of a month, counted from the first of the three years."""
    last = LAST_MONTH[0] * 12 + LAST_MONTH[1] - 1
    year, number = divmod(last - _MONTHS + 1 + month, 12)
    return dt.date(year, number + 1, chance.randint(1, 28))
