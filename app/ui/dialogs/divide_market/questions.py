# SPDX-License-Identifier: MIT
"""The plain questions of the guide, and what it recommends."""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from app.models.measure import ACCOUNT_COUNT, Measure
from app.services.builders.guide import (
    Answers,
    Customers,
    FirstVersion,
    Recommendation,
    Selling,
    Travel,
    recommend,
)
from app.services.builders.market_hints import MarketHints
from app.ui.force_words import MODEL_TITLES
from app.ui.formats import number, percent, plural
from app.ui.parts import column, framed, label

VERSION_TITLES = {
    FirstVersion.AREAS: "By area",
    FirstVersion.CUSTOMERS: "By kind of customer",
    FirstVersion.PRODUCTS: "By product line",
    FirstVersion.CARVED: "Some kinds apart, rest by area",
    FirstVersion.CROSSED: "Each area by kind of customer",
}

_SELLING = {
    Selling.EVERYTHING: "Each seller sells everything",
    Selling.SPECIALISTS: "Product lines have sellers of their own",
    Selling.SPECIALISTS_BESIDE: "Generalists, helped by specialists",
}
_CUSTOMERS = {
    Customers.ALIKE: "They are much alike",
    Customers.A_FEW_LARGE: "A few large ones need their own seller",
    Customers.DIFFERENT: "Whole kinds need different sellers",
}
_TRAVEL = {
    Travel.MATTERS: "Yes, customers are spread out",
    Travel.HARDLY: "Hardly: by telephone, or all are near",
}


class _Question(QWidget):
    """A sentence and its answers, of which one is chosen."""

    answered = Signal()

    def __init__(self, words: str, answers: Sequence[tuple[Enum, str]]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._keys = [key for key, _ in answers]
        self.hint = label("", "muted", wraps=True)
        self.hint.hide()
        box = column(label(words, semibold=True, wraps=True), gap=4)
        for place, (_, text) in enumerate(answers):
            made = QRadioButton(text)
            made.setAccessibleDescription(words)
            self._group.addButton(made, place)
            box.addWidget(made)
        box.addWidget(self.hint)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(lambda _place: self.answered.emit())
        self.setLayout(box)

    def answer(self) -> Enum:
        """What is chosen."""
        return self._keys[self._group.checkedId()]

    def set_hint(self, words: str) -> None:
        """Say what the data tell; empty for nothing."""
        self.hint.setText(words)
        self.hint.setVisible(bool(words))

    def set_answer(self, key: Enum) -> None:
        """Choose an answer; says nothing to listeners."""
        self._group.button(self._keys.index(key)).setChecked(True)


class QuestionForm(QWidget):
    """Three questions and a card with the recommendation.

    Signals:
        recommended: The `Recommendation` after an answer changed.
    """

    recommended = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.selling = _Question("Who sells what?", tuple(_SELLING.items()))
        self.customers = _Question("How much do your customers differ?", tuple(_CUSTOMERS.items()))
        self.travel = _Question("Does it matter where they are?", tuple(_TRAVEL.items()))
        self.title = label("", semibold=True, wraps=True)
        self.reason = label("", "muted", wraps=True)
        card = column(label("Recommended", "muted"), self.title, self.reason, margin=12, gap=4)
        box = column(self.selling, self.customers, self.travel, framed(card, "card"), None, gap=14)
        self.setLayout(box)
        for question in (self.selling, self.customers, self.travel):
            question.answered.connect(self._on_answered)
        self._show(self.recommendation())

    def answers(self) -> Answers:
        """What is answered now."""
        return Answers(
            Selling(self.selling.answer()),
            Customers(self.customers.answer()),
            Travel(self.travel.answer()),
        )

    def set_answers(self, answers: Answers) -> None:
        """Begin with other answers."""
        self.selling.set_answer(answers.selling)
        self.customers.set_answer(answers.customers)
        self.travel.set_answer(answers.travel)
        self._show(self.recommendation())

    def show_hints(self, hints: MarketHints, measure: Measure) -> None:
        """Say below the questions what the plan's data tell."""
        self.selling.set_hint(_lines_words(hints))
        self.customers.set_hint(_customers_words(hints, measure))
        self.travel.set_hint(_places_words(hints))

    def recommendation(self) -> Recommendation:
        """What the answers lead to."""
        return recommend(self.answers())

    def _on_answered(self) -> None:
        found = self.recommendation()
        self._show(found)
        self.recommended.emit(found)

    def _show(self, found: Recommendation) -> None:
        version = VERSION_TITLES[found.version]
        more = ", with specialists" if found.has_specialists else ""
        self.title.setText(f"{MODEL_TITLES[found.model]}: {version.lower()}{more}")
        self.reason.setText(found.reason)


def _lines_words(hints: MarketHints) -> str:
    if not hints.line_count:
        return "Your plan has no product lines. Import products with their lines first."
    lines = plural(hints.line_count, "product line", "product lines")
    if hints.lines_per_account is None:
        return f"Your plan has {lines}."
    return f"Your plan has {lines}; who buys, buys {number(hints.lines_per_account, 1)} of them."


def _customers_words(hints: MarketHints, measure: Measure) -> str:
    words: list[str] = []
    if hints.segment_count:
        words.append(f"Your list has {plural(hints.segment_count, 'segment', 'segments')}.")
    if hints.large_share is not None and measure.id != ACCOUNT_COUNT:
        share = percent(hints.large_share)
        words.append(f"The largest tenth makes {share} of {measure.name}.")
    return " ".join(words)


def _places_words(hints: MarketHints) -> str:
    countries = plural(hints.country_count, "country", "countries")
    if not hints.state_count:
        return f"Your accounts lie in {countries}." if hints.country_count else ""
    states = plural(hints.state_count, "state", "states")
    return f"Your accounts lie in {states}, {countries}."
