# SPDX-License-Identifier: MIT
"""Owner values as they are compared: the key of the plan's own list of what they mean."""

import re

_FORMER_USER = re.compile(r"\s*\((deactivated|inactive|removed)( user)?\)\s*\Z", re.IGNORECASE)


def plain_owner(text: str) -> str:
    """An owner value without case, double spaces and marks of former users."""
    return " ".join(_FORMER_USER.sub("", text).casefold().split())


def name_in_owner(text: str) -> tuple[str, str]:
    """The name and the e-mail address that an owner value holds.

    Returns:
        Of "ann.lee@example.com" the name "Ann Lee" and the address; of any other value the value
        without marks of former users, and no address.
    """
    shown = " ".join(_FORMER_USER.sub("", text).split())
    if "@" not in shown or " " in shown:
        return shown, ""
    words = re.split(r"[._\-+0-9]+", shown.partition("@")[0])
    return " ".join(word.capitalize() for word in words if word) or shown, shown
