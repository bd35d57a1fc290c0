# SPDX-License-Identifier: MIT
"""What the customer list and the sales say: groups, months, seasons, ABC classes, movement."""
