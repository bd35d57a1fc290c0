# SPDX-License-Identifier: MIT
"""Overlaps and gaps: who claims what together, what nobody serves, and how both are settled."""
