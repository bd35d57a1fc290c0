# SPDX-License-Identifier: MIT
"""What the user made of a table, as text for the settings."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from app.services.tables.arranging import SortKey, Wanted
from app.services.tables.filters import Between, Contains, Filter, IsEmpty, OneOf

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """What the user made of the columns; columns that it does not name are as they come.

    Attributes:
        order: Keys from left to right.
        widths: Pixels by key.
        hidden: Keys of the columns that are not shown.
    """

    order: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict[str, int])
    hidden: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TableView:
    """Columns, sorting, filters and groups of a table."""

    layout: ColumnLayout = field(default_factory=ColumnLayout)
    wanted: Wanted = field(default_factory=Wanted)


def view_text(view: TableView) -> str:
    """The view as JSON; what was searched for is left out."""
    layout, wanted = view.layout, view.wanted
    return json.dumps(
        {
            "order": list(layout.order),
            "widths": dict(layout.widths),
            "hidden": sorted(layout.hidden),
            "sort": [[key.column, key.is_descending] for key in wanted.sort],
            "filters": [[column, _filter_json(each)] for column, each in wanted.filters],
            "group_by": wanted.group_by,
        },
        ensure_ascii=False,
    )


def view_of(text: str) -> TableView | None:
    """The view that a text describes; None where it is no such text."""
    try:
        read: object = json.loads(text)
        return _view(cast("Json", read)) if isinstance(read, dict) else None
    except (ValueError, TypeError, LookupError, AttributeError):
        return None


def _view(read: Json) -> TableView:
    widths = cast("Mapping[str, object]", read.get("widths", {}))
    filters: list[tuple[str, Filter]] = []
    for column, described in _pairs(read.get("filters", ())):
        found = _filter(cast("Json", described))
        if found is not None:
            filters.append((str(column), found))
    return TableView(
        ColumnLayout(
            order=_texts(read.get("order", ())),
            widths={str(key): int(str(width)) for key, width in widths.items()},
            hidden=frozenset(_texts(read.get("hidden", ()))),
        ),
        Wanted(
            filters=tuple(filters),
            sort=tuple(SortKey(str(c), bool(down)) for c, down in _pairs(read.get("sort", ()))),
            group_by=str(read.get("group_by", "")),
        ),
    )


def _filter_json(wanted: Filter) -> Json:
    if isinstance(wanted, Contains):
        return {"contains": wanted.text, "not": wanted.is_negated}
    if isinstance(wanted, OneOf):
        return {"one_of": sorted(wanted.values)}
    if isinstance(wanted, Between):
        return {"from": wanted.low, "to": wanted.high}
    return {"empty": not wanted.is_negated}


def _filter(read: Json) -> Filter | None:
    if "contains" in read:
        return Contains(str(read["contains"]), bool(read.get("not", False)))
    if "one_of" in read:
        return OneOf(frozenset(_texts(read["one_of"])))
    if "empty" in read:
        return IsEmpty(is_negated=not read["empty"])
    if "from" in read or "to" in read:
        return Between(_number(read.get("from")), _number(read.get("to")))
    return None


def _number(read: object) -> float | None:
    if isinstance(read, int | float) and math.isfinite(read):
        return float(read)
    return None


def _texts(read: object) -> tuple[str, ...]:
    return tuple(str(each) for each in cast("Sequence[object]", read))


def _pairs(read: object) -> list[tuple[object, object]]:
    return [(each[0], each[1]) for each in cast("Sequence[Sequence[object]]", read)]
