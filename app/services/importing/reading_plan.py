# SPDX-License-Identifier: MIT
"""Reading the plan for an import: only the parts that its tables need."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from app.models.ids import GeoUnitId, MeasureId, ScenarioId
from app.models.measure import Measure
from app.models.rows import Cell
from app.models.sales_force import FIRST_SALES_FORCE
from app.services.importing.current import (
    NAMING_FIELDS,
    TEXT_FIELDS,
    CurrentPlan,
    EarlierImport,
    FloatArray,
    LongArray,
    RecordColumns,
)
from app.services.importing.fields import TableKind
from app.services.importing.mapping import RememberedMapping
from app.services.importing.outcomes import Outcome, RowOutcomes
from app.services.importing.repairs import Repairs
from app.services.importing.table import TextColumn, text_column
from app.services.store.record_repository import RecordRepository
from app.services.store.rep_repository import RepRepository
from app.services.store.repositories import PlanRepository
from app.services.store.scenario_repository import ScenarioRepository
from app.services.store.store import Store

ALL_KINDS = frozenset(TableKind)
_ROWS_AT_ONCE = 20_000
_MOST_SHARED = 100_000
_COUNTED_TABLES = (
    *("account", "rep", "measure", "territory", "product", "account_transaction", "visit"),
    *("goal", "import_ledger"),
)
_SCENARIO = ScenarioId(1)
_VALUES = (
    "SELECT account_id, value FROM account_measure WHERE measure_id = ? AND account_id > ?"
    " ORDER BY account_id LIMIT ?"
)


def read_current_plan(store: Store, kinds: Collection[TableKind] = ALL_KINDS) -> CurrentPlan:
    """A frozen copy of the plan.

    Args:
        store: The plan.
        kinds: What will be imported; parts of the plan that none of them needs are left out.
    """
    needs_accounts = TableKind.ACCOUNTS in kinds
    names = (*TEXT_FIELDS, "extra", "gone_since") if needs_accounts else NAMING_FIELDS
    ids, text, lon, lat, placed_by = _accounts(store, names, with_places=needs_accounts)
    measures = PlanRepository(store).measures()[1:]
    with_values = {TableKind.ACCOUNTS, TableKind.CONTACTS} & set(kinds)
    scenario, records = ScenarioRepository(store), RecordRepository(store)
    remembered, remembered_repairs = _remembered(store)
    return CurrentPlan(
        account_ids=ids,
        text=text,
        lon=lon,
        lat=lat,
        placed_by=placed_by,
        measures=measures,
        measure_values=_measure_values(store, ids, measures) if with_values else {},
        market_values=_market_values(store, measures) if TableKind.MARKET in kinds else {},
        reps=RepRepository(store).reps(),
        products=records.products(),
        territories=scenario.territories(_SCENARIO, FIRST_SALES_FORCE),
        roster=frozenset(scenario.roster(_SCENARIO)),
        holders=scenario.geounit_claims(_SCENARIO, FIRST_SALES_FORCE)[0]
        if {TableKind.TERRITORY_AREAS, TableKind.TERRITORIES} & set(kinds)
        else {},
        named={
            int(account): held
            for account, held in scenario.account_claims(_SCENARIO, FIRST_SALES_FORCE).items()
        }
        if TableKind.TERRITORY_ACCOUNTS in kinds
        else {},
        transactions=_transactions(store)
        if TableKind.TRANSACTIONS in kinds
        else RecordColumns.empty(),
        visits=_visits(store) if TableKind.VISITS in kinds else RecordColumns.empty(),
        goals=records.goals() if TableKind.GOALS in kinds else (),
        owner_aliases=records.owner_aliases(),
        account_aliases={
            str(own): _whole(account)
            for own, account in store.rows("SELECT external_id, account_id FROM account_alias")
        },
        corrections=_corrections(store) if needs_accounts else {},
        remembered=remembered,
        remembered_repairs=remembered_repairs,
        earlier=_earlier(store) if needs_accounts else (),
        revision=int(store.meta("revision") or 0),
        next_ids={
            table: _whole(store.rows(f"SELECT coalesce(max(id), 0) + 1 FROM {table}")[0][0])  # noqa: S608 names of this module
            for table in _COUNTED_TABLES
        },
    )


def _accounts(
    store: Store, names: Sequence[str], *, with_places: bool
) -> tuple[LongArray, dict[str, TextColumn], FloatArray, FloatArray, TextColumn]:
    texts = (*names, "placed_by") if with_places else names
    places = "lon, lat" if with_places else "NULL, NULL"
    numbers, columns = _columns(store, "account", ("id", places), texts)
    found = dict(zip(texts, columns, strict=True))
    count = len(numbers[0])
    placed_by = found.pop("placed_by", text_column([""] * count))
    return numbers[0].astype(np.int64), found, numbers[1], numbers[2], placed_by


def _columns(
    store: Store, table: str, numbers: Sequence[str], texts: Sequence[str]
) -> tuple[list[FloatArray], list[TextColumn]]:
    """Columns of all rows in the order of their ids, some rows at a time.

    Equal texts of a column become one object as long as they are few: owners, states and segments
    then take no memory worth mentioning.
    """
    names = ", ".join((*numbers, *texts))
    sql = f"SELECT {names} FROM {table} WHERE id > ? ORDER BY id LIMIT {_ROWS_AT_ONCE}"  # noqa: S608 own names
    width = len(", ".join(numbers).split(", "))
    found_numbers: list[FloatArray] = []
    found_texts: list[list[TextColumn]] = [[] for _ in texts]
    shared: list[dict[str, str]] = [{} for _ in texts]
    last = -(2**62)
    while part := store.rows(sql, (last,)):
        columns = list(zip(*part, strict=True))
        found_numbers.append(np.array(columns[:width], dtype=np.float64))
        for column, known, cells in zip(found_texts, shared, columns[width:], strict=True):
            column.append(text_column(_shared(known, cells)))
        last = _whole(part[-1][0])
    if not found_numbers:
        return [np.empty(0) for _ in range(width)], [text_column([]) for _ in texts]
    joined: npt.NDArray[np.float64] = np.concatenate(found_numbers, axis=1)
    return [joined[place] for place in range(width)], [np.concatenate(c) for c in found_texts]


def _shared(known: dict[str, str], cells: Sequence[Cell]) -> list[str]:
    if len(known) > _MOST_SHARED:
        return [str(cell) for cell in cells]
    return [known.setdefault(text, text) for text in map(str, cells)]


def _measure_values(
    store: Store, ids: LongArray, measures: Sequence[Measure]
) -> dict[MeasureId, FloatArray]:
    values: dict[MeasureId, FloatArray] = {}
    for measure in measures:
        if measure.level is not None:
            continue
        column = values[measure.id] = np.full(len(ids), np.nan)
        last = -(2**62)
        while part := store.rows(_VALUES, (int(measure.id), last, _ROWS_AT_ONCE)):
            pairs = np.array(part, dtype=np.float64)
            column[np.searchsorted(ids, pairs[:, 0].astype(np.int64))] = pairs[:, 1]
            last = _whole(part[-1][0])
    return values


def _market_values(
    store: Store, measures: Sequence[Measure]
) -> dict[MeasureId, Mapping[GeoUnitId, float]]:
    return {
        measure.id: {
            GeoUnitId(str(unit)): float(value or 0)
            for unit, value in store.rows(
                "SELECT geounit_id, value FROM geounit_measure WHERE measure_id = ?",
                (int(measure.id),),
            )
        }
        for measure in measures
        if measure.level is not None
    }


def _transactions(store: Store) -> RecordColumns:
    return _records(
        store,
        "account_transaction",
        ("product_id", "amount", "quantity"),
        ("stage", "owner"),
    )


def _visits(store: Store) -> RecordColumns:
    return _records(store, "visit", ("hours",), ("owner", "outcome"))


def _records(
    store: Store, table: str, numbers: Sequence[str], texts: Sequence[str]
) -> RecordColumns:
    found, columns = _columns(
        store, table, ("id", "account_id", "day", *numbers), ("external_id", *texts)
    )
    return RecordColumns(
        ids=found[0].astype(np.int64),
        external_ids=columns[0],
        account_ids=found[1].astype(np.int64),
        days=found[2].astype(np.int64),
        numbers=dict(zip(numbers, found[3:], strict=True)),
        texts=dict(zip(texts, columns[1:], strict=True)),
    )


def _corrections(store: Store) -> dict[int, dict[str, str]]:
    corrections: dict[int, dict[str, str]] = {}
    for account, field, imported in store.rows(
        "SELECT account_id, field, imported FROM account_correction"
    ):
        corrections.setdefault(_whole(account), {})[str(field)] = str(imported)
    return corrections


def _remembered(store: Store) -> tuple[dict[str, RememberedMapping], dict[str, Repairs]]:
    """The newest mapping and repairs per header signature."""
    mappings: dict[str, RememberedMapping] = {}
    repairs: dict[str, Repairs] = {}
    for (detail,) in store.rows("SELECT detail FROM import_ledger ORDER BY id"):
        try:
            content: dict[str, Any] = json.loads(str(detail))
            headers, mapping = str(content["headers"]), json.dumps(content["mapping"])
        except (ValueError, KeyError, TypeError):
            continue
        remembered = RememberedMapping.from_json(mapping)
        if remembered is not None:
            mappings[headers] = remembered
            repairs[headers] = Repairs.from_json(json.dumps(content.get("repairs", {})))
    return mappings, repairs


def _earlier(store: Store) -> tuple[EarlierImport, ...]:
    """The accounts of every earlier import of accounts whose rows are known."""
    found: list[EarlierImport] = []
    for detail, outcomes in store.rows(
        "SELECT detail, outcomes FROM import_ledger WHERE kind = ? AND outcomes <> '' ORDER BY id",
        (TableKind.ACCOUNTS.value,),
    ):
        rows = RowOutcomes.unpack(str(outcomes))
        if rows is not None:
            content: dict[str, Any] = json.loads(str(detail))
            targets = rows.targets[rows.codes != Outcome.SKIPPED]
            found.append(EarlierImport(str(content.get("headers", "")), np.unique(targets)))
    return tuple(found)


def _whole(cell: Cell) -> int:
    return int(cell or 0)
