# SPDX-License-Identifier: MIT
"""The packed files that the map reads."""

import json
from pathlib import Path

import numpy as np
import pytest

from app.models.errors import StoreError
from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel, geounit_id, split_geounit_id
from app.services.geography.geography import Geography
from app.services.geography.packed import PackedPolygons, read_ply1, to_polygons

LINES = ("state_lines.lin", "county_lines.lin", "country_lines.lin", "rivers.lin")


def assert_well_formed(packed: PackedPolygons) -> None:
    assert packed.ring_start[0] == packed.coord_start[0] == 0
    assert packed.ring_start[-1] == len(packed.coord_start) - 1
    assert packed.coord_start[-1] == len(packed.xy)
    assert np.all(np.diff(packed.ring_start) >= 1), "a feature without a ring"
    assert np.all(np.diff(packed.coord_start) >= 4), "a ring without an inside"
    assert np.array_equal(packed.xy[packed.coord_start[:-1]], packed.xy[packed.coord_start[1:] - 1])
    assert np.all(np.isfinite(packed.xy))
    assert packed.xy.min() >= 0.0
    assert packed.xy.max() <= 1.0
    # The first ring of every feature is an outer one.
    assert np.all(packed.is_outer()[packed.ring_start[:-1]])


@pytest.mark.parametrize("level", LEVELS_COARSE_TO_FINE)
def test_views_are_well_formed(geography: Geography, level: GeoLevel) -> None:
    view = geography.view(level)
    packed = view.packed()
    assert packed.feature_count == len(view.geounits)
    assert_well_formed(packed)


def test_lakes_are_well_formed(geo_folder: Path) -> None:
    assert_well_formed(read_ply1(geo_folder / "lakes.ply"))


@pytest.mark.parametrize("level", LEVELS_COARSE_TO_FINE)
def test_a_view_is_the_level_and_then_what_is_coarser_elsewhere(
    geography: Geography, level: GeoLevel
) -> None:
    view = geography.view(level)
    own = geography.layer(level).geounits
    assert view.geounits[: len(own)] == own
    assert len(view.position_by_geounit) == len(view.geounits)
    if level is not GeoLevel.COUNTRY:
        assert view.own_count == len(own)
        drawn = {split_geounit_id(unit)[1][:2] for unit in view.geounits[len(own) :]}
        assert "US" not in drawn
        countries = set(geography.layer(GeoLevel.COUNTRY).codes.tolist())
        states = geography.layer(GeoLevel.STATE)
        home = geography.ancestors(GeoLevel.STATE, GeoLevel.COUNTRY)
        divided = {str(geography.layer(GeoLevel.COUNTRY).codes[at]) for at in set(home.tolist())}
        plain = {unit for unit in view.geounits if unit.startswith("country:")}
        assert plain == {geounit_id(GeoLevel.COUNTRY, code) for code in countries - divided}
        if level.depth > GeoLevel.STATE.depth:
            foreign = {unit for unit in view.geounits if unit.startswith("state:")}
            us = geography.layer(GeoLevel.COUNTRY).index_of("US")
            assert foreign == {states.geounits[at] for at in range(len(states)) if home[at] != us}


@pytest.mark.parametrize("name", LINES)
def test_line_files_are_well_formed(geo_folder: Path, name: str) -> None:
    content = (geo_folder / name).read_bytes()
    assert content[:4] == b"LIN1"
    lines, coords = (int(n) for n in np.frombuffer(content, "<u4", 2, 4))
    assert len(content) == 12 + 4 * (lines + 1) + 8 * coords
    start = np.frombuffer(content, "<u4", lines + 1, 12).astype(np.int64)
    xy = np.frombuffer(content, "<f4", 2 * coords, 12 + 4 * (lines + 1))
    assert start[0] == 0
    assert start[-1] == coords
    assert np.all(np.diff(start) >= 2)
    assert xy.min() >= 0.0
    assert xy.max() <= 1.0


def test_no_area_spans_the_world(geography: Geography) -> None:
    # Rings across the 180th meridian are cut there; uncut they would draw a band.
    polygons, feature = to_polygons(geography.view(GeoLevel.COUNTRY).packed())
    width = np.asarray([p.bounds[2] - p.bounds[0] for p in polygons])
    wide = {geography.view(GeoLevel.COUNTRY).geounits[f] for f in feature[width > 0.45]}
    assert wide == {geounit_id(GeoLevel.COUNTRY, "AQ")}


def test_labels_are_largest_first(geo_folder: Path) -> None:
    labels = json.loads((geo_folder / "labels.json").read_text(encoding="utf-8"))
    assert len(labels) > 10_000
    tiers = [tier for _, _, _, tier in labels]
    assert tiers == sorted(tiers)
    assert set(tiers) == {0, 1, 2, 3, 4, 5, 6}
    assert "Chicago" in {name for name, _, _, tier in labels if tier == 0}


def test_sources_are_named_with_licence_and_version(geo_folder: Path) -> None:
    sources = json.loads((geo_folder / "attributions.json").read_text(encoding="utf-8"))
    text = (geo_folder / "ATTRIBUTION.md").read_text(encoding="utf-8")
    for source in sources:
        assert source["source"] in text
        assert source["version"] in text
        assert source["data_license"]
        assert source["url"].startswith("https://")
    licenses = {"CC BY 4.0", "Public domain", "Unicode License v3"}
    assert licenses == {s["data_license"] for s in sources}
    assert "UNICODE LICENSE V3" in text, "that licence asks for its notice"


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        Geography.load(tmp_path)
    assert "install" in caught.value.remedy
    (tmp_path / "view.ply").write_bytes(b"PLY1 cut off")
    with pytest.raises(StoreError):
        read_ply1(tmp_path / "view.ply")
    with pytest.raises(StoreError):
        read_ply1(tmp_path / "absent.ply")


def test_a_ring_that_is_cut_off_is_refused(tmp_path: Path, geo_folder: Path) -> None:
    content = (geo_folder / "view_country.ply").read_bytes()
    (tmp_path / "short.ply").write_bytes(content[:-8])
    with pytest.raises(StoreError):
        read_ply1(tmp_path / "short.ply")
