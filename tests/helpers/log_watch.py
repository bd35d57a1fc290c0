# SPDX-License-Identifier: MIT
"""Log records of warning level and above, which fail a test unless it expects them."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


class LogWatch(logging.Handler):
    """Collects every record from WARNING up; also the map page's console errors arrive here."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.unexpected: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps a record."""
        self.unexpected.append(record)

    @contextmanager
    def expect(self, text: str) -> Iterator[None]:
        """Allows, and requires, records that contain this text while the block runs.

        Args:
            text: Part of the message, as it reads with its arguments filled in.
        """
        before = len(self.unexpected)
        yield
        new = self.unexpected[before:]
        others = [record for record in new if text not in record.getMessage()]
        assert len(others) < len(new), f"nothing was logged with {text!r}"
        self.unexpected[before:] = others

    @property
    def report(self) -> str:
        """The unexpected records, one per line."""
        return "\n".join(
            f"{record.levelname} {record.name}: {record.getMessage()}" for record in self.unexpected
        )
