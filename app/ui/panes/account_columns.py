# SPDX-License-Identifier: MIT
"""The account list as table columns."""

from functools import cache, partial

import numpy as np

from app.models.measure import ACCOUNT_COUNT, Measure
from app.services.alignment import IN_DISPUTE, NOBODY
from app.services.geography.exactness import exactness_km
from app.services.placed_words import placed_title
from app.services.workspace import Workspace
from app.ui.formats import measure_value, number
from app.ui.tables.array_table_model import ArrayColumn, CellKind, number_width
from app.ui.tokens import Tokens
from app.ui.widgets.chip import chip_icon

UNASSIGNED_TEXT, DISPUTED_TEXT = "Unassigned", "In dispute"

_TEXT_COLUMNS = (
    ("external_id", "ID", 90, False),
    ("city", "City", 120, False),
    ("region", "State", 110, False),
    ("postal_code", "Postal code", 106, False),
    ("country_name", "Country", 110, False),
    ("owner", "Owner today", 130, False),
    ("segment", "Segment", 100, False),
    ("industry", "Industry", 110, True),
    ("status", "Status", 90, True),
    ("family", "Family", 100, True),
    ("visit_class", "Visit class", 100, True),
    ("street", "Street", 180, True),
    ("phone", "Phone", 120, True),
    ("website", "Website", 150, True),
    ("created_on", "Created", 96, True),
    ("last_activity_on", "Last activity", 104, True),
    ("gone_since", "Gone since", 96, True),
)
"""Column of the account table, header, width, and whether it is hidden at first."""


class AccountColumns:
    """Makes the columns; what no edit changes is made once per account list."""

    def __init__(self) -> None:
        self._made_for: object = None
        self._fixed: dict[str, ArrayColumn] = {}

    def columns(self, workspace: Workspace, tokens: Tokens) -> list[ArrayColumn]:
        """Name, territory and rep first, then measures, then the rest."""
        accounts = workspace.accounts
        if self._made_for is not accounts:
            self._made_for = accounts
            self._fixed = _fixed_columns(workspace)
        names, reps, icons = _served_by(workspace, tokens)
        served = workspace.account_territory

        def chip(row: int) -> object:
            return icons[served[row]] if served[row] >= 0 else None

        territory = ArrayColumn("territory", "Territory", names, width=160, decoration=chip)
        rep = ArrayColumn("rep", "Rep", reps, width=130)
        fixed = dict(self._fixed)
        first = [fixed.pop("name"), fixed.pop("external_id"), territory, rep]
        return [*first, *fixed.values()]


def _served_by(workspace: Workspace, tokens: Tokens) -> tuple[np.ndarray, np.ndarray, list[object]]:
    """Per account the words for its territory and its rep, and per territory an icon."""
    territories = workspace.territories
    # The codes below zero count from the end of the array of words.
    words = [t.name for t in territories] + [""] * max(-NOBODY, -IN_DISPUTE)
    words[NOBODY], words[IN_DISPUTE] = UNASSIGNED_TEXT, DISPUTED_TEXT
    held_by = [workspace.rep_of(t.id) for t in territories]
    reps = ["Vacant" if rep is None else rep.name for rep in held_by]
    reps += [""] * max(-NOBODY, -IN_DISPUTE)
    served = workspace.account_territory
    icons: list[object] = [chip_icon(t.color_index, tokens) for t in territories]
    return np.array(words, dtype=object)[served], np.array(reps, dtype=object)[served], icons


def _fixed_columns(workspace: Workspace) -> dict[str, ArrayColumn]:
    accounts = workspace.accounts
    made = {"name": ArrayColumn("name", "Account", accounts.text("name"), width=200)}
    key, title, width, _hidden = _TEXT_COLUMNS[0]
    made[key] = ArrayColumn(key, title, partial(accounts.text, key), width=width)
    for measure in workspace.account_measures:
        if measure.id != ACCOUNT_COUNT:
            made[f"measure {measure.id}"] = _measure_column(workspace, measure)
    for key, title, width, is_hidden in _TEXT_COLUMNS[1:]:
        made[key] = ArrayColumn(
            key, title, partial(accounts.text, key), width=width, is_hidden_at_first=is_hidden
        )

    @cache
    def placed_by() -> np.ndarray:
        placed = accounts.text("placed_by")
        return np.array([placed_title(str(how)) for how in placed], dtype=object)

    @cache
    def within_km() -> np.ndarray:
        rules = accounts.text("placed_by")
        return exactness_km(rules, accounts.unit_index, workspace.geography)

    made["placed_by"] = ArrayColumn("placed_by", "Placed by", placed_by, width=120)
    made["within_km"] = ArrayColumn(
        "within_km",
        "Within km",
        within_km,
        CellKind.NUMBER,
        formatted=lambda km: "" if np.isnan(km) else number(km),
        width=92,
        is_hidden_at_first=True,
    )
    return made


def _measure_column(workspace: Workspace, measure: Measure) -> ArrayColumn:
    return ArrayColumn(
        f"measure {measure.id}",
        measure.name,
        workspace.accounts.measure(measure.id),
        CellKind.NUMBER,
        formatted=lambda value: measure_value(value, measure.kind),
        width=number_width(measure.name),
    )
