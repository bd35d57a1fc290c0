# SPDX-License-Identifier: MIT
"""Whether the owners of the accounts are reps of the plan."""

import numpy as np

from app.services.data_health.facts import HealthFacts
from app.services.data_health.report import (
    HealthCheck,
    HealthGroup,
    Question,
    Repair,
    Severity,
)
from app.services.geography.factorizing import factorize

_MOST_NAMED = 3

_UNKNOWN = Question(
    key="unknown_owners",
    group=HealthGroup.OWNERS,
    title="Owner is no rep of the plan",
    found="",
    nothing="Every owner is a rep of the plan.",
    repairs=(Repair.OWNERS, Repair.ROWS),
    worst=Severity.WARNING,
)


def owner_checks(facts: HealthFacts) -> list[HealthCheck]:
    """Owners that are no rep; accounts without an owner are a matter of completeness."""
    codes, owners = factorize(facts.texts["owner"])
    is_unknown = np.array(
        [bool(owner) and facts.finder.find_id(owner) is None for owner in owners], dtype=bool
    )
    is_hit = is_unknown[codes] if len(owners) else np.zeros(len(codes), dtype=bool)
    has_owner = np.array([bool(owner) for owner in owners], dtype=bool)
    with_owner = int(has_owner[codes].sum()) if len(owners) else 0
    if not with_owner:
        return []
    if not facts.has_reps:
        words = (
            "The plan has no reps yet, so no owner can be matched. Import your salespeople, or let"
            " the owners become reps."
        )
        return [_UNKNOWN.answer(is_hit, of=with_owner, found=words)]
    amounts = np.bincount(codes, minlength=len(owners))
    unknown = [i for i in np.argsort(-amounts, kind="stable").tolist() if is_unknown[i]]
    listed = ", ".join(f"“{owners[i]}”" for i in unknown[:_MOST_NAMED])
    more = " and others" if len(unknown) > _MOST_NAMED else ""
    words = f"No rep is called {listed}{more}. Say whom they mean; the next import remembers it."
    return [_UNKNOWN.answer(is_hit, of=with_owner, found=words)]
