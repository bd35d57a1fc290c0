# SPDX-License-Identifier: MIT
"""What becomes of a column that no field claims."""

from app.models.measure import MeasureKind
from app.services.importing.evidence import ColumnEvidence
from app.services.importing.fields import EXTRA, IGNORE, MEASURE, TableKind
from app.services.importing.mapping import ColumnMapping, measure_label
from app.services.importing.synonyms import names_of, normalised, words_of

_MONEY_WORDS = names_of("""
    revenue sales amount spend price cost value budget potential arr mrr turnover umsatz
    margin profit income jahresumsatz chiffre facturacion ventas bonus quota
    opportunity pipeline billing invoiced
""")
_COUNT_WORDS = names_of("""
    employees number count visits units qty quantity orders headcount staff seats users beds
    stores locations population households establishments businesses einwohner haushalte
""")
_CODE_WORDS = names_of("""
    id key code phone fax zip postal date time activity sic naics duns guid rowguid index
    extension ext flag latitude longitude lat lon lng version rank territory rating
    probability pct percent employeeid fips geoid npi ean gtin
""")
_REP_FACTS = names_of("""
    territory territories region team manager hire reports
""")
_STAMP_WORDS = names_of("""
    modified created systemmodstamp modstamp updated viewed rowguid
""")
_MOSTLY = 0.6
_WITH_MEASURES = (TableKind.ACCOUNTS, TableKind.MARKET)


def leftover(item: ColumnEvidence, kind: TableKind, samples: tuple[str, ...]) -> ColumnMapping:
    """A measure where it holds amounts, else kept or left out."""
    words = frozenset(words_of(item.header))
    if item.is_empty:
        return ColumnMapping(item.header, IGNORE, 1.0, "The column is empty.", samples)
    if _is_for_programs(item, words):
        return ColumnMapping(item.header, IGNORE, 0.9, "Its values are for programs.", samples)
    if kind in _WITH_MEASURES and _is_measure(item, words):
        return ColumnMapping(
            item.header,
            MEASURE,
            0.8 if words & (_MONEY_WORDS | _COUNT_WORDS) else 0.65,
            "Its values are numbers.",
            samples,
            measure_label(item.header),
            _measure_kind(item, words),
        )
    is_kept = kind is TableKind.ACCOUNTS or (
        kind is TableKind.REPS and words & (_MONEY_WORDS | _REP_FACTS)
    )
    target = EXTRA if is_kept else IGNORE
    return ColumnMapping(item.header, target, 0.7, "No field has this name.", samples)


def _is_for_programs(item: ColumnEvidence, words: frozenset[str]) -> bool:
    is_stamp = bool(words & _STAMP_WORDS) or "isdeleted" in normalised(item.header)
    return item.is_markup or item.is_guid or is_stamp


def _is_measure(item: ColumnEvidence, words: frozenset[str]) -> bool:
    # What is called like money or a count is one, even with a few cells to repair.
    is_called = bool(words & (_MONEY_WORDS | _COUNT_WORDS)) and item.numeric_fraction > _MOSTLY
    if not (item.is_numeric or is_called) or item.is_year or item.is_flag:
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
