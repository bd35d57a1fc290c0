# SPDX-License-Identifier: MIT
"""Parts of the window that read the workspace and write through the session."""
