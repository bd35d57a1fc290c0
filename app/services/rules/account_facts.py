# SPDX-License-Identifier: MIT
"""The facts of a plan's accounts as rules ask for them: each column is made once, when asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar, cast

import numpy as np

from app.models.days import day_number
from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId, MeasureId, RepId
from app.models.product import Product
from app.models.rep import Rep
from app.models.rule import DistanceTest
from app.services.account_table import AccountTable
from app.services.distance import distance_km
from app.services.geography.geography import Geography
from app.services.importing.cleaning import number
from app.services.record_tables import TransactionTable
from app.services.rules.columns import AreaColumn, Coded, FieldMissing, FloatArray, coded, plain
from app.services.rules.extra_columns import ExtraColumns, days_of
from app.services.rules.fields import (
    ACCOUNT_DATES,
    ACCOUNT_TEXTS,
    ALL_TIME,
    EXTRA,
    LAST_ORDER,
    LINES_BOUGHT,
    MAIN_LINE,
    MEASURE,
    ORDERS,
    REVENUE,
)
from app.services.rules.sales_facts import SalesFacts, year_days

_Kept = TypeVar("_Kept")
_LEVEL_BY_NAME = {level.value: level for level in GeoLevel}
_EVER = 10**6
"""Days; farther away than any date of a plan."""
_REMEDY = "Choose another field, or import it again."


@dataclass(frozen=True)
class Sources:
    """Where facts beyond the columns of accounts come from; each is called when it is needed."""

    transactions: Callable[[], TransactionTable]
    products: Callable[[], Sequence[Product]]
    reps: Callable[[], Sequence[Rep]]


class AccountFacts:
    """What rules may ask about the accounts of a plan.

    Args:
        accounts: All accounts; a plan whose accounts changed needs other facts.
        geography: Its areas.
        sources: Transactions, products and reps.
        today: Dates are compared with it.
    """

    def __init__(
        self, accounts: AccountTable, geography: Geography, sources: Sources, today: date
    ) -> None:
        self.accounts = accounts
        self._geography = geography
        self._sources = sources
        self._today = day_number(today)
        self._kept: dict[tuple[str, str], object] = {}

    def __len__(self) -> int:
        return len(self.accounts)

    @property
    def today(self) -> int:
        """Days since 1970-01-01."""
        return self._today

    def texts(self, field: str) -> Coded[str]:
        """A text column; values as `plain` makes them, empty where an account has none."""
        return self._once("texts", field, lambda: self._texts(field))

    def numbers(self, field: str) -> FloatArray:
        """One number per account; measures and sums of sales are 0 where there is none."""
        if field.startswith(MEASURE):
            return self._measure(field)  # kept by the accounts, which compute some of them anew
        return self._once("numbers", field, lambda: self._numbers(field))

    def days(self, field: str) -> FloatArray:
        """Days since 1970-01-01, nan where there is no date."""
        return self._once("days", field, lambda: self._days(field))

    def lists(self, field: str) -> Coded[frozenset[str]]:
        """A column of lists; a text column is a list where semicolons divide it."""
        return self._once("lists", field, lambda: self._lists(field))

    def areas(self, kind: str, ids: Sequence[GeoUnitId]) -> AreaColumn:
        """The areas of one kind in which the accounts lie, and which of them a test names."""
        level = _LEVEL_BY_NAME.get(kind)
        if level is not None:
            layer = self._geography.layer(level)
            named = layer.indices_of([area.partition(":")[2] for area in ids])
            column = self.accounts.unit_index[level]
            return AreaColumn(column, named[named >= 0].astype(np.int64), len(layer))
        if not self._geography.has_view(kind):
            raise FieldMissing(
                "The areas that this rule asks for are not part of the plan.",
                remedy="Add their boundary layer again, or choose other areas.",
            )
        view = self._geography.view(kind)
        number_by_id = view.position_by_geounit
        numbers = [number_by_id[area] for area in ids if area in number_by_id]
        codes = self._once("groups", kind, lambda: self._groups(kind))
        return AreaColumn(codes, np.array(numbers, dtype=np.int64), len(view.geounits))

    def distances(self, test: DistanceTest) -> FloatArray:
        """Kilometres from the point of a test, nan where an account has no place."""
        lon, lat = self._point(test)
        return self._once("distances", f"{lon!r} {lat!r}", lambda: self._distances(lon, lat))

    def spelled(self, column: str) -> list[str]:
        """A text column of the accounts as it stands in the plan; read in any thread.

        Raises:
            FieldMissing: An import changed the accounts in the meantime.
        """
        texts = self.accounts.text(column)
        if len(texts) != len(self):
            raise FieldMissing("The accounts have changed since.", remedy="Look again.")
        return texts.tolist()

    @property
    def extras(self) -> ExtraColumns:
        """The columns that imports kept without a meaning of their own."""
        return self._once("extras", "", lambda: ExtraColumns(self.spelled("extra")))

    @property
    def sales(self) -> SalesFacts:
        """What the transactions say."""
        return self._once("sales", "", self._make_sales)

    def _once(self, kind: str, key: str, make: Callable[[], _Kept]) -> _Kept:
        found = self._kept.get((kind, key))
        if found is None:
            found = self._kept[kind, key] = make()
        return cast("_Kept", found)

    def _make_sales(self) -> SalesFacts:
        return SalesFacts(
            self._sources.transactions(), self._sources.products(), len(self.accounts)
        )

    def _texts(self, field: str) -> Coded[str]:
        if field == MAIN_LINE:
            return self.sales.main_line()
        if field.startswith(EXTRA):
            return _plain_column(self._extra(field))
        if field in ACCOUNT_TEXTS or field in ACCOUNT_DATES:
            return coded(self.spelled(field))
        raise _missing(field)

    def _numbers(self, field: str) -> FloatArray:
        if field.startswith((REVENUE, ORDERS)):
            return self._sales_numbers(field)
        column = self._extra(field) if field.startswith(EXTRA) else self.texts(field)
        found = [number(value) for value in column.values]
        values = np.array([np.nan if each is None else each for each in found], dtype=np.float64)
        return values[column.codes]

    def _measure(self, field: str) -> FloatArray:
        try:
            return self.accounts.measure(MeasureId(int(field.removeprefix(MEASURE))))
        except (KeyError, ValueError) as error:
            raise FieldMissing(
                "The measure that this rule asks for is no longer in the plan.", remedy=_REMEDY
            ) from error

    def _sales_numbers(self, field: str) -> FloatArray:
        period = field.partition(":")[2]
        if period == ALL_TIME:
            span = (-_EVER, _EVER)
        elif period.startswith("y") and period[1:].isdecimal() and len(period) == len("y2026"):
            span = year_days(int(period[1:])) if int(period[1:]) else (0, -1)
        elif period.isdecimal() and len(period) < len(str(_EVER)):
            span = (self.today - int(period) + 1, self.today)
        else:
            raise _missing(field)
        sales = self.sales
        return sales.revenue(*span) if field.startswith(REVENUE) else sales.order_lines(*span)

    def _days(self, field: str) -> FloatArray:
        if field == LAST_ORDER:
            return self.sales.last_order()
        if field.startswith(EXTRA):
            extra = self._extra(field)
            return days_of(extra.values)[extra.codes]
        if field not in ACCOUNT_DATES:
            raise _missing(field)
        column = coded(self.spelled(field))
        days = np.array([_day(value) for value in column.values], dtype=np.float64)
        return days[column.codes]

    def _lists(self, field: str) -> Coded[frozenset[str]]:
        if field == LINES_BOUGHT:
            return self.sales.lines_bought()
        column = self._extra(field) if field.startswith(EXTRA) else self.texts(field)
        return Coded(column.codes, [_words(value) for value in column.values])

    def _extra(self, field: str) -> Coded[str]:
        header = field.removeprefix(EXTRA)
        column = self.extras.column(header)
        if column is None:
            raise FieldMissing(
                f"No account has the imported column “{header}” any more.", remedy=_REMEDY
            )
        return column

    def _groups(self, kind: str) -> np.ndarray:
        view = self._geography.view(kind)
        index = self.accounts.unit_index[view.level]
        group_of = view.group_of
        if group_of is None:
            return index
        padded = np.append(group_of, np.int32(-1))  # -1 for no unit finds the last
        return padded[index].astype(np.int32)

    def _point(self, test: DistanceTest) -> tuple[float, float]:
        if test.rep_id is None:
            return test.lon, test.lat
        rep = self._reps_by_id.get(test.rep_id)
        if rep is None:
            raise FieldMissing(
                "The rep from whom this rule measures is no longer in the plan.",
                remedy="Choose another rep or a place.",
            )
        if rep.base is None:
            raise FieldMissing(
                f"The rule measures from {rep.name}, whose home is not known.",
                remedy="Add the home of the rep, or choose a place.",
            )
        return rep.base

    @property
    def _reps_by_id(self) -> Mapping[RepId, Rep]:
        return self._once("reps", "", lambda: {rep.id: rep for rep in self._sources.reps()})

    def _distances(self, lon: float, lat: float) -> FloatArray:
        here = np.array(lon, dtype=np.float64), np.array(lat, dtype=np.float64)
        return distance_km(self.accounts.lon, self.accounts.lat, *here)


def _plain_column(column: Coded[str]) -> Coded[str]:
    forms = coded(column.values)
    return Coded(forms.codes[column.codes], forms.values)


def _words(text: str) -> frozenset[str]:
    return frozenset(word for part in text.split(";") if (word := plain(part)))


def _day(text: str) -> float:
    try:
        return float(day_number(date.fromisoformat(text.strip()[:10])))
    except ValueError:
        return np.nan


def _missing(field: str) -> FieldMissing:
    return FieldMissing(
        f"This version knows no field “{field[:60]}” for rules.",
        remedy="Choose another field, or open the plan with a newer version.",
    )
