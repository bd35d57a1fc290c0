# SPDX-License-Identifier: MIT
"""Whether the accounts have what a plan is made from."""

import re

from app.services.data_health.facts import HealthFacts
from app.services.data_health.report import (
    HealthCheck,
    HealthGroup,
    Question,
    Repair,
    Severity,
)
from app.services.geography.arrays import BoolArray

_REPAIRS = (Repair.ROWS, Repair.IMPORT, Repair.SHEET)
_MUCH = 0.2
_ARTICLE = re.compile("^an? ")


def _question(key: str, what: str, use: str, worst: Severity, warns_from: float) -> Question:
    return Question(
        key=key,
        group=HealthGroup.COMPLETENESS,
        title=f"No {_ARTICLE.sub('', what)}",
        found=f"{use} Import the list again with this column, or fill it in a sheet.",
        nothing=f"Every account has {what}.",
        repairs=_REPAIRS,
        worst=worst,
        warns_from=warns_from,
    )


_NAME = _question(
    "no_name", "a name", "Nobody can tell which customer these are.", Severity.WARNING, 0.0
)
_STREET = _question(
    "no_street",
    "a street",
    "Duplicates at the same address cannot be told.",
    Severity.NOTICE,
    0.0,
)
_POSTAL = _question(
    "no_postal_code",
    "a postal code",
    "Without it an account is placed by its city or worse, unless it has coordinates.",
    Severity.WARNING,
    _MUCH,
)
_OWNER = _question(
    "no_owner",
    "an owner",
    "Territories cannot follow today's owners here, and a handover list leaves these out.",
    Severity.WARNING,
    _MUCH,
)
_SEGMENT = _question(
    "no_segment",
    "a segment",
    "Figures by segment leave these out.",
    Severity.NOTICE,
    0.0,
)
_REVENUE = _question(
    "no_revenue",
    "revenue",
    "They count as zero wherever revenue is balanced.",
    Severity.WARNING,
    0.5,
)
_CONTACT = _question(
    "no_contact",
    "a phone number or website",
    "Duplicates are harder to find, and nobody can call.",
    Severity.NOTICE,
    0.0,
)


def completeness_checks(facts: HealthFacts) -> list[HealthCheck]:
    """One check per field that matters; an empty column says so instead of a count of holes."""
    checks = [
        _answered(_NAME, facts.blank("name")),
        _answered(_STREET, facts.blank("street")),
        _answered(_POSTAL, facts.blank("postal_code")),
        _answered(_OWNER, facts.blank("owner")),
        _answered(_SEGMENT, facts.blank("segment")),
        _answered(_CONTACT, facts.blank("phone") & facts.blank("website")),
    ]
    if facts.roles.revenue is not None:
        checks.append(_answered(_REVENUE, facts.values[facts.roles.revenue] == 0))
    return checks


def _answered(question: Question, is_missing: BoolArray) -> HealthCheck:
    if len(is_missing) and is_missing.all():
        words = (
            f"{question.title} at all: the list has no such column, or it was not chosen."
            " Import the list again and choose it, if you need it."
        )
        return question.answer(is_missing, found=words)
    return question.answer(is_missing)
