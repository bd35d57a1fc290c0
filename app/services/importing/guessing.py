# SPDX-License-Identifier: MIT
"""Guessing what the rows of a table are, and what each of its columns is."""

from collections.abc import Set as AbstractSet
from dataclasses import replace

from app.models.measure import MeasureKind
from app.services.importing.claims import Claim, claims_of
from app.services.importing.cleaning import full_ids, texts
from app.services.importing.current import CurrentPlan
from app.services.importing.evidence import ColumnEvidence, evidence_of
from app.services.importing.fields import DERIVED_HEADERS, IGNORE, TableKind, field_of
from app.services.importing.kinds import guess_kind_of
from app.services.importing.leftovers import leftover
from app.services.importing.mapping import (
    ColumnMapping,
    Mapping,
    RememberedMapping,
    header_signature,
)
from app.services.importing.profiles.base import Recognition
from app.services.importing.profiles.recognising import recognise
from app.services.importing.repairs import PROBLEM_HEADER, ROW_HEADER
from app.services.importing.table import ImportedTable

_PROFILE_BEATS = 0.05
"""How much surer than any guess the opinion of a profile is."""


def guess_kind(table: ImportedTable, current: CurrentPlan) -> tuple[TableKind, float]:
    """What the rows are, and how sure that is (0 to 1); below 0.6 it deserves a look."""
    recognition = recognise(table)
    if recognition is not None:
        return recognition.kind, recognition.confidence
    return guess_kind_of([evidence_of(table, header) for header in table.headers], current)


def guess_mapping(
    table: ImportedTable, current: CurrentPlan, kind: TableKind | None = None
) -> Mapping:
    """What each column is, with the confidence of each guess.

    A mapping that the user confirmed for an earlier file with the same headers comes first, then
    the profile of a system whose export the table is, then names and values of the columns.

    Args:
        kind: What the rows are, where the user said so; None guesses it.
    """
    recognition = recognise(table)
    remembered = current.remembered.get(header_signature(table.headers))
    if remembered is not None and kind in (None, remembered.kind):
        mapping = _as_remembered(table, remembered)
    else:
        mapping = _guessed(table, current, kind, recognition)
    if recognition is not None and recognition.kind is mapping.kind:
        mapping = _with_profile(mapping, recognition)
    return _counted(mapping, table, current)


def _guessed(
    table: ImportedTable,
    current: CurrentPlan,
    kind: TableKind | None,
    recognition: Recognition | None,
) -> Mapping:
    evidence = [evidence_of(table, header) for header in table.headers]
    if kind is not None:
        guessed, confidence = kind, 1.0
    elif recognition is not None:
        guessed, confidence = recognition.kind, recognition.confidence
    else:
        guessed, confidence = guess_kind_of(evidence, current)
    known = recognition if recognition is not None and recognition.kind is guessed else None
    derived = _derived_headers(table)
    taken = _strongest(evidence, guessed, current, known, derived)
    columns = tuple(
        _column(item, taken.get(item.header), guessed, table, is_derived=item.header in derived)
        for item in evidence
    )
    return Mapping(guessed, columns, confidence)


def _derived_headers(table: ImportedTable) -> frozenset[str]:
    """Columns of our own exports that hold results, not facts."""
    is_ours = {DERIVED_HEADERS.placed_by, DERIVED_HEADERS.territory} <= set(table.headers)
    derived = {ROW_HEADER, PROBLEM_HEADER} & set(table.headers)
    return frozenset(derived | DERIVED_HEADERS.all if is_ours else derived)


def _strongest(
    evidence: list[ColumnEvidence],
    kind: TableKind,
    current: CurrentPlan,
    recognition: Recognition | None,
    derived: AbstractSet[str],
) -> dict[str, Claim]:
    """The strongest claim per column and field; a profile's word is stronger than any guess."""
    free = [item for item in evidence if item.header not in derived]
    claims = claims_of(free, kind, current)
    if recognition is not None:
        said = [_profile_claim(item, recognition) for item in free]
        claims = [c for c in claims if c.header not in recognition.target_by_header]
        claims += [claim for claim in said if claim is not None]
    claims.sort(key=lambda claim: -claim.score)
    by_header: dict[str, Claim] = {}
    filled: set[str] = set()
    for claim in claims:
        if claim.header in by_header:
            continue
        takes_many = field_of(kind, claim.target).takes_many or claim.target == IGNORE
        if claim.target in filled and not takes_many:
            continue
        if claim.target == "street" and claim.target in filled and claim.score < _SECOND_STREET:
            continue
        by_header[claim.header] = claim
        filled.add(claim.target)
    return by_header


_SECOND_STREET = 0.9


def _profile_claim(item: ColumnEvidence, recognition: Recognition) -> Claim | None:
    target = recognition.target_by_header.get(item.header)
    if target is None:
        return None
    # An empty column of the profile gives way to a filled one, such as a shipping address.
    score = 0.5 if item.is_empty else 1.0 + _PROFILE_BEATS
    reason = f"{recognition.system} exports it under this name."
    return Claim(score, item.header, target, reason, recognition.confidence)


def _column(
    item: ColumnEvidence,
    claim: Claim | None,
    kind: TableKind,
    table: ImportedTable,
    *,
    is_derived: bool,
) -> ColumnMapping:
    samples = table.samples(item.header)
    if is_derived:
        return ColumnMapping(item.header, IGNORE, 0.95, "The program works it out.", samples)
    if claim is None:
        return leftover(item, kind, samples)
    return _of_claim(item, claim, kind, samples)


def _of_claim(
    item: ColumnEvidence, claim: Claim, kind: TableKind, samples: tuple[str, ...]
) -> ColumnMapping:
    column = leftover(item, kind, samples)
    if claim.target == column.target:
        # What a measure is called and counts is known only there.
        return replace(column, confidence=claim.sureness, reason=claim.reason)
    return ColumnMapping(item.header, claim.target, claim.sureness, claim.reason, samples)


def _with_profile(mapping: Mapping, recognition: Recognition) -> Mapping:
    """The mapping with what the profile says of the table as a whole."""
    filled = {column.target for column in mapping.columns}
    return replace(
        mapping,
        profile=recognition.label,
        implied={key: text for key, text in recognition.implied.items() if key not in filled},
        note=recognition.note,
        is_of_no_use=recognition.is_of_no_use,
    )


def _counted(mapping: Mapping, table: ImportedTable, current: CurrentPlan) -> Mapping:
    """The mapping with the number of rows whose id the plan has."""
    header = mapping.header_for("external_id")
    if header is None:
        return mapping
    known: AbstractSet[str] = _known_ids(mapping.kind, current)
    if not known:
        return mapping
    ids = full_ids(texts(table.columns[header]))
    return replace(mapping, match_count=sum(cell in known for cell in ids if cell))


def _known_ids(kind: TableKind, current: CurrentPlan) -> AbstractSet[str]:
    """Ids that the plan has of this kind of record."""
    known: dict[TableKind, AbstractSet[str]] = {
        TableKind.ACCOUNTS: current.row_by_external_id.keys(),
        TableKind.REPS: {rep.external_id for rep in current.reps},
        TableKind.PRODUCTS: {product.external_id for product in current.products},
        TableKind.TERRITORIES: {territory.external_id for territory in current.territories},
        TableKind.TRANSACTIONS: current.transactions.row_by_external_id.keys(),
        TableKind.VISITS: current.visits.row_by_external_id.keys(),
    }
    return known.get(kind, frozenset[str]())


def _as_remembered(table: ImportedTable, remembered: RememberedMapping) -> Mapping:
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
    return Mapping(remembered.kind, tuple(columns))
