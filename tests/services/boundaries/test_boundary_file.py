# SPDX-License-Identifier: MIT
"""Files in every format, opened and prepared as the dialog does it."""

import json
import zipfile
from pathlib import Path

import numpy as np
import pytest
import shapely

from app.models.errors import ImportProblem, TaskCancelled
from app.services.boundaries.boundary_file import BoundaryFile
from app.services.boundaries.prepared import Finding, PreparedLayer
from app.services.importing.table import Watch
from tests.helpers.boundary_files import (
    CODES,
    NAMES,
    squares,
    write_areas,
    write_squares,
    write_topojson,
    zipped,
)

# 0.1 degrees of latitude by 0.1 of longitude on the sphere, by hand:
# R^2 * 0.1 * pi / 180 * (sin 40.1 - sin 40.0) with R = 6371.0072 km.
SOUTH_KM2 = 94.648


def prepared(path: Path, code: str = "GEOID", name: str = "NAME") -> PreparedLayer:
    file = BoundaryFile.open(path, Watch())
    try:
        columns = file.layer.columns
        return file.prepare(columns[code], columns[name], Watch())
    finally:
        file.close()


def check_squares(layer: PreparedLayer) -> None:
    assert layer.codes == CODES
    assert layer.names == NAMES
    assert layer.findings == ()
    np.testing.assert_allclose(layer.lon, [-82.95, -82.85, -82.75] * 2, atol=1e-4)
    np.testing.assert_allclose(layer.lat, [40.15] * 3 + [40.05] * 3, atol=1e-3)
    np.testing.assert_allclose(layer.area_km2[3:], SOUTH_KM2, rtol=2e-4)
    np.testing.assert_allclose(layer.bounds[0], [-83.0, 40.1, -82.9, 40.2], atol=3e-5)
    around = [
        layer.neighbors[layer.neighbors_start[i] : layer.neighbors_start[i + 1]].tolist()
        for i in range(6)
    ]
    assert around == [[1, 3], [0, 2, 4], [1, 5], [0, 4], [1, 3, 5], [2, 4]]
    assert layer.gap_km2 == 0.0


@pytest.mark.parametrize("ending", ["shp", "gpkg", "kml", "fgb", "geojson"])
def test_every_format_gives_the_same_areas(tmp_path: Path, ending: str) -> None:
    check_squares(
        prepared(
            write_squares(tmp_path / f"areas.{ending}"), name="Name" if ending == "kml" else "NAME"
        )
    )


@pytest.mark.parametrize("crs", ["EPSG:5070", "EPSG:3857", "EPSG:4269", "EPSG:32617", "EPSG:4267"])
def test_projected_files_come_to_lie_where_they_are(tmp_path: Path, crs: str) -> None:
    layer = prepared(write_squares(tmp_path / "areas.shp", crs))
    assert layer.codes == CODES
    np.testing.assert_allclose(layer.lon, [-82.95, -82.85, -82.75] * 2, atol=1e-3)
    np.testing.assert_allclose(layer.area_km2[3:], SOUTH_KM2, rtol=1e-3)
    assert np.diff(layer.neighbors_start).tolist() == [2, 3, 2, 2, 3, 2]


def test_a_census_download_is_read_as_it_is(tmp_path: Path) -> None:
    shape = write_squares(tmp_path / "cb_2020_us_zcta520_500k.shp", "EPSG:4269")
    check_squares(prepared(zipped(shape, tmp_path / "cb_2020_us_zcta520_500k.zip")))


def test_a_shapefile_in_a_folder_of_an_archive_is_found(tmp_path: Path) -> None:
    archive = zipped(write_squares(tmp_path / "areas.shp"), tmp_path / "a.zip", "data/2020/")
    check_squares(prepared(archive))


def test_a_part_of_a_shapefile_stands_for_it(tmp_path: Path) -> None:
    write_squares(tmp_path / "areas.shp")
    check_squares(prepared(tmp_path / "areas.dbf"))


@pytest.mark.parametrize("name", ["areas.topojson", "areas.topo.json.gz"])
def test_topologies_are_read_packed_or_not(tmp_path: Path, name: str) -> None:
    layer = prepared(write_topojson(tmp_path / name), code="id", name="id")
    assert layer.codes == ("43001", "43004")
    assert layer.neighbors.tolist() == [1, 0]


def test_archives_with_several_files_offer_each(tmp_path: Path) -> None:
    write_areas(tmp_path / "few.shp", squares()[:2], {"GEOID": CODES[:2]})
    write_squares(tmp_path / "many.shp")
    first = zipped(tmp_path / "few.shp", tmp_path / "both.zip")
    with zipfile.ZipFile(first, "a") as archive:
        for part in tmp_path.glob("many.*"):
            archive.write(part, part.name)
    file = BoundaryFile.open(first, Watch())
    assert sorted(place.label for place in file.places) == ["few.shp", "many.shp"]
    assert file.layer.place.label == "many.shp"
    other = next(place for place in file.places if place.label == "few.shp")
    assert len(file.read(other, Watch())) == 2
    file.close()


def test_numbers_are_codes_without_a_point(tmp_path: Path) -> None:
    columns = {"ZIP": [1001, 1002, 1003, 1004, 1005, 1006], "ALAND": [0.5] * 6}
    file = BoundaryFile.open(write_areas(tmp_path / "a.gpkg", squares(), columns), Watch())
    assert file.layer.samples("ZIP") == ("1001", "1002", "1003")
    assert "ALAND" not in file.layer.columns
    file.close()


def test_swapped_coordinates_are_put_right(tmp_path: Path) -> None:
    # 95 degrees west: read the other way round it is no latitude.
    turned = [shapely.box(40.0, -95.1 - i, 40.1, -95.0 - i) for i in range(3)]
    file = BoundaryFile.open(
        write_areas(tmp_path / "a.geojson", turned, {"GEOID": CODES[:3]}), Watch()
    )
    assert file.layer.is_swapped
    np.testing.assert_allclose(file.layer.lon, [-95.05, -96.05, -97.05])
    file.close()


def test_faults_are_repaired_or_left_out_and_listed(tmp_path: Path) -> None:
    bow_tie = shapely.Polygon([(-83, 40), (-82.9, 40.1), (-82.9, 40), (-83, 40.1)])
    far_off = shapely.box(-83, 500, -82.9, 501)
    areas = [
        bow_tie,
        None,
        shapely.box(-82.9, 40, -82.8, 40.1),
        far_off,
        *squares()[2:4],
        squares()[0],
    ]
    columns = {
        "GEOID": ["1", "2", "3", "4", "5", "6", ""],
        "NAME": ["tie", "none", "box", "far", "a", "b", "nameless"],
    }
    layer = prepared(write_areas(tmp_path / "a.geojson", areas, columns))
    assert layer.codes == ("1", "3", "5", "6")
    found = {(finding.finding, finding.name) for finding in layer.findings}
    assert found >= {
        (Finding.REPAIRED, "tie"),
        (Finding.EMPTY, "none"),
        (Finding.MISPLACED, "far"),
        (Finding.NO_CODE, "nameless"),
    }
    # The bow tie is two triangles, each a quarter of a square: half of it is left.
    assert layer.area_km2[0] == pytest.approx(SOUTH_KM2 / 2, rel=1e-3)


def test_rows_with_the_same_code_become_one_area(tmp_path: Path) -> None:
    codes = ["A", "A", "B", "A", "B", "B"]
    path = write_areas(tmp_path / "a.fgb", squares(), {"GEOID": codes, "NAME": NAMES})
    layer = prepared(path)
    assert layer.codes == ("A", "B")
    assert [(f.code, f.share) for f in layer.findings] == [("A", 3.0), ("B", 3.0)]
    assert layer.area_km2[0] == pytest.approx(layer.area_km2[1], rel=2e-3)
    assert layer.neighbors.tolist() == [1, 0]


def test_overlaps_and_gaps_are_measured(tmp_path: Path) -> None:
    # The first reaches a quarter into the second; the ring encloses an empty square.
    areas = [
        shapely.box(-83, 40, -82.875, 40.1),
        shapely.box(-82.9, 40, -82.8, 40.1),
        shapely.box(-90, 40, -89.7, 40.3) - shapely.box(-89.9, 40.1, -89.8, 40.2),
    ]
    layer = prepared(
        write_areas(tmp_path / "a.gpkg", areas, {"GEOID": CODES[:3], "NAME": NAMES[:3]})
    )
    (overlap,) = layer.findings
    assert (overlap.finding, overlap.code, overlap.other) == (Finding.OVERLAP, "43001", "43002")
    assert overlap.share == pytest.approx(0.25, abs=1e-3)
    assert layer.gap_km2 == pytest.approx(94.51, rel=1e-3)
    assert layer.neighbors.tolist() == [1, 0]


def test_borders_that_nearly_meet_become_one(tmp_path: Path) -> None:
    # The right square is drawn 10 m too far to the east, with a corner in the middle of the border.
    right = shapely.Polygon(
        [(-82.8999, 40), (-82.8, 40), (-82.8, 40.1), (-82.8999, 40.1), (-82.8999, 40.05)]
    )
    areas = [shapely.box(-83, 40, -82.9, 40.1), right]
    layer = prepared(
        write_areas(tmp_path / "a.shp", areas, {"GEOID": CODES[:2], "NAME": NAMES[:2]})
    )
    assert layer.neighbors.tolist() == [1, 0]
    assert layer.findings == ()


def test_areas_across_the_date_line_are_cut_there(tmp_path: Path) -> None:
    fiji = shapely.box(177, -19, 182, -16)
    layer = prepared(write_areas(tmp_path / "a.gpkg", [fiji], {"GEOID": ["FJ"], "NAME": ["Fiji"]}))
    assert layer.bounds[0].tolist() == pytest.approx([-180, -19, 180, -16], abs=1e-3)
    # 5 degrees of longitude, from 19 to 16 degrees south: R^2 * 5 * pi/180 * (sin 19 - sin 16).
    assert layer.area_km2[0] == pytest.approx(176_853, rel=1e-3)


def test_a_shapefile_without_projection_is_refused_unless_it_is_in_degrees(tmp_path: Path) -> None:
    path = write_squares(tmp_path / "areas.shp", "EPSG:5070")
    (tmp_path / "areas.prj").unlink()
    with pytest.raises(
        ImportProblem, match="does not say how its coordinates are projected"
    ) as found:
        BoundaryFile.open(path, Watch())
    assert ".prj" in found.value.remedy
    path = write_squares(tmp_path / "degrees.shp")
    (tmp_path / "degrees.prj").unlink()
    check_squares(prepared(path))


def test_points_are_no_areas(tmp_path: Path) -> None:
    places = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"a": 1},
                "geometry": {"type": "Point", "coordinates": [1, 2]},
            }
        ],
    }
    path = tmp_path / "points.geojson"
    path.write_text(json.dumps(places))
    with pytest.raises(ImportProblem, match="no areas"):
        BoundaryFile.open(path, Watch())


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    with pytest.raises(TaskCancelled):
        BoundaryFile.open(write_squares(tmp_path / "a.gpkg"), Watch(None, lambda: True))
