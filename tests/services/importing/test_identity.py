# SPDX-License-Identifier: MIT
"""What a mapping must have before an import can go on, and what it says where that is missing."""

import pytest

from app.services.importing.fields import TableKind, fields_of
from app.services.importing.identity import is_enough, missing_sentence
from app.services.importing.mapping import ColumnMapping, Mapping

ENOUGH = [
    (TableKind.ACCOUNTS, {"name"}),
    (TableKind.REPS, {"email"}),
    (TableKind.TRANSACTIONS, {"account", "date"}),
    (TableKind.TRANSACTIONS, {"external_id", "unit_price"}),
    (TableKind.PRODUCTS, {"external_id"}),
    (TableKind.PRODUCT_LINES, {"external_id", "name"}),
    (TableKind.TERRITORIES, {"name"}),
    (TableKind.TERRITORY_AREAS, {"territory", "county_name"}),
    (TableKind.TERRITORY_ACCOUNTS, {"territory", "account"}),
    (TableKind.ROSTER, {"territory", "rep"}),
    (TableKind.GOALS, {"amount"}),
    (TableKind.GOALS, {"period_amount"}),
    (TableKind.VISITS, {"account", "date"}),
    (TableKind.CONTACTS, {"account"}),
    (TableKind.MARKET, {"region", "measure"}),
]


@pytest.mark.parametrize(("kind", "fields"), ENOUGH)
def test_the_least_that_is_enough(kind: TableKind, fields: set[str]) -> None:
    assert is_enough(kind, fields)
    assert fields <= {field.key for field in fields_of(kind)}
    for left_out in fields:
        assert not is_enough(kind, fields - {left_out} | {"ignore"})


@pytest.mark.parametrize("kind", TableKind)
def test_what_is_missing_is_said_for_every_kind(kind: TableKind) -> None:
    mapping = Mapping(kind, (ColumnMapping("a", "ignore"),))
    assert not mapping.has_identity
    assert mapping.missing == missing_sentence(kind)
    assert mapping.missing.startswith("Choose ")


def test_a_chosen_column_takes_the_place_of_an_implied_value() -> None:
    mapping = Mapping(
        TableKind.ACCOUNTS,
        (ColumnMapping("Company", "name"), ColumnMapping("Stage", "extra")),
        implied={"status": "prospect"},
    )
    assert mapping.with_target("Stage", "segment").implied == {"status": "prospect"}
    assert mapping.with_target("Stage", "status").implied == {}
