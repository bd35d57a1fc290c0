# SPDX-License-Identifier: MIT
"""First territories worked out from the data: from today's owners, or by the nearest home."""
