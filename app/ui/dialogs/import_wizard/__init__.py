# SPDX-License-Identifier: MIT
"""Bringing a spreadsheet in: file, columns, check, result; nothing is written before the end."""
