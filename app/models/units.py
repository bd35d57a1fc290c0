# SPDX-License-Identifier: MIT
"""Units that people use besides those that the program computes in."""

KM_PER_MILE = 1.609344
"""Kilometres of an international mile, exactly."""
