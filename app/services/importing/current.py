# SPDX-License-Identifier: MIT
"""The plan as an import sees it: a frozen copy that a worker may compare with a file."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.models.ids import MeasureId, RepId
from app.models.measure import Measure, MeasureKind
from app.models.rep import Rep
from app.models.rows import Cell
from app.services.importing.mapping import RememberedMapping
from app.services.importing.table import TextColumn, text_column

TEXT_FIELDS = (
    "external_id",
    "name",
    "street",
    "city",
    "region",
    "postal_code",
    "country_name",
    "segment",
    "industry",
    "status",
    "family",
    "owner",
)
"""Text columns of an account that an import may fill."""

RowSource = Callable[[str], Sequence[tuple[Cell, ...]]]
"""`Store.rows`."""


@dataclass(frozen=True)
class CurrentPlan:
    """What the plan holds now.

    Attributes:
        account_ids: Ascending.
        text: Per name in `TEXT_FIELDS`, and for "extra" (JSON), one text per account.
        lon, lat: Degrees, nan where not placed.
        placed_by: Values of `PlacedBy`.
        measures: Without the account count.
        measure_values: Per measure one value per account, nan where it has none.
        remembered: Mapping by header signature, from earlier imports.
    """

    account_ids: npt.NDArray[np.int64]
    text: Mapping[str, TextColumn]
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    placed_by: TextColumn
    measures: tuple[Measure, ...] = ()
    measure_values: Mapping[MeasureId, npt.NDArray[np.float64]] = field(
        default_factory=dict[MeasureId, npt.NDArray[np.float64]]
    )
    reps: tuple[Rep, ...] = ()
    remembered: Mapping[str, RememberedMapping] = field(
        default_factory=dict[str, RememberedMapping]
    )

    @classmethod
    def empty(cls) -> "CurrentPlan":
        """A plan without accounts and reps."""
        none = np.empty(0)
        texts = {name: text_column([]) for name in (*TEXT_FIELDS, "extra")}
        return cls(np.empty(0, dtype=np.int64), texts, none, none, text_column([]))

    def __len__(self) -> int:
        """Number of accounts."""
        return len(self.account_ids)

    @cached_property
    def row_by_external_id(self) -> dict[str, int]:
        """Position of each account by the user's own id."""
        return {text: row for row, text in enumerate(self.text["external_id"])}

    @cached_property
    def owners(self) -> frozenset[str]:
        """All owner values of the accounts, in lower case."""
        return frozenset(text.casefold() for text in self.text["owner"] if text)

    @property
    def fingerprint(self) -> tuple[int, int]:
        """Number of accounts and largest id; differs after most edits of the account list."""
        return len(self), int(self.account_ids[-1]) if len(self) else 0


def read_current_plan(rows: RowSource) -> CurrentPlan:
    """A frozen copy of the plan.

    Args:
        rows: `Store.rows`; called on the thread that owns the plan.
    """
    names = (*TEXT_FIELDS, "extra", "placed_by")
    fetched = rows(f"SELECT id, lon, lat, {', '.join(names)} FROM account ORDER BY id")  # noqa: S608 names of this module
    columns: Sequence[Sequence[Cell]] = (
        list(zip(*fetched, strict=True)) if fetched else [()] * (3 + len(names))
    )
    ids = np.array(columns[0], dtype=np.int64)
    text = {
        name: text_column([str(cell) for cell in column])
        for name, column in zip(names, columns[3:], strict=True)
    }
    measures = tuple(
        Measure(MeasureId(_whole(id_)), str(name), MeasureKind(str(kind)), str(source))
        for id_, name, kind, source in rows(
            "SELECT id, name, kind, source FROM measure ORDER BY id"
        )
    )
    return CurrentPlan(
        account_ids=ids,
        text={name: column for name, column in text.items() if name != "placed_by"},
        lon=_floats(columns[1]),
        lat=_floats(columns[2]),
        placed_by=text["placed_by"],
        measures=measures,
        measure_values=_measure_values(rows, ids, measures),
        reps=_reps(rows),
        remembered=_remembered(rows),
    )


def _measure_values(
    rows: RowSource, ids: npt.NDArray[np.int64], measures: tuple[Measure, ...]
) -> dict[MeasureId, npt.NDArray[np.float64]]:
    values = {measure.id: np.full(len(ids), np.nan) for measure in measures}
    for measure in measures:
        found = rows(
            f"SELECT account_id, value FROM account_measure WHERE measure_id = {int(measure.id)}"  # noqa: S608 a number
        )
        if found:
            accounts, amounts = zip(*found, strict=True)
            places = np.searchsorted(ids, np.array(accounts, dtype=np.int64))
            values[measure.id][places] = np.array(amounts, dtype=np.float64)
    return values


def _reps(rows: RowSource) -> tuple[Rep, ...]:
    fetched = rows(
        "SELECT id, name, external_id, email, phone, title, home_text, lon, lat,"
        " capacity_hours, skills, quota, notes FROM rep ORDER BY id"
    )
    return tuple(
        Rep(
            RepId(_whole(row[0])),
            *(str(cell) for cell in row[1:7]),
            lon=_float_or_none(row[7]),
            lat=_float_or_none(row[8]),
            capacity_hours=_float_or_none(row[9]) or 0.0,
            skills=tuple(str(word) for word in json.loads(str(row[10]))),
            quota=_float_or_none(row[11]),
            notes=str(row[12]),
        )
        for row in fetched
    )


def _remembered(rows: RowSource) -> dict[str, RememberedMapping]:
    """The newest mapping per header signature."""
    found: dict[str, RememberedMapping] = {}
    for (detail,) in rows("SELECT detail FROM import_ledger ORDER BY id"):
        try:
            content: dict[str, object] = json.loads(str(detail))
            headers, mapping = str(content["headers"]), json.dumps(content["mapping"])
        except (ValueError, KeyError, TypeError):
            continue
        remembered = RememberedMapping.from_json(mapping)
        if remembered is not None:
            found[headers] = remembered
    return found


def _floats(column: Sequence[Cell]) -> npt.NDArray[np.float64]:
    return np.array([np.nan if cell is None else cell for cell in column], dtype=np.float64)


def _float_or_none(cell: Cell) -> float | None:
    return None if cell is None else float(cell)


def _whole(cell: Cell) -> int:
    return int(cell or 0)
