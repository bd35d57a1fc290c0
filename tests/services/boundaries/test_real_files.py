# SPDX-License-Identifier: MIT
"""Real boundaries in every format and several projections: what a person would expect of them."""

from pathlib import Path

import numpy as np
import pytest
import shapely

from app.models.geounit import GeoLevel
from app.services.boundaries.boundary_file import BoundaryFile
from app.services.boundaries.choices import first_choices, outcome_of, shown_codes
from app.services.boundaries.packing import pack_layer, unpack_layer
from app.services.boundaries.prepared import Finding, PreparedLayer
from app.services.boundaries.vintage import Change
from app.services.geography.geography import Geography
from app.services.geography.locating import AreaIndex
from app.services.geography.packed import mercator, to_polygons
from app.services.importing.table import Watch
from tests.helpers.boundary_files import write_areas, zipped
from tests.helpers.shared import ROOT, SHARED

GEODATA = SHARED / "geodata"
ZIPS = GEODATA / "zcta5_2010_detail_s50.topo.json.gz"
CANADA = GEODATA / "ca_fsa.topo.json.gz"
WORLD = GEODATA / "world_admin1_ne10.topo.json.gz"
BASE_MAP = GEODATA / "basemap_ne10.topo.json.gz"

pytestmark = pytest.mark.skipif(
    not GEODATA.is_dir(), reason="the real boundaries are not here; set EVENFIELD_SHARED"
)


@pytest.fixture(scope="module")
def geography() -> Geography:
    return Geography.load(ROOT / "resources" / "geo")


def prepared(path: Path, code: str, name: str = "") -> PreparedLayer:
    file = BoundaryFile.open(path, Watch())
    try:
        columns = file.layer.columns
        return file.prepare(columns[code], columns[name or code], Watch())
    finally:
        file.close()


def shapes_of(layer: PreparedLayer) -> list[shapely.Geometry]:
    """The areas in degrees."""
    polygons, feature = to_polygons(layer.polygons)
    joined = np.asarray(shapely.multipolygons(polygons, indices=feature), dtype=object)

    def degrees(xy: np.ndarray) -> np.ndarray:
        lat = np.degrees(np.arctan(np.sinh((0.5 - xy[:, 1]) * 2 * np.pi)))
        return np.column_stack([xy[:, 0] * 360 - 180, lat])

    return list(shapely.transform(joined, degrees))


def check_whole(layer: PreparedLayer) -> None:
    """What is true of every layer: labels lie inside, neighbours are mutual, bytes come back."""
    polygons, feature = to_polygons(layer.polygons)
    at_label = AreaIndex(polygons, feature).features_at(layer.lon, layer.lat)
    overlapping = {f.code for f in layer.findings if f.finding is Finding.OVERLAP}
    wrong = [layer.codes[i] for i in np.flatnonzero(at_label != np.arange(len(layer)))]
    assert set(wrong) <= overlapping
    again = unpack_layer(pack_layer(layer))
    np.testing.assert_array_equal(again.polygons.xy, layer.polygons.xy)
    np.testing.assert_array_equal(again.neighbors, layer.neighbors)
    x, y = mercator(layer.lon, layer.lat)
    assert ((x >= 0) & (x <= 1) & (y >= 0) & (y <= 1)).all()


@pytest.fixture(scope="module")
def canada() -> PreparedLayer:
    return prepared(CANADA, "CFSAUID")


def test_canadian_postal_areas_join_as_they_are(
    canada: PreparedLayer, geography: Geography
) -> None:
    check_whole(canada)
    assert len(canada) == 1620
    assert canada.counts == {Finding.REPAIRED: 9}
    # Canada has 9.98 million km2; postal areas reach out over bays and lakes.
    assert canada.area_km2.sum() == pytest.approx(10.1e6, rel=0.02)
    m5v = canada.codes.index("M5V")
    assert (canada.lon[m5v], canada.lat[m5v]) == pytest.approx((-79.4, 43.64), abs=0.03)
    around = canada.neighbors[canada.neighbors_start[m5v] : canada.neighbors_start[m5v + 1]]
    assert {canada.codes[i] for i in around} >= {"M5J", "M5T", "M6J", "M6K"}
    file = BoundaryFile.open(CANADA, Watch())
    choices = first_choices(file, geography)
    file.close()
    assert (choices.code_column, choices.purpose.role) == ("CFSAUID", "join")
    assert (choices.purpose.country, choices.purpose.level) == ("CA", GeoLevel.ZIP)


@pytest.mark.parametrize(
    ("ending", "crs"),
    [
        *(("shp", crs) for crs in ("EPSG:4326", "EPSG:3347", "EPSG:3857")),
        *(("gpkg", crs) for crs in ("EPSG:4326", "EPSG:3347", "EPSG:3857")),
        *(("fgb", crs) for crs in ("EPSG:4326", "EPSG:3347", "EPSG:3857")),
        ("kml", "EPSG:4326"),
        ("geojson", "EPSG:4326"),
    ],
)
def test_every_format_and_projection_gives_the_same_canada(
    tmp_path: Path, canada: PreparedLayer, ending: str, crs: str
) -> None:
    ontario = [i for i, code in enumerate(canada.codes) if code.startswith(("K", "L", "M"))]
    shapes = shapes_of(canada)
    codes = [canada.codes[i] for i in ontario]
    path = write_areas(
        tmp_path / f"fsa.{ending}", [shapes[i] for i in ontario], {"CFSAUID": codes}, crs
    )
    if ending == "shp":
        path = zipped(path, tmp_path / "fsa.zip")
    layer = prepared(path, "CFSAUID")
    check_whole(layer)
    assert list(layer.codes) == codes
    np.testing.assert_allclose(layer.area_km2, canada.area_km2[ontario], rtol=2e-3, atol=0.02)
    np.testing.assert_allclose(layer.lon, canada.lon[ontario], atol=0.02)
    kept = set(codes)
    for at, code in enumerate(codes[:80]):
        whole = ontario[at]
        old = canada.neighbors[canada.neighbors_start[whole] : canada.neighbors_start[whole + 1]]
        expected = {canada.codes[i] for i in old} & kept
        new = layer.neighbors[layer.neighbors_start[at] : layer.neighbors_start[at + 1]]
        assert {layer.codes[i] for i in new} >= expected, code


def test_states_of_the_world_are_whole_and_one_country_can_be_taken(geography: Geography) -> None:
    file = BoundaryFile.open(WORLD, Watch())
    try:
        codes = file.layer.columns["iso_3166_2"]
        layer = file.prepare(codes, file.layer.columns["name"], Watch())
    finally:
        file.close()
    check_whole(layer)
    assert len(layer) == len({code for code in codes if code})
    bavaria = layer.codes.index("DE-BY")
    assert layer.names[bavaria] == "Bayern"
    assert layer.area_km2[bavaria] == pytest.approx(70_550, rel=0.02)
    around = layer.neighbors[layer.neighbors_start[bavaria] : layer.neighbors_start[bavaria + 1]]
    assert {"DE-BW", "DE-HE", "DE-TH", "DE-SN", "AT-7", "AT-5", "AT-4"} <= {
        layer.codes[i] for i in around
    }
    # All land of the earth is 149 million km2.
    assert layer.area_km2.sum() == pytest.approx(1.46e8, rel=0.02)


def test_layers_of_points_and_lines_are_not_offered() -> None:
    file = BoundaryFile.open(BASE_MAP, Watch())
    labels = {place.label for place in file.places}
    file.close()
    assert "rivers_na" not in labels
    assert {"land", "urban"} <= labels


def test_real_zip_areas_replace_the_approximate_ones(geography: Geography) -> None:
    file = BoundaryFile.open(ZIPS, Watch())
    try:
        choices = first_choices(file, geography)
        assert (choices.purpose.role, choices.purpose.level) == ("replace", GeoLevel.ZIP)
        assert len(shown_codes(choices, file.layer)) == 33_144
        outcome = outcome_of(file, choices, geography, Watch())
    finally:
        file.close()
    layer = outcome.prepared
    check_whole(layer)
    assert len(layer) == 33_144
    assert layer.counts[Finding.REPAIRED] == 326
    assert len(pack_layer(layer)) < 12_000_000
    chicago = layer.codes.index("60601")
    assert layer.names[chicago] == "60601 Chicago, IL"
    around = layer.neighbors[layer.neighbors_start[chicago] : layer.neighbors_start[chicago + 1]]
    assert {"60602", "60611"} <= {layer.codes[i] for i in around}
    assert outcome.vintage is not None
    counts = outcome.vintage.counts
    shipped = len(geography.layer(GeoLevel.ZIP))
    assert sum(counts.values()) - counts[Change.NEW] == shipped
    assert counts[Change.KEPT] + counts[Change.MOVED] + counts[Change.NEW] == 33_144
    # Post office boxes and single buildings have no area of the Census; they lie in one or two.
    assert counts[Change.MERGED] > 5_000
    assert counts[Change.VANISHED] < 100
