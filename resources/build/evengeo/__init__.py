# SPDX-License-Identifier: MIT
"""Parts of the build of `resources/geo`; run `build_geo.py`."""
