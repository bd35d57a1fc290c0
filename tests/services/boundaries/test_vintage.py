# SPDX-License-Identifier: MIT
"""What becomes of areas, on squares that can be counted by hand."""

from dataclasses import replace

import numpy as np
import shapely

from app.services.boundaries.preparing import NamedShapes, prepare
from app.services.boundaries.report_text import report_of, report_text
from app.services.boundaries.vintage import Change, NamedAreas, VintageReport, compared
from app.services.exporting.vintage_table import vintage_table


def layer(**areas: shapely.Geometry) -> NamedAreas:
    shapes = np.array(list(areas.values()), dtype=object)
    made = prepare(
        NamedShapes(list(areas), [f"Name of {code}" for code in areas], shapes, "EPSG:4326"),
        lambda _share, _text: None,
    )
    return NamedAreas(made.codes, made.names, made.bounds.astype(float), made.polygons)


def box(west: float, east: float) -> shapely.Geometry:
    """A strip of land of one degree of latitude at the equator, where degrees are alike."""
    return shapely.box(west, 0, east, 1)


def report() -> VintageReport:
    old = layer(
        kept=box(0, 1),
        gone_in_one=box(1, 2),
        gone_in_two=box(2, 4),
        old_number=box(10, 11),
        under_water=box(20, 21),
        elsewhere=box(30, 31),
    )
    new = layer(
        kept=box(0, 2),
        left=box(2, 3),
        right=box(3, 4),
        new_number=box(10, 11),
        elsewhere=box(50, 51),
        island=box(60, 61),
    )
    return compared(old, new)


def test_every_area_has_exactly_one_change() -> None:
    found = {row.code: row for row in report().changes}
    kinds = {code: row.change for code, row in found.items()}
    assert kinds == {
        "kept": Change.KEPT,
        "gone_in_one": Change.MERGED,
        "gone_in_two": Change.SPLIT,
        "old_number": Change.RENUMBERED,
        "under_water": Change.VANISHED,
        "elsewhere": Change.MOVED,
        "left": Change.NEW,
        "right": Change.NEW,
        "island": Change.NEW,
    }
    assert found["gone_in_one"].others == ("kept",)
    assert sorted(found["gone_in_two"].others) == ["left", "right"]
    np.testing.assert_allclose(found["gone_in_two"].shares, [0.5, 0.5], atol=1e-3)
    assert found["left"].others == ("gone_in_two",)
    assert found["old_number"].others == ("new_number",)
    assert found["island"].others == ()
    assert found["under_water"].others == ()


def test_slivers_between_two_drawings_of_one_border_say_nothing() -> None:
    old = layer(a=box(0, 1), gone=box(1, 2))
    new = layer(a=box(0, 1.01), b=box(1.01, 2))
    changes = {row.code: row for row in compared(old, new).changes}
    assert changes["gone"].change is Change.RENUMBERED
    assert changes["gone"].others == ("b",)


def test_the_sheet_names_the_other_areas_and_puts_what_stayed_last() -> None:
    table = vintage_table(report())
    codes, names, what, others = (list(column.cells) for column in table.columns)
    assert codes[-1] == "kept"
    assert what[-1] == "Kept"
    assert names[0] == "Name of gone_in_two"
    assert others[codes.index("gone_in_one")] == "kept Name of kept (100%)"


def test_a_report_is_kept_with_the_layer_and_read_back() -> None:
    whole = report()
    again = report_of(report_text(whole))
    assert again is not None
    rounded = [
        replace(row, shares=tuple(round(share, 4) for share in row.shares)) for row in whole.changed
    ]
    assert list(again.changes) == rounded


def test_a_report_that_is_not_ours_counts_as_none() -> None:
    for text in (
        "",
        "{}",
        "[]",
        "{" * 100_000,
        '{"changes": 3}',
        '{"changes": [["SPLIT", "a", "b", ["c"], []]]}',
        '{"changes": [["NO SUCH", "a", "b", [], []]]}',
        '{"changes": [["SPLIT", "a"]]}',
        '{"changes": [["SPLIT", "a", "b", ["c"], ["x"]]]}',
    ):
        assert report_of(text) is None, text
    assert report_text(None) == "{}"
