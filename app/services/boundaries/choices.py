# SPDX-License-Identifier: MIT
"""What the user chose about a boundary file, and the layer that comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.models.geounit import GeoLevel
from app.services.boundaries.boundary_file import BoundaryFile
from app.services.boundaries.effect import vintage_of
from app.services.boundaries.file_layer import FileLayer
from app.services.boundaries.guessing import (
    ROW_NUMBERS,
    Purpose,
    codes_of,
    countries_of,
    digits_of,
    guess_columns,
    guess_purpose,
)
from app.services.boundaries.prepared import PreparedLayer
from app.services.boundaries.vintage import VintageReport
from app.services.geography.geography import Geography
from app.services.importing.table import Watch


@dataclass(frozen=True)
class LayerChoices:
    """What the areas of a file are.

    Attributes:
        code_column: A column of the file, or `ROW_NUMBERS`.
        name_column: A column of the file; empty for none.
        purpose: What the areas are for, by their codes or as the user says.
        name: Of the layer, as the plan shows it.
        vintage: When the areas were so, in words.
        attribution: Who made them, in words.
    """

    code_column: str
    name_column: str
    purpose: Purpose
    name: str
    vintage: str = ""
    attribution: str = ""


@dataclass(frozen=True)
class LayerOutcome:
    """A layer that is ready to be added.

    Attributes:
        vintage: What becomes of the areas that it replaces; None where it replaces none.
        elsewhere: Rows left out as they lie in another country.
    """

    prepared: PreparedLayer
    choices: LayerChoices
    vintage: VintageReport | None
    elsewhere: int


def first_choices(file: BoundaryFile, geography: Geography) -> LayerChoices:
    """What a file most likely is."""
    guess = guess_columns(file.layer)
    choices = LayerChoices(
        guess.code,
        guess.name,
        guess_purpose(file.layer, codes_of(file.layer, guess.code), geography),
        name=_layer_name(file),
        vintage=_vintage_words(file.path.name),
    )
    return replace(choices, attribution=_attribution(file.path.name))


def with_codes(
    choices: LayerChoices, layer: FileLayer, column: str, geography: Geography
) -> LayerChoices:
    """The choices with another column of codes, and what the areas are for by these."""
    purpose = guess_purpose(layer, codes_of(layer, column), geography)
    name = "" if column == choices.name_column else choices.name_column
    return replace(choices, code_column=column, name_column=name, purpose=purpose)


def shown_codes(choices: LayerChoices, layer: FileLayer) -> tuple[str, ...]:
    """The codes as they will be: with leading zeros where they are areas of the US."""
    codes = codes_of(layer, choices.code_column)
    if choices.purpose.role != "replace":
        return codes
    return codes_of(layer, choices.code_column, digits_of(codes, choices.purpose.level))


def outcome_of(
    file: BoundaryFile, choices: LayerChoices, geography: Geography, watch: Watch
) -> LayerOutcome:
    """Prepare the areas of a file as the user chose.

    Raises:
        ImportProblem: No area can be used.
        TaskCancelled: The user stopped it.
    """
    layer, purpose = file.layer, choices.purpose
    codes = shown_codes(choices, layer)
    names = layer.columns[choices.name_column] if choices.name_column else codes
    rows: list[int] | None = None
    if purpose.role == "join" and purpose.country:
        found = countries_of(layer, geography)
        # A middle in the sea, or beyond a rounded border, says nothing against a row.
        rows = [row for row, code in enumerate(found) if code in ("", purpose.country)]
    prepared = file.prepare(codes, names, watch, rows)
    if purpose.role != "replace":
        left_out = len(layer) - len(rows) if rows is not None else 0
        return LayerOutcome(prepared, choices, None, left_out)
    watch.at(0.98, "Comparing with the areas of the plan")
    prepared = replace(prepared, names=_full_names(prepared, purpose.level, geography))
    return LayerOutcome(prepared, choices, vintage_of(prepared, geography, purpose.level), 0)


def _full_names(prepared: PreparedLayer, level: GeoLevel, geography: Geography) -> tuple[str, ...]:
    """Names as the plan knows them where the file has none but the code, "60601 Chicago, IL"."""
    known = geography.layer(level)
    index: Sequence[int] = known.indices_of(prepared.codes).tolist()
    return tuple(
        known.names[at] if at >= 0 and name == code else name
        for code, name, at in zip(prepared.codes, prepared.names, index, strict=True)
    )


def _layer_name(file: BoundaryFile) -> str:
    place = file.layer.place
    stem = Path(place.label if len(file.places) > 1 else file.path.name).name
    for ending in (".gz", ".zip", *(f".{end}" for end in ("shp", "json", "geojson", "topojson"))):
        stem = stem.removesuffix(ending)
    return stem.rsplit(".", 1)[0] if "." in stem else stem


def _vintage_words(file_name: str) -> str:
    """The year in the names of the Census: "cb_2020_us_zcta520_500k.zip"."""
    parts = file_name.replace(".", "_").replace("-", "_").split("_")
    years = [part for part in parts if len(part) == 4 and part.startswith(("19", "20"))]
    return next((year for year in years if year.isdecimal()), "")


def _attribution(file_name: str) -> str:
    return "U.S. Census Bureau" if file_name.startswith(("cb_", "tl_")) else ""


__all__ = [
    "ROW_NUMBERS",
    "LayerChoices",
    "LayerOutcome",
    "first_choices",
    "outcome_of",
    "shown_codes",
    "with_codes",
]
