# SPDX-License-Identifier: MIT
"""The check of a plan: every fault and everything unfinished, with its place and worth."""
