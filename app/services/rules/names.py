# SPDX-License-Identifier: MIT
"""What fields, areas and reps are called in conditions, and which one a name means."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId, RepId
from app.models.rep import Rep
from app.services.geography.geography import Geography
from app.services.rules.columns import kind_of_area, plain
from app.services.rules.fields import AREA, FieldKind, RuleField

ANY_AREA = RuleField("area", "Area", FieldKind.PLACE, "Place")
"""Stands for areas of several kinds at once; its values are written with their kind."""
_LEVEL_BY_NAME = {level.value: level for level in GeoLevel}


class RuleNames:
    """Names of one plan.

    Args:
        fields: All fields; no two share a title.
        geography: Names the areas.
        reps: From whose places distances may be measured.
    """

    def __init__(
        self, fields: Iterable[RuleField], geography: Geography, reps: Sequence[Rep]
    ) -> None:
        self.fields = tuple(fields)
        self._geography = geography
        self.reps = tuple(reps)
        self._by_key = {field.key: field for field in (ANY_AREA, *self.fields)}
        self._by_title = {plain(field.title): field for field in (ANY_AREA, *self.fields)}
        self._found: dict[str, Mapping[str, GeoUnitId | None]] = {}

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """All titles in their plain form, the longest first."""
        return tuple(sorted(self._by_title, key=len, reverse=True))

    def field(self, key: str) -> RuleField | None:
        """The field with a key; None where the plan has it no more."""
        return self._by_key.get(key)

    def titled(self, title: str) -> RuleField | None:
        """The field with a title, however it is spelled."""
        return self._by_title.get(plain(title))

    def title(self, key: str) -> str:
        """The title of a field; of one that is gone what its key says."""
        field = self._by_key.get(key)
        return key.partition(":")[2] or key if field is None else field.title

    def area_field(self, areas: Sequence[GeoUnitId]) -> RuleField:
        """The field under which areas are listed: their kind, or `ANY_AREA` for several."""
        kinds = {kind_of_area(area) for area in areas}
        field = self._by_key.get(f"{AREA}{kinds.pop()}") if len(kinds) == 1 else None
        return field or ANY_AREA

    def area_name(self, area: GeoUnitId) -> str:
        """The name of an area as shown; one that is gone by its code."""
        kind = kind_of_area(area)
        if kind in _LEVEL_BY_NAME:
            return self._geography.name(area)
        if self._geography.has_view(kind):
            view = self._geography.view(kind)
            number = view.position_by_geounit.get(area)
            if number is not None:
                return view.names[number]
        return area.removeprefix(f"{kind}:")

    def exact_area(self, area: GeoUnitId) -> str:
        """A name that `area_called` takes back to the same area."""
        kind = kind_of_area(area)
        spellings = (self.area_name(area), area.removeprefix(f"{kind}:"))
        return next((each for each in spellings if self.area_called(kind, each) == area), area)

    def area_called(self, kind: str, text: str) -> GeoUnitId | None:
        """The area of a kind that a code or a name means; None where none or several could be."""
        wanted = " ".join(text.split())
        as_code = GeoUnitId(f"{kind}:{wanted}")
        if self._is_known(kind, as_code):
            return as_code
        return self._names_of(kind).get(plain(wanted))

    def rep_called(self, name: str, id_: RepId | None = None) -> Rep | None:
        """The rep with a name; of several with one name the one with the id."""
        found = [rep for rep in self.reps if plain(rep.name) == plain(name)]
        if len(found) == 1:
            return found[0]
        return next((rep for rep in found if rep.id == id_), None)

    def rep_name(self, rep: RepId) -> str:
        """The name of a rep, empty where there is no such rep any more."""
        return next((each.name for each in self.reps if each.id == rep), "")

    def _is_known(self, kind: str, area: GeoUnitId) -> bool:
        if kind in _LEVEL_BY_NAME:
            return self._geography.is_known(area)
        if not self._geography.has_view(kind):
            return False
        return area in self._geography.view(kind).position_by_geounit

    def _names_of(self, kind: str) -> Mapping[str, GeoUnitId | None]:
        """Areas of a kind by plain name; None for a name that several have."""
        if kind not in self._found:
            found: dict[str, GeoUnitId | None] = {}
            for area, name in self._listed(kind):
                key = plain(name)
                found[key] = None if key in found else area
            self._found[kind] = found
        return self._found[kind]

    def _listed(self, kind: str) -> Iterable[tuple[GeoUnitId, str]]:
        level = _LEVEL_BY_NAME.get(kind)
        if level is not None:
            layer = self._geography.layer(level)
            return zip(layer.geounits, layer.names, strict=True)
        if not self._geography.has_view(kind):
            return ()
        view = self._geography.view(kind)
        named = zip(view.geounits, view.names, strict=True)
        return ((area, name) for area, name in named if kind_of_area(area) == kind)
