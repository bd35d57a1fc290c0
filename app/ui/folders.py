# SPDX-License-Identifier: MIT
"""Where the program keeps its own files on this computer."""

import os
from pathlib import Path

import platformdirs

from app.models.app_folders import AppFolders

_NAME = "Evenfield"
HOME_VARIABLE = "EVENFIELD_HOME"
"""A folder that replaces the user's own, for tests and trials."""


def app_folders() -> AppFolders:
    """Working copies, backups and logs, in the places that the system has for them."""
    base = data_folder()
    return AppFolders(work=base / "work", backups=base / "backups", logs=base / "logs")


def data_folder() -> Path:
    """The folder of everything that the program keeps."""
    override = os.environ.get(HOME_VARIABLE)
    return Path(override) if override else Path(platformdirs.user_data_dir(_NAME, appauthor=False))


def documents_folder() -> Path:
    """Where new plans are offered to be kept."""
    override = os.environ.get(HOME_VARIABLE)
    return Path(override) if override else Path(platformdirs.user_documents_dir())
