# SPDX-License-Identifier: MIT
"""The exported map holds what the plan holds, in one file, with names as data."""

import base64
import gzip
import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.models.errors import AppError, ExportProblem
from app.services.alignment import MIXED
from app.services.geography.packed import read_ply1
from app.services.html_export import MapExport, document_parts, write_html_map
from app.services.live_page import ensure_live_page
from app.services.map_file import script_safe_json
from app.services.map_layers import territory_colors
from app.services.map_shapes import GRID, CompactShapes, compact_lines, compact_polygons
from tests.helpers.area_grid import COLUMNS, COUNT, center, write_grid
from tests.helpers.hostile_texts import HOSTILE_TEXTS, TELLTALE
from tests.helpers.shared import ROOT


@pytest.fixture(scope="module")
def resources() -> Path:
    """The project's resources; without the built page there is nothing to export with."""
    try:
        ensure_live_page(ROOT / "resources")
    except AppError as error:
        pytest.skip(error.text)
    return ROOT / "resources"


def grid_export(resources: Path, folder: Path, names: tuple[str, ...] = ()) -> MapExport:
    """The grid with its western half assigned to two territories, row by row."""
    view = write_grid(folder / "grid.ply")
    held = np.full(COUNT, -1, np.int32)
    held[[0, 1, 2, 3]] = 0
    held[[8, 9, 10, 11]] = 1
    places = np.array([center(i) for i in range(COUNT)], np.float32)
    half = np.array([3, 2.5], np.float32)
    return MapExport(
        resources=resources,
        title="Plan",
        subtitle="2 territories",
        note="Made up",
        polygons=read_ply1(view.polygons),
        own_count=COUNT,
        names=names or tuple(f"Area {i}" for i in range(COUNT)),
        area_bounds=np.concatenate([places - half, places + half], axis=1),
        colors=territory_colors(held, [0, 1], ["North", "South"], dark=False),
        holders=("North\nJane Doe", "South\nVacant", "Unassigned"),
        holder_of_area=np.where(held < 0, 2, held).astype(np.int32),
    )


def _unpack(shapes: CompactShapes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rings per feature, points per ring, and the points, as the page unpacks them."""
    rings = shapes.steps[: shapes.count]
    points = shapes.steps[shapes.count : shapes.count + shapes.rings]
    rest = shapes.steps[shapes.count + shapes.rings :]
    deltas = np.column_stack([rest[: shapes.points], rest[shapes.points :]])
    return rings, points, np.cumsum(deltas, axis=0) / GRID


def test_compact_polygons_come_back_to_within_half_a_grid_step(tmp_path: Path) -> None:
    polygons = read_ply1(write_grid(tmp_path / "grid.ply").polygons)
    wanted = np.array([5, 3])
    shapes = compact_polygons(polygons, wanted, np.zeros(2, np.int64))
    rings, points, xy = _unpack(shapes)
    assert rings.tolist() == [1, 1]
    assert points.tolist() == [5, 5]
    expected = np.concatenate([polygons.xy[25:30], polygons.xy[15:20]])
    assert np.abs(xy - expected).max() <= 0.5 / GRID + 1e-9


def test_neighbours_still_share_their_border(tmp_path: Path) -> None:
    polygons = read_ply1(write_grid(tmp_path / "grid.ply").polygons)
    _, _, xy = _unpack(compact_polygons(polygons, np.array([0, 1]), np.zeros(2, np.int64)))
    left, right = ({tuple(point) for point in half} for half in (xy[:5], xy[5:]))
    assert len(left & right) == 2


def test_specks_vanish_in_mere_surroundings(tmp_path: Path) -> None:
    polygons = read_ply1(write_grid(tmp_path / "grid.ply").polygons)
    tiny = type(polygons)(polygons.ring_start, polygons.coord_start, polygons.xy * 1e-6)
    shapes = compact_polygons(tiny, np.array([0, 1]), np.array([6, 6]))
    assert shapes.rings == shapes.points == 0
    assert shapes.steps.tolist() == [0, 0]


def test_line_layers_are_compacted_too() -> None:
    path = ROOT / "resources" / "geo" / "state_lines.lin"
    if not path.is_file():
        pytest.skip("the shipped areas were not built")
    shapes = compact_lines(path)
    _, points, xy = _unpack(shapes)
    assert points.min() >= 2
    assert 0 < xy.min() < xy.max() < 1


def test_only_the_needed_areas_travel(resources: Path, tmp_path: Path) -> None:
    facts, _ = document_parts(grid_export(resources, tmp_path))
    names = facts["names"]
    assert isinstance(names, list)
    assert "Area 0" in names
    assert f"Area {COUNT - 1}" not in names
    assert len(names) < COUNT
    owners = facts["owners"]
    assert isinstance(owners, list)
    assert owners[names.index("Area 9")] == 1
    assert owners[names.index(f"Area {2 * COLUMNS}")] == 2


def test_every_territory_is_in_the_legend_and_divided_areas_are_explained(
    resources: Path, tmp_path: Path
) -> None:
    export = grid_export(resources, tmp_path)
    held = export.colors.groups.copy()
    held[4] = MIXED
    names = [f"Territory {i}" for i in range(60)]
    colors = territory_colors(held, list(range(60)), names, dark=False)
    facts, _ = document_parts(replace(export, colors=colors))
    legend = facts["legend"]
    assert isinstance(legend, dict)
    texts = [entry["text"] for entry in legend["entries"]]
    assert texts[:60] == names
    assert "Several territories" in texts
    assert legend["note"].startswith("Several territories:")


def test_the_file_is_whole_and_asks_for_nothing(resources: Path, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    write_html_map(path, grid_export(resources, tmp_path))
    html = path.read_text(encoding="utf-8")
    markup = re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.DOTALL)
    assert "http:" not in markup
    assert "https:" not in markup
    assert not re.search(r'<script[^>]* src=|<link [^>]*href="(?!data:)', html)
    assert "default-src 'none'" in markup
    assert "unsafe-inline" not in markup
    block = re.search(r'<script type="text/plain" id="shapes">([^<]*)</script>', html)
    assert block
    assert gzip.decompress(base64.b64decode(block.group(1)))


def test_names_travel_as_data_only(resources: Path, tmp_path: Path) -> None:
    names = tuple(HOSTILE_TEXTS[i % len(HOSTILE_TEXTS)] for i in range(COUNT))
    path = tmp_path / "map.html"
    write_html_map(path, grid_export(resources, tmp_path, names))
    html = path.read_text(encoding="utf-8")
    block = re.search(r'<script type="application/json" id="facts">([^<]*)</script>', html)
    assert block
    assert (set(json.loads(block.group(1))["names"]) - {""}) <= set(names)
    assert "pwned" not in html.replace(block.group(1), "")


@pytest.mark.parametrize(
    "text", [text for text in HOSTILE_TEXTS if re.search("[{][{%#]", text)] + ["@@facts@@"]
)
def test_no_name_is_taken_for_a_template(resources: Path, tmp_path: Path, text: str) -> None:
    path = tmp_path / "map.html"
    export = replace(grid_export(resources, tmp_path, (text,) * COUNT), title=text, note=text)
    write_html_map(path, export)
    html = path.read_text(encoding="utf-8")
    assert TELLTALE not in html
    block = re.search(r'<script type="application/json" id="facts">([^<]*)</script>', html)
    assert block
    facts = json.loads(block.group(1))
    assert set(facts["names"]) - {""} == {text}
    assert facts["title"] == facts["note"] == text


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_json_for_a_script_element_has_no_markup(text: str) -> None:
    written = script_safe_json([text])
    assert not re.search("[<>&\u2028\u2029]", written)
    assert json.loads(written) == [text]


def test_a_folder_that_is_gone_has_a_sentence(resources: Path, tmp_path: Path) -> None:
    with pytest.raises(ExportProblem, match="not there"):
        write_html_map(tmp_path / "gone" / "map.html", grid_export(resources, tmp_path))
