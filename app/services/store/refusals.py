# SPDX-License-Identifier: MIT
"""The sentences with which the gate refuses a file; each cause has its own."""

import sqlite3

from app.models.errors import StoreError

_UNOPENED = "Nothing was opened, and the file is unchanged."
_OTHER_FILE = "Choose another file. Plans of Evenfield end in .evenfield."
_DAMAGED = "Open the newest backup, or recover what can be read."


def empty(name: str) -> StoreError:
    """0 bytes, which the database itself would take for an empty plan."""
    return StoreError(
        f"{name} is empty (0 bytes).",
        meaning="There is no plan in it. It may be a copy that was broken off.",
        remedy="Open the newest backup, or copy the file again.",
    )


def too_large(name: str) -> StoreError:
    """More bytes than any plan of a million accounts has."""
    return StoreError(
        f"{name} is larger than a plan can be (2 GB).",
        meaning="Nothing was opened.",
        remedy=_OTHER_FILE,
    )


def no_plan(name: str) -> StoreError:
    """Not a database at all: a table, a picture, a text."""
    return StoreError(
        f"{name} is not a plan of Evenfield.",
        meaning="Nothing was opened.",
        remedy=_OTHER_FILE,
    )


def another_program(name: str) -> StoreError:
    """A database without our application id."""
    return StoreError(
        f"{name} is a database of another program, not a plan of Evenfield.",
        meaning="Nothing was opened.",
        remedy=_OTHER_FILE,
    )


def incomplete(name: str) -> StoreError:
    """Fewer bytes than its own header says, or some of them in a file beside it."""
    return StoreError(
        f"{name} is not complete: its end is missing.",
        meaning="Nothing was opened. It may be a copy or a download that was broken off.",
        remedy="Copy the file again, or open the newest backup.",
    )


def newer(name: str, version: int, known: int) -> StoreError:
    """A version of the schema that this program does not know yet."""
    return StoreError(
        f"{name} was made with a newer Evenfield (plan version {version}; "
        f"this one reads up to {known}).",
        meaning=_UNOPENED,
        remedy="Install the newest Evenfield and open the file again.",
    )


def other_tables(name: str) -> StoreError:
    """A trigger, view, index or column more or less than we ship."""
    return StoreError(
        f"The tables of {name} are not those of a plan: something was added or changed.",
        meaning="Nothing was opened, and nothing in it was carried out.",
        remedy="Ask whoever sent you the file for a new one, or open the newest backup.",
    )


def altered(name: str) -> StoreError:
    """A whole database with values that we did not write: bit rot, or another program."""
    return StoreError(
        f"{name} was altered after Evenfield wrote it: its check sum does not fit.",
        meaning="Nothing was opened. Single values in it may be wrong.",
        remedy=_DAMAGED,
    )


def damaged(name: str) -> StoreError:
    """Broken pages, or values out of bounds."""
    return StoreError(
        f"{name} is damaged and cannot be read to the end.", meaning=_UNOPENED, remedy=_DAMAGED
    )


def contradiction(name: str) -> StoreError:
    """References to nothing, texts that should be JSON, no identity."""
    return StoreError(
        f"{name} holds values that contradict each other.", meaning=_UNOPENED, remedy=_DAMAGED
    )


def for_error(error: Exception, name: str) -> StoreError:
    """The refusal for what reading the file raised."""
    code = getattr(error, "sqlite_errorcode", 0)
    if code & 0xFF == sqlite3.SQLITE_INTERRUPT:
        return StoreError(
            f"{name} takes longer to check than any plan should.",
            meaning="Nothing was opened. The file may be made to keep the computer busy.",
            remedy=_DAMAGED,
        )
    return damaged(name)
