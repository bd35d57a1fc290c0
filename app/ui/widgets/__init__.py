# SPDX-License-Identifier: MIT
"""Small widgets that know values and signals only, never the plan."""
