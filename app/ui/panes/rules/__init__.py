# SPDX-License-Identifier: MIT
"""The page of rules: the list in its order, what the rules do, and what a change would do."""
