# SPDX-License-Identifier: MIT
"""Everything the program can do, without Qt: usable from a script."""
