# SPDX-License-Identifier: MIT
"""Views of tables as text and back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.tables.arranging import SortKey, Wanted
from app.services.tables.filters import Between, Contains, Filter, IsEmpty, OneOf
from app.services.tables.saved_views import ColumnLayout, TableView, view_of, view_text

LIMIT = st.none() | st.floats(allow_nan=False, allow_infinity=False)
FILTERS: st.SearchStrategy[Filter] = st.one_of(
    st.builds(Contains, st.text(max_size=5), st.booleans()),
    st.builds(OneOf, st.frozensets(st.text(max_size=5), max_size=3)),
    st.builds(Between, LIMIT, LIMIT),
    st.builds(IsEmpty, st.booleans()),
)
KEYS = st.text(min_size=1, max_size=5)
VIEWS = st.builds(
    TableView,
    st.builds(
        ColumnLayout,
        st.lists(KEYS, max_size=3).map(tuple),
        st.dictionaries(KEYS, st.integers(30, 900), max_size=3),
        st.frozensets(KEYS, max_size=3),
    ),
    st.builds(
        Wanted,
        filters=st.lists(st.tuples(KEYS, FILTERS), max_size=3).map(tuple),
        sort=st.lists(st.builds(SortKey, KEYS, st.booleans()), max_size=3).map(tuple),
        group_by=st.text(max_size=5),
    ),
)


@given(VIEWS)
def test_a_view_comes_back_as_it_was(view: TableView) -> None:
    assert view_of(view_text(view)) == view


def test_what_was_searched_for_is_not_part_of_a_view() -> None:
    found = view_of(view_text(TableView(wanted=Wanted(needle="Acme"))))
    assert found == TableView()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON",
        "[]",
        "3",
        '{"sort": 3}',
        '{"widths": [1]}',
        '{"filters": [["a"]]}',
        '{"widths": {"a": "wide"}}',
        '{"filters": [["a", "b"], ["c", 3]]}',
    ],
)
def test_a_text_that_is_no_view_is_none(text: str) -> None:
    assert view_of(text) is None


def test_a_filter_of_a_kind_that_is_not_known_is_left_out() -> None:
    text = json.dumps({"filters": [["a", {"near": 3}], ["b", {"empty": True}]]})
    found = view_of(text)
    assert found is not None
    assert found.wanted.filters == (("b", IsEmpty()),)
