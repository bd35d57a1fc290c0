# SPDX-License-Identifier: MIT
"""What the plan's data say to the questions of the guide."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.models.geounit import GeoLevel
from app.models.rep import Rep
from app.services.account_table import AccountTable
from app.services.builders.first_version import AreaSource, Market
from app.services.builders.kinds import LINES_BOUGHT, product_lines

_LARGE_SHARE = 0.1
"""The part of the accounts whose weight is told."""


@dataclass(frozen=True, slots=True)
class MarketHints:
    """Numbers that help to answer; None where the plan cannot tell.

    Attributes:
        line_count: Product lines.
        lines_per_account: Of these, how many an account that buys any buys from, on average.
        segment_count: Segments that accounts have.
        large_share: Part of the measure that the largest tenth of the accounts makes, 0 to 1.
        state_count, country_count: In how many states and countries accounts lie.
    """

    line_count: int
    lines_per_account: float | None
    segment_count: int
    large_share: float | None
    state_count: int
    country_count: int


def market_hints(market: Market) -> MarketHints:
    """What the data say."""
    lines = product_lines(market.products)
    segments = market.facts.texts("segment")
    used: list[int] = np.unique(segments.codes).tolist()
    index = market.accounts.unit_index
    return MarketHints(
        len(lines),
        _lines_per_account(market) if lines else None,
        sum(1 for code in used if segments.values[code]),
        _large_share(market),
        _distinct(index[GeoLevel.STATE]),
        _distinct(index[GeoLevel.COUNTRY]),
    )


def _lines_per_account(market: Market) -> float | None:
    bought = market.facts.lists(LINES_BOUGHT)
    amounts = np.array([len(lines) for lines in bought.values], dtype=np.float64)[bought.codes]
    return float(amounts[amounts > 0].mean()) if (amounts > 0).any() else None


def _large_share(market: Market) -> float | None:
    values = np.sort(market.measure[market.measure > 0])[::-1]
    if not len(values):
        return None
    return float(values[: max(1, round(len(values) * _LARGE_SHARE))].sum() / values.sum())


def _distinct(codes: np.ndarray) -> int:
    return len(np.unique(codes[codes >= 0]))


def likely_source(accounts: AccountTable, reps: Sequence[Rep]) -> AreaSource:
    """Today's owners where accounts have some, else the homes of reps, else a number."""
    if (accounts.text("owner") != "").any():
        return AreaSource.OWNERS
    has_homes = any(rep.lon is not None for rep in reps)
    return AreaSource.HOMES if has_homes else AreaSource.COUNT
