# SPDX-License-Identifier: MIT
"""Settling overlaps and gaps, in words."""

from collections import Counter

from app.models.settling import Policy, Settlement, SettlingEffect
from app.ui.formats import MINUS, count, percent, plural

_GAP_TITLES = {
    Policy.KEEP_REP: "Keep the current rep",
    Policy.NEAREST_HOME: "Nearest home",
    Policy.NEAREST_TERRITORY: "Nearest territory",
    Policy.LESS_LOADED: "Less loaded",
    Policy.LARGEST_SHARE: "Largest share around it",
    Policy.BY_HAND: "By hand",
}
_OVERLAP_TITLES = _GAP_TITLES | {Policy.NEAREST_TERRITORY: "Split along the border"}
_OVERLAP_HINTS = {
    Policy.KEEP_REP: "Whose rep owns most of the value there, as your list says.",
    Policy.NEAREST_HOME: "Whose rep starts from nearest.",
    Policy.NEAREST_TERRITORY: "Whose own land is nearest.",
    Policy.LESS_LOADED: "Who has least for their target, the largest first.",
    Policy.LARGEST_SHARE: "Who serves most in the same county, else state, else country.",
    Policy.BY_HAND: "The territory that you choose.",
}
_GAP_HINTS = _OVERLAP_HINTS | {
    Policy.KEEP_REP: "The territory of the rep whom your list names.",
    Policy.LESS_LOADED: "Who has least for their target among the territories beside it.",
}


def title(policy: Policy, *, is_gap: bool) -> str:
    """What a policy is called."""
    return (_GAP_TITLES if is_gap else _OVERLAP_TITLES)[policy]


def hint(policy: Policy, *, is_gap: bool) -> str:
    """What a policy does."""
    return (_GAP_HINTS if is_gap else _OVERLAP_HINTS)[policy]


def settling_title(number: int, *, is_gap: bool) -> str:
    """What undo calls it."""
    return f"Settle {plural(number, *(('gap', 'gaps') if is_gap else ('overlap', 'overlaps')))}"


def change_words(accounts: float) -> str:
    """How many accounts a territory gains or loses."""
    sign = "+" if accounts > 0 else MINUS if accounts < 0 else ""
    return f"{sign}{count(abs(int(accounts)))}"


def decided_sentence(settlement: Settlement) -> str:
    """How many items get a territory, and why the others do not."""
    reasons = Counter(reason for _, reason in settlement.undecided)
    decided = settlement.decided_count
    if not reasons:
        return f"{plural(decided, 'item gets', 'items get')} a territory."
    words = [f"{count(decided)} of {count(decided + reasons.total())} get a territory."]
    for reason, number in reasons.most_common(3):
        words.append(f"{plural(number, 'stays', 'stay')} as now: {reason}")
    return " ".join(words)


def balance_sentence(effect: SettlingEffect, tolerance: float, measure: str) -> str:
    """What becomes of balance, of disputes and of what nobody serves."""
    words: list[str] = []
    for before, after, what in (
        (effect.disputed_before, effect.disputed_after, "in dispute"),
        (effect.unserved_before, effect.unserved_after, "served by nobody"),
    ):
        if before != after:
            words.append(f"Accounts {what}: {count(before)} → {count(after)}.")
    if effect.compared_count:
        within = f"{count(effect.within_before)} → {count(effect.within_after)}"
        words.append(
            f"Within ±{percent(tolerance)} by {measure}: {within} of "
            f"{plural(effect.compared_count, 'territory', 'territories')}."
        )
    if effect.worst_before is not None and effect.worst_after is not None:
        worst = f"{percent(effect.worst_before)} → {percent(effect.worst_after)}"
        words.append(f"Largest deviation: {worst}.")
    return " ".join(words)
