# SPDX-License-Identifier: MIT
"""What the picture of rules shows: rules that wait to be applied, and what they would change."""

from typing import TYPE_CHECKING

from map_shots import plain_map
from PySide6.QtWidgets import QWidget

from app.models.ids import GeoUnitId
from app.models.rule import (
    AllOf,
    Condition,
    Not,
    NumberOperator,
    NumberTest,
    PlaceOperator,
    PlaceTest,
    TextOperator,
    TextTest,
)
from app.services.commands import RuleDraft

if TYPE_CHECKING:
    from make_shots import Photographer

_KEY = TextTest("segment", TextOperator.IS, ("Key account",))
_LARGE = NumberTest("measure:1", NumberOperator.AT_LEAST, (40_000.0,))
_RULES: tuple[tuple[str, Condition, str], ...] = (
    ("Large key accounts", AllOf((_KEY, _LARGE)), "New York"),
    (
        "",
        AllOf(
            (
                TextTest("segment", TextOperator.IS, ("Online",)),
                PlaceTest(PlaceOperator.IN, (GeoUnitId("state:48"), GeoUnitId("state:40"))),
                Not(_LARGE),
            )
        ),
        "Mountain",
    ),
    ("", AllOf((TextTest("industry", TextOperator.IS, ("Garden",)), _LARGE)), "Southeast"),
)


def rules(shooter: "Photographer") -> QWidget:
    """The page of rules with its list of who would move."""
    plain_map(shooter)
    shooter.screen.rules.open()
    pane = shooter.screen.rules.pane
    shooter.wait(lambda: pane.watch.is_settled, "the fields of rules")
    territory = {each.name: each.id for each in shooter.screen.session.workspace.territories}
    pane.drafts.take(RuleDraft(test, territory[to], name) for name, test, to in _RULES)
    shooter.wait(lambda: pane.watch.is_settled, "what the rules change")
    pane.show_effects("moves")
    return shooter.window
