# SPDX-License-Identifier: MIT
"""The page of overlaps, gaps and coverage."""
