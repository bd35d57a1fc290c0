# SPDX-License-Identifier: MIT
"""Windows that ask, tell or guide."""
