# SPDX-License-Identifier: MIT
"""Every owner value of the data, and which rep it means."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from app.models.ids import RepId
from app.services.geography.arrays import FloatArray, IntArray, ObjectArray
from app.services.geography.factorizing import factorize
from app.services.importing.owners import MatchedBy, RepFinder
from app.services.owner_names import plain_owner

_MOST_SUGGESTIONS = 2_000
"""Near names are looked for so often; more owners without a rep are no owners but something else,
and each takes a moment."""


@dataclass(frozen=True, slots=True)
class OwnerLine:
    """One owner value; spellings that are compared as equal are one.

    Attributes:
        owner: As most rows write it.
        spellings: All ways in which it is written, that of most rows first.
        accounts, transactions: Rows that have it.
        value: Sum of the measure over its accounts.
        rep: Whom it means, or None.
        matched_by: Why.
        suggestion: The rep of the nearest name where it means nobody, or None.
        likeness: 0 to 1, how near the suggestion is.
    """

    owner: str
    spellings: tuple[str, ...]
    accounts: int
    transactions: int
    value: float
    rep: RepId | None
    matched_by: MatchedBy
    suggestion: RepId | None = None
    likeness: float = 0.0


@dataclass(frozen=True, slots=True)
class OwnerMap:
    """All owner values, those with most accounts first.

    Attributes:
        account_line: Per account the position of its line, -1 where it has no owner.
    """

    lines: tuple[OwnerLine, ...]
    account_line: IntArray

    @property
    def accounts_without_owner(self) -> int:
        """Accounts whose owner is empty."""
        return int((self.account_line < 0).sum())

    @property
    def unmet(self) -> tuple[OwnerLine, ...]:
        """The owner values that mean no rep."""
        return tuple(line for line in self.lines if line.rep is None)


@dataclass(frozen=True, slots=True)
class OwnerRows:
    """The rows of a plan that have owners.

    Attributes:
        account_owners: Owner of each account as imported.
        values: The measure that is summed, per account.
        transactions: Number of transactions by owner as imported.
    """

    account_owners: ObjectArray
    values: FloatArray
    transactions: Mapping[str, int]


@dataclass(slots=True)
class _Owner:
    spellings: Counter[str] = field(default_factory=Counter[str])
    accounts: int = 0
    transactions: int = 0
    value: float = 0.0


def owner_map(rows: OwnerRows, finder: RepFinder, chosen: Iterable[str] = ()) -> OwnerMap:
    """The owner values of accounts and transactions, and those that the user decided about.

    Args:
        rows: What has owners.
        finder: Says which rep an owner value means.
        chosen: Plain owner values of which the user said whom they mean; listed even where no row
            has them any more.
    """
    codes, texts = factorize(rows.account_owners)
    counts = np.bincount(codes, minlength=len(texts)).tolist()
    sums = np.bincount(codes, weights=rows.values, minlength=len(texts)).tolist()
    owners: dict[str, _Owner] = {}
    keys = [plain_owner(text) for text in texts]
    for key, text, count, total in zip(keys, texts, counts, sums, strict=True):
        found = owners.setdefault(key, _Owner())
        found.spellings[text] += count
        found.accounts += count
        found.value += total
    for text, count in rows.transactions.items():
        found = owners.setdefault(plain_owner(text), _Owner())
        found.spellings[text.strip()] += count
        found.transactions += count
    for key in chosen:
        found = owners.setdefault(key, _Owner())
        if not found.spellings:
            found.spellings[key] = 0
    owners.pop("", None)
    ordered = sorted(
        owners, key=lambda key: (-owners[key].accounts, -owners[key].transactions, key)
    )
    place_by_key = {key: place for place, key in enumerate(ordered)}
    places = np.array([place_by_key.get(key, -1) for key in keys], dtype=np.int32)
    account_line = places[codes] if len(places) else np.empty(0, dtype=np.int32)
    return OwnerMap(_lines(ordered, owners, finder), account_line)


def _lines(
    ordered: list[str], owners: Mapping[str, _Owner], finder: RepFinder
) -> tuple[OwnerLine, ...]:
    lines: list[OwnerLine] = []
    suggestions_left = _MOST_SUGGESTIONS
    for key in ordered:
        found = owners[key]
        rep = finder.find_id(key)
        suggestion, likeness = None, 0.0
        if rep is None and suggestions_left:
            suggestions_left -= 1
            nearest, likeness = finder.nearest_rep(key)
            suggestion = nearest.id if nearest else None
        spellings = tuple(text for text, _ in found.spellings.most_common())
        lines.append(
            OwnerLine(
                owner=spellings[0],
                spellings=spellings,
                accounts=found.accounts,
                transactions=found.transactions,
                value=found.value,
                rep=rep,
                matched_by=finder.matched_by(key),
                suggestion=suggestion,
                likeness=likeness,
            )
        )
    return tuple(lines)
