# SPDX-License-Identifier: MIT
"""What holds whatever rules and areas say: named accounts, families, pairs, locks."""
