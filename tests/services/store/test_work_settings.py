# SPDX-License-Identifier: MIT
"""What the user set about work, out of plans that may come from anybody."""

from dataclasses import replace

import pytest

from app.models.ids import MeasureId
from app.models.territory import TravelMode
from app.models.work import FIRST_SPEEDS, IndexWeight, Surroundings, WorkSettings
from app.services.store.work_settings import (
    measure_of,
    weights_of,
    weights_value,
    work_of,
    work_value,
)


def test_settings_come_back_as_they_were_kept() -> None:
    speeds = tuple(replace(each, long_kmh=each.long_kmh + 1) for each in FIRST_SPEEDS)
    wanted = WorkSettings(4.5, 1.3, False, 0.0, 1800.0, speeds)
    assert work_of(work_value(wanted)) == wanted
    weights = (IndexWeight(MeasureId(-1), 0.6), IndexWeight(MeasureId(3), 0.4))
    assert weights_of(weights_value(weights)) == weights


@pytest.mark.parametrize("found", [None, 3, "text", [], {}, {"speeds": 7}, {"speeds": [[1], "x"]}])
def test_what_makes_no_sense_counts_as_never_set(found: object) -> None:
    assert work_of(found) == WorkSettings()


def test_numbers_out_of_their_range_are_the_usual_ones() -> None:
    found = work_of(
        {
            "visits_per_day": -1,
            "circuity": float("nan"),
            "admin_hours": True,
            "full_time_hours": 1e12,
            "are_days_clustered": "yes",
            "speeds": [["car", "city", 0.0, 30.0], ["car", "moon", 1.0, 1.0]],
        }
    )
    assert found.speed(TravelMode.CAR, Surroundings.CITY).long_kmh == FIRST_SPEEDS[0].long_kmh
    assert found.speed(TravelMode.CAR, Surroundings.CITY).local_kmh == 30.0
    assert replace(found, speeds=FIRST_SPEEDS) == WorkSettings()


@pytest.mark.parametrize("found", [None, {}, [1], [[1]], [["a", 1]], [[1, "a"]], [[1, None]]])
def test_weights_that_cannot_be_read_are_none(found: object) -> None:
    assert weights_of(found) == ()


def test_only_whole_numbers_name_a_measure() -> None:
    assert measure_of(3) == MeasureId(3)
    assert [measure_of(found) for found in (None, True, "3", 1.5)] == [None] * 4
