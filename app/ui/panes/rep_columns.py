# SPDX-License-Identifier: MIT
"""The reps as table columns."""

from collections.abc import Callable

import numpy as np

from app.models.rep import Rep
from app.services.workspace import Workspace
from app.ui.formats import hours, money
from app.ui.tables.array_table_model import ArrayColumn, CellKind


def rep_columns(workspace: Workspace) -> list[ArrayColumn]:
    """One row per rep, in the order of the workspace."""
    reps = workspace.reps
    held = [", ".join(t.name for t in workspace.territories_of(rep.id)) for rep in reps]
    return [
        _text("name", "Name", [rep.name for rep in reps], 150),
        _text("territories", "Territories", held, 170),
        _text("home_text", "Home", [rep.home_text for rep in reps], 200),
        _number("capacity", "Capacity", [rep.capacity_hours for rep in reps], hours),
        _number("quota", "Quota", [_quota(rep) for rep in reps], money),
        _text("title", "Title", [rep.title for rep in reps], 140),
        _text("skills", "Skills", [", ".join(rep.skills) for rep in reps], 140),
        _text("email", "E-mail", [rep.email for rep in reps], 160),
        _text("phone", "Phone", [rep.phone for rep in reps], 120),
        _text("external_id", "ID", [rep.external_id for rep in reps], 80),
    ]


def _quota(rep: Rep) -> float:
    return float("nan") if rep.quota is None else rep.quota


def _text(key: str, title: str, values: list[str], width: int) -> ArrayColumn:
    return ArrayColumn(key, title, np.array(values, dtype=object), width=width)


def _number(
    key: str, title: str, values: list[float], formatted: Callable[[float], str]
) -> ArrayColumn:
    cells = np.array(values, dtype=np.float64)
    return ArrayColumn(
        key,
        title,
        cells,
        CellKind.NUMBER,
        formatted=formatted,
        width=90,
    )
