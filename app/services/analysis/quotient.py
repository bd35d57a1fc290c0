# SPDX-License-Identifier: MIT
"""Ratios that may be undefined, and then say why: no number rather than a wrong one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quotient:
    """A ratio, or the reason why there is none.

    Attributes:
        value: A fraction, or None where it is undefined.
        reason: Why it is undefined, as a sentence; empty where it is not.
    """

    value: float | None
    reason: str = ""


def undefined(reason: str) -> Quotient:
    """No number, and why."""
    return Quotient(None, reason)


def growth(before: float, now: float) -> Quotient:
    """(now - before) / before.

    Source: the written definition "revenue growth": nothing before is new or empty, a negative
    base has no meaning.
    """
    if before > 0:
        return Quotient((now - before) / before)
    if before < 0:
        return undefined("The year before is below zero, so a percentage would mislead.")
    if now > 0:
        return undefined("New: there was no revenue in the year before.")
    return undefined("There was no revenue in either period.")
