# SPDX-License-Identifier: MIT
"""Who fits which territory: one territory, or all of them at once."""
