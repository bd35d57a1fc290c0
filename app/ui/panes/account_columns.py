# SPDX-License-Identifier: MIT
"""The account list as table columns."""

from functools import cache

import numpy as np

from app.models.measure import ACCOUNT_COUNT, Measure, MeasureKind
from app.services.alignment import IN_DISPUTE, NOBODY
from app.services.geography.exactness import exactness_km
from app.services.placed_words import placed_title
from app.services.serving import ServedBy
from app.services.tables.column_facts import Coded
from app.services.workspace import Workspace
from app.ui.formats import measure_value, number
from app.ui.panes.account_edits import LOCK_WORDS, AccountEdits
from app.ui.panes.account_texts import AccountTexts, WordedTexts
from app.ui.session import EditSession
from app.ui.tables.columns import ArrayColumn, CellEdit, CellKind, number_width
from app.ui.tokens import Tokens
from app.ui.widgets.chip import chip_icon

UNASSIGNED_TEXT, DISPUTED_TEXT = "Unassigned", "In dispute"
STEP_WORDS = {
    ServedBy.NAMED: "Named",
    ServedBy.FAMILY: "Family",
    ServedBy.RULE: "Rule",
    ServedBy.DRAWN: "Drawn area",
    ServedBy.AREA: "Area",
    ServedBy.NOTHING: "",
}
"""What decides who serves an account, in the words of a cell."""

_TEXT, _DATE, _CHOICE = CellKind.TEXT, CellKind.DATE, CellKind.CHOICE
_TEXT_COLUMNS = (
    ("external_id", "ID", 90, False, _TEXT),
    ("city", "City", 120, False, _TEXT),
    ("region", "State", 110, False, _TEXT),
    ("postal_code", "Postal code", 106, False, _TEXT),
    ("country_name", "Country", 110, False, _TEXT),
    ("owner", "Owner today", 130, False, _TEXT),
    ("segment", "Segment", 100, False, _TEXT),
    ("industry", "Industry", 110, True, _TEXT),
    ("status", "Status", 90, True, _TEXT),
    ("family", "Family", 100, True, _TEXT),
    ("visit_class", "Visit class", 100, True, _CHOICE),
    ("street", "Street", 180, True, _TEXT),
    ("phone", "Phone", 120, True, _TEXT),
    ("website", "Website", 150, True, _TEXT),
    ("created_on", "Created", 96, True, _DATE),
    ("last_activity_on", "Last activity", 104, True, _DATE),
    ("gone_since", "Gone since", 96, True, _DATE),
)
"""Column of the account table, header, width, whether it is hidden at first, kind."""

_IN_BULK = frozenset(("owner", "segment", "industry", "status", "family", "visit_class"))
_FIXED_WHY = {
    "external_id": "The ID ties the account to your own system, so imports set it alone.",
    "created_on": "Dates come from your lists; imports set them alone.",
    "last_activity_on": "Dates come from your lists; imports set them alone.",
    "gone_since": "Imports of the complete list say since when an account is gone.",
}
_FEW_WORDS = frozenset(("city", "region", "country_name", *_IN_BULK, "created_on", "gone_since"))
_SUM_WHY = "Measures come from your lists or are computed; imports set them."


class AccountColumns:
    """Makes the columns; what no edit changes is made once per account list.

    Args:
        session: The open plan.
    """

    def __init__(self, session: EditSession) -> None:
        self._session = session
        self._edits = AccountEdits(session)
        self._made_for: tuple[object, object] = (None, None)
        self._fixed: dict[str, ArrayColumn] = {}

    def columns(self, tokens: Tokens) -> list[ArrayColumn]:
        """Name, territory, rep and what decides first, then measures, then the rest."""
        workspace = self._session.workspace
        made_for = (workspace.accounts, workspace.measures)
        if self._made_for[0] is not made_for[0] or self._made_for[1] is not made_for[1]:
            self._made_for = made_for
            self._fixed = _fixed_columns(workspace, self._edits)
        fixed = dict(self._fixed)
        first = [fixed.pop("name"), fixed.pop("external_id")]
        return [*first, *self._serving(tokens), *fixed.values()]

    def _serving(self, tokens: Tokens) -> list[ArrayColumn]:
        """Who serves each account, and why; words and codes, as many accounts share them."""
        workspace = self._session.workspace
        territories = workspace.territories
        # The codes below zero count from the end of the words.
        words = [t.name for t in territories] + [""] * max(-NOBODY, -IN_DISPUTE)
        words[NOBODY], words[IN_DISPUTE] = UNASSIGNED_TEXT, DISPUTED_TEXT
        held_by = [workspace.rep_of(t.id) for t in territories]
        reps = ["Vacant" if rep is None else rep.name for rep in held_by]
        reps += [""] * max(-NOBODY, -IN_DISPUTE)
        served = workspace.served
        icons: list[object] = [chip_icon(t.color_index, tokens) for t in territories]

        def chip(row: int) -> object:
            return icons[served.territory[row]] if served.territory[row] >= 0 else None

        return [
            ArrayColumn(
                "territory",
                "Territory",
                Coded(words, served.territory),
                width=160,
                decoration=chip,
                edit=self._edits.territory(tokens),
            ),
            ArrayColumn(
                "rep",
                "Rep",
                Coded(reps, served.territory),
                width=130,
                fixed_why="The rep follows from the territory. Change who holds it under Reps.",
            ),
            ArrayColumn(
                "step",
                "Decided by",
                Coded([STEP_WORDS[step] for step in ServedBy], served.step),
                CellKind.CHOICE,
                width=104,
                is_hidden_at_first=True,
                fixed_why="What decides follows from names, families, rules and areas.",
            ),
            self._lock(),
        ]

    def _lock(self) -> ArrayColumn:
        workspace = self._session.workspace
        locked = np.array(sorted(workspace.state.account_locks), dtype=np.int64)
        is_locked = np.isin(workspace.accounts.ids, locked).astype(np.int8)
        return ArrayColumn(
            "lock",
            "Lock",
            Coded((LOCK_WORDS[False], LOCK_WORDS[True]), is_locked),
            CellKind.CHOICE,
            width=86,
            is_hidden_at_first=True,
            edit=self._edits.lock(),
        )


def _fixed_columns(workspace: Workspace, edits: AccountEdits) -> dict[str, ArrayColumn]:
    accounts = workspace.accounts
    name_edit = edits.field("name", on_double_click=False, in_bulk=False)
    made = {
        "name": ArrayColumn(
            "name",
            "Account",
            AccountTexts(accounts, "name"),
            width=200,
            edit=name_edit,
            can_group=False,
        )
    }
    key, title, width, _hidden, _kind = _TEXT_COLUMNS[0]
    made[key] = ArrayColumn(
        key,
        title,
        AccountTexts(accounts, key),
        width=width,
        fixed_why=_FIXED_WHY[key],
        can_group=False,
    )
    for measure in workspace.account_measures:
        if measure.id != ACCOUNT_COUNT:
            made[f"measure {measure.id}"] = _measure_column(workspace, measure)
    for key, title, width, is_hidden, kind in _TEXT_COLUMNS[1:]:
        made[key] = ArrayColumn(
            key,
            title,
            AccountTexts(accounts, key),
            kind,
            width=width,
            is_hidden_at_first=is_hidden,
            edit=_edit_of(key, edits),
            fixed_why=_FIXED_WHY.get(key, ""),
            can_group=key in _FEW_WORDS,
        )
    return made | _placed_columns(workspace)


def _edit_of(key: str, edits: AccountEdits) -> CellEdit | None:
    if key in _FIXED_WHY:
        return None
    if key == "visit_class":
        return edits.visit_class()
    return edits.field(key, in_bulk=key in _IN_BULK)


def _placed_columns(workspace: Workspace) -> dict[str, ArrayColumn]:
    accounts = workspace.accounts

    @cache
    def within_km() -> np.ndarray:
        rules = accounts.text("placed_by")
        return exactness_km(rules, accounts.unit_index, workspace.geography)

    why = "Where an account stands follows from its address. Place it by hand on its card."
    return {
        "placed_by": ArrayColumn(
            "placed_by",
            "Placed by",
            WordedTexts(AccountTexts(accounts, "placed_by"), placed_title),
            CellKind.CHOICE,
            width=120,
            fixed_why=why,
        ),
        "within_km": ArrayColumn(
            "within_km",
            "Within km",
            within_km,
            CellKind.NUMBER,
            formatted=number,
            width=92,
            is_hidden_at_first=True,
            is_summed=False,
            fixed_why=why,
        ),
    }


def _measure_column(workspace: Workspace, measure: Measure) -> ArrayColumn:
    kinds = {MeasureKind.MONEY: CellKind.MONEY, MeasureKind.HOURS: CellKind.HOURS}
    return ArrayColumn(
        f"measure {measure.id}",
        measure.name,
        workspace.accounts.measure(measure.id),
        kinds.get(measure.kind, CellKind.NUMBER),
        formatted=lambda value: measure_value(value, measure.kind),
        width=number_width(measure.name),
        fixed_why=_SUM_WHY,
    )
