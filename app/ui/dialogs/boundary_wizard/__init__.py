# SPDX-License-Identifier: MIT
"""The window that adds the areas of a file to the plan."""
