# SPDX-License-Identifier: MIT
"""The shipped areas, where an address lies in them, and finding a place by name."""
