# SPDX-License-Identifier: MIT
"""Correcting accounts in the plan; what the file had said is kept beside each correction."""

from dataclasses import dataclass

from app.models.account import PlacedBy
from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.ids import AccountId, StrokeId
from app.services.commands.account_places import (
    ADDRESS_FIELDS,
    PLACE_COLUMNS,
    located,
    placed_by_address,
    stated_place,
    text_of_place,
)
from app.services.commands.base import Edit
from app.services.store.shapes import Row
from app.services.store.transaction import utc_now

PLACE_FIELD = "place"
"""The field under which a position set by hand is kept."""

FIELD_WORDS = {
    "name": "name",
    "street": "street",
    "city": "city",
    "region": "state",
    "postal_code": "postal code",
    "country_name": "country",
    "segment": "segment",
    "industry": "industry",
    "status": "status",
    "family": "family",
    "owner": "owner",
    "visit_class": "visit class",
    "phone": "phone",
    "website": "website",
    PLACE_FIELD: "place on the map",
}
"""What can be corrected: column of the account table, and its name in a sentence."""

_LONGEST = 5_000
_MOST_LISTED = 5_000
"""From so many accounts on, reading all of them again is as quick as reading those."""
_KEYS_PER_QUERY = 500
_CORRECTION = ("account_id", "field", "imported", "at_utc")


@dataclass(frozen=True, slots=True)
class CorrectAccounts:
    """Give one text field of one or many accounts another value.

    A changed address moves the account, unless the user placed it by hand. Setting the value that
    the file had ends the correction.

    Attributes:
        field: A key of `FIELD_WORDS` other than the place.
        account_name: For the label, where it is one account.
    """

    ids: tuple[AccountId, ...]
    field: str
    value: str
    account_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it: "Correct the city of Example Ltd."."""
        of = self.account_name or (
            "an account" if len(self.ids) == 1 else f"{len(self.ids):,} accounts"
        )
        return f"Correct the {FIELD_WORDS.get(self.field, self.field)} of {of}"

    def apply(self, edit: Edit) -> Changes:
        """Write the field, the corrections and, for an address, the places.

        Raises:
            EditRejected: The field cannot be corrected, the value is too long, or none of the
                accounts is in the plan.
        """
        value = self._checked()
        kept = _texts_by_account(edit, self.field, self.ids)
        if not kept:
            raise _no_such_account()
        changed = [account for account, text in kept.items() if text != value]
        imported = _corrections(edit, self.field, changed)
        ended = [account for account in changed if imported.get(account) == value]
        now = utc_now()
        begun = [
            (account, self.field, kept[account], now)
            for account in changed
            if account not in imported
        ]
        rows: list[Row] = [(account, value) for account in changed]
        edit.tx.put("account", ("id", self.field), rows)
        edit.tx.put("account_correction", _CORRECTION, begun)
        edit.tx.delete("account_correction", [(account, self.field) for account in ended])
        if self.field in ADDRESS_FIELDS:
            _move(edit, changed)
        if len(changed) > _MOST_LISTED:
            return Changes(all_accounts=True)
        return Changes(edited_accounts=frozenset(changed))

    def _checked(self) -> str:
        value = " ".join(self.value.split())
        if self.field not in FIELD_WORDS or self.field == PLACE_FIELD:
            message = f"The field {self.field} cannot be corrected."
            raise EditRejected(message, meaning="Nothing was changed.")
        if len(value) > _LONGEST:
            message = f"The {FIELD_WORDS[self.field]} is too long."
            remedy = f"Use at most {_LONGEST:,} characters."
            raise EditRejected(message, meaning="Nothing was changed.", remedy=remedy)
        return value


@dataclass(frozen=True, slots=True)
class PlaceByHand:
    """Put an account at a point of the map; imports leave it there.

    Attributes:
        lon, lat: WGS 84 degrees.
        account_name: For the label.
    """

    account: AccountId
    lon: float
    lat: float
    account_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Place {self.account_name or 'an account'} by hand"

    def apply(self, edit: Edit) -> Changes:
        """Write the position and the areas that contain it.

        Raises:
            EditRejected: The point is on no land, or the account is not in the plan.
        """
        before = stated_place(edit, self.account)
        if before is None:
            raise _no_such_account()
        place = located(edit.geography, self.lon, self.lat)
        if place is None:
            raise EditRejected(
                "This point lies in no area of the map.",
                meaning="The account stays where it was.",
                remedy="Choose a point on land; longitude is -180 to 180, latitude -90 to 90.",
            )
        edit.tx.put("account", ("id", *PLACE_COLUMNS), [(self.account, *place)])
        if not _corrections(edit, PLACE_FIELD, [self.account]):
            row = (self.account, PLACE_FIELD, text_of_place(before), utc_now())
            edit.tx.put("account_correction", _CORRECTION, [row])
        return Changes(edited_accounts=frozenset((self.account,)))


@dataclass(frozen=True, slots=True)
class ForgetCorrection:
    """Go back to what the file had said about one field, or to where its address is.

    Attributes:
        field: A key of `FIELD_WORDS`, the place included.
        account_name: For the label.
    """

    account: AccountId
    field: str
    account_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        of = self.account_name or "an account"
        return f"Take the {FIELD_WORDS.get(self.field, self.field)} of {of} from the list again"

    def apply(self, edit: Edit) -> Changes:
        """Put the imported value back and delete the correction.

        Raises:
            EditRejected: There is no such correction.
        """
        imported = _corrections(edit, self.field, [self.account]).get(self.account)
        if imported is None:
            message = "This field has not been corrected."
            raise EditRejected(message, meaning="Nothing was changed.")
        edit.tx.delete("account_correction", [(self.account, self.field)])
        if self.field == PLACE_FIELD:
            place = placed_by_address(edit, [self.account], {self.account: imported})
            edit.tx.put("account", ("id", *PLACE_COLUMNS), place)
        else:
            edit.tx.put("account", ("id", self.field), [(self.account, imported)])
            if self.field in ADDRESS_FIELDS:
                _move(edit, [self.account])
        return Changes(edited_accounts=frozenset((self.account,)))


def _move(edit: Edit, accounts: list[AccountId]) -> None:
    """Place accounts by their addresses of now, except those placed by hand."""
    by_hand = _texts_by_account(edit, "placed_by", accounts)
    free = [account for account in accounts if by_hand.get(account) != PlacedBy.BY_HAND.value]
    edit.tx.put("account", ("id", *PLACE_COLUMNS), placed_by_address(edit, free))


def _texts_by_account(
    edit: Edit, field: str, accounts: tuple[AccountId, ...] | list[AccountId]
) -> dict[AccountId, str]:
    """The texts of a column of `account`; `field` comes from `FIELD_WORDS` or this module."""
    found: dict[AccountId, str] = {}
    for first in range(0, len(accounts), _KEYS_PER_QUERY):
        part = accounts[first : first + _KEYS_PER_QUERY]
        marks = ",".join("?" * len(part))
        sql = f"SELECT id, {field} FROM account WHERE id IN ({marks})"  # noqa: S608 own names
        found.update((AccountId(int(id_ or 0)), str(text)) for id_, text in edit.tx.rows(sql, part))
    return found


def _corrections(edit: Edit, field: str, accounts: list[AccountId]) -> dict[AccountId, str]:
    """What the file had said, by account; only those whose field was corrected."""
    wanted = set(accounts)
    sql = "SELECT account_id, imported FROM account_correction WHERE field = ?"
    rows = ((AccountId(int(id_ or 0)), str(text)) for id_, text in edit.tx.rows(sql, (field,)))
    return {account: text for account, text in rows if account in wanted}


def _no_such_account() -> EditRejected:
    return EditRejected("This account is no longer in the plan.", meaning="Nothing was changed.")
