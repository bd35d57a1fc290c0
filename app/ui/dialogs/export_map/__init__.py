# SPDX-License-Identifier: MIT
"""The dialog with which a map leaves the program."""
