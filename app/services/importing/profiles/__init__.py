# SPDX-License-Identifier: MIT
"""What the exports of known systems look like, one module per system."""
