# SPDX-License-Identifier: MIT
"""Filtering, sorting and grouping the rows of a table by its columns, a million at a time."""
