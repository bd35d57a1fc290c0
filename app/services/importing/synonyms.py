# SPDX-License-Identifier: MIT
"""How well a column's name says which field it is."""

import re
from functools import lru_cache

from app.services.importing.account_names import ACCOUNT_NAMES, REP_NAMES, Names
from app.services.importing.fields import TableKind
from app.services.importing.record_names import (
    CONTACT_NAMES,
    PRODUCT_LINE_NAMES,
    PRODUCT_NAMES,
    TRANSACTION_NAMES,
    VISIT_NAMES,
)
from app.services.importing.territory_names import (
    AREA_TABLE_NAMES,
    GOAL_NAMES,
    MARKET_NAMES,
    ROSTER_NAMES,
    TERRITORY_ACCOUNT_NAMES,
    TERRITORY_NAMES,
)
from app.services.letters import bare_letters

_SPLIT = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9À-ɏ]+")

ADDRESS_PREFIXES = ("billing", "primary", "main", "mailing", "physical", "home", "office")
"""Words before an address column that change nothing about what it is."""

SECONDARY_PREFIXES = ("shipping", "ship", "other", "delivery", "alternate", "address2")
"""Words of a second address, which is taken only where there is no other."""

_OWNERSHIP_PREFIXES = ("account", "company", "customer", "store", "client", "lead", "record")

NAMES_BY_KIND: dict[TableKind, Names] = {
    TableKind.ACCOUNTS: ACCOUNT_NAMES,
    TableKind.REPS: REP_NAMES,
    TableKind.TRANSACTIONS: TRANSACTION_NAMES,
    TableKind.PRODUCTS: PRODUCT_NAMES,
    TableKind.PRODUCT_LINES: PRODUCT_LINE_NAMES,
    TableKind.VISITS: VISIT_NAMES,
    TableKind.CONTACTS: CONTACT_NAMES,
    TableKind.TERRITORIES: TERRITORY_NAMES,
    TableKind.TERRITORY_AREAS: AREA_TABLE_NAMES,
    TableKind.TERRITORY_ACCOUNTS: TERRITORY_ACCOUNT_NAMES,
    TableKind.ROSTER: ROSTER_NAMES,
    TableKind.GOALS: GOAL_NAMES,
    TableKind.MARKET: MARKET_NAMES,
}

_ADDRESSED = ((SECONDARY_PREFIXES, 0.7), (ADDRESS_PREFIXES, 0.97))
_PREFIXES_BY_KIND: dict[TableKind, tuple[tuple[tuple[str, ...], float], ...]] = {
    TableKind.ACCOUNTS: (*_ADDRESSED, (_OWNERSHIP_PREFIXES, 0.9)),
    TableKind.REPS: (*_ADDRESSED, (_OWNERSHIP_PREFIXES, 0.9)),
}


def names_of(text: str) -> frozenset[str]:
    """The words of a text as a set, without accents."""
    return frozenset(bare_letters(text).split())


@lru_cache(maxsize=4096)
def split_words(header: str) -> tuple[str, ...]:
    """The words of a header as written: camel case, spaces and signs all separate them."""
    plain = re.sub(r"__[cC]$", "", header.strip())
    plain = plain.split(":")[-1] if ": " in plain and not plain.startswith("Address") else plain
    plain = re.sub(r"\s\([^)]*\)$", "", plain)
    return tuple(word for word in _SPLIT.split(plain) if word)


def words_of(header: str) -> tuple[str, ...]:
    """The words of a header in lower case and without accents."""
    return tuple(bare_letters(word) for word in split_words(header))


def normalised(header: str) -> str:
    """A header without case, spaces and signs: "Billing City" -> "billingcity"."""
    return "".join(words_of(header))


@lru_cache(maxsize=16384)
def header_scores(header: str, kind: TableKind) -> dict[str, float]:
    """How well a header names each field: 1 an exact name, less with words around it."""
    whole = normalised(header)
    stripped, factor = _without_prefix(whole, kind)
    scores: dict[str, float] = {}
    for field, names in NAMES_BY_KIND[kind].items():
        for rank, name in enumerate(names):
            value = 1.0 - 0.002 * rank
            if whole == name:
                scores[field] = max(scores.get(field, 0.0), value)
            elif stripped == name:
                scores[field] = max(scores.get(field, 0.0), value * factor)
    return scores


def _without_prefix(whole: str, kind: TableKind) -> tuple[str, float]:
    """A normalised header without words like "billing", and what they take from its score.

    Works on letters, not words, as some systems write headers in capitals throughout.
    """
    rest, factor = whole, 1.0
    while True:
        for prefixes, weight in _PREFIXES_BY_KIND.get(kind, ()):
            prefix = next((p for p in prefixes if rest.startswith(p) and rest != p), None)
            if prefix is not None:
                rest, factor = rest[len(prefix) :], min(factor, weight)
                break
        else:
            return rest, factor


_ALL_NAMES = frozenset(
    name
    for kind in (
        TableKind.TRANSACTIONS,
        TableKind.PRODUCTS,
        TableKind.PRODUCT_LINES,
        TableKind.VISITS,
        TableKind.TERRITORIES,
        TableKind.TERRITORY_AREAS,
        TableKind.TERRITORY_ACCOUNTS,
        TableKind.ROSTER,
        TableKind.GOALS,
    )
    for names in NAMES_BY_KIND[kind].values()
    for name in names
)


def is_known_header(header: str) -> bool:
    """Whether a text is the name of a column that some customer system writes."""
    return normalised(header) in _ALL_NAMES or bool(
        header_scores(header, TableKind.ACCOUNTS) or header_scores(header, TableKind.REPS)
    )
