# SPDX-License-Identifier: MIT
"""Coverage: what becomes of the potential of accounts, and how well they are visited."""

from enum import Enum, IntEnum


class Potential(IntEnum):
    """What becomes of an account's potential; each account is in exactly one of these."""

    UNASSIGNED = 0
    """Nobody serves the account."""
    DISPUTED = 1
    """Several territories claim it, so nobody is responsible."""
    VACANT = 2
    """Its territory has no rep today."""
    UNREACHED = 3
    """It has a rep, but no visit and no order in the period."""
    WORKED = 4
    """It has a rep and was reached; part of its potential may be open."""
    UNKNOWN = 5
    """Its potential is not known, so it counts nowhere."""


class Service(Enum):
    """How an area or territory is served in proportion to its potential."""

    UNDER = "under-served"
    BALANCED = "in proportion"
    OVER = "over-served"
    NOT_SERVED = "not served"
    UNDEFINED = "–"


UNDER_SERVED, OVER_SERVED = 1.25, 0.8
"""Share of potential / share of calls above the first is under-served, below the second
over-served. Source: the written definition "whitespace / underserved", after Zoltners & Lorimer
2000."""
