# SPDX-License-Identifier: MIT
"""Visit classes: which there are, and which accounts have them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.ids import AccountId, StrokeId, VisitClassId
from app.models.visit_class import VisitClass
from app.services.commands.accounts import CorrectAccounts
from app.services.commands.base import Edit

COLUMNS = (
    *("id", "name", "position", "visits_per_year", "visit_hours", "preparation_hours"),
    "is_default",
)
_NOTHING = "Nothing was changed."
_MOST_VISITS, _MOST_HOURS, _LONGEST_NAME = 10_000.0, 1_000.0, 1_000
_MOST_LISTED = 5_000


@dataclass(frozen=True, slots=True)
class PutVisitClass:
    """Add a visit class, or change one; accounts follow a class that gets another name.

    Attributes:
        visit_class: As it shall be; an id of 0 makes a new one, last in the list.
    """

    visit_class: VisitClass
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        verb = "Change" if self.visit_class.id else "Add"
        return f"{verb} visit class {self.visit_class.name.strip()}"

    def apply(self, edit: Edit) -> Changes:
        """Write the row, and the new name where accounts had the old one.

        Raises:
            EditRejected: The name is empty or taken, a number is out of its range, or the class
                is no longer in the plan.
        """
        wanted = _checked(self.visit_class)
        known = _classes(edit)
        _reject_taken(wanted, known)
        before = next((each for each in known if each.id == wanted.id), None)
        if wanted.id and before is None:
            message = "This visit class is no longer in the plan."
            raise EditRejected(message, meaning=_NOTHING)
        if before is None:
            last = max((each.position for each in known), default=0)
            wanted = replace(
                wanted, id=VisitClassId(edit.tx.next_id("visit_class")), position=last + 1
            )
        if not wanted.is_default and not any(
            each.is_default for each in known if each.id != wanted.id
        ):
            wanted = replace(wanted, is_default=True)  # some class is the usual one
        rows = [_row(wanted)]
        if wanted.is_default:
            rows += [_row(replace(e, is_default=False)) for e in known if e.id != wanted.id]
        edit.tx.put("visit_class", COLUMNS, rows)
        changes = Changes(settings=True)
        if before is not None and before.name != wanted.name:
            changes |= _rename_on_accounts(edit, before.name, wanted.name)
        return changes


@dataclass(frozen=True, slots=True)
class RemoveVisitClass:
    """Remove a visit class; its accounts get another one, or none and count as the usual one.

    Attributes:
        replacement: Name of the class that its accounts get, empty for none.
    """

    visit_class: VisitClassId
    class_name: str = ""
    replacement: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Remove visit class {self.class_name}"

    def apply(self, edit: Edit) -> Changes:
        """Delete the row.

        Raises:
            EditRejected: It is no longer in the plan, or the last one.
        """
        known = _classes(edit)
        gone = next((each for each in known if each.id == self.visit_class), None)
        if gone is None:
            message = "This visit class is no longer in the plan."
            raise EditRejected(message, meaning=_NOTHING)
        left = [each for each in known if each.id != gone.id]
        if not left:
            raise EditRejected(
                f"{gone.name} is the last visit class.",
                meaning="Without one, no account asks for a visit. Nothing was changed.",
                remedy="Add another class first.",
            )
        edit.tx.delete("visit_class", [(gone.id,)])
        if gone.is_default:
            edit.tx.put("visit_class", COLUMNS, [_row(replace(left[-1], is_default=True))])
        return Changes(settings=True) | _rename_on_accounts(edit, gone.name, self.replacement)


@dataclass(frozen=True, slots=True)
class OrderVisitClasses:
    """Give the visit classes another order in lists."""

    classes: tuple[VisitClassId, ...]
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return "Order the visit classes"

    def apply(self, edit: Edit) -> Changes:
        """Write the positions; classes that are not named keep to the end."""
        known = _classes(edit)
        place = {each: at for at, each in enumerate(self.classes)}
        known.sort(key=lambda each: place.get(each.id, len(place)))
        rows = [_row(replace(each, position=at + 1)) for at, each in enumerate(known)]
        edit.tx.put("visit_class", COLUMNS, rows)
        return Changes(settings=True)


@dataclass(frozen=True, slots=True)
class SetVisitClass:
    """Give accounts a visit class; imports leave it alone, as every correction.

    Attributes:
        class_name: Name of a class of the plan, empty for none.
        account_name: For the label, where it is one account.
    """

    accounts: tuple[AccountId, ...]
    class_name: str
    account_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it: "Visit 12 accounts as B"."""
        of = self.account_name or (
            "an account" if len(self.accounts) == 1 else f"{len(self.accounts):,} accounts"
        )
        return f"Visit {of} as {self.class_name or 'the usual class'}"

    def apply(self, edit: Edit) -> Changes:
        """Write the class.

        Raises:
            EditRejected: The plan has no such class, or none of the accounts is in it.
        """
        reject_unknown_class(edit, [self.class_name])
        return CorrectAccounts(self.accounts, "visit_class", self.class_name).apply(edit)


@dataclass(frozen=True, slots=True)
class ClassifyAccounts:
    """Give many accounts their visit classes at once, as a measure ranks them.

    Attributes:
        accounts: By name of the class; an empty name takes the class away.
        measure_name: What ranked them, for the label.
    """

    accounts: tuple[tuple[str, tuple[AccountId, ...]], ...]
    measure_name: str
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        count = sum(len(ids) for _, ids in self.accounts)
        return f"Class {count:,} accounts by {self.measure_name}"

    def apply(self, edit: Edit) -> Changes:
        """Write the classes of accounts whose class is another one.

        Raises:
            EditRejected: The plan has no such class.
        """
        reject_unknown_class(edit, [name for name, _ in self.accounts])
        now = {
            int(cast("int", id_)): str(text)
            for id_, text in edit.tx.rows("SELECT id, visit_class FROM account")
        }
        rows = [
            (account, name)
            for name, ids in self.accounts
            for account in ids
            if now.get(account, name) != name
        ]
        return _put_classes(edit, rows)


def reject_unknown_class(edit: Edit, names: Sequence[str]) -> None:
    """Refuse names that are no class of the plan; an empty one takes the class away.

    Raises:
        EditRejected: One of them is none.
    """
    known = {each.name for each in _classes(edit)}
    for name in names:
        if name and name not in known:
            raise EditRejected(
                f"The plan has no visit class {name}.",
                meaning=_NOTHING,
                remedy="Add the class under Workload, then choose it.",
            )


def _checked(wanted: VisitClass) -> VisitClass:
    name = " ".join(wanted.name.split())
    if not name or len(name) > _LONGEST_NAME:
        message = "A visit class needs a name." if not name else "This name is too long."
        remedy = f"Type 1 to {_LONGEST_NAME:,} characters, for example A."
        raise EditRejected(message, meaning=_NOTHING, remedy=remedy)
    for words, value, most in (
        ("Visits per year", wanted.visits_per_year, _MOST_VISITS),
        ("Hours of a visit", wanted.visit_hours, _MOST_HOURS),
        ("Hours of preparation", wanted.preparation_hours, _MOST_HOURS),
    ):
        if not 0.0 <= value <= most:
            message = f"{words} must be 0 to {most:,.0f}."
            raise EditRejected(message, meaning=_NOTHING)
    return replace(wanted, name=name)


def _reject_taken(wanted: VisitClass, known: Sequence[VisitClass]) -> None:
    for each in known:
        if each.id != wanted.id and each.name.casefold() == wanted.name.casefold():
            raise EditRejected(
                f"There is already a visit class {each.name}.",
                meaning="Accounts meet their class by its name. Nothing was changed.",
                remedy="Choose another name.",
            )


def _classes(edit: Edit) -> list[VisitClass]:
    found = edit.tx.rows(
        "SELECT id, name, visits_per_year, visit_hours, preparation_hours, position, is_default"
        " FROM visit_class ORDER BY position, id"
    )
    return [
        VisitClass(
            VisitClassId(int(row[0] or 0)),
            str(row[1]),
            *(float(cell or 0.0) for cell in row[2:5]),
            position=int(row[5] or 0),
            is_default=bool(row[6]),
        )
        for row in found
    ]


def _row(each: VisitClass) -> tuple[int | str | float, ...]:
    return (
        *(int(each.id), each.name, each.position, each.visits_per_year, each.visit_hours),
        *(each.preparation_hours, int(each.is_default)),
    )


def _rename_on_accounts(edit: Edit, old: str, new: str) -> Changes:
    found = edit.tx.rows("SELECT id FROM account WHERE visit_class = ?", (old,))
    return _put_classes(edit, [(AccountId(int(row[0] or 0)), new) for row in found])


def _put_classes(edit: Edit, rows: Sequence[tuple[AccountId, str]]) -> Changes:
    edit.tx.put("account", ("id", "visit_class"), rows)
    if len(rows) > _MOST_LISTED:
        return Changes(all_accounts=True)
    return Changes(edited_accounts=frozenset(account for account, _ in rows))
