# SPDX-License-Identifier: MIT
"""What is wrong or missing in the data, with the accounts behind it and the repair."""
