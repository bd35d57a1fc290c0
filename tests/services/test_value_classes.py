# SPDX-License-Identifier: MIT
"""Classes of a measure against sums by hand and against trying every way to cut."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.map_look import ClassChoice, ClassMethod
from app.services.map_layers import class_ramp, measure_colors, per_basis, shaded, territory_colors
from app.services.map_layers.value_classes import natural_breaks, value_classes

EQUAL, NATURAL, OWN = ClassMethod.EQUAL, ClassMethod.NATURAL, ClassMethod.OWN


def _limits(values: list[float], method: ClassMethod, count: int, *own: float) -> list[float]:
    found = value_classes(np.array(values, float), ClassChoice(method, count, limits=own))
    assert found is not None
    return found.limits.tolist()


def test_quantiles_hold_about_equally_many() -> None:
    values = np.arange(1.0, 101.0)
    classes = value_classes(values, ClassChoice(count=5))
    assert classes is not None
    assert classes.limits.tolist() == [21.0, 41.0, 60.0, 80.0]
    assert np.bincount(classes.of(values)).tolist() == [20, 20, 19, 20, 21]


def test_limits_of_values_that_lie_close_together_keep_the_digits_that_tell_them_apart() -> None:
    assert _limits([1000.0, 1001.0, 1002.0, 1003.0], ClassMethod.QUANTILE, 4) == pytest.approx(
        [1000.8, 1001.5, 1002.2]
    )


def test_equal_steps_divide_the_range() -> None:
    assert _limits([0.0, 1.0, 10.0], EQUAL, 5) == [2.0, 4.0, 6.0, 8.0]


def test_own_limits_are_taken_as_they_are_and_belong_to_the_class_above() -> None:
    classes = value_classes(np.array([5.0, 10.0, 15.0]), ClassChoice(OWN, 5, limits=(10.0, 99.0)))
    assert classes is not None
    assert classes.of(np.array([5.0, 10.0, 15.0, 99.0])).tolist() == [0, 1, 1, 2]
    assert classes.edges() == [(5.0, 10.0), (10.0, 99.0), (99.0, 99.0)]


def test_natural_breaks_fall_into_the_gaps() -> None:
    assert _limits([1.0, 2.0, 2.0, 10.0, 11.0, 30.0], NATURAL, 3) == [10.0, 30.0]


@pytest.mark.parametrize("values", [[], [7.0], [5.0, 5.0]])
@pytest.mark.parametrize("method", list(ClassMethod))
def test_few_values_make_one_class_or_none(values: list[float], method: ClassMethod) -> None:
    found = value_classes(np.array(values), ClassChoice(method, 5))
    assert (found is None) == (not values)
    assert found is None or found.count == 1


def _scatter(values: np.ndarray, starts: tuple[float, ...]) -> float:
    parts = np.split(np.sort(values), np.searchsorted(np.sort(values), starts))
    return sum(float(((part - part.mean()) ** 2).sum()) for part in parts if len(part))


@given(
    st.lists(st.integers(-50, 50), min_size=4, max_size=12),
    st.integers(3, 5),
)
def test_natural_breaks_are_as_good_as_the_best_of_all_cuts(numbers: list[int], count: int) -> None:
    values = np.array(numbers, float)
    distinct = np.unique(values)
    found = natural_breaks(values, count)
    cuts = min(count, len(distinct)) - 1
    best = min(_scatter(values, each) for each in combinations(distinct[1:].tolist(), cuts))
    assert len(found) == cuts
    assert _scatter(values, tuple(found.tolist())) == pytest.approx(best, abs=1e-6)


def test_natural_breaks_of_very_many_values_find_the_gaps_too() -> None:
    chance = np.random.default_rng(3)
    middles = np.array([0.0, 100.0, 300.0, 1000.0])
    values = (middles[:, None] + chance.uniform(0, 10, (4, 8000))).ravel()
    found = natural_breaks(values, 4)
    assert np.all(np.abs(found - middles[1:]) < 12)


@given(
    st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=60),
    st.sampled_from([ClassMethod.QUANTILE, EQUAL, NATURAL]),
    st.integers(3, 7),
)
def test_every_value_lies_in_a_class_between_its_limits(
    numbers: list[float], method: ClassMethod, count: int
) -> None:
    values = np.array(numbers)
    classes = value_classes(values, ClassChoice(method, count))
    assert classes is not None
    assert 1 <= classes.count <= count
    edges = classes.edges()
    for value, which in zip(values.tolist(), classes.of(values).tolist(), strict=True):
        assert edges[which][0] <= value <= edges[which][1]


def test_legend_counts_sum_to_the_areas() -> None:
    values = np.array([0.0, 10.0, 20.0, 30.0, 40.0, np.nan])
    held = np.full(6, -1, np.int32)
    legend = measure_colors(held, values, str, dark=False, choice=ClassChoice(EQUAL, 3)).legend
    assert [line.count for line in legend] == [1, 1, 2, 2]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("count", range(1, 8))
def test_the_ramp_runs_from_faint_to_strong(count: int, dark: bool) -> None:
    light = [sum(each[:3]) for each in class_ramp(count, dark=dark)]
    assert light == sorted(light, reverse=not dark)
    assert len(set(light)) == count


def test_a_density_without_anything_to_divide_by_is_no_number() -> None:
    values, divisor = np.array([6.0, 5.0, np.nan]), np.array([3.0, 0.0, 2.0])
    assert per_basis(values, divisor).tolist()[:1] == [2.0]
    assert np.isnan(per_basis(values, divisor)[1:]).all()
    assert per_basis(values, None) is values


def test_shading_weakens_the_colour_where_there_is_less() -> None:
    colors = territory_colors(np.array([0, 0, 0, -1], np.int32), [2], ["North"], dark=False)
    alpha = shaded(colors, np.array([0.0, 1.0, 9.0, 5.0])).rgba[:, 3].tolist()
    assert alpha[0] == alpha[1] < alpha[2] == colors.rgba[2, 3]
    assert alpha[3] == 0
