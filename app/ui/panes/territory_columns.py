# SPDX-License-Identifier: MIT
"""The territories and regions as table columns."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from app.models.ids import TerritoryId
from app.models.measure import ACCOUNT_COUNT, Measure, MeasureKind
from app.models.palette import territory_color
from app.models.workload import WorkloadLine, WorkloadReport
from app.services.exporting.table import NumberStyle
from app.services.roll_up import RolledUp, roll_up
from app.services.workspace import Workspace
from app.ui.formats import count, hours, measure_value, percent, signed_percent
from app.ui.panes.account_edits import LOCK_WORDS
from app.ui.panes.territory_edits import CONNECT_WORDS, TRAVEL_WORDS, TerritoryEdits
from app.ui.panes.territory_regions import levels_of
from app.ui.tables.columns import ArrayColumn, CellEdit, CellKind, number_width
from app.ui.tokens import Tokens
from app.ui.widgets.chip import chip_icon

_KINDS = {MeasureKind.MONEY: CellKind.MONEY, MeasureKind.HOURS: CellKind.HOURS}
_LEVEL_WHY = "A level follows from what lies above and below. Put it into another region."
_SUM_WHY = "Totals are sums over what the territory serves. Give it other areas or accounts."
_WORK_WHY = "Workload is computed from visits, travel and administration; see the page Workload."


class TerritoryColumns:
    """Makes the columns: one row per territory, regions among them, in the order of the plan.

    Args:
        workspace: The open plan.
        edits: How cells are changed.
        tokens: Colours of the window.
    """

    def __init__(self, workspace: Workspace, edits: TerritoryEdits, tokens: Tokens) -> None:
        self._workspace = workspace
        self._edits = edits
        self._tokens = tokens
        self._territories = workspace.territories

    def columns(self, work: WorkloadReport | None) -> list[ArrayColumn]:
        """Who and where, then figures, then what is set.

        Args:
            work: The workload of the plan as it is, or None while it is computed.
        """
        return [*self._who(), *self._figures(), *self._workload(work), *self._set()]

    def _who(self) -> list[ArrayColumn]:
        workspace, edits = self._workspace, self._edits
        names = {territory.id: territory.name for territory in self._territories}
        reps = [workspace.rep_of(territory.id) for territory in self._territories]
        icons = [chip_icon(t.color_index, self._tokens) for t in self._territories]
        levels = levels_of(workspace)
        return [
            ArrayColumn(
                "name",
                "Territory",
                _texts(territory.name for territory in self._territories),
                width=180,
                decoration=icons.__getitem__,
                edit=edits.name(),
                can_group=False,
            ),
            _words("rep", "Rep", ["Vacant" if r is None else r.name for r in reps], edits.rep()),
            _words(
                "region",
                "Region",
                [names.get(t.parent_id, "") if t.parent_id else "" for t in self._territories],
                edits.region(),
            ),
            ArrayColumn(
                "level",
                "Level",
                _texts(levels.word(territory.id) for territory in self._territories),
                CellKind.CHOICE,
                width=100,
                fixed_why=_LEVEL_WHY,
            ),
        ]

    def _figures(self) -> list[ArrayColumn]:
        workspace = self._workspace
        main = self._by_id(workspace.main_measure)
        made = [
            _number(
                "accounts",
                "Accounts",
                [main[t.id].account_count for t in self._territories],
                count,
                92,
            )
        ]
        for measure in workspace.measures:
            if measure.id != ACCOUNT_COUNT:
                lines = main if measure == workspace.main_measure else self._by_id(measure)
                made.append(self._measure(measure, lines))
        off = [main[territory.id].deviation_fraction for territory in self._territories]
        made.append(
            ArrayColumn(
                "deviation",
                "Deviation",
                _numbers(off),
                CellKind.NUMBER,
                formatted=signed_percent,
                width=100,
                tooltip=f"How far from its ideal: {workspace.main_measure.name}",
                fixed_why=_SUM_WHY,
                is_summed=False,
                style=NumberStyle.SIGNED_PERCENT,
            )
        )
        return made

    def _workload(self, work: WorkloadReport | None) -> list[ArrayColumn]:
        lines: dict[TerritoryId | None, WorkloadLine] = {}
        if work is not None:
            lines = {line.territory_id: line for line in work.lines}
        found = [lines.get(territory.id) for territory in self._territories]
        utilisation = [None if line is None else line.utilisation_fraction for line in found]
        return [
            replace(
                _number(
                    "workload",
                    "Workload",
                    [None if line is None else line.workload_hours for line in found],
                    hours,
                    104,
                ),
                fixed_why=_WORK_WHY,
            ),
            ArrayColumn(
                "utilisation",
                "Utilisation",
                _numbers(utilisation),
                CellKind.NUMBER,
                formatted=percent,
                width=104,
                tooltip="Workload divided by the hours that the territory can count on",
                fixed_why=_WORK_WHY,
                is_summed=False,
                style=NumberStyle.PERCENT,
            ),
        ]

    def _set(self) -> list[ArrayColumn]:
        edits, territories = self._edits, self._territories
        icons = [chip_icon(t.color_index, self._tokens) for t in territories]
        color = replace(
            _words(
                "color",
                "Colour",
                [territory_color(t.color_index).name for t in territories],
                edits.color(self._tokens),
            ),
            kind=CellKind.COLOR,
            decoration=icons.__getitem__,
        )
        admin = replace(
            _number("admin", "Admin hours", [t.admin_hours for t in territories], hours, 110),
            edit=edits.admin_hours(),
        )
        hidden = [
            color,
            _words(
                "travel",
                "Travel",
                [TRAVEL_WORDS[t.travel_mode] for t in territories],
                edits.travel(),
            ),
            admin,
            _words(
                "connect",
                "Connection",
                [CONNECT_WORDS[t.must_connect] for t in territories],
                edits.connection(),
            ),
            self._field("skills", "Skills", [", ".join(t.skills) for t in territories]),
            self._field("languages", "Languages", [", ".join(t.languages) for t in territories]),
            self._field("external_id", "ID", [t.external_id for t in territories]),
            self._field("notes", "Notes", [t.notes for t in territories]),
        ]
        lock = _words("lock", "Lock", [LOCK_WORDS[t.is_locked] for t in territories], edits.lock())
        return [
            replace(lock, width=86),
            *(replace(each, is_hidden_at_first=True) for each in hidden),
        ]

    # One column

    def _by_id(self, measure: Measure) -> Mapping[TerritoryId, RolledUp]:
        report = self._workspace.balance(measure.id)
        return {line.territory.id: line for line in roll_up(report, self._territories)}

    def _measure(self, measure: Measure, lines: Mapping[TerritoryId, RolledUp]) -> ArrayColumn:
        return ArrayColumn(
            f"measure {measure.id}",
            measure.name,
            _numbers([lines[territory.id].total for territory in self._territories]),
            _KINDS.get(measure.kind, CellKind.NUMBER),
            formatted=lambda value: measure_value(value, measure.kind),
            width=number_width(measure.name),
            fixed_why=_SUM_WHY,
        )

    def _field(self, key: str, title: str, values: Sequence[str]) -> ArrayColumn:
        edit = self._edits.field(key, in_bulk=key != "external_id")
        return replace(_words(key, title, values, edit), kind=CellKind.TEXT, width=140)


def _number(
    key: str,
    title: str,
    values: Sequence[float | None],
    formatted: Callable[[float], str],
    width: int,
) -> ArrayColumn:
    return ArrayColumn(
        key,
        title,
        _numbers(values),
        CellKind.NUMBER,
        formatted=formatted,
        width=width,
        fixed_why=_SUM_WHY,
    )


def _words(key: str, title: str, values: Sequence[str], edit: CellEdit) -> ArrayColumn:
    return ArrayColumn(key, title, _texts(values), CellKind.CHOICE, width=120, edit=edit)


def _texts(values: Iterable[str]) -> np.ndarray:
    listed = list(values)
    made = np.empty(len(listed), dtype=object)
    made[:] = listed
    return made


def _numbers(values: Sequence[float | None]) -> np.ndarray:
    return np.array([np.nan if value is None else float(value) for value in values], np.float64)
