# SPDX-License-Identifier: MIT
"""How much of a way leads through the surroundings of its end, and how much over land."""

NEAR_KM = 25.0
"""Longer ways lead over highways: what lies beyond counts as countryside (ours)."""


def near_fraction(distance_km: float) -> float:
    """The part of a way that leads through the surroundings of its end; 1 for a short way.

    Args:
        distance_km: As the crow flies.
    """
    return min(1.0, NEAR_KM / distance_km) if distance_km > 0 else 1.0
