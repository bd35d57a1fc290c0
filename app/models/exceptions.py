# SPDX-License-Identifier: MIT
"""What holds whatever rules and areas say: accounts that must stay apart."""

from dataclasses import dataclass

from app.models.ids import AccountId


@dataclass(frozen=True, slots=True)
class ApartPair:
    """Two accounts that no territory and no rep may serve together, rivals for example.

    Attributes:
        account: The one with the smaller id.
        note: Why, in the user's own words.
    """

    account: AccountId
    other: AccountId
    note: str = ""
