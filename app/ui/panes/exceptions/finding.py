# SPDX-License-Identifier: MIT
"""Finding accounts, families and territories while the user types."""

from app.services.natural_order import natural_key
from app.services.store.account_search import AccountSearch
from app.services.workspace import Workspace
from app.ui.formats import plural
from app.ui.widgets.choice_picker import Choice, Find

_MOST = 300


def find_accounts(workspace: Workspace) -> Find:
    """What finds accounts by their names and ids."""
    search = AccountSearch(workspace.document.store)

    def find(text: str) -> list[Choice]:
        found = search.accounts(text, _MOST)
        return [Choice(str(each.account), each.name, each.external_id) for each in found]

    return find


def find_families(workspace: Workspace) -> Find:
    """What finds the families that accounts have."""

    def find(text: str) -> list[Choice]:
        needle = text.casefold()
        found = AccountSearch(workspace.document.store).families()
        shown = [pair for pair in found if needle in pair[0].casefold()]
        shown.sort(key=lambda pair: natural_key(pair[0]))
        return [
            Choice(family, family, plural(amount, "account", "accounts"))
            for family, amount in shown
        ]

    return find


def find_territories(workspace: Workspace) -> Find:
    """What finds territories by their names."""

    def find(text: str) -> list[Choice]:
        needle = text.casefold()
        found = [each for each in workspace.territories if needle in each.name.casefold()]
        found.sort(key=lambda each: natural_key(each.name))
        return [Choice(str(each.id), each.name, _lock(each.is_locked)) for each in found]

    return find


def _lock(is_locked: bool) -> str:
    return "locked" if is_locked else ""
