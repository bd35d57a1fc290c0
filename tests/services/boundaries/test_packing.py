# SPDX-License-Identifier: MIT
"""A prepared layer as bytes and back; nothing of the bytes is trusted."""

import random
import struct
import zlib

import numpy as np
import pytest

from app.models.errors import StoreError
from app.services.boundaries.packing import pack_layer, unpack_layer
from app.services.boundaries.prepared import GRID, Finding, LayerFinding, PreparedLayer
from app.services.geography.packed import PackedPolygons


def two_squares() -> PreparedLayer:
    """Two squares beside each other, the right one with a hole."""
    step = 1000 / GRID
    left = np.array([[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]])
    right = left + np.array([4, 0])
    hole = np.array([[5, 1], [5, 2], [6, 2], [6, 1], [5, 1]])
    xy = (np.concatenate([left, right, hole]) * step + 0.25).astype(np.float32)
    return PreparedLayer(
        codes=("02134", "02135"),
        names=("Allston", "Brighton – West"),
        lon=np.array([-71.0, -71.5]),
        lat=np.array([42.0, 42.25]),
        area_km2=np.array([4.0, 3.5], np.float32),
        bounds=np.array([[-71.2, 41, -71, 43], [-72, 41, -71, 43]], np.float32),
        neighbors_start=np.array([0, 1, 2], np.int32),
        neighbors=np.array([1, 0], np.int32),
        polygons=PackedPolygons(np.array([0, 1, 3]), np.array([0, 5, 10, 15]), xy),
        findings=(LayerFinding(Finding.OVERLAP, "02134", "Allston", "02135", 0.125),),
        gap_km2=1.5,
    )


def test_a_layer_comes_back_as_it_was_packed() -> None:
    layer = two_squares()
    again = unpack_layer(pack_layer(layer))
    assert again.codes == layer.codes
    assert again.names == layer.names
    assert again.findings == layer.findings
    assert again.gap_km2 == layer.gap_km2
    for name in ("lon", "lat", "area_km2", "bounds", "neighbors_start", "neighbors"):
        np.testing.assert_array_equal(getattr(again, name), getattr(layer, name))
        assert getattr(again, name).dtype == getattr(layer, name).dtype
    for name in ("ring_start", "coord_start", "xy"):
        np.testing.assert_array_equal(getattr(again.polygons, name), getattr(layer.polygons, name))
    assert pack_layer(again) == pack_layer(layer)


def test_bytes_that_were_cut_or_changed_are_refused_or_are_a_whole_layer() -> None:
    packed, chance = pack_layer(two_squares()), random.Random(4)
    for end in range(len(packed)):
        with pytest.raises(StoreError):
            unpack_layer(packed[:end])
    for _ in range(3000):
        changed = bytearray(packed)
        for _ in range(chance.choice([1, 1, 2, 5])):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        try:
            layer = unpack_layer(bytes(changed))
        except StoreError:
            continue
        assert len(layer) == 2


def test_nothing_may_follow_the_layer() -> None:
    with pytest.raises(StoreError, match="damaged"):
        unpack_layer(pack_layer(two_squares()) + b"\0")


def _with_section(packed: bytes, number: int, content: bytes) -> bytes:
    """The layer with another content of one of its sections, packed as it should be."""
    place, sections = 28, list[bytes]()
    head = packed[:place]
    while place < len(packed):
        _, size = struct.unpack_from("<II", packed, place)
        sections.append(packed[place : place + 8 + size])
        place += 8 + size
    deflated = zlib.compress(content)
    sections[number] = struct.pack("<II", len(content), len(deflated)) + deflated
    return head + b"".join(sections)


@pytest.mark.parametrize(
    ("number", "content"),
    [
        (0, b"02135\n02134"),
        (0, b"02134\n02134"),
        (0, b"\n02134"),
        (0, b"02134\n" + b"9" * 61),
        (1, b"Allston"),
        (1, b"Allston\nBrigh\x00ton"),
        (1, b"Allston\nBrigh\xff\xfe"),
        (2, b"{}"),
        (2, b"[" * 100_000),
        (2, b'[["overlap", "a", "b", "c", NaN]]'),
        (2, b'[["unheard of", "a", "b", "c", 0]]'),
        (3, struct.pack("<4d", -71, 42, float("nan"), 42)),
        (3, struct.pack("<4d", -71, 42, 181, 42)),
        (5, struct.pack("<2I", 2, 0)),
        (5, struct.pack("<2I", 0xFFFFFFFF, 3)),
        (6, struct.pack("<2I", 1, 7)),
        (6, struct.pack("<2I", 0, 0)),
        (7, struct.pack("<5I", 3, 0, 4, 4, 4)),
        (7, struct.pack("<5I", 1, 2, 2, 6, 4)),
        (8, b"\xff" * 8 * 12),
    ],
)
def test_a_layer_made_to_do_harm_is_refused(number: int, content: bytes) -> None:
    with pytest.raises(StoreError, match="damaged"):
        unpack_layer(_with_section(pack_layer(two_squares()), number, content))


def test_a_section_that_would_unpack_to_gigabytes_is_refused_at_once() -> None:
    bomb = zlib.compress(b"\0" * 50_000_000)
    head = pack_layer(two_squares())[:28]
    for declared in (50_000_000, 10):
        content = head + struct.pack("<II", declared, len(bomb)) + bomb
        with pytest.raises(StoreError, match="damaged"):
            unpack_layer(content)
