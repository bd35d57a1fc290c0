# SPDX-License-Identifier: MIT
"""Saying which rep an owner value of the imported data means."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.ids import RepId, StrokeId
from app.models.rep import Rep
from app.services.commands.base import Edit
from app.services.commands.reps import REP_COLUMNS, rep_row
from app.services.owner_names import name_in_owner, plain_owner

_COLUMNS = ("owner", "rep_id")


@dataclass(frozen=True, slots=True)
class SetOwnerAlias:
    """Say that owner values mean a rep, whatever they look like; the next import knows it too."""

    owners: tuple[str, ...]
    rep: RepId
    rep_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Let {_called(self.owners)} mean {self.rep_name}"

    def apply(self, edit: Edit) -> Changes:
        """Write one row per value.

        Raises:
            EditRejected: The rep is gone, or a value is empty.
        """
        keys = _keys(self.owners)
        if not edit.tx.rows("SELECT 1 FROM rep WHERE id = ?", (self.rep,)):
            raise EditRejected(
                "This rep is no longer in the plan.",
                meaning="Nothing was changed.",
                remedy="Choose another rep.",
            )
        edit.tx.put("owner_alias", _COLUMNS, [(key, self.rep) for key in keys])
        return Changes(records=True)


@dataclass(frozen=True, slots=True)
class TakeOwnerSuggestions:
    """Say of several owner values whom each means, as the names that are near suggest."""

    pairs: tuple[tuple[str, RepId], ...]
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        count = len(self.pairs)
        return f"Take {count} suggested {'owner' if count == 1 else 'owners'}"

    def apply(self, edit: Edit) -> Changes:
        """Write one row per value.

        Raises:
            EditRejected: A rep is gone, or a value is empty.
        """
        changes = Changes()
        for owner, rep in self.pairs:
            changes |= SetOwnerAlias((owner,), rep).apply(edit)
        return changes


@dataclass(frozen=True, slots=True)
class ClearOwnerAlias:
    """Let owner values mean again whom their own words name, or nobody."""

    owners: tuple[str, ...]
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Forget whom {_called(self.owners)} means"

    def apply(self, edit: Edit) -> Changes:
        """Remove the rows."""
        edit.tx.delete("owner_alias", [(key,) for key in _keys(self.owners)])
        return Changes(records=True)


@dataclass(frozen=True, slots=True)
class MakeRepsOfOwners:
    """Add one rep per owner value, and let the value mean that rep."""

    owners: tuple[str, ...]
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        if len(self.owners) == 1:
            return f"Make a rep of {_called(self.owners)}"
        return f"Make reps of {len(self.owners)} owners"

    def apply(self, edit: Edit) -> Changes:
        """Write the reps and what the values mean; spellings of one value become one rep.

        Raises:
            EditRejected: A value is empty.
        """
        first = edit.tx.next_id("rep")
        reps: list[Rep] = []
        keys = _keys(self.owners)
        for number, owner in enumerate(keys.values()):
            name, email = name_in_owner(owner)
            reps.append(Rep(RepId(first + number), name, email=email))
        edit.tx.put("rep", REP_COLUMNS, [rep_row(rep) for rep in reps], all_new=True)
        edit.tx.put(
            "owner_alias", _COLUMNS, [(key, rep.id) for key, rep in zip(keys, reps, strict=True)]
        )
        return Changes(records=True, reps=frozenset(rep.id for rep in reps))


def _keys(owners: Sequence[str]) -> dict[str, str]:
    """Key of the list to the first value with that key, in the order given.

    Raises:
        EditRejected: A value is empty.
    """
    value_by_key: dict[str, str] = {}
    for owner in owners:
        value_by_key.setdefault(plain_owner(owner), owner)
    if "" in value_by_key:
        raise EditRejected(
            "An account without an owner cannot be given to a rep by its owner.",
            meaning="Nothing was changed.",
            remedy="Correct the account, or assign it to a territory.",
        )
    return value_by_key


def _called(owners: Sequence[str]) -> str:
    return f"“{owners[0]}”" if len(owners) == 1 else f"{len(owners)} owners"
