# SPDX-License-Identifier: MIT
"""Rules: which accounts they match, what they would change, as text, as words and as a sheet."""
