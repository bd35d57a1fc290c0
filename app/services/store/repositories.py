# SPDX-License-Identifier: MIT
"""Reading the plan: one repository per part, rows in, models or columns out."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.account import Account, PlacedBy
from app.models.geounit import GeoLevel
from app.models.ids import AccountId, MeasureId
from app.models.json_texts import texts_by_header
from app.models.measure import ACCOUNT_COUNT, Measure, MeasureKind
from app.models.plan import PlanInfo, PlanSettings
from app.models.rep_match import match_weights_of
from app.models.rows import Cell
from app.services.pausing import collector_paused
from app.services.store.cells import number_or_none, whole
from app.services.store.plan_settings import (
    INDEX_WEIGHTS,
    MATCH_WEIGHTS,
    POTENTIAL_MEASURE,
    REVENUE_MEASURE,
    VISITS_MEASURE,
    WORK_SETTINGS,
    read_setting,
)
from app.services.store.store import Store
from app.services.store.work_settings import measure_of, weights_of, work_of

_CODE_COLUMNS = ("country", "state", "county", "zip_code")
TEXT_COLUMNS = frozenset(
    (
        *("external_id", "name", "street", "city", "region", "postal_code", "country_name"),
        *("segment", "industry", "status", "family", "owner", "placed_by", "extra"),
        *("phone", "website", "created_on", "last_activity_on", "gone_since", "visit_class"),
        *_CODE_COLUMNS,
    )
)
"""Columns of `account` that may be read as a whole; names come from here, never from data."""


class PlanRepository:
    """Identity and settings of the plan."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def info(self) -> PlanInfo:
        """Identity and name of the plan."""
        meta = _text_by_key(self._store.rows("SELECT key, value FROM meta"))
        return PlanInfo(
            plan_id=meta["plan_id"],
            name=self._settings().get("name", ""),
            created_at_utc=meta.get("created_at_utc", ""),
        )

    def settings(self) -> PlanSettings:
        """The plan's settings, with the defaults for those never set."""
        stored = self._settings()
        default = PlanSettings()
        return PlanSettings(
            tolerance_fraction=float(stored.get("tolerance_fraction", default.tolerance_fraction)),
            main_measure=MeasureId(int(stored.get("main_measure", default.main_measure))),
            ideal_by_capacity=stored.get("ideal_by_capacity", "0") == "1",
            index_weights=weights_of(read_setting(self._store, INDEX_WEIGHTS)),
            work=work_of(read_setting(self._store, WORK_SETTINGS)),
            revenue_measure=measure_of(read_setting(self._store, REVENUE_MEASURE)),
            potential_measure=measure_of(read_setting(self._store, POTENTIAL_MEASURE)),
            visits_measure=measure_of(read_setting(self._store, VISITS_MEASURE)),
            match_weights=match_weights_of(read_setting(self._store, MATCH_WEIGHTS)),
        )

    def measures(self) -> tuple[Measure, ...]:
        """All measures, the account count first."""
        rows = self._store.rows("SELECT id, name, kind, source, level FROM measure ORDER BY id")
        stored = tuple(
            Measure(
                MeasureId(whole(id_)),
                str(name),
                MeasureKind(kind),
                str(source),
                GeoLevel(level) if level else None,
            )
            for id_, name, kind, source, level in rows
        )
        return (Measure(ACCOUNT_COUNT, "Accounts", MeasureKind.COUNT), *stored)

    def market_values(self, measure: MeasureId) -> tuple[list[str], npt.NDArray[np.float64]]:
        """The geounits for which a market measure has a value, and the values."""
        rows = self._store.rows(
            "SELECT geounit_id, value FROM geounit_measure WHERE measure_id = ?", (measure,)
        )
        values = np.fromiter((row[1] for row in rows), dtype=np.float64, count=len(rows))
        return [str(row[0]) for row in rows], values

    def _settings(self) -> dict[str, str]:
        return _text_by_key(self._store.rows("SELECT key, value FROM setting"))


@dataclass(frozen=True, slots=True)
class PositionColumns:
    """Where all accounts are, as columns in the order of their ids."""

    ids: npt.NDArray[np.int64]
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    codes: Mapping[str, npt.NDArray[np.str_]]


_ROWS_AT_ONCE = 50_000
_TEXTS_AT_ONCE = 5_000
"""Rows of many texts: taking them apart lets no other thread run."""
_POSITIONS = "SELECT id, lon, lat, country, state, county, zip_code FROM account"
_MEASURE_VALUES = (
    "SELECT account_id, value FROM account_measure WHERE measure_id = ? AND account_id > ?"
    " ORDER BY account_id LIMIT ?"
)


def _check_text_columns(columns: Sequence[str]) -> None:
    for column in columns:
        if column not in TEXT_COLUMNS:
            message = f"not a text column of the account table: {column}"
            raise ValueError(message)


def _objects(texts: Sequence[Cell]) -> npt.NDArray[np.object_]:
    """Texts as an array; the garbage collector looks into lists of a million, never into these."""
    result = np.empty(len(texts), dtype=np.object_)
    result[:] = texts
    return result


def _positions(parts: Iterable[Sequence[tuple[Cell, ...]]]) -> PositionColumns:
    read = [list(zip(*rows, strict=True)) for rows in parts if rows]
    numbers = [np.array(columns[:3], dtype=np.float64) for columns in read]
    ids, lon, lat = np.concatenate(numbers, axis=1) if numbers else np.empty((3, 0))
    return PositionColumns(
        ids=ids.astype(np.int64),
        lon=lon,
        lat=lat,
        codes={
            name: np.concatenate(
                [np.array(columns[place], dtype=np.str_) for columns in read]
                or [np.empty(0, dtype=np.str_)]
            )
            for place, name in enumerate(_CODE_COLUMNS, start=3)
        },
    )


class AccountRepository:
    """The customer list."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def positions(self, ids: Sequence[int] | None = None) -> PositionColumns:
        """Ids, coordinates and geounit codes of all accounts, or of some."""
        if ids is not None:
            where, parameters = _among(ids)
            return _positions([self._store.rows(f"{_POSITIONS} {where} ORDER BY id", parameters)])
        return _positions(self._parts(f"{_POSITIONS} WHERE id > ? ORDER BY id LIMIT ?"))

    def _parts(
        self, sql: str, *parameters: Cell, at_once: int = _ROWS_AT_ONCE
    ) -> Iterator[list[tuple[Cell, ...]]]:
        """All rows in parts; a million at once would keep other threads waiting.

        Args:
            sql: Its first column grows; its last two parameters are where a part begins and how
                many rows it has.
            at_once: Rows of a part.
        """
        last: Cell = -(2**62)
        while rows := self._store.rows(sql, (*parameters, last, at_once)):
            yield rows
            last = rows[-1][0]

    def text_column(self, column: str, ids: Sequence[int] | None = None) -> npt.NDArray[np.object_]:
        """One text column of all accounts, or of some, in the order of their ids.

        Raises:
            ValueError: The account table has no such text column.
        """
        if ids is None:
            return self.text_columns((column,))[column]
        _check_text_columns((column,))
        where, parameters = _among(ids)
        sql = f"SELECT {column} FROM account {where} ORDER BY id"  # noqa: S608 checked above
        return _objects([row[0] for row in self._store.rows(sql, parameters)])

    def text_columns(self, columns: Sequence[str]) -> dict[str, npt.NDArray[np.object_]]:
        """Several text columns of all accounts, read together in half the time.

        Raises:
            ValueError: The account table has no such text column.
        """
        _check_text_columns(columns)
        names = ", ".join(columns)
        sql = f"SELECT id, {names} FROM account WHERE id > ? ORDER BY id LIMIT ?"  # noqa: S608 checked above
        found: list[list[npt.NDArray[np.object_]]] = [[_objects(())] for _ in columns]
        with collector_paused():
            for rows in self._parts(sql, at_once=_TEXTS_AT_ONCE):
                for texts, part in zip(found, list(zip(*rows, strict=True))[1:], strict=True):
                    texts.append(_objects(part))
        return {column: np.concatenate(texts) for column, texts in zip(columns, found, strict=True)}

    def measure_columns(
        self, ids: npt.NDArray[np.int64]
    ) -> dict[MeasureId, npt.NDArray[np.float64]]:
        """Per measure one value per account, 0 where the account has none.

        Args:
            ids: All account ids, ascending.
        """
        result: dict[MeasureId, npt.NDArray[np.float64]] = {}
        for (measure,) in self._store.rows("SELECT id FROM measure WHERE level = '' ORDER BY id"):
            result[MeasureId(whole(measure))] = self._measure_column(measure, ids)
        return result

    def _measure_column(self, measure: Cell, ids: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        result = np.zeros(len(ids))
        for rows in self._parts(_MEASURE_VALUES, measure):
            pairs = np.array(rows, dtype=np.float64)
            result[np.searchsorted(ids, pairs[:, 0].astype(np.int64))] = pairs[:, 1]
        return result

    def account(self, account: AccountId) -> Account | None:
        """One account with all its fields, or None."""
        rows = self._store.rows(
            "SELECT id, external_id, name, street, city, region, postal_code, country_name,"
            " segment, industry, status, family, owner, lon, lat, placed_by, country, state,"
            " county, zip_code, extra, phone, website, created_on, last_activity_on, gone_since,"
            " visit_class"
            " FROM account WHERE id = ?",
            (account,),
        )
        return _account(rows[0]) if rows else None

    def gone_ids(self) -> npt.NDArray[np.int64]:
        """The accounts that the last complete list no longer had."""
        rows = self._store.rows("SELECT id FROM account WHERE gone_since <> '' ORDER BY id")
        return np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))

    def corrections(self, account: AccountId) -> dict[str, str]:
        """What the file had said about the fields of an account that the user corrected."""
        sql = "SELECT field, imported FROM account_correction WHERE account_id = ?"
        return _text_by_key(self._store.rows(sql, (account,)))


def _among(ids: Sequence[int] | None) -> tuple[str, tuple[str, ...]]:
    """A condition on the id, and its one parameter however many ids there are."""
    if ids is None:
        return "", ()
    return "WHERE id IN (SELECT value FROM json_each(?))", (json.dumps([int(i) for i in ids]),)


def _account(row: tuple[Cell, ...]) -> Account:
    texts = [str(cell) for cell in row[1:13]]
    return Account(
        AccountId(whole(row[0])),
        *texts,
        lon=number_or_none(row[13]),
        lat=number_or_none(row[14]),
        placed_by=PlacedBy(row[15]),
        country=str(row[16]),
        state=str(row[17]),
        county=str(row[18]),
        zip_code=str(row[19]),
        extra=tuple(texts_by_header(str(row[20])).items()),
        phone=str(row[21]),
        website=str(row[22]),
        created_on=str(row[23]),
        last_activity_on=str(row[24]),
        gone_since=str(row[25]),
        visit_class=str(row[26]),
    )


def _text_by_key(rows: Sequence[tuple[Cell, ...]]) -> dict[str, str]:
    return {str(key): str(value) for key, value in rows}
