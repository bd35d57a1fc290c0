# SPDX-License-Identifier: MIT
"""The tests; their folders mirror app/."""
