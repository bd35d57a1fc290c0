# SPDX-License-Identifier: MIT
"""How much work a plan asks for: visits, travel, administration, capacity, and the index."""
