# SPDX-License-Identifier: MIT
"""What a file is taken for, and what comes of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import shapely

from app.models.geounit import GeoLevel
from app.services.boundaries.boundary_file import BoundaryFile
from app.services.boundaries.choices import first_choices, outcome_of, shown_codes, with_codes
from app.services.boundaries.guessing import ROW_NUMBERS, Purpose
from app.services.boundaries.vintage import Change
from app.services.geography.geography import Geography
from app.services.importing.table import Watch
from tests.helpers.boundary_files import CODES, NAMES, squares, write_areas

Opener: TypeAlias = Callable[
    [Sequence[shapely.Geometry], Mapping[str, Sequence[Any]]], BoundaryFile
]
GEO = Path(__file__).parents[3] / "resources" / "geo"


@pytest.fixture(scope="module")
def geography() -> Geography:
    return Geography.load(GEO)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opener]:
    files: list[BoundaryFile] = []

    def open_it(
        areas: Sequence[shapely.Geometry], columns: Mapping[str, Sequence[Any]]
    ) -> BoundaryFile:
        path = write_areas(tmp_path / f"cb_2020_areas_{len(files)}.gpkg", areas, columns)
        files.append(BoundaryFile.open(path, Watch()))
        return files[-1]

    yield open_it
    for file in files:
        file.close()


def places(geography: Geography, level: GeoLevel, codes: list[str]) -> list[shapely.Geometry]:
    """A square around the label point of each of these areas."""
    layer = geography.layer(level)
    index = layer.indices_of(codes)
    assert (index >= 0).all()
    points = zip(layer.lon[index], layer.lat[index], strict=True)
    return [shapely.box(x - 0.05, y - 0.05, x + 0.05, y + 0.05) for x, y in points]


@pytest.mark.parametrize(
    ("level", "codes", "written", "column"),
    [
        (GeoLevel.ZIP, ["01001", "02139", "60601"], ["1001", "2139", "60601"], "ZCTA5CE20"),
        (GeoLevel.ZIP, ["43201", "43202"], ["8600000US43201", "8600000US43202"], "AFFGEOID"),
        (GeoLevel.COUNTY, ["01001", "06037", "39049"], ["01001", "06037", "39049"], "GEOID"),
        (GeoLevel.STATE, ["01", "06", "39"], ["1", "6", "39"], "STATEFP"),
    ],
)
def test_codes_and_places_tell_what_areas_are(
    opened: Opener,
    geography: Geography,
    level: GeoLevel,
    codes: list[str],
    written: list[str],
    column: str,
) -> None:
    file = opened(places(geography, level, codes), {"ALAND": [1.5] * len(codes), column: written})
    choices = first_choices(file, geography)
    assert (choices.code_column, choices.purpose.role) == (column, "replace")
    assert choices.purpose.level is level
    assert choices.purpose.known == len(codes)
    assert list(shown_codes(choices, file.layer)) == codes
    assert (choices.vintage, choices.attribution) == ("2020", "U.S. Census Bureau")


def test_five_digits_at_another_place_are_other_codes(opened: Opener, geography: Geography) -> None:
    # 43001 to 43006 are ZIP codes of Ohio; these squares lie in Germany.
    germany = [shapely.affinity.translate(square, 93.0, 10.0) for square in squares()]
    choices = first_choices(opened(germany, {"PLZ": CODES, "NAME": NAMES}), geography)
    assert choices.purpose.role == "join"
    assert choices.purpose.country == "DE"
    assert (choices.code_column, choices.name_column) == ("PLZ", "NAME")


def test_unknown_codes_in_the_us_are_own_regions(opened: Opener, geography: Geography) -> None:
    file = opened(squares(), {"REGION": list(NAMES), "NOTE": [""] * 6})
    choices = first_choices(file, geography)
    assert choices.purpose.role == "group"
    assert choices.code_column == "REGION"
    other = with_codes(choices, file.layer, ROW_NUMBERS, geography)
    assert shown_codes(other, file.layer) == ("1", "2", "3", "4", "5", "6")


def test_areas_of_other_countries_are_left_out_of_a_country(
    opened: Opener, geography: Geography
) -> None:
    areas = [
        shapely.box(9, 50, 10, 51),
        shapely.box(10.2, 50, 11, 51),
        shapely.box(2, 47, 3, 48),
    ]
    file = opened(areas, {"CODE": ["A", "B", "C"], "NAME": ["East", "West", "France"]})
    choices = first_choices(file, geography)
    assert choices.purpose.country == "DE"
    outcome = outcome_of(file, choices, geography, Watch())
    assert outcome.prepared.codes == ("A", "B")
    assert outcome.elsewhere == 1
    assert outcome.vintage is None


def test_exact_shapes_take_names_of_the_plan_and_are_compared(
    opened: Opener, geography: Geography
) -> None:
    codes = ["43201", "43202"]
    file = opened(places(geography, GeoLevel.ZIP, codes), {"ZCTA5CE20": codes})
    outcome = outcome_of(file, first_choices(file, geography), geography, Watch())
    assert outcome.prepared.names == ("43201 Columbus, OH", "43202 Columbus, OH")
    assert outcome.vintage is not None
    counts = outcome.vintage.counts
    assert counts[Change.KEPT] == 2
    assert sum(counts.values()) == len(geography.layer(GeoLevel.ZIP))


def test_what_the_user_says_counts(opened: Opener, geography: Geography) -> None:
    file = opened(squares(), {"GEOID": CODES, "NAME": NAMES})
    choices = first_choices(file, geography)
    own = replace(choices, purpose=Purpose("group", GeoLevel.COUNTY, "", 0, ""))
    outcome = outcome_of(file, own, geography, Watch())
    assert outcome.prepared.names == NAMES
    assert outcome.vintage is None
