# SPDX-License-Identifier: MIT
"""Guessing what the rows of a table are."""

from collections.abc import Sequence

from app.services.importing.cleaning import full_ids
from app.services.importing.current import CurrentPlan
from app.services.importing.evidence import ColumnEvidence
from app.services.importing.facts import TableFacts, facts_of
from app.services.importing.fields import TableKind
from app.services.importing.synonyms import header_scores, normalised
from app.services.importing.table import text_column

_KIND_BY_ID_PREFIX = {
    "001": TableKind.ACCOUNTS,
    "00Q": TableKind.ACCOUNTS,
    "003": TableKind.CONTACTS,
    "005": TableKind.REPS,
    "006": TableKind.TRANSACTIONS,
    "01t": TableKind.PRODUCTS,
    "0MI": TableKind.TERRITORIES,
    "04T": TableKind.TERRITORIES,
    "00T": TableKind.VISITS,
    "00U": TableKind.VISITS,
}
"""What Salesforce gives ids with these first signs to; leads are accounts to be won."""

_MOSTLY = 0.5
_FEW_COLUMNS = 6
_ENOUGH_VOTES = 2.0
_DOUBTFUL = 0.55


def guess_kind_of(
    evidence: Sequence[ColumnEvidence], current: CurrentPlan
) -> tuple[TableKind, float]:
    """What the rows are, and how sure that is (0 to 1).

    Header names vote, and so do values: ids that records of the plan already have, ids that
    accounts of the plan name as their owner, and the first signs of Salesforce ids.
    """
    facts = facts_of(evidence)
    votes = {
        TableKind.ACCOUNTS: _accounts(facts),
        TableKind.REPS: _reps(facts),
        TableKind.TRANSACTIONS: _transactions(facts),
        TableKind.PRODUCTS: _products(facts),
        TableKind.PRODUCT_LINES: _product_lines(facts),
        TableKind.CONTACTS: _contacts(facts),
        TableKind.TERRITORIES: _territories(facts),
        TableKind.TERRITORY_AREAS: _territory_areas(facts),
        TableKind.TERRITORY_ACCOUNTS: _territory_accounts(facts),
        TableKind.ROSTER: _roster(facts),
        TableKind.GOALS: _goals(facts),
        TableKind.VISITS: _visits(facts),
        TableKind.MARKET: _market(facts),
    }
    for kind, vote in _votes_of_ids(evidence, current).items():
        # The accounts of a few orders may all differ, which makes them no list of accounts.
        if not (_is_record(facts) and kind in (TableKind.ACCOUNTS, TableKind.REPS)):
            votes[kind] += vote
    ranked = sorted(votes.items(), key=lambda entry: -entry[1])
    (kind, best), (_, second) = ranked[0], ranked[1]
    if best <= 0:
        return TableKind.ACCOUNTS, 0.3
    # Few votes stay unsure even where nothing speaks against them.
    sure = best**2 / (best**2 + max(second, 0.0) ** 2)
    limit = 0.3 + best / (2 * _ENOUGH_VOTES)
    if kind is TableKind.ACCOUNTS and _has_other_id(evidence, current):
        limit = min(limit, _DOUBTFUL)
    return kind, min(sure, limit, 0.99)


def _has_other_id(evidence: Sequence[ColumnEvidence], current: CurrentPlan) -> bool:
    """Whether rows are told apart by an id that is no account's, such as a supplier's."""
    first = evidence[0]
    if not first.is_unique or not normalised(first.header).endswith(("id", "code")):
        return False
    is_named = "external_id" in header_scores(first.header, TableKind.ACCOUNTS)
    return not is_named and first.share_in(current.row_by_external_id) < _MOSTLY


def _is_record(facts: TableFacts) -> bool:
    """Whether each row is dated: an order, an invoice, a visit."""
    if facts.has_any("street", "city"):
        return False
    is_sold = facts.has("order date") and facts.has_any("order", "amount", "quantity")
    return is_sold or facts.has("visit")


def _is_person(facts: TableFacts) -> bool:
    return facts.has("first name", "last name")


def _accounts(facts: TableFacts) -> float:
    recorded = facts.has_any("order", "visit", "order date", "date")
    is_own = (facts.is_distinct("account") and not _is_record(facts)) or not recorded
    vote = 0.5 + (3 if is_own else 1) * facts.has("account")
    vote += 1.5 * facts.has("account often") + 2 * facts.has_any("name", "owner")
    vote += 1 * facts.has_any("street", "city") + 0.5 * facts.has("area")
    if facts.has("territory") and not facts.has_any("street", "city", "owner", "name"):
        vote -= 2 * facts.has("account reference")
    return vote


def _reps(facts: TableFacts) -> float:
    vote = 2 * _is_person(facts) + 3 * facts.has("rep") + 1.5 * facts.has("title")
    vote += 1 * facts.has("email") + 1 * facts.has("staff")
    if facts.has("period") or facts.period_columns:
        vote -= 2 * (facts.has("rep") and not _is_person(facts))
    if facts.has("territory") and not (_is_person(facts) or facts.has_any("email", "goal")):
        vote -= 1
    return vote - 2 * facts.has_any("order", "order date") - 2 * facts.has("account")


def _transactions(facts: TableFacts) -> float:
    vote = 3 * facts.has("order") + 2 * facts.has("order date") + 1.5 * facts.has("stage")
    vote += 1 * facts.has("amount") * facts.has_any("order", "order date", "account reference")
    if facts.has("account reference") and facts.has_any("date", "period"):
        vote += 3 * facts.has_any("amount", "quantity")
    vote += 2 * (facts.has("product") and facts.has_any("quantity", "amount"))
    return vote - 2 * facts.has("goal")


def _products(facts: TableFacts) -> float:
    vote = 3 * facts.has("product name") + 1.5 * (facts.has("product") and facts.has("price"))
    vote += 1.5 * (facts.has("product") and facts.has("product line"))
    vote += 2 * (facts.is_distinct("product") and facts.has_any("name", "product name"))
    return vote - 4 * facts.has_any("order", "order date", "account reference", "quantity")


def _product_lines(facts: TableFacts) -> float:
    vote = 5 * facts.has("line id", "line name")
    return vote - 4 * facts.has_any("product", "order", "account reference")


def _contacts(facts: TableFacts) -> float:
    is_person = _is_person(facts)
    vote = 3 * facts.has("contact") + 2 * (is_person and facts.has("contact"))
    vote += 5 * (is_person and facts.has("account reference")) + 1 * facts.has("email") * is_person
    return vote - 3 * facts.has_any("order", "visit")


def _territories(facts: TableFacts) -> float:
    has_id = facts.has_any("territory id", "territory") and (
        facts.is_distinct("territory id") or facts.is_distinct("territory")
    )
    vote = 2 * has_id + 3 * facts.has("territory name") + 2 * facts.has("parent") * has_id
    vote += 1.5 * (has_id and facts.has("name")) - 2 * facts.has("area")
    return vote - 3 * facts.has_any("account reference", "rep reference", "order", "email")


def _territory_areas(facts: TableFacts) -> float:
    # Rows with a name of their own are accounts, however few columns they have.
    is_by_rep = facts.has("rep reference") and facts.width <= _FEW_COLUMNS and not facts.has("name")
    if not facts.has("area") or not (facts.has("territory") or is_by_rep):
        return 0.0
    vote = 5 - 4 * facts.has_any("street", "account reference", "email")
    vote -= 4 * (facts.has("owner") and not is_by_rep)
    vote -= 1 * (facts.has("name") and not facts.has("geography")) + 2 * _is_person(facts)
    return vote - 2 * facts.has("market") - 2 * facts.has("goal")


def _territory_accounts(facts: TableFacts) -> float:
    if not facts.has("territory", "account reference"):
        return 0.0
    vote = 4 + (1 if facts.width <= _FEW_COLUMNS else -3)
    return vote - 4 * facts.has_any("street", "city", "area", "order", "order date", "email")


def _roster(facts: TableFacts) -> float:
    has_rep = facts.has("rep reference") or facts.has("entity", "start")
    if not (has_rep and facts.has("territory")):
        return 0.0
    vote = 4.5 + 1 * facts.has("start") + 1 * facts.has("role")
    vote -= 4 * facts.has_any("account reference", "area", "order", "name") + 2 * facts.has("goal")
    return vote - 2 * (_is_person(facts) or facts.has("email"))


def _goals(facts: TableFacts) -> float:
    is_someones = facts.has_any("rep reference", "territory", "entity", "name")
    vote = 3 * facts.has("goal") * facts.has_any("period", "start", "quota date")
    vote += 2 * facts.has("quota date") + 1 * facts.has("goal") * is_someones
    is_wide = facts.period_columns > 1 or (facts.period_columns == 1 and facts.has("goal"))
    if is_wide and facts.has_any("rep reference", "territory", "goal"):
        vote += 5
    against = facts.has_any("account reference", "order", "street", "email") or _is_person(facts)
    return vote - 4 * against


def _visits(facts: TableFacts) -> float:
    vote = 4 * facts.has("visit") + 1 * facts.has("visit") * facts.has("account reference")
    if facts.has("account reference") and facts.has_any("date", "start"):
        vote += 2 + 1 * facts.has("visit detail") - 2 * facts.has("amount")
    return vote - 3 * facts.has_any("order", "order date")


def _market(facts: TableFacts) -> float:
    if not facts.has_any("area", "country"):
        return 0.0
    vote = 3 * facts.has("market") + 2 * facts.has("geography") + 4 * (facts.other_numbers == 1)
    if not (facts.has("market") or facts.other_numbers > _MOSTLY):
        return 0.0
    strange = ("account reference", "street", "owner", "email", "order", "territory", "contact")
    return vote - 5 * facts.has_any(*strange, "rep reference")


def _votes_of_ids(
    evidence: Sequence[ColumnEvidence], current: CurrentPlan
) -> dict[TableKind, float]:
    """What the values of the column that names the rows' own id say."""
    item = _own_id(evidence)
    if item is None:
        return {}
    votes: dict[TableKind, float] = {}
    kind = _KIND_BY_ID_PREFIX.get(item.id_prefix)
    if kind is not None and item.is_unique:
        votes[kind] = 6.0
    if not item.is_unique:
        return votes
    ids = list(full_ids(text_column(item.values)))
    known = sum(value in current.row_by_external_id for value in ids) / len(ids)
    owners = sum(value.casefold() in current.owners for value in ids) / len(ids)
    rep_ids = {rep.external_id for rep in current.reps if rep.external_id}
    reps_known = sum(value in rep_ids for value in ids) / len(ids)
    votes[TableKind.ACCOUNTS] = votes.get(TableKind.ACCOUNTS, 0.0) + 6 * known
    owned = max(reps_known, owners if known < _MOSTLY else 0.0)
    votes[TableKind.REPS] = votes.get(TableKind.REPS, 0.0) + 6 * owned
    return votes


def _own_id(evidence: Sequence[ColumnEvidence]) -> ColumnEvidence | None:
    """The column that names an id best."""

    def naming(item: ColumnEvidence) -> float:
        kinds = (TableKind.ACCOUNTS, TableKind.REPS)
        return max(header_scores(item.header, k).get("external_id", 0.0) for k in kinds)

    best = max(evidence, key=naming, default=None)
    return best if best is not None and naming(best) and best.values else None
