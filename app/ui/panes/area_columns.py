# SPDX-License-Identifier: MIT
"""The areas of the map as table columns: what the map says with colours, in words and numbers."""

from functools import partial

import numpy as np
import numpy.typing as npt

from app.models.ids import GeoUnitId
from app.models.measure import ACCOUNT_COUNT, Measure
from app.services.alignment import IN_DISPUTE, MIXED, NOBODY
from app.services.geography.area_view import AreaView
from app.services.workspace import Workspace
from app.ui.formats import measure_value, signed_percent
from app.ui.panes.account_columns import DISPUTED_TEXT, UNASSIGNED_TEXT
from app.ui.panes.territory_list import natural_key
from app.ui.tables.array_table_model import ArrayColumn, CellKind, number_width
from app.ui.tokens import Tokens
from app.ui.widgets.chip import chip_icon

DIVIDED_TEXT = "Divided"
_CODES = max(-NOBODY, -IN_DISPUTE, -MIXED)
"""How many words stand at the end of the array of territories, where codes below 0 lead."""

FloatArray = npt.NDArray[np.float64]


class AreaColumns:
    """Makes the columns of one view of the map.

    What no edit of territories changes is made once per view, or once per account list: after a
    stroke of the brush, only who holds what is worked out again.

    Attributes:
        view: The areas; row numbers are its unit numbers.
    """

    def __init__(self, workspace: Workspace, view: AreaView) -> None:
        self._workspace = workspace
        self.view = view
        self._name_columns: list[ArrayColumn] | None = None
        self._sums_made_for = (0, -1)
        self._sums: dict[int, FloatArray] = {}

    @property
    def held(self) -> npt.NDArray[np.int32]:
        """Per row the position of the territory, `NOBODY`, `IN_DISPUTE` or `MIXED`."""
        return self._workspace.unit_territory(self.view.key)

    def rows_of(self, units: tuple[GeoUnitId, ...]) -> npt.NDArray[np.int64]:
        """Row numbers of what areas make up; those that the view does not show are left out."""
        return np.array(self.view.numbers_of(units), dtype=np.int64)

    def columns(self, held: npt.NDArray[np.int32], tokens: Tokens) -> list[ArrayColumn]:
        """Name, code, territory, rep, accounts, every measure, deviation of the territory."""
        if self._name_columns is None:
            self._name_columns = _name_columns(self.view)
        sums = [self._sum_column(measure) for measure in self._workspace.measures]
        return [*self._name_columns, *_held_columns(self._workspace, held, tokens, sums)]

    def _sum_column(self, measure: Measure) -> ArrayColumn:
        name = "Accounts" if measure.id == ACCOUNT_COUNT else measure.name
        return ArrayColumn(
            f"measure {measure.id}",
            name,
            partial(self._sum, measure),
            CellKind.NUMBER,
            formatted=partial(_sum_text, measure),
            width=number_width(name),
            tooltip=f"{name} in the area",
        )

    def _sum(self, measure: Measure) -> FloatArray:
        made_for = (id(self._workspace.accounts), self._workspace.records_revision)
        if self._sums_made_for != made_for:
            self._sums_made_for, self._sums = made_for, {}
        if measure.id not in self._sums:
            self._sums[measure.id] = self._workspace.unit_values(self.view.key, measure.id)
        return self._sums[measure.id]


def _sum_text(measure: Measure, value: float) -> str:
    return measure_value(value, measure.kind)


def _name_columns(view: AreaView) -> list[ArrayColumn]:
    names = np.array(view.names, dtype=object)
    codes = np.array([unit.partition(":")[2] for unit in view.geounits], dtype=object)
    return [
        ArrayColumn("name", "Area", names, width=210, ranks=_ranks(names)),
        ArrayColumn("code", "Code", codes, width=84, ranks=_ranks(codes)),
    ]


def _held_columns(
    workspace: Workspace,
    held: npt.NDArray[np.int32],
    tokens: Tokens,
    sums: list[ArrayColumn],
) -> list[ArrayColumn]:
    territories = workspace.territories
    words = [territory.name for territory in territories] + [""] * _CODES
    words[NOBODY], words[IN_DISPUTE], words[MIXED] = UNASSIGNED_TEXT, DISPUTED_TEXT, DIVIDED_TEXT
    reps = [workspace.rep_of(territory.id) for territory in territories]
    rep_names = ["Vacant" if rep is None else rep.name for rep in reps] + [""] * _CODES
    icons: list[object] = [chip_icon(t.color_index, tokens) for t in territories]

    def chip(row: int) -> object:
        return icons[held[row]] if held[row] >= 0 else None

    return [
        ArrayColumn(
            "territory",
            "Territory",
            np.array(words, dtype=object)[held],
            width=160,
            decoration=chip,
            ranks=_word_ranks(words)[held],
        ),
        ArrayColumn(
            "rep",
            "Rep",
            np.array(rep_names, dtype=object)[held],
            width=130,
            ranks=_word_ranks(rep_names)[held],
        ),
        *sums,
        ArrayColumn(
            "deviation",
            "Deviation",
            _deviations(workspace)[held],
            CellKind.NUMBER,
            formatted=signed_percent,
            width=104,
            tooltip=f"How far the area's territory is from its ideal: "
            f"{workspace.main_measure.name}",
        ),
    ]


def _deviations(workspace: Workspace) -> FloatArray:
    """Deviation by territory position as a fraction, and nan for what no territory holds."""
    report = workspace.balance(workspace.main_measure.id)
    by_territory = {line.territory_id: line.deviation_fraction for line in report.rows}
    found = [by_territory.get(territory.id) for territory in workspace.territories]
    return np.array([np.nan if f is None else f for f in (*found, *[None] * _CODES)])


def _ranks(texts: npt.NDArray[np.object_]) -> FloatArray:
    """A number per text that sorts as the text does."""
    folded = np.array([str(text).casefold() for text in texts])
    return np.unique(folded, return_inverse=True)[1].astype(np.float64)


def _word_ranks(words: list[str]) -> FloatArray:
    """The same for few words, with numbers in them sorted as numbers; nan for an empty one."""
    keys = [natural_key(word) for word in words]
    place = {word: at for at, (_, word) in enumerate(sorted(zip(keys, words, strict=True)))}
    return np.array([float(place[word]) if word else np.nan for word in words])
