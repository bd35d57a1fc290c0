# SPDX-License-Identifier: MIT
"""Paints the pages of `app.services.map_print` and writes them as pictures and documents."""
