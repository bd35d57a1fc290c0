# SPDX-License-Identifier: MIT
"""Which areas the rules of a Salesforce package give to territories."""

import itertools
import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from app.services.importing.package_files import children_of, text_of
from app.services.importing.synonyms import words_of

ZIP, STATE, COUNTRY = "ZIP", "State", "Country"
AREA_HEADERS = (ZIP, STATE, COUNTRY)
_HEADER_BY_FIELD = {
    "billingpostalcode": ZIP,
    "billingstate": STATE,
    "billingstatecode": STATE,
    "billingcountry": COUNTRY,
    "billingcountrycode": COUNTRY,
}
_FULL_ZIP, _SHORT_PREFIX = 5, 3
_MAX_AREAS = 50_000
_ORED = re.compile(r"[\s()]*\d+[\s()]*(or[\s()]*\d+[\s()]*)*", re.IGNORECASE)
_ANDED = re.compile(r"[\s()]*\d+[\s()]*(and[\s()]*\d+[\s()]*)*", re.IGNORECASE)

Area = dict[str, str]
"""Values by header of `AREA_HEADERS`; all of them together are one area."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as far as it can be imported.

    Attributes:
        label: Its name.
        areas: What it selects, empty where it selects by something else.
        refusal: Why it cannot be imported, as the second half of a sentence, or "".
    """

    label: str
    areas: tuple[Area, ...]
    refusal: str = ""


def rule_of(element: Element, name: str) -> Rule:
    """The areas that a rule selects, or why it selects none that can be imported."""
    label = text_of(element, "name") or name
    if text_of(element, "active") == "false":
        return Rule(label, (), "is not active")
    if text_of(element, "objectType") not in ("", "Account"):
        return Rule(label, (), "is not about accounts")
    items = children_of(element, "ruleItems")
    found = [_areas_of(item) for item in items]
    if not items or any(areas is None for areas in found):
        fields = dict.fromkeys(_field_label(item) for item in items)
        return Rule(label, (), f"selects by {_listed(list(fields))}")
    areas = _combined(
        [areas for areas in found if areas is not None], text_of(element, "booleanFilter")
    )
    if areas is None:
        return Rule(label, (), "joins its conditions in a way that areas cannot show")
    return Rule(label, areas)


def _areas_of(item: Element) -> list[Area] | None:
    """What one condition selects, None where it is not about areas."""
    header = _HEADER_BY_FIELD.get(_field(item).casefold())
    operation = text_of(item, "operation")
    values = [value.strip() for value in text_of(item, "value").split(",") if value.strip()]
    if header is None or not values:
        return None
    if operation == "equals":
        return [{header: value} for value in values]
    if operation == "startsWith" and header == ZIP:
        return [{header: _zip_range(value)} for value in values]
    return None


def _zip_range(prefix: str) -> str:
    """The ZIP codes that begin so; three digits and whole codes stand for themselves."""
    missing = _FULL_ZIP - len(prefix)
    if not prefix.isascii() or not prefix.isdigit() or missing <= 0 or len(prefix) == _SHORT_PREFIX:
        return prefix
    return f"{prefix}{'0' * missing}-{prefix}{'9' * missing}"


def _combined(found: list[list[Area]], condition: str) -> tuple[Area, ...] | None:
    """The areas of all conditions together, None where they are joined in another way.

    Without a filter all conditions must hold.
    """
    if len(found) == 1:
        return tuple(found[0])
    if condition and _ORED.fullmatch(condition):
        return tuple(itertools.chain.from_iterable(found))
    if condition and not _ANDED.fullmatch(condition):
        return None
    headers = [header for areas in found for header in areas[0]]
    count = 1
    for areas in found:
        count *= len(areas)
    if len(set(headers)) < len(headers) or count > _MAX_AREAS:
        return None
    merged: list[Area] = []
    for choice in itertools.product(*found):
        area: Area = {}
        for one in choice:
            area |= one
        merged.append(area)
    return tuple(merged)


def _field(item: Element) -> str:
    return text_of(item, "field").rpartition(".")[2]


def _field_label(item: Element) -> str:
    """A field in plain words: "Account.BillingCity" is "billing city"."""
    name = " ".join(words_of(_field(item)))
    return "account name" if name == "name" else name or "nothing"


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return names[0] if names else "nothing"
    return f"{', '.join(names[:-1])} and {names[-1]}"
