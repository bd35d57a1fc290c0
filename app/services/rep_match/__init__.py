# SPDX-License-Identifier: MIT
"""Which rep fits which territory, and the best way to staff all territories at once."""
