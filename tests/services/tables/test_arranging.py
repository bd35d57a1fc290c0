# SPDX-License-Identifier: MIT
"""Filtering, sorting and grouping against what plain Python says."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.natural_order import natural_key
from app.services.tables.arranging import Arranged, Group, SortKey, Wanted, arrange, lines_of
from app.services.tables.column_facts import (
    Coded,
    CodedFacts,
    ColumnFacts,
    DateFacts,
    NumberFacts,
    TextFacts,
    text_facts,
)
from app.services.tables.filters import Between, Contains, Filter, IsEmpty, OneOf
from app.services.tables.text_index import TextIndex

TEXTS = st.lists(st.text(alphabet="aAbBß9é0 \0", max_size=20), max_size=30)
NUMBERS = st.sampled_from([0.0, 1.0, 2.5, -3.0, math.nan])


def objects(texts: list[str]) -> np.ndarray:
    made = np.empty(len(texts), dtype=object)
    made[:] = texts
    return made


@given(TEXTS, st.text(alphabet="aAbBß9é0 ", max_size=4))
def test_the_index_finds_what_python_finds(texts: list[str], needle: str) -> None:
    found = TextIndex(objects(texts)).contains(needle)
    expected = [needle.casefold() in text.casefold().replace("\0", " ") for text in texts]
    assert found.tolist() == expected


@given(TEXTS)
def test_ranks_sort_as_the_texts_do(texts: list[str]) -> None:
    folded = [text.casefold().replace("\0", " ").encode() for text in texts]
    ranks = TextIndex(objects(texts)).ranks().tolist()
    for one, rank in zip(folded, ranks, strict=True):
        assert rank == sum(other < one for other in folded)


def test_long_texts_are_ranked_beyond_their_common_beginning() -> None:
    texts = ["x" * 40 + end for end in ("b", "", "a", "ab", "a")]
    assert TextIndex(objects(texts)).ranks().tolist() == [4, 0, 1, 3, 1]


@pytest.mark.parametrize("made_of", ["index", "words"])
@given(TEXTS, st.text(alphabet="aAbB9", max_size=2), st.sets(st.text(alphabet="aAb", max_size=2)))
def test_both_kinds_of_text_columns_pass_the_same_rows(
    made_of: str, texts: list[str], needle: str, values: set[str]
) -> None:
    texts = [text.replace("\0", " ") for text in texts]
    facts: ColumnFacts = TextFacts(objects(texts))
    if made_of == "words":
        facts = text_facts(objects(texts))
        assert isinstance(facts, CodedFacts)
    folded = needle.casefold()
    expected: list[tuple[Filter, list[bool]]] = [
        (Contains(needle), [folded in text.casefold() for text in texts]),
        (Contains(needle, is_negated=True), [folded not in text.casefold() for text in texts]),
        (OneOf(frozenset(values)), [text in values for text in texts]),
        (IsEmpty(), [text == "" for text in texts]),
        (IsEmpty(is_negated=True), [text != "" for text in texts]),
        (Between(0, 1), [False] * len(texts)),
    ]
    for wanted, answers in expected:
        assert facts.passes(wanted).tolist() == answers
    assert facts.holds(needle).tolist() == expected[0][1]
    codes, words = facts.groups()
    assert [words[code] for code in codes.tolist()] == texts
    assert words == sorted(set(texts), key=lambda w: (not w, natural_key(w), w))
    counts = facts.value_counts()
    assert counts == [(word, texts.count(word)) for word in words]


@given(st.lists(NUMBERS, max_size=20))
def test_limits_count_as_within_and_nothing_is_never_within(values: list[float]) -> None:
    facts = NumberFacts(np.array(values))
    for low, high in ((None, None), (0.0, None), (None, 1.0), (0.0, 2.5)):
        expected = [
            not math.isnan(v) and (low is None or v >= low) and (high is None or v <= high)
            for v in values
        ]
        assert facts.passes(Between(low, high)).tolist() == expected
    assert facts.passes(IsEmpty()).tolist() == [math.isnan(v) for v in values]
    assert not facts.passes(OneOf(frozenset(("1",)))).any()


def _python_order(rows: list[tuple[str, float]], keys: tuple[SortKey, ...]) -> list[int]:
    """The order by sorting again and again, the least key first; nothing is last both ways."""
    order = list(range(len(rows)))
    for key in reversed(keys):
        if key.column == "text":
            names = sorted({text for text, _ in rows}, key=lambda w: (natural_key(w), w))
            value = {word: float(at) for at, word in enumerate(names)}
            number = [math.nan if not text else value[text] for text, _ in rows]
        else:
            number = [v for _, v in rows]
        filled = [at for at in order if not math.isnan(number[at])]
        filled.sort(key=lambda at: -number[at] if key.is_descending else number[at])
        order = filled + [at for at in order if math.isnan(number[at])]
    return order


ROWS = st.lists(st.tuples(st.sampled_from(["", "b2", "b10", "A", "a"]), NUMBERS), max_size=25)
KEYS = st.permutations(["text", "number"]).flatmap(
    lambda columns: st.tuples(*(st.builds(SortKey, st.just(c), st.booleans()) for c in columns))
)


@given(ROWS, KEYS)
def test_several_keys_sort_as_one_after_the_other(
    rows: list[tuple[str, float]], keys: tuple[SortKey, ...]
) -> None:
    facts = {
        "text": text_facts(objects([text for text, _ in rows])),
        "number": NumberFacts(np.array([value for _, value in rows])),
    }
    done = arrange(len(rows), facts, Wanted(sort=keys))
    assert done.rows.tolist() == _python_order(rows, keys)


def example() -> dict[str, ColumnFacts]:
    return {
        "name": text_facts(objects(["Delta", "alpha", "", "Charlie", "bravo"])),
        "kind": CodedFacts(Coded(("North", "South", "None"), np.array([0, 1, 0, -1, 1], np.int32))),
        "sales": NumberFacts(np.array([4.0, 1.5, math.nan, 3000.0, 2.0])),
    }


def test_filters_narrow_and_a_needle_looks_in_all_texts() -> None:
    facts = example()
    assert arrange(5, facts, Wanted(needle="ORTH")).rows.tolist() == [0, 2]
    wanted = Wanted(filters=(("sales", Between(low=2)), ("name", Contains("l"))))
    assert arrange(5, facts, wanted).rows.tolist() == [0, 3]
    kept = np.array([False, True, True, True, True])
    assert arrange(5, facts, wanted, kept).rows.tolist() == [3]
    assert kept.tolist() == [False, True, True, True, True]


def test_a_filter_of_a_column_that_is_gone_decides_nothing() -> None:
    wanted = Wanted(filters=(("gone", IsEmpty()),), sort=(SortKey("gone"),), group_by="gone")
    assert arrange(5, example(), wanted).rows.tolist() == [0, 1, 2, 3, 4]


def test_groups_count_and_sum_their_rows_and_come_in_order() -> None:
    sales = np.array([4.0, 1.5, math.nan, 3000.0, 2.0])
    wanted = Wanted(group_by="kind", sort=(SortKey("sales", is_descending=True),))
    done = arrange(5, example(), wanted, summed={"sales": sales})
    assert done.rows.tolist() == [3, 0, 2, 4, 1]
    assert done.groups == (
        Group("None", 0, 1, {"sales": 3000.0}),
        Group("North", 1, 2, {"sales": 4.0}),
        Group("South", 3, 2, {"sales": 3.5}),
    )
    assert lines_of(done, frozenset()).tolist() == [-1, 3, -2, 0, 2, -3, 4, 1]
    assert lines_of(done, frozenset(("North",))).tolist() == [-1, 3, -2, -3, 4, 1]


def test_nothing_can_be_grouped_to_nothing() -> None:
    done = arrange(5, example(), Wanted(needle="no such text", group_by="kind"))
    assert done.rows.tolist() == []
    assert lines_of(done, frozenset()).tolist() == []
    assert lines_of(Arranged(np.array([2, 1])), frozenset()).tolist() == [2, 1]


def test_too_many_values_are_not_offered() -> None:
    facts = text_facts(objects([f"Account {n}" for n in range(30_000)]))
    assert isinstance(facts, TextFacts)
    assert facts.value_counts() is None
    few = text_facts(objects(["b", "", "a 10", "a 9", "b"]))
    assert few.value_counts() == [("a 9", 1), ("a 10", 1), ("b", 2), ("", 1)]


def test_dates_are_compared_as_days_and_grouped_by_month() -> None:
    facts = DateFacts(objects(["2026-03-31", "", "2026-03-01", "soon", "1969-12-31"]))
    assert facts.passes(Between(low=-1.0, high=-1.0)).tolist() == [False] * 4 + [True]
    assert facts.passes(Between(low=20_514.0)).tolist() == [True, False, False, False, False]
    assert facts.passes(IsEmpty()).tolist() == [False, True, False, True, False]
    assert facts.passes(Contains("2026")).tolist() == [True, False, True, False, False]
    assert np.argsort(facts.sort_keys(is_descending=False), kind="stable").tolist() == [
        *(4, 2, 0, 1, 3)
    ]
    codes, words = facts.groups()
    assert [words[code] for code in codes] == ["2026-03", "", "2026-03", "soon", "1969-12"]
