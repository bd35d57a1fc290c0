# SPDX-License-Identifier: MIT
"""Maps on paper: what stands where on a page, as a list that any painter can carry out."""
