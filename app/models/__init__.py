# SPDX-License-Identifier: MIT
"""Frozen facts: what a plan holds, with no Qt, no SQL and no file access."""
