# SPDX-License-Identifier: MIT
"""Merging accounts that are one customer, and remembering which are not."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.ids import AccountId, MeasureId, StrokeId
from app.models.json_texts import texts_by_header
from app.models.rows import Cell
from app.services.commands.account_removal import remove_accounts
from app.services.commands.base import Edit
from app.services.commands.merged_claims import join_named_assignments
from app.services.duplicates.merging import PLACE, TEXT_FIELDS, MeasureRule, merged_value
from app.services.store.transaction import Transaction, utc_now

_PLACE_COLUMNS = ("lon", "lat", "placed_by", "country", "state", "county", "zip_code")
_COLUMNS = ("id", "external_id", "extra", "gone_since", *TEXT_FIELDS, *_PLACE_COLUMNS)
_MAX_EXTRA = 100_000
"""Characters of the kept columns of one account, as the plan file takes them."""

_Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class MergeAccounts:
    """Make one account out of several.

    The account that stays takes the chosen values, and all transactions, visits and named
    assignments of the others. Their ids are kept, so that the next import finds it under each of
    them. A value that differs from what the file had is kept as a correction of the user.

    Attributes:
        survivor: The account that stays.
        others: Those that go.
        name: What the account is called, for the label.
        sources: Per text field, and for `PLACE`, whose value is taken; by default the survivor's.
        rules: Per measure what becomes of the values; by default the survivor's stays.
    """

    survivor: AccountId
    others: tuple[AccountId, ...]
    name: str
    sources: Mapping[str, AccountId] = field(default_factory=dict[str, AccountId])
    rules: Mapping[MeasureId, MeasureRule] = field(default_factory=dict[MeasureId, MeasureRule])
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Merge {len(self.others) + 1:,} accounts into {self.name}"

    def apply(self, edit: Edit) -> Changes:
        """Write the merge.

        Raises:
            EditRejected: One of the accounts is gone, two of them must stay apart, or a lock stands
                against it.
        """
        members = (self.survivor, *(other for other in self.others if other != self.survivor))
        rows = _read(edit.tx, members)
        join_named_assignments(edit, members)
        self._write_account(edit.tx, rows)
        self._write_measures(edit.tx, members)
        _move_records(edit.tx, members)
        _move_aliases(edit.tx, members, [str(row["external_id"]) for row in rows.values()])
        _move_decisions(edit.tx, members)
        _move_apart_pairs(edit.tx, members)
        remove_accounts(edit, members[1:])
        return Changes(all_accounts=True, records=True)

    def _write_account(self, tx: Transaction, rows: Mapping[AccountId, _Row]) -> None:
        own = rows[self.survivor]
        merged = {name: rows[self._source(name)][name] for name in TEXT_FIELDS}
        place = rows[self._source(PLACE)]
        merged |= {name: place[name] for name in _PLACE_COLUMNS}
        others = [row for account, row in rows.items() if account != self.survivor]
        merged["extra"] = _joined_extra(own, others)
        is_here = any(not row["gone_since"] for row in rows.values())
        merged["gone_since"] = "" if is_here else own["gone_since"]
        tx.put("account", ("id", *merged), [(self.survivor, *merged.values())])
        corrected = _corrected(own, others, merged)
        if any(own[name] != place[name] for name in ("lon", "lat")):
            known = own["lat"] is not None
            corrected[PLACE] = f"{own['lat']}, {own['lon']}" if known else ""
        _remember_corrections(tx, self.survivor, corrected)

    def _write_measures(self, tx: Transaction, members: Sequence[AccountId]) -> None:
        found = cast(
            "list[tuple[int, int, float]]",
            tx.rows(
                "SELECT measure.id, account_measure.account_id, account_measure.value "
                "FROM measure CROSS JOIN json_each(?) AS wanted CROSS JOIN account_measure "
                "ON account_measure.measure_id = measure.id "
                "AND account_measure.account_id = wanted.value",
                (json.dumps(members),),
            ),
        )
        by_measure: dict[int, dict[int, float]] = {}
        for measure, account, value in found:
            by_measure.setdefault(measure, {})[account] = value
        merged = [
            (measure, self.survivor, merged_value([values.get(m) for m in members], rule))
            for measure, values in by_measure.items()
            for rule in (self.rules.get(MeasureId(measure), MeasureRule.KEEP),)
        ]
        tx.put("account_measure", ("measure_id", "account_id", "value"), merged)

    def _source(self, name: str) -> AccountId:
        source = self.sources.get(name, self.survivor)
        return source if source in (self.survivor, *self.others) else self.survivor


@dataclass(frozen=True, slots=True)
class KeepSeparate:
    """Remember that accounts which look alike are different customers."""

    pairs: tuple[tuple[AccountId, AccountId], ...]
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        count = len({account for pair in self.pairs for account in pair})
        return f"Keep {count:,} accounts separate"

    def apply(self, edit: Edit) -> Changes:
        """Write the decision.

        Raises:
            EditRejected: One of the accounts is gone.
        """
        _read(edit.tx, sorted({account for pair in self.pairs for account in pair}))
        _put_separate(edit.tx, self.pairs)
        return Changes(records=True)


def _read(tx: Transaction, accounts: Sequence[AccountId]) -> dict[AccountId, _Row]:
    """The rows of the accounts in this order.

    Raises:
        EditRejected: One of them is gone.
    """
    found = tx.rows(
        f"SELECT {', '.join(_COLUMNS)} FROM account "  # noqa: S608 names of this module
        "WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(accounts),),
    )
    row_by_id = {row[0]: dict(zip(_COLUMNS, row, strict=True)) for row in found}
    if len(row_by_id) < len(set(accounts)) or len(accounts) < 2:
        raise EditRejected(
            "One of these accounts is no longer in the plan.",
            meaning="Nothing was changed.",
            remedy="Look for duplicates again.",
        )
    return {account: row_by_id[account] for account in accounts}


def _corrected(own: _Row, others: Sequence[_Row], merged: _Row) -> dict[str, Cell]:
    """Per field that another of the accounts says differently, what the file said.

    It is what the account that stays had said; where that is what was chosen, the file may still
    say something else under the id of another.
    """
    corrected: dict[str, Cell] = {}
    for name in TEXT_FIELDS:
        chosen = merged[name]
        if own[name] != chosen:
            corrected[name] = own[name]
            continue
        said = [row[name] for row in others if row[name] and row[name] != chosen]
        if said and chosen:
            corrected[name] = said[0]
    return corrected


def _remember_corrections(
    tx: Transaction, account: AccountId, imported_by_field: Mapping[str, Cell]
) -> None:
    known = tx.rows("SELECT field FROM account_correction WHERE account_id = ?", (account,))
    now = utc_now()
    rows = [
        (account, name, str(imported), now)
        for name, imported in imported_by_field.items()
        if (name,) not in known
    ]
    tx.put("account_correction", ("account_id", "field", "imported", "at_utc"), rows)


def _joined_extra(own: _Row, others: Sequence[_Row]) -> Cell:
    """The kept columns of all; those of the account that stays win."""
    joined: dict[str, str] = {}
    for row in (*reversed(others), own):
        kept = texts_by_header(str(row["extra"]))
        joined |= {header: text for header, text in kept.items() if text or header not in joined}
    text = json.dumps(joined, ensure_ascii=False)
    return text if len(text) <= _MAX_EXTRA else own["extra"]


def _move_records(tx: Transaction, members: Sequence[AccountId]) -> None:
    for table in ("account_transaction", "visit"):
        moved = tx.rows(
            f"SELECT id FROM {table} WHERE account_id IN (SELECT value FROM json_each(?))",  # noqa: S608 names of the line above
            (json.dumps(members[1:]),),
        )
        tx.put(table, ("id", "account_id"), [(*row, members[0]) for row in moved])


def _move_aliases(
    tx: Transaction, members: Sequence[AccountId], external_ids: Sequence[str]
) -> None:
    known = tx.rows(
        "SELECT external_id FROM account_alias "
        "WHERE account_id IN (SELECT value FROM json_each(?))",
        (json.dumps(members[1:]),),
    )
    ids = [*(str(row[0]) for row in known), *external_ids[1:]]
    tx.put("account_alias", ("external_id", "account_id"), [(id_, members[0]) for id_ in ids])


def _move_decisions(tx: Transaction, members: Sequence[AccountId]) -> None:
    """Whoever was not the same as one of them is not the same as the one that stays."""
    among = json.dumps(members[1:])
    found = tx.rows(
        "SELECT account_id, other_id FROM separate_accounts "
        "WHERE account_id IN (SELECT value FROM json_each(?)) "
        "OR other_id IN (SELECT value FROM json_each(?))",
        (among, among),
    )
    told = {cast("AccountId", account) for row in found for account in row} - set(members)
    _put_separate(tx, [(members[0], account) for account in sorted(told)])


def _move_apart_pairs(tx: Transaction, members: Sequence[AccountId]) -> None:
    """Whoever must not be served with one of them must not be served with the one that stays.

    Raises:
        EditRejected: Two of them must stay apart.
    """
    among = json.dumps(members)
    found = tx.rows(
        "SELECT account_id, other_id, note FROM apart_accounts "
        "WHERE account_id IN (SELECT value FROM json_each(?)) "
        "OR other_id IN (SELECT value FROM json_each(?))",
        (among, among),
    )
    inside = set(members)
    rows: list[tuple[Cell, ...]] = []
    for one, other, note in found:
        outside = [account for account in (one, other) if account not in inside]
        if not outside:
            raise EditRejected(
                "Two of these accounts must stay apart, so they are not the same customer.",
                meaning="Nothing was merged.",
                remedy="Leave one of them out, or end what keeps them apart.",
            )
        pair = sorted((int(members[0]), int(outside[0] or 0)))
        rows.append((*pair, note))
    tx.delete("apart_accounts", [row[:2] for row in found])
    tx.put("apart_accounts", ("account_id", "other_id", "note"), rows)


def _put_separate(tx: Transaction, pairs: Sequence[tuple[AccountId, AccountId]]) -> None:
    rows = sorted({(min(pair), max(pair)) for pair in pairs})
    tx.put("separate_accounts", ("account_id", "other_id"), rows)
