# SPDX-License-Identifier: MIT
"""Pictures of sales forces: the guide that divides the market."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.services.builders.guide import Answers, Customers
from app.ui.dialogs.divide_market.dialog import DivideDialog

if TYPE_CHECKING:
    from make_shots import Photographer


def divide(shooter: "Photographer") -> QWidget:
    """A few large customers of their own, all others by area, as the guide recommends it."""
    shooter.window.desk.plans.divide_market()
    dialog = shooter.find(DivideDialog)
    assert isinstance(dialog, DivideDialog)  # noqa: S101 a script's own order
    dialog.questions.set_answers(Answers(customers=Customers.A_FEW_LARGE))
    dialog.questions.recommended.emit(dialog.questions.recommendation())
    shooter.wait(lambda: not dialog.tasks.is_busy, "the preview")
    return dialog
