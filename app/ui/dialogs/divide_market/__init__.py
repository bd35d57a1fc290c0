# SPDX-License-Identifier: MIT
"""How the market is divided: questions, a recommendation, and a first version from the data."""
