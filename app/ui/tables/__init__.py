# SPDX-License-Identifier: MIT
"""Tables over arrays, fluid at a million rows."""
