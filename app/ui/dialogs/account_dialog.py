# SPDX-License-Identifier: MIT
"""Correcting the fields of one account; knows values only."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QFormLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.models.account import Account
from app.ui.fonts import CAPTION
from app.ui.parts import button, column, hairline, label, row
from app.ui.theme import set_kind

_FIELDS = (
    ("name", "Name"),
    ("street", "Street"),
    ("city", "City"),
    ("region", "State"),
    ("postal_code", "Postal code"),
    ("country_name", "Country"),
    ("owner", "Owner today"),
    ("segment", "Segment"),
    ("industry", "Industry"),
    ("status", "Status"),
    ("visit_class", "Visit class"),
    ("phone", "Phone"),
    ("website", "Website"),
)
"""Column of the account table, and its caption."""

OFFERED_FIELDS = ("owner", "segment", "industry", "status", "visit_class")
"""Fields for which values are offered: those that other accounts have, or the visit classes."""


def said_words(said: str) -> str:
    """Marks a field as the user's, beside what the list says."""
    return f"Yours; the list says “{said}”" if said else "Yours; the list says nothing"


class AccountDialog(QDialog):
    """A form with what the plan says; a corrected field also shows what the list says.

    Args:
        account: Whose fields.
        corrections: What the list had said, by field.
        offered: Values to choose from, by field of `OFFERED_FIELDS`.
    """

    def __init__(
        self,
        account: Account,
        corrections: Mapping[str, str],
        offered: Mapping[str, Sequence[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Edit account")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._account = account
        self.lines: dict[str, QLineEdit] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for key, caption in _FIELDS:
            line = self._line(key, caption, offered.get(key, ()))
            form.addRow(label(caption, "muted"), self._with_said(line, corrections.get(key)))
        holder = QWidget()
        set_kind(holder, "surface")
        outer = QVBoxLayout(holder)
        outer.setContentsMargins(20, 4, 20, 12)
        outer.addLayout(form)
        outer.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(holder)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        about = label(
            "What you change here is yours: the next import shows where the list differs, "
            "and keeps it. A changed address moves the account on the map.",
            "muted",
            wraps=True,
        )
        self.save = button("Save", self.accept, kind="primary")
        self.save.setDefault(True)
        buttons = row(None, button("Cancel", self.reject), self.save, margin=(20, 12, 20, 16))
        head = column(about, margin=(20, 16, 20, 8))
        self.setLayout(column(head, scroll, hairline(), buttons, gap=0))
        self.resize(480, 600)

    def changed_fields(self) -> dict[str, str]:
        """The fields whose text is another one now, by column."""
        texts = {key: " ".join(line.text().split()) for key, line in self.lines.items()}
        return {key: text for key, text in texts.items() if text != getattr(self._account, key)}

    def _line(self, key: str, caption: str, offered: Sequence[str]) -> QLineEdit:
        line = QLineEdit(str(getattr(self._account, key)))
        line.setAccessibleName(caption)
        line.setCursorPosition(0)
        if offered:
            completer = QCompleter(list(offered), line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            line.setCompleter(completer)
        self.lines[key] = line
        return line

    @staticmethod
    def _with_said(line: QLineEdit, said: str | None) -> QWidget:
        """The line, and below it what the list says where that is another thing."""
        if said is None:
            return line
        take = button("Use it", lambda: line.setText(said), kind="link")
        take.setAccessibleName(f"Use what the list says: {said or 'nothing'}")
        words = label(said_words(said), "muted", size=CAPTION, wraps=True)
        below = row(words, take)
        below.setStretch(0, 1)
        holder = QWidget()
        holder.setLayout(column(line, below, gap=2))
        return holder
