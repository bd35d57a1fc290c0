# SPDX-License-Identifier: MIT
"""Evenfield: design, balance, staff and review sales territories."""

__version__ = "0.1.0"
