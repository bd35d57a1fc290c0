# SPDX-License-Identifier: MIT
"""Balanced, compact, connected territories, with a proof of how good they are; without Qt."""
