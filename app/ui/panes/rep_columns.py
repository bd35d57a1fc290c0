# SPDX-License-Identifier: MIT
"""The reps as table columns."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from app.models.rep import Rep
from app.services.exporting.table import NumberStyle
from app.services.workspace import Workspace
from app.ui.formats import hours, money, number, percent
from app.ui.panes.rep_edits import RepEdits
from app.ui.session import EditSession
from app.ui.tables.columns import ArrayColumn, CellEdit, CellKind

_HOME_WHY = "Type the address in the form beside the table, which finds it on the map."
_HELD_WHY = "What a rep holds is set in the form beside the table."
_HOURS_WHY = "Follows from capacity, part of full time and days off."


def rep_columns(session: EditSession) -> list[ArrayColumn]:
    """One row per rep, in the order of the workspace."""
    workspace, edits = session.workspace, RepEdits(session)
    reps = workspace.reps
    held = [", ".join(t.name for t in workspace.territories_of(rep.id)) for rep in reps]
    return [
        replace(_one("name", "Name", reps, edits), width=150, can_group=False),
        replace(_text("territories", "Territories", held), width=170, fixed_why=_HELD_WHY),
        replace(
            _text("manager", "Manager", _managers(workspace), edits.manager()),
            kind=CellKind.CHOICE,
        ),
        replace(
            _text("home_text", "Home", [rep.home_text for rep in reps]),
            width=200,
            fixed_why=_HOME_WHY,
        ),
        *_working_time(reps, edits),
        _number(
            "quota",
            "Quota",
            [rep.quota for rep in reps],
            money,
            edits.number("quota", can_be_empty=True),
        ),
        _text("title", "Title", [rep.title for rep in reps], edits.text("title")),
        _words("skills", "Skills", reps, edits),
        *(replace(each, is_hidden_at_first=True) for each in _knowledge(reps, edits)),
        replace(_one("email", "E-mail", reps, edits), width=160),
        _one("phone", "Phone", reps, edits),
        replace(_one("external_id", "ID", reps, edits), width=80),
    ]


def _working_time(reps: Sequence[Rep], edits: RepEdits) -> list[ArrayColumn]:
    capacity = [rep.capacity_hours for rep in reps]
    fractions = [rep.part_time_fraction for rep in reps]
    part = edits.percentage("part_time_fraction")
    days_off = [rep.days_off for rep in reps]
    available = [rep.available_hours for rep in reps]
    hidden = [
        replace(
            _number("part_time", "Part of full time", fractions, percent, part),
            is_summed=False,
            style=NumberStyle.PERCENT,
        ),
        _number("days_off", "Days off", days_off, number, edits.number("days_off")),
        replace(_number("available", "Available", available, hours), fixed_why=_HOURS_WHY),
    ]
    return [
        _number("capacity", "Capacity", capacity, hours, edits.number("capacity_hours")),
        *(replace(each, is_hidden_at_first=True) for each in hidden),
    ]


def _knowledge(reps: Sequence[Rep], edits: RepEdits) -> list[ArrayColumn]:
    years = [rep.experience_years for rep in reps]
    cost = [rep.cost for rep in reps]
    of_years = edits.number("experience_years", can_be_empty=True)
    return [
        _words("languages", "Languages", reps, edits),
        _words("product_lines", "Product lines", reps, edits),
        _words("segments", "Segments", reps, edits),
        replace(_number("experience", "Years in sales", years, number, of_years), is_summed=False),
        replace(_one("start_on", "First day", reps, edits), kind=CellKind.DATE),
        replace(_one("end_on", "Last day", reps, edits), kind=CellKind.DATE),
        _number("cost", "Cost", cost, money, edits.number("cost", can_be_empty=True)),
    ]


def _managers(workspace: Workspace) -> list[str]:
    names = {rep.id: rep.name for rep in workspace.reps}
    return [names.get(rep.manager_id, "") if rep.manager_id else "" for rep in workspace.reps]


def _one(key: str, title: str, reps: Sequence[Rep], edits: RepEdits) -> ArrayColumn:
    """A text of which no two reps have the same as a rule."""
    texts = [str(getattr(rep, key)) for rep in reps]
    return _text(key, title, texts, edits.text(key, in_bulk=False))


def _words(key: str, title: str, reps: Sequence[Rep], edits: RepEdits) -> ArrayColumn:
    return _text(key, title, [", ".join(getattr(rep, key)) for rep in reps], edits.words(key))


def _text(key: str, title: str, values: Iterable[str], edit: CellEdit | None = None) -> ArrayColumn:
    listed = list(values)
    cells = np.empty(len(listed), dtype=object)
    cells[:] = listed
    return ArrayColumn(key, title, cells, width=130, edit=edit)


def _number(
    key: str,
    title: str,
    values: Sequence[float | None],
    formatted: Callable[[float], str],
    edit: CellEdit | None = None,
) -> ArrayColumn:
    cells = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    return ArrayColumn(key, title, cells, CellKind.NUMBER, formatted=formatted, width=96, edit=edit)
