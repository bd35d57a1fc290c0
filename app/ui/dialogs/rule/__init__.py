# SPDX-License-Identifier: MIT
"""The condition builder: groups of rows, each a field, how it is compared, and with what."""
