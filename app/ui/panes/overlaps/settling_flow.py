# SPDX-License-Identifier: MIT
"""Asks how overlaps or gaps are settled, and settles them."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.ids import TerritoryId
from app.models.settling import Settlement
from app.services.commands import SettleClaims
from app.services.overlaps.plan_overlaps import OverlapFacts
from app.services.overlaps.settling import settle
from app.services.overlaps.settling_effect import settling_effect
from app.services.overlaps.settling_facts import settling_facts
from app.ui.dialogs.settle_dialog import (
    Check,
    SettleChoice,
    SettleDialog,
    SettleQuestion,
    WorkedOut,
)
from app.ui.dialogs.settle_words import settling_title
from app.ui.panes.overlaps.claim_list import ClaimList
from app.ui.session import EditSession

_AT_ONCE = 200
"""More areas and accounts are settled in the background."""


def ask_settling(
    session: EditSession, facts: OverlapFacts, view: ClaimList, items: list[int]
) -> Callable[[TerritoryId | None, QWidget, QObject], SettleDialog]:
    """What opens the dialog about items of a list.

    Args:
        session: The open plan; it does not change while the dialog is open.
        facts: The sales force as the list shows it.
        view: The list.
        items: Numbers of its items.

    Returns:
        A function of the territory that the user named or None, the window, and who asks.
    """
    workspace, listed, is_gap = session.workspace, view.items, view.is_gap

    def work(choice: SettleChoice, check: Check) -> WorkedOut:
        known = settling_facts(workspace, choice.measure, facts)
        settlement = settle(known, listed, items, choice.policy, choice.territory, check)
        if not settlement.decided_count:
            return WorkedOut(settlement, None)
        return WorkedOut(settlement, settling_effect(workspace, settlement, choice.measure))

    def ask(territory: TerritoryId | None, window: QWidget, initiator: QObject) -> SettleDialog:
        def carry_out(settlement: Settlement) -> None:
            number = settlement.decided_count
            title = settling_title(number, is_gap=is_gap)
            command = SettleClaims(settlement.units, settlement.accounts, title)
            session.run_long(command, initiator, is_large=number > _AT_ONCE)

        claimants = view.common_claimants(items)
        question = SettleQuestion(len(items), is_gap, claimants, territory)
        dialog = SettleDialog(workspace, question, work, window)
        dialog.chosen.connect(carry_out)
        dialog.open()
        return dialog

    return ask
