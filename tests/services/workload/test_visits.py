# SPDX-License-Identifier: MIT
"""Visits and their hours, by hand."""

import numpy as np

from app.models.ids import VisitClassId
from app.models.visit_class import VisitClass
from app.services.workload.visits import (
    NO_CLASS,
    UNKNOWN_CLASS,
    class_column,
    visit_plan,
)

A = VisitClass(VisitClassId(1), "A", 12.0, 1.0, 0.5)
B = VisitClass(VisitClassId(2), "B", 6.0, 0.75, 0.25)
C = VisitClass(VisitClassId(3), "C", 2.0, 0.5, 0.25, is_default=True)


def test_hours_are_visits_times_duration_and_preparation() -> None:
    column = class_column((A, B, C), np.array([0, 1, 2, -1], np.int32), ["A", "B", "C"])
    plan = visit_plan((A, B, C), column)
    assert plan.visits.tolist() == [12.0, 6.0, 2.0, 2.0]
    # 12 x 1.5, 6 x 1, 2 x 0.75, and the usual class for the account without one
    assert plan.hours.tolist() == [18.0, 6.0, 1.5, 1.5]
    assert plan.without_class == 1


def test_names_of_classes_meet_whatever_their_case_and_spaces() -> None:
    spellings = [" a ", "KEY  account", "b"]
    key = VisitClass(VisitClassId(4), "Key Account", 24.0, 2.0)
    column = class_column((A, key, B), np.array([0, 1, 2], np.int32), spellings)
    assert column.rows.tolist() == [0, 1, 2]


def test_a_class_that_the_plan_does_not_have_counts_as_the_usual_one_and_is_told() -> None:
    column = class_column((A, C), np.array([0, 1, 1, -1], np.int32), ["A", "Z"])
    assert column.rows.tolist() == [0, UNKNOWN_CLASS, UNKNOWN_CLASS, NO_CLASS]
    assert column.unknown == (("Z", 2),)
    plan = visit_plan((A, C), column)
    assert plan.hours.tolist() == [18.0, 1.5, 1.5, 1.5]
    assert (plan.without_class, plan.with_unknown_class) == (1, 2)


def test_without_a_usual_class_accounts_without_one_ask_for_nothing() -> None:
    column = class_column((A,), np.array([0, -1], np.int32), ["A"])
    assert visit_plan((A,), column).hours.tolist() == [18.0, 0.0]


def test_a_plan_without_classes_asks_for_nothing() -> None:
    column = class_column((), np.array([-1, -1], np.int32), [])
    assert visit_plan((), column).hours.tolist() == [0.0, 0.0]


def test_a_measure_can_say_the_visits() -> None:
    column = class_column((A, C), np.array([0, -1, -1], np.int32), ["A"])
    plan = visit_plan((A, C), column, np.array([4.0, 10.0, -3.0]))
    assert plan.visits.tolist() == [4.0, 10.0, 0.0]
    assert plan.hours.tolist() == [6.0, 7.5, 0.0]
    assert plan.negative == 1
