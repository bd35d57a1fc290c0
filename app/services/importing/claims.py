# SPDX-License-Identifier: MIT
"""What the name and the values of a column say it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.services.importing.current import CurrentPlan
from app.services.importing.evidence import ColumnEvidence
from app.services.importing.facts import is_period
from app.services.importing.fields import PERIOD_AMOUNT, TableKind, field_of
from app.services.importing.synonyms import header_scores, normalised, words_of

_CERTAIN_MATCH = 0.5
_WORTH_TAKING = 0.45
_ID_ENDINGS = ("id", "number", "no", "code", "key", "nr")
_REP_FIELDS = frozenset(("owner", "rep"))


@dataclass(frozen=True, slots=True)
class Claim:
    """A column's claim to a field.

    Attributes:
        score: Decides between claims; above 1 where values of the plan speak for it.
        confidence: As shown, where it differs from the score.
    """

    score: float
    header: str
    target: str
    reason: str
    confidence: float | None = None

    @property
    def sureness(self) -> float:
        """The confidence to show, 0 to 1."""
        return min(self.score, 1.0) if self.confidence is None else self.confidence


def claims_of(
    evidence: Sequence[ColumnEvidence], kind: TableKind, current: CurrentPlan
) -> list[Claim]:
    """All claims worth taking, in no order."""
    claims = [
        claim
        for item in evidence
        for claim in _claims(item, kind, current)
        if claim.score >= _WORTH_TAKING
    ]
    if kind is TableKind.ACCOUNTS and not any(c.target == "external_id" for c in claims):
        claims += _unique_id(evidence, claims, current)
    if kind is TableKind.ACCOUNTS and not any(c.target == "name" for c in claims):
        claims += _other_name(evidence, claims)
    return claims


def _claims(item: ColumnEvidence, kind: TableKind, current: CurrentPlan) -> list[Claim]:
    claims: list[Claim] = []
    for target, score in header_scores(item.header, kind).items():
        fit, reason = _fit(item, target, kind, current)
        claims.append(Claim(score * fit, item.header, target, reason))
    if kind is TableKind.GOALS and item.is_numeric and is_period(item.header):
        claims.append(Claim(0.95, item.header, PERIOD_AMOUNT, "It is called like a period."))
    if claims:
        return claims
    if item.is_email and kind is TableKind.REPS:
        return [Claim(0.6, item.header, "email", "Its values are e-mail addresses.")]
    has_zip = field_of(kind, "postal_code").key == "postal_code"
    if has_zip and item.is_zip and {"zip", "zips"} & set(words_of(item.header)):
        return [Claim(0.7, item.header, "postal_code", "Its values look like ZIP codes.")]
    return []


def _fit(
    item: ColumnEvidence, target: str, kind: TableKind, current: CurrentPlan
) -> tuple[float, str]:
    """How well the values suit a field, and why it was chosen."""
    fit = item.fit(target)
    if target == "external_id" and kind not in _OWN_IDS:
        # Lines of one order share its id.
        fit = 1.0 if item.values else fit
    if target in _REP_FIELDS and item.matches_reps(current):
        return fit * 1.1, "Its values are reps of the plan."
    is_account_id = target == "external_id" and kind is TableKind.ACCOUNTS
    if is_account_id or target == "account":
        known = item.share_in(current.row_by_external_id)
        if known > _CERTAIN_MATCH:
            return fit * (1 + 0.3 * known), "Its values are ids of accounts in the plan."
    return fit, f'The column is called "{item.header}".'


_OWN_IDS = frozenset(
    (
        TableKind.ACCOUNTS,
        TableKind.REPS,
        TableKind.PRODUCTS,
        TableKind.PRODUCT_LINES,
        TableKind.TERRITORIES,
    )
)


def _unique_id(
    evidence: Sequence[ColumnEvidence], claims: Sequence[Claim], current: CurrentPlan
) -> list[Claim]:
    """Without a header that we know: a column of known ids, else a first column called "... id"."""
    named = {claim.header for claim in claims}
    free = [item for item in evidence if item.is_unique and item.header not in named]
    for item in free:
        if item.share_in(current.row_by_external_id) > _CERTAIN_MATCH:
            reason = "Its values are ids of accounts in the plan."
            return [Claim(0.9, item.header, "external_id", reason)]
    if free and free[0] is evidence[0] and normalised(free[0].header).endswith(_ID_ENDINGS):
        reason = "It is the first column and every value is different."
        return [Claim(0.55, free[0].header, "external_id", reason)]
    return []


def _other_name(evidence: Sequence[ColumnEvidence], claims: Sequence[Claim]) -> list[Claim]:
    """Without a header that we know: a column called "... name", such as "Hospital name"."""
    named = {claim.header for claim in claims}
    for item in evidence:
        words = words_of(item.header)
        is_name = len(words) > 1 and words[-1] == "name" and not _NOT_ACCOUNTS & set(words)
        if is_name and item.header not in named and item.values and not item.is_numeric:
            return [Claim(0.55, item.header, "name", f'The column is called "{item.header}".')]
    return []


_NOT_ACCOUNTS = frozenset(
    (
        *("first", "last", "middle", "contact", "owner", "rep", "user", "parent", "bank"),
        *("city", "state", "country", "county", "street", "territory", "region", "product"),
        *("rule", "developer", "file", "group", "campaign"),
    )
)
