# SPDX-License-Identifier: MIT
"""The look of a map survives being written down, and any text at all can be read."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.models.map_look import (
    MOVABLE,
    AccountStyle,
    AreaBasis,
    ChartStyle,
    ClassChoice,
    ClassMethod,
    LayerLook,
    MapLayer,
    MapLook,
    RingChoice,
)
from app.services.map_look_text import look_from_text, look_text


def test_what_was_chosen_comes_back() -> None:
    look = MapLook(
        classes=ClassChoice(ClassMethod.OWN, 4, AreaBasis.PER_KM2, (-2.5, 0.0, 1e6)),
        color_measure=3,
        is_shaded=True,
        accounts=AccountStyle.CLUSTERS,
        symbol_column="status",
        weight=0,
        charts=ChartStyle.PIES,
        pie_column="abc",
        rings=RingChoice((25.0, 50.0), "km"),
        figures=("accounts", "total:1"),
        looks=(LayerLook(MapLayer.HOMES, is_shown=False), LayerLook(MapLayer.FILL, opacity=0.4)),
    ).moved(MapLayer.ACCOUNTS, -2)
    assert look_from_text(look_text(look)) == look


def test_a_layer_moves_one_place_and_no_farther_than_the_end() -> None:
    look = MapLook().moved(MapLayer.WATER, 1)
    assert look.order[:2] == (MapLayer.BASE_LINES, MapLayer.WATER)
    assert look.moved(MapLayer.ACCOUNTS, 1) == look
    assert look.moved(MapLayer.HOMES, 5) == look
    assert look.moved(MapLayer.FILL, 1) == look


def test_signs_stay_above_the_ground() -> None:
    look = MapLook().moved(MapLayer.HOMES, -9).moved(MapLayer.WATER, 9)
    assert look.order[3] is MapLayer.WATER
    assert look.order[4] is MapLayer.HOMES


def test_a_look_as_usual_is_not_kept() -> None:
    hidden = MapLook().with_look(LayerLook(MapLayer.HOMES, is_shown=False))
    assert not hidden.look_of(MapLayer.HOMES).is_shown
    assert hidden.with_look(LayerLook(MapLayer.HOMES)) == MapLook()


def test_layers_that_the_text_does_not_know_follow_behind() -> None:
    text = json.dumps({"order": ["homes", "accounts", "homes", "fill", "nonsense"]})
    order = look_from_text(text).order
    assert order[:2] == (MapLayer.ACCOUNTS, MapLayer.WATER)
    assert order[4:6] == (MapLayer.HOMES, MapLayer.LINKS)
    assert sorted(order, key=MOVABLE.index) == list(MOVABLE)


def test_numbers_out_of_range_are_brought_into_it() -> None:
    text = json.dumps(
        {
            "classes": {"count": 99, "method": "fancy", "limits": [3, "x", 1, 1]},
            "rings": {"distances": [-5, 0, 50, 10, True], "unit": "furlong"},
            "looks": [{"layer": "homes", "opacity": 7}, {"layer": 3}, 5],
            "figures": ["a", 2, "b", "c", "d"],
        }
    )
    look = look_from_text(text)
    assert look.classes == ClassChoice(count=7, limits=(1.0, 3.0))
    assert look.rings == RingChoice((10.0, 50.0), "mi")
    assert look.look_of(MapLayer.HOMES).opacity == 1
    assert look.figures == ("a", "b", "c")


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*MapLook.__slots__, "x"]), _JSON) | _JSON)
def test_any_text_can_be_read(content: object) -> None:
    look = look_from_text(json.dumps(content))
    assert look_from_text(look_text(look)) == look


def test_no_json_at_all_is_the_usual_look() -> None:
    assert look_from_text("") == look_from_text("{") == MapLook()
    assert replace(MapLook(), is_shaded=True) != MapLook()
