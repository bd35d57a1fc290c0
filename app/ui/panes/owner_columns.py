# SPDX-License-Identifier: MIT
"""Owner values and whom they mean, as table columns."""

from collections.abc import Mapping, Sequence

import numpy as np

from app.models.ids import RepId
from app.models.measure import ACCOUNT_COUNT, Measure
from app.services.importing.owners import MatchedBy
from app.services.owner_map import OwnerLine
from app.ui.formats import measure_value, percent
from app.ui.tables.array_table_model import ArrayColumn, CellKind, number_width

_WHY_WORDS = {
    MatchedBy.CHOICE: "You chose",
    MatchedBy.ID: "By id",
    MatchedBy.EMAIL: "By e-mail address",
    MatchedBy.NAME: "By name",
    MatchedBy.SEVERAL: "Several reps are called so",
    MatchedBy.NOTHING: "No rep is called so",
}
NO_REP = "No rep"


def owner_columns(
    lines: Sequence[OwnerLine], names: Mapping[RepId, str], measure: Measure
) -> list[ArrayColumn]:
    """One row per owner value.

    Args:
        names: Name of each rep.
        measure: What the values of the lines are.
    """
    columns = [
        _text("owner", "Owner in the data", [line.owner for line in lines], 170),
        _text("rep", "Rep", [rep_words(line, names) for line in lines], 140),
        _text("why", "Why", [why_words(line, names) for line in lines], 190),
        _number("accounts", "Accounts", [line.accounts for line in lines]),
    ]
    if measure.id != ACCOUNT_COUNT:
        columns.append(
            ArrayColumn(
                "value",
                measure.name,
                np.array([line.value for line in lines], dtype=np.float64),
                CellKind.NUMBER,
                formatted=lambda value: measure_value(value, measure.kind),
                width=number_width(measure.name),
            )
        )
    spellings = [", ".join(line.spellings[1:]) for line in lines]
    return [
        *columns,
        _number("transactions", "Transactions", [line.transactions for line in lines]),
        _text("spellings", "Also written", spellings, 180),
    ]


def rep_words(line: OwnerLine, names: Mapping[RepId, str]) -> str:
    """Whom an owner value means."""
    return NO_REP if line.rep is None else names.get(line.rep, NO_REP)


def why_words(line: OwnerLine, names: Mapping[RepId, str]) -> str:
    """Why it means that rep, or what could be meant."""
    if line.suggestion is not None and line.suggestion in names:
        return f"{names[line.suggestion]} is near ({percent(line.likeness)})"
    return _WHY_WORDS[line.matched_by]


def _text(key: str, title: str, values: list[str], width: int) -> ArrayColumn:
    return ArrayColumn(key, title, np.array(values, dtype=object), width=width)


def _number(key: str, title: str, values: list[int]) -> ArrayColumn:
    cells = np.array(values, dtype=np.float64)
    return ArrayColumn(key, title, cells, CellKind.NUMBER, width=number_width(title))
