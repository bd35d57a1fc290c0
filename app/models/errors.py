# SPDX-License-Identifier: MIT
"""Errors that are shown to the user; anything else that is raised is a bug of ours."""


class AppError(Exception):
    """A problem with a sentence for the user.

    Args:
        message: What happened, in plain words.
        meaning: What it means for the user's work ("Nothing was changed.").
        remedy: What to do next.
    """

    def __init__(self, message: str, *, meaning: str = "", remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.meaning = meaning
        self.remedy = remedy

    @property
    def text(self) -> str:
        """The three sentences in order, without the empty ones."""
        return " ".join(part for part in (self.message, self.meaning, self.remedy) if part)


class EditRejected(AppError):
    """An edit that the plan cannot take as it stands; the plan and its history are unchanged."""


class ImportProblem(AppError):
    """A file that cannot be read as a table; nothing was written."""


class ExportProblem(AppError):
    """A file that could not be written; the plan is unchanged."""


class StoreError(AppError):
    """The plan file could not be opened, read or written (disk full, locked, damaged, foreign)."""


class TaskCancelled(AppError):
    """The user stopped a background task; the plan is as it was."""

    def __init__(self) -> None:
        super().__init__("Stopped.", meaning="Nothing was changed.")
