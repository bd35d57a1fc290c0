# SPDX-License-Identifier: MIT
"""What a merge would do by itself: which account stays, and which values it takes.

The user sees and changes all of it before anything is written (`commands.duplicates`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from app.models.account import Account, PlacedBy
from app.models.ids import AccountId, MeasureId
from app.models.measure import Measure, MeasureKind

PLACE = "place"
"""Stands for position, how it was found, and the areas around it, which move together."""

TEXT_FIELDS = (
    *("name", "street", "city", "region", "postal_code", "country_name", "phone", "website"),
    *("segment", "industry", "status", "family", "owner", "created_on", "last_activity_on"),
    "visit_class",
)
"""Columns of an account of which the user chooses one value each."""

_MOST_ACTIVITY = 5
"""Transactions and visits that count when the account that stays is chosen."""


class MeasureRule(Enum):
    """What becomes of the values of a measure."""

    SUM = "sum"
    LARGEST = "largest"
    KEEP = "keep"
    """That of the account that stays; where it has none, the first of the others."""


@dataclass(frozen=True, slots=True)
class MergeFacts:
    """The accounts side by side.

    Attributes:
        accounts: At least two.
        activity: Per account the number of its transactions and visits.
        measures: Measures on accounts, without the account count.
        values: Per measure one value per account; 0 where it has none.
    """

    accounts: tuple[Account, ...]
    activity: tuple[int, ...]
    measures: tuple[Measure, ...] = ()
    values: Mapping[MeasureId, Sequence[float]] = field(
        default_factory=dict[MeasureId, Sequence[float]]
    )

    def text(self, account: AccountId, name: str) -> str:
        """What an account says in a field."""
        return str(getattr(self.of(account), name))

    def of(self, account: AccountId) -> Account:
        """One of the accounts."""
        return next(a for a in self.accounts if a.id == account)

    def differing(self) -> tuple[str, ...]:
        """The text fields in which the accounts differ."""
        return tuple(
            name
            for name in TEXT_FIELDS
            if len({str(getattr(account, name)) for account in self.accounts}) > 1
        )

    def merged_value(self, measure: MeasureId, rule: MeasureRule, survivor: AccountId) -> float:
        """What a measure becomes."""
        by_account = dict(zip((a.id for a in self.accounts), self.values[measure], strict=True))
        kept = [by_account.pop(survivor), *by_account.values()]
        return merged_value([value or None for value in kept], rule) or 0.0


@dataclass(frozen=True, slots=True)
class MergeProposal:
    """What is chosen before the user changes it.

    Attributes:
        survivor: The account that stays.
        sources: Per text field, and for `PLACE`, the account whose value is taken.
        rules: Per measure.
    """

    survivor: AccountId
    sources: Mapping[str, AccountId]
    rules: Mapping[MeasureId, MeasureRule]


def propose_merge(facts: MergeFacts, survivor: AccountId | None = None) -> MergeProposal:
    """Choose by itself: the fullest account stays, with the fullest value of each field.

    Args:
        facts: The accounts.
        survivor: The account that stays, where the user chose it.
    """
    stays = _fullest(facts) if survivor is None else survivor
    first = facts.of(stays)
    ordered = [first, *(account for account in facts.accounts if account.id != stays)]
    sources = {name: _source(ordered, name) for name in TEXT_FIELDS}
    sources[PLACE] = min(ordered, key=lambda a: _EXACTNESS.index(a.placed_by)).id
    rules = {m.id: _rule(m, facts.values.get(m.id, ())) for m in facts.measures}
    return MergeProposal(stays, sources, rules)


def merged_value(values: Sequence[float | None], rule: MeasureRule) -> float | None:
    """One value out of several.

    Args:
        values: That of the account that stays first; None where an account has none.
        rule: What becomes of them.
    """
    known = [value for value in values if value is not None]
    if not known:
        return None
    if rule is MeasureRule.SUM:
        return sum(known)
    return max(known) if rule is MeasureRule.LARGEST else known[0]


_EXACTNESS = tuple(PlacedBy)
"""From exact to not at all."""


def _fullest(facts: MergeFacts) -> AccountId:
    def fullness(place: int) -> tuple[int, int]:
        account = facts.accounts[place]
        filled = sum(bool(getattr(account, name)) for name in TEXT_FIELDS)
        is_here = 0 if account.gone_since else 3
        activity = min(facts.activity[place], _MOST_ACTIVITY)
        return filled + is_here + activity, -int(account.id)

    return facts.accounts[max(range(len(facts.accounts)), key=fullness)].id


def _source(ordered: Sequence[Account], name: str) -> AccountId:
    """The account with the best value of a field; the one that stays where nothing is better."""
    texts = [str(getattr(account, name)) for account in ordered]
    filled = [place for place, text in enumerate(texts) if text] or [0]
    if name == "created_on":
        return ordered[min(filled, key=texts.__getitem__)].id
    if name == "last_activity_on":
        return ordered[max(filled, key=texts.__getitem__)].id
    if name == "status" and "customer" in texts:
        return ordered[texts.index("customer")].id
    if name == "name":
        # "Acme Inc" rather than "ACME INC".
        filled = [at for at in filled if not texts[at].isupper()] or filled
    return ordered[filled[0]].id


def _rule(measure: Measure, values: Sequence[float]) -> MeasureRule:
    """Money is usually split over duplicates, anything else is counted twice.

    Equal amounts are one amount that was copied with the account.
    """
    if len({value for value in values if value}) <= 1:
        return MeasureRule.KEEP
    return MeasureRule.SUM if measure.kind is MeasureKind.MONEY else MeasureRule.LARGEST
