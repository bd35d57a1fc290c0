# SPDX-License-Identifier: MIT
"""What a table of areas names: states of the US and of other countries."""

import pytest

from app.services.importing.areas import AreaReader
from app.services.importing.fields import TableKind
from tests.services.importing.plans import shipped_geography
from tests.services.importing.tables import made, understood


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("TX", "state:48"),
        ("Texas", "state:48"),
        ("6", "state:06"),
        ("CA", "state:06"),
        ("CA-ON", "state:CA-ON"),
        ("Ontario", "state:CA-ON"),
        ("Bayern", "state:DE-BY"),
        ("Île-de-France", "state:FR-IDF"),
        ("England", ""),  # It has regions, of which this says none.
        ("Nowhere", ""),
    ],
)
def test_a_state_of_any_country_is_known_by_name_and_code(text: str, unit: str) -> None:
    table = made("Territory, State", ("North", text))
    mapping = understood(table, TableKind.TERRITORY_AREAS)
    assert mapping.header_for("region") == "State"
    read = AreaReader(shipped_geography(), several=False).read(table, mapping)
    assert read is not None
    assert list(read.units) == [(unit,) if unit else ()]
