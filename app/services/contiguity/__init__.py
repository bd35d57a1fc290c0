# SPDX-License-Identifier: MIT
"""Which areas hang together: the graph of a plan's units, the parts of its territories."""
