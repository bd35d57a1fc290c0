# SPDX-License-Identifier: MIT
"""Damaged and hostile files: each ends in areas or in a clear sentence, and nothing is fetched."""

import json
import random
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from math import cos, pi, sin
from pathlib import Path

import pytest

from app.models.errors import ImportProblem
from app.services.boundaries import gdal
from app.services.boundaries.boundary_file import BoundaryFile
from app.services.boundaries.formats import BoundaryFormat, may_hold_boundaries
from app.services.boundaries.staging import stage
from app.services.importing.table import Watch
from tests.helpers.boundary_files import write_squares, write_topojson, zipped


def problem_of(path: Path) -> ImportProblem:
    started = time.monotonic()
    with pytest.raises(ImportProblem) as found:
        BoundaryFile.open(path, Watch())
    # Under load the start of the child takes most of it.
    assert time.monotonic() - started < 25.0
    assert found.value.message
    assert found.value.meaning
    assert found.value.remedy
    return found.value


@pytest.fixture
def canary() -> Iterator[tuple[int, list[bytes]]]:
    """A server on this computer and all that anybody said to it."""
    heard: list[bytes] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        server.settimeout(0.2)
        done = threading.Event()

        def listen() -> None:
            while not done.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    connection.settimeout(0.2)
                    try:
                        heard.append(connection.recv(200))
                    except TimeoutError:
                        heard.append(b"")

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], heard
        done.set()
        thread.join()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.vrt", ('<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>{url}/a.geojson'
         "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>")),
        ("a.geojson", "{url}/a.geojson"),
        ("a.geojson", ('{{"type":"FeatureCollection","features":[],"links":[{{"rel":"next",'
         '"href":"{url}/next"}}]}}')),
        ("a.kml", ('<kml xmlns="http://www.opengis.net/kml/2.2"><Document><NetworkLink><Link>'
         "<href>{url}/b.kml</href></Link></NetworkLink><Style><IconStyle><Icon><href>{url}/i.png"
         "</href></Icon></IconStyle></Style></Document></kml>")),
        ("a.kml", ('<?xml version="1.0"?><!DOCTYPE kml SYSTEM "{url}/x.dtd">'
         '<kml xmlns="http://www.opengis.net/kml/2.2"><Document/></kml>')),
        ("a.gml", ('<FeatureCollection xmlns:xlink="http://www.w3.org/1999/xlink" '
         'xlink:href="{url}/a.gml"/>')),
        ("a.xml", "<OGRWFSDataSource><URL>{url}</URL></OGRWFSDataSource>"),
        ("a.json", '{{"type":"FeatureCollection","@odata.nextLink":"{url}/n","features":[]}}'),
    ],
)  # fmt: skip
def test_no_file_makes_us_speak_to_a_server(
    tmp_path: Path, canary: tuple[int, list[bytes]], name: str, content: str
) -> None:
    port, heard = canary
    path = tmp_path / name
    path.write_text(content.format(url=f"http://127.0.0.1:{port}"))
    problem_of(path)
    assert heard == []


def test_the_library_knows_our_formats_alone() -> None:
    # `open_gdal` refuses to go on where another driver is left; here it ran in this process.
    code = (
        "from app.services.boundaries.gdal import open_gdal\n"
        "print(sorted(open_gdal().list_drivers()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(sorted([*gdal.DRIVERS.values(), "MEM"]))
    assert set(gdal.DRIVERS) == set(BoundaryFormat)


def test_entities_in_kml_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.kml"
    levels = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 9))
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY e0 "ha">{levels}]>'
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>&e8;</name></Document></kml>'
    )
    assert "damaged" in problem_of(path).message


def test_a_geopackage_with_triggers_and_views_runs_nothing(tmp_path: Path) -> None:
    path = write_squares(tmp_path / "areas.gpkg")
    target = tmp_path / "written.db"
    with closing(sqlite3.connect(path)) as store:
        store.execute("CREATE VIEW evil AS SELECT load_extension('/nonexistent.so') AS geom")
        store.execute(f"CREATE VIEW attached AS SELECT writefile('{target}', 'x') AS geom")
        store.commit()
    file = BoundaryFile.open(path, Watch())
    assert [place.layer for place in file.places] == ["areas"]
    file.close()
    assert not target.exists()


def test_archives_that_unpack_to_gigabytes_are_refused_before_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.boundaries.staging.MAX_BYTES", 10_000_000)
    honest = tmp_path / "honest.zip"
    with zipfile.ZipFile(honest, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.shp", b"\0" * 30_000_000)
    lying = tmp_path / "lying.zip"
    content = bytearray(honest.read_bytes())
    declared = (30_000_000).to_bytes(4, "little")
    while (place := content.find(declared)) >= 0:
        content[place : place + 4] = (1000).to_bytes(4, "little")
    lying.write_bytes(content)
    packed = tmp_path / "a.geojson.gz"
    gz = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed.write_bytes(gz.compress(b" " * 30_000_000) + gz.flush())
    for number, path in enumerate((honest, lying, packed)):
        folder = tmp_path / str(number)
        folder.mkdir()
        with pytest.raises(ImportProblem):
            stage(path, folder)
        assert sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) <= 10_000_000


def test_names_in_archives_lead_nowhere(tmp_path: Path) -> None:
    write_squares(tmp_path / "areas.geojson")
    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(tmp_path / "areas.geojson", "../../../escaped.geojson")
    folder = tmp_path / "stage"
    folder.mkdir()
    (staged,) = stage(path, folder)
    assert folder in staged.path.parents
    assert staged.label == "escaped.geojson"
    assert not list(tmp_path.parent.glob("escaped*"))


def test_deep_nesting_ends_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "deep.geojson"
    path.write_text('{"type":"FeatureCollection","features":' + "[" * 1_000_000)
    problem_of(path)


def test_a_shape_of_a_million_corners_is_read(tmp_path: Path) -> None:
    ring = [[cos(i * 2 * pi / 300_000), sin(i * 2 * pi / 300_000)] for i in range(300_000)]
    ring.append(ring[0])
    path = tmp_path / "round.geojson"
    feature = {
        "type": "Feature",
        "properties": {"GEOID": "1"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    file = BoundaryFile.open(path, Watch())
    layer = file.prepare(("1",), ("1",), Watch())
    file.close()
    # A circle of one degree: pi * 111.195^2, with corners nearer than a step of the grid dropped.
    assert layer.area_km2[0] == pytest.approx(38_843, rel=1e-3)
    assert len(layer.polygons.xy) < 100_000


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("a.shp", True),
        ("a.zip", True),
        ("a.geojson", True),
        ("topo.json", True),
        ("plain.json", False),
        ("table.csv", False),
        ("package.zip", False),
    ],
)
def test_dropped_files_are_told_from_tables(tmp_path: Path, name: str, is_one: bool) -> None:
    path = tmp_path / name
    if name == "a.zip":
        zipped(write_squares(tmp_path / "b.shp"), path)
    elif name == "topo.json":
        write_topojson(path)
    elif name == "package.zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("territories/a.territory2-meta.xml", "<Territory2/>")
    else:
        path.write_text('{"a": 1}')
    assert may_hold_boundaries(path) is is_one


def _mutants(content: bytes, chance: random.Random, count: int) -> Iterator[bytes]:
    for _ in range(count):
        changed = bytearray(content)
        if chance.random() < 0.3:
            del changed[chance.randrange(len(changed)) :]
        for _ in range(chance.choice([1, 3, 20])):
            if changed:
                changed[chance.randrange(len(changed))] = chance.randrange(256)
        yield bytes(changed)


def _sweep(tmp_path: Path, count: int, seed: int) -> None:
    chance, problems = random.Random(seed), list[ImportProblem]()
    folder = tmp_path / "whole"
    folder.mkdir()
    sources = [write_squares(folder / f"a.{end}") for end in ("gpkg", "kml", "fgb", "geojson")]
    sources.append(zipped(write_squares(folder / "b.shp"), folder / "b.zip"))
    sources.append(write_topojson(folder / "c.topojson"))
    for source in sources:
        for number, content in enumerate(_mutants(source.read_bytes(), chance, count)):
            path = tmp_path / f"{number}{source.suffix}"
            path.write_bytes(content)
            try:
                file = BoundaryFile.open(path, Watch())
            except ImportProblem as problem:
                problems.append(problem)
                continue
            try:
                codes = [str(row) for row in range(len(file.layer))]
                file.prepare(codes, codes, Watch())
            except ImportProblem as problem:
                problems.append(problem)
            finally:
                file.close()
    assert all(problem.message and problem.remedy for problem in problems)


def test_mutated_files_end_in_areas_or_a_sentence(tmp_path: Path) -> None:
    _sweep(tmp_path, count=2, seed=7)


@pytest.mark.soak
def test_many_mutated_files_end_in_areas_or_a_sentence(tmp_path: Path) -> None:
    _sweep(tmp_path, count=150, seed=8)
