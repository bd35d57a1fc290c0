# SPDX-License-Identifier: MIT
"""What the data say to the questions of the guide, counted by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.builders.market_hints import MarketHints, market_hints
from app.services.builders.proposing import market_of
from app.services.workspace import Workspace
from tests.helpers.market_plan import market_workspace
from tests.helpers.tiny_plan import SALES, tiny_workspace


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    opened = market_workspace(tmp_path)
    yield opened
    opened.close()


def test_lines_segments_places_and_weight_are_counted(plan: Workspace) -> None:
    """Six accounts buy from 8 lines in all; d alone, the largest of 8, makes 200 of 580."""
    assert market_hints(market_of(plan, SALES, str)) == MarketHints(
        line_count=3,
        lines_per_account=8 / 6,
        segment_count=2,
        large_share=200 / 580,
        state_count=2,
        country_count=2,
    )


def test_a_plan_without_products_tells_nothing_of_lines(tmp_path: Path) -> None:
    plan = tiny_workspace(tmp_path)
    found = market_hints(market_of(plan, SALES, str))
    assert (found.line_count, found.lines_per_account, found.segment_count) == (0, None, 0)
    plan.close()
