# SPDX-License-Identifier: MIT
"""The look of a map as a line of text for the settings, and back."""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from enum import Enum
from typing import TypeVar, cast

from app.models.map_look import (
    FEWEST_CLASSES,
    MOST_CLASSES,
    MOST_FIGURES,
    MOST_RINGS,
    MOVABLE,
    ON_GROUND,
    SIGNS,
    AccountStyle,
    AreaBasis,
    ChartStyle,
    ClassChoice,
    ClassMethod,
    LayerLook,
    MapLayer,
    MapLook,
    RingChoice,
)

_EnumT = TypeVar("_EnumT", bound=Enum)


def look_text(look: MapLook) -> str:
    """The look as one line of text."""
    return json.dumps(asdict(look), default=lambda each: each.value)


def look_from_text(text: str) -> MapLook:
    """The look that a text holds; what it does not hold, or holds wrongly, is as usual."""
    try:
        found = json.loads(text)
    except ValueError:
        return MapLook()
    stored = _Stored(_texts(found))
    plain = MapLook()
    known = (_enum(MapLayer, each) for each in stored.list("order"))
    order = dict.fromkeys(layer for layer in known if layer is not None and layer in MOVABLE)
    return MapLook(
        classes=_classes(_Stored(stored.dict("classes"))),
        color_measure=stored.number_or_none("color_measure"),
        is_shaded=stored.flag("is_shaded"),
        accounts=_enum(AccountStyle, stored.word("accounts", "")) or plain.accounts,
        symbol_column=stored.word("symbol_column", plain.symbol_column),
        weight=stored.number_or_none("weight"),
        charts=_enum(ChartStyle, stored.word("charts", "")) or plain.charts,
        pie_column=stored.word("pie_column", plain.pie_column),
        rings=_rings(_Stored(stored.dict("rings"))),
        figures=tuple(each for each in stored.list("figures") if isinstance(each, str))[
            :MOST_FIGURES
        ],
        # A layer that a newer version added stands where it usually does, as far as one can say.
        order=_ordered(order),
        looks=tuple(look for each in stored.list("looks") if (look := _look(each)) is not None),
    )


def _ordered(known: Iterable[MapLayer]) -> tuple[MapLayer, ...]:
    """The movable layers with those in front whose order is known, kind by kind."""
    listed = list(dict.fromkeys((*known, *MOVABLE)))
    return tuple(layer for kind in (ON_GROUND, SIGNS) for layer in listed if layer in kind)


class _Stored:
    """A part of the settings that may hold anything."""

    def __init__(self, found: Mapping[str, object]) -> None:
        self._found = found

    def list(self, key: str) -> list[object]:
        value = self._found.get(key)
        return list(cast("list[object]", value)) if isinstance(value, list) else []

    def dict(self, key: str) -> dict[str, object]:
        value = self._found.get(key)
        return _texts(value)

    def word(self, key: str, usual: str) -> str:
        value = self._found.get(key)
        return value if isinstance(value, str) else usual

    def flag(self, key: str) -> bool:
        return self._found.get(key) is True

    def number_or_none(self, key: str) -> int | None:
        value = self._found.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def numbers(self, key: str) -> tuple[float, ...]:
        found = {each for value in self.list(key) if (each := _finite(value)) is not None}
        return tuple(sorted(found))


def _texts(value: object) -> dict[str, object]:
    """The object of a JSON text, or an empty one for anything else."""
    if not isinstance(value, dict):
        return {}
    return {str(key): each for key, each in cast("dict[object, object]", value).items()}


def _finite(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _enum(kind: type[_EnumT], value: object) -> _EnumT | None:
    return next((each for each in kind if each.value == value), None)


def _classes(stored: _Stored) -> ClassChoice:
    count = stored.number_or_none("count") or ClassChoice().count
    return ClassChoice(
        method=_enum(ClassMethod, stored.word("method", "")) or ClassMethod.QUANTILE,
        count=min(max(count, FEWEST_CLASSES), MOST_CLASSES),
        basis=_enum(AreaBasis, stored.word("basis", "")) or AreaBasis.TOTAL,
        limits=stored.numbers("limits")[: MOST_CLASSES - 1],
    )


def _rings(stored: _Stored) -> RingChoice:
    distances = tuple(each for each in stored.numbers("distances") if each > 0)
    unit = stored.word("unit", "mi")
    return RingChoice(distances[:MOST_RINGS], unit if unit in {"mi", "km"} else "mi")


def _look(value: object) -> LayerLook | None:
    found = _texts(value)
    layer = _enum(MapLayer, found.get("layer"))
    if layer is None:
        return None
    opacity = _finite(found.get("opacity"))
    strength = 1.0 if opacity is None else min(max(opacity, 0.0), 1.0)
    return LayerLook(layer, found.get("is_shown") is not False, strength)
