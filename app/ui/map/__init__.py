# SPDX-License-Identifier: MIT
"""The map: one web page of ours, its scheme, its guard and its typed messages."""
