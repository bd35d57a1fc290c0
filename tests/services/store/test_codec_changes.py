# SPDX-License-Identifier: MIT
"""What an edit touched is kept in the history, whatever it is."""

from dataclasses import fields, replace

import pytest

from app.models.changes import Changes
from app.services.store.codec import pack_changes, unpack_changes

_SETS: dict[str, frozenset[str] | frozenset[int]] = {
    "geounits": frozenset(("zip:1",)),
    "accounts": frozenset((1, 2)),
    "territories": frozenset((3,)),
    "reps": frozenset((4,)),
    "edited_accounts": frozenset((5,)),
}


def changed(name: str) -> Changes:
    """Changes of one kind alone."""
    return replace(Changes(), **{name: _SETS.get(name, True)})


@pytest.mark.parametrize("name", [field.name for field in fields(Changes)])
def test_every_kind_of_change_comes_back_and_is_joined(name: str) -> None:
    one = changed(name)
    assert one != Changes()
    assert unpack_changes(pack_changes(one)) == one
    assert Changes() | one == one
    assert one | Changes() == one
