# SPDX-License-Identifier: MIT
"""Guessing what the rows of a table are, and what each of its columns is."""

from dataclasses import dataclass

from app.models.measure import MeasureKind
from app.services.importing.current import CurrentPlan
from app.services.importing.evidence import ColumnEvidence, evidence_of
from app.services.importing.fields import (
    DERIVED_HEADERS,
    EXTRA,
    IGNORE,
    MEASURE,
    TableKind,
    field_of,
)
from app.services.importing.mapping import (
    ColumnMapping,
    Mapping,
    RememberedMapping,
    header_signature,
    measure_label,
)
from app.services.importing.synonyms import header_scores, names_of, normalised, words_of
from app.services.importing.table import ImportedTable

_CERTAIN_MATCH = 0.5
_WORTH_TAKING = 0.45
_MONEY_WORDS = names_of("""
    revenue sales amount spend price cost value budget potential arr mrr turnover umsatz
    margin profit income bonus quota opportunity pipeline billing invoiced
""")
_COUNT_WORDS = names_of("""
    employees number count visits units qty quantity orders headcount staff seats users beds
    stores locations
""")
_CODE_WORDS = names_of("""
    id key code phone fax zip postal date time activity sic naics duns guid rowguid index
    extension ext flag latitude longitude lat lon lng version rank territory rating
    probability pct percent employeeid
""")
_ID_ENDINGS = ("id", "number", "no", "code", "key", "nr")
_REP_FACTS = names_of("""
    territory territories region team manager hire reports
""")
_STAMP_WORDS = names_of("""
    modified created systemmodstamp modstamp updated viewed rowguid
""")


def guess_kind(table: ImportedTable, current: CurrentPlan) -> tuple[TableKind, float]:
    """Whether the rows are accounts or reps, and how sure that is (0 to 1).

    Header names vote, and so do values: ids that accounts of the plan already have, and ids that
    accounts of the plan name as their owner.
    """
    names = {normalised(header) for header in table.headers}
    words = [set(words_of(header)) for header in table.headers]
    reps, accounts = 0.0, 0.0
    if any({"first", "name"} <= w or "firstname" in w for w in words) and any(
        {"last", "name"} <= w or "lastname" in w for w in words
    ):
        reps += 2
    reps += 3 * bool(names & _REP_ONLY) + 1.5 * bool(names & {"jobtitle", "title", "role"})
    reps += bool(names & {"email", "emailaddress"}) + bool(
        names & {"hiredate", "reportsto", "manager"}
    )
    accounts += 3 * bool(names & _ACCOUNT_ONLY) + 1.5 * bool(names & _ACCOUNT_OFTEN)
    accounts += 2 * ("name" in names or "owner" in names)
    accounts += 1.5 * any(header_scores(h, False).get("owner", 0) > 0.9 for h in table.headers)
    ids = _id_values(table)
    if ids:
        known = sum(value in current.row_by_external_id for value in ids) / len(ids)
        owners = sum(value.casefold() in current.owners for value in ids) / len(ids)
        rep_ids = {rep.external_id for rep in current.reps if rep.external_id}
        reps_known = sum(value in rep_ids for value in ids) / len(ids)
        accounts += 6 * known
        reps += 6 * max(reps_known, owners if known < _CERTAIN_MATCH else 0.0)
    kind = TableKind.REPS if reps > accounts else TableKind.ACCOUNTS
    total = reps + accounts
    return kind, 0.5 if not total else max(reps, accounts) / total


_REP_ONLY = names_of("""
    salesquota quota capacityhours employeeid salesrepid repid repname userid username
    employee commissionpct homeaddress salesrepname fullname externalsystemid
""")
_ACCOUNT_ONLY = names_of("""
    accountid accountname companyname company customerid customername customer storeid
    storename clientid clientname accountnumber customernumber annualrevenue accountowner
    companyowner billingcity billingpostalcode billingzippostalcode externalleadid contacttype
""")
_ACCOUNT_OFTEN = names_of("""
    industry annualsales numberofemployees numberemployees addresstype leadsource status
    businesstype stage
""")


def guess_mapping(
    table: ImportedTable, current: CurrentPlan, kind: TableKind | None = None
) -> Mapping:
    """What each column is, with the confidence of each guess.

    A mapping that the user confirmed for an earlier file with the same headers comes first.

    Args:
        kind: What the rows are, where the user said so; None guesses it.
    """
    remembered = current.remembered.get(header_signature(table.headers))
    if remembered is not None and kind in (None, remembered.kind):
        return _as_remembered(table, remembered, current)
    guessed, confidence = guess_kind(table, current) if kind is None else (kind, 1.0)
    evidence = [evidence_of(table, header) for header in table.headers]
    derived = _derived_headers(table)
    taken = _assign([e for e in evidence if e.header not in derived], guessed, current)
    columns = tuple(
        ColumnMapping(
            item.header, IGNORE, 0.95, "The program works it out.", table.samples(item.header)
        )
        if item.header in derived
        else _column(item, taken.get(item.header), guessed, table)
        for item in evidence
    )
    mapping = Mapping(guessed, columns, confidence)
    return _counted(mapping, table, current)


def _derived_headers(table: ImportedTable) -> frozenset[str]:
    """Columns of our own export of accounts that hold results, not facts."""
    is_ours = {DERIVED_HEADERS.placed_by, DERIVED_HEADERS.territory} <= set(table.headers)
    return DERIVED_HEADERS.all if is_ours else frozenset()


@dataclass(frozen=True, slots=True)
class _Claim:
    """A column's claim to a field."""

    score: float
    header: str
    target: str
    reason: str


def _assign(
    evidence: list[ColumnEvidence], kind: TableKind, current: CurrentPlan
) -> dict[str, _Claim]:
    """The strongest claim per column and field, best first."""
    claims = [claim for item in evidence for claim in _claims(item, kind, current)]
    claims.sort(key=lambda claim: -claim.score)
    by_header: dict[str, _Claim] = {}
    filled: set[str] = set()
    for claim in claims:
        if claim.header in by_header or claim.score < _WORTH_TAKING:
            continue
        if claim.target in filled and not field_of(kind, claim.target).takes_many:
            continue
        if claim.target == "street" and claim.target in filled and claim.score < 0.9:
            continue
        by_header[claim.header] = claim
        filled.add(claim.target)
    if kind is TableKind.ACCOUNTS and "external_id" not in filled:
        _take_unique_id(evidence, by_header, current)
    return by_header


def _claims(item: ColumnEvidence, kind: TableKind, current: CurrentPlan) -> list[_Claim]:
    is_rep = kind is TableKind.REPS
    claims: list[_Claim] = []
    for target, score in header_scores(item.header, is_rep).items():
        fit = item.fit(target)
        reason = f'The column is called "{item.header}".'
        if target == "owner" and item.matches_reps(current):
            fit, reason = fit * 1.1, "Its values are reps of the plan."
        if target == "external_id" and not is_rep:
            known = item.share_in(current.row_by_external_id)
            if known > _CERTAIN_MATCH:
                fit, reason = fit * (1 + 0.3 * known), "Its values are ids of accounts in the plan."
        claims.append(_Claim(score * fit, item.header, target, reason))
    if not claims and item.is_email and is_rep:
        claims.append(_Claim(0.6, item.header, "email", "Its values are e-mail addresses."))
    if not claims and item.is_zip and "zip" in words_of(item.header):
        claims.append(_Claim(0.7, item.header, "postal_code", "Its values look like ZIP codes."))
    return claims


def _take_unique_id(
    evidence: list[ColumnEvidence], by_header: dict[str, _Claim], current: CurrentPlan
) -> None:
    """Without a header that we know: a column of known ids, else a first column called "... id"."""
    free = [item for item in evidence if item.is_unique and item.header not in by_header]
    for item in free:
        if item.share_in(current.row_by_external_id) > _CERTAIN_MATCH:
            reason = "Its values are ids of accounts in the plan."
            by_header[item.header] = _Claim(0.9, item.header, "external_id", reason)
            return
    if free and free[0] is evidence[0] and normalised(free[0].header).endswith(_ID_ENDINGS):
        reason = "It is the first column and every value is different."
        by_header[free[0].header] = _Claim(0.55, free[0].header, "external_id", reason)


def _column(
    item: ColumnEvidence, claim: _Claim | None, kind: TableKind, table: ImportedTable
) -> ColumnMapping:
    samples = table.samples(item.header)
    if claim is not None:
        return ColumnMapping(
            item.header, claim.target, min(claim.score, 1.0), claim.reason, samples
        )
    words = frozenset(words_of(item.header))
    if item.is_empty:
        return ColumnMapping(item.header, IGNORE, 1.0, "The column is empty.", samples)
    if (
        item.is_markup
        or item.is_guid
        or words & _STAMP_WORDS
        or "isdeleted" in normalised(item.header)
    ):
        return ColumnMapping(item.header, IGNORE, 0.9, "Its values are for programs.", samples)
    if kind is TableKind.ACCOUNTS and _is_measure(item, words):
        return ColumnMapping(
            item.header,
            MEASURE,
            0.8 if words & (_MONEY_WORDS | _COUNT_WORDS) else 0.65,
            "Its values are numbers.",
            samples,
            measure_label(item.header),
            _measure_kind(item, words),
        )
    is_kept = kind is TableKind.ACCOUNTS or words & (_MONEY_WORDS | _REP_FACTS)
    target = EXTRA if is_kept else IGNORE
    return ColumnMapping(item.header, target, 0.7, "No field has this name.", samples)


def _is_measure(item: ColumnEvidence, words: frozenset[str]) -> bool:
    if not item.is_numeric or item.is_year or item.is_flag:
        return False
    name = normalised(item.header)
    return not (words & _CODE_WORDS or name.endswith(("id", "code", "zip", "phone", "date")))


def _measure_kind(item: ColumnEvidence, words: frozenset[str]) -> MeasureKind:
    if "hours" in words:
        return MeasureKind.HOURS
    if words & _COUNT_WORDS:
        return MeasureKind.COUNT
    if words & _MONEY_WORDS or item.is_money:
        return MeasureKind.MONEY
    return MeasureKind.NUMBER


def _id_values(table: ImportedTable) -> list[str]:
    """Values of the column that names an id best, at most 2,000."""
    best = max(
        table.headers,
        key=lambda h: max(
            header_scores(h, False).get("external_id", 0.0),
            header_scores(h, True).get("external_id", 0.0),
        ),
    )
    if not (header_scores(best, False) or header_scores(best, True)):
        return []
    return [cell.strip() for cell in table.columns[best][:2000] if cell.strip()]


def _counted(mapping: Mapping, table: ImportedTable, current: CurrentPlan) -> Mapping:
    header = mapping.header_for("external_id")
    if header is None:
        return mapping
    known: set[str] = (
        set(current.row_by_external_id)
        if mapping.kind is TableKind.ACCOUNTS
        else {rep.external_id for rep in current.reps}
    )
    count = sum(cell.strip() in known for cell in table.columns[header])
    return Mapping(mapping.kind, mapping.columns, mapping.kind_confidence, count)


def _as_remembered(
    table: ImportedTable, remembered: RememberedMapping, current: CurrentPlan
) -> Mapping:
    lowered = {" ".join(h.casefold().split()): value for h, value in remembered.columns.items()}
    columns: list[ColumnMapping] = []
    for header in table.headers:
        target, name, kind = lowered[" ".join(header.casefold().split())]
        columns.append(
            ColumnMapping(
                header,
                field_of(remembered.kind, target).key,
                1.0,
                "As in your last import of such a file.",
                table.samples(header),
                name,
                MeasureKind(kind) if kind in {k.value for k in MeasureKind} else MeasureKind.NUMBER,
            )
        )
    return _counted(Mapping(remembered.kind, tuple(columns)), table, current)
