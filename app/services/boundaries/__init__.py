# SPDX-License-Identifier: MIT
"""Boundary layers of the user: files of areas read, repaired and made ready for the map."""
