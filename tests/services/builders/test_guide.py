# SPDX-License-Identifier: MIT
"""The guide: which model it recommends for which answers."""

from itertools import product

import pytest

from app.models.sales_force import ForceModel
from app.services.builders.guide import (
    Answers,
    Customers,
    FirstVersion,
    Selling,
    Travel,
    recommend,
)


@pytest.mark.parametrize(
    ("answers", "model", "version", "specialists"),
    [
        (Answers(), ForceModel.GEOGRAPHIC, FirstVersion.AREAS, False),
        (
            Answers(customers=Customers.DIFFERENT, travel=Travel.HARDLY),
            ForceModel.CUSTOMER,
            FirstVersion.CUSTOMERS,
            False,
        ),
        (
            Answers(customers=Customers.DIFFERENT),
            ForceModel.HYBRID,
            FirstVersion.CROSSED,
            False,
        ),
        (
            Answers(customers=Customers.A_FEW_LARGE),
            ForceModel.HYBRID,
            FirstVersion.CARVED,
            False,
        ),
        (
            Answers(selling=Selling.SPECIALISTS),
            ForceModel.PRODUCT,
            FirstVersion.PRODUCTS,
            False,
        ),
        (
            Answers(selling=Selling.SPECIALISTS, customers=Customers.DIFFERENT),
            ForceModel.HYBRID,
            FirstVersion.CROSSED,
            True,
        ),
        (
            Answers(selling=Selling.SPECIALISTS_BESIDE),
            ForceModel.GEOGRAPHIC,
            FirstVersion.AREAS,
            True,
        ),
    ],
)
def test_the_usual_cases(
    answers: Answers, model: ForceModel, version: FirstVersion, *, specialists: bool
) -> None:
    found = recommend(answers)
    assert (found.model, found.version, found.has_specialists) == (model, version, specialists)


def test_every_set_of_answers_has_a_reason() -> None:
    every = [Answers(*each) for each in product(Selling, Customers, Travel)]
    assert all(recommend(each).reason.endswith(".") for each in every)
    specialists = [recommend(each) for each in every if each.selling is Selling.SPECIALISTS_BESIDE]
    assert all(found.has_specialists for found in specialists)
