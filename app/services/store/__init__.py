# SPDX-License-Identifier: MIT
"""The plan file: the only package that imports sqlite3."""
