# SPDX-License-Identifier: MIT
"""The hostile texts are real: unguarded they run, and what the tests look at sees it."""

import json
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QUrl
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.helpers.hostile_texts import HOSTILE, HOSTILE_TEXTS, Carrier
from tests.helpers.markup_watch import MarkupWatch

pytestmark = pytest.mark.webengine

# Every text in a document of its own, as a program would write that trusts its data.
_RUN_ALL = """
(() => { const documents = %s;
  for (const text of documents) { const frame = document.createElement('iframe');
    frame.srcdoc = text; document.body.append(frame); } })()
"""
_WHICH_RAN = (
    "JSON.stringify([...document.querySelectorAll('iframe')].map("
    "(frame) => frame.contentWindow.pwned === 1))"
)


class _QuietPage(QWebEnginePage):
    """A page whose console goes nowhere: half of the texts are errors where they do not run."""

    def javaScriptConsoleMessage(self, *_: object) -> None:
        return


class Unguarded:
    """A page as a browser has it, without policy, guard or our scheme."""

    def __init__(self, qapp: QApplication, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.profile = QWebEngineProfile(qapp)
        self.page = _QuietPage(self.profile, qapp)
        with qtbot.waitSignal(self.page.loadFinished, timeout=20_000):
            self.page.setHtml("<body></body>", QUrl("http://unguarded.invalid/"))

    def run(self, script: str) -> object:
        answers: list[object] = []
        self.page.runJavaScript(script, answers.append)
        self._qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
        return answers[0]

    def close(self) -> None:
        self.page.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.profile.deleteLater()


@pytest.fixture
def unguarded(qapp: QApplication, qtbot: QtBot) -> Iterator[Unguarded]:
    found = Unguarded(qapp, qtbot)
    yield found
    found.close()


def test_there_are_two_hundred_different_texts() -> None:
    assert len(set(HOSTILE_TEXTS)) == len(HOSTILE_TEXTS) >= 200


def test_unguarded_they_run(unguarded: Unguarded, qtbot: QtBot) -> None:
    able = [each for each in HOSTILE if each.carrier is not None]
    documents = [each.carrier.value.replace("$", each.text) for each in able if each.carrier]
    unguarded.run(_RUN_ALL % json.dumps(documents))

    def dormant() -> list[str]:
        ran = json.loads(str(unguarded.run(_WHICH_RAN)))
        return [each.text for each, has_run in zip(able, ran, strict=True) if not has_run]

    qtbot.waitUntil(lambda: not dormant(), timeout=10_000)


@pytest.mark.parametrize("kind", sorted({e.kind for e in HOSTILE if e.carrier is Carrier.BODY}))
def test_the_watch_sees_text_that_became_markup(unguarded: Unguarded, kind: str) -> None:
    watch = MarkupWatch(unguarded.run)
    texts = [e.text for e in HOSTILE if e.kind == kind and e.carrier is Carrier.BODY]
    for text in texts:
        unguarded.run(f"document.body.innerHTML = {json.dumps(text)}; 1")
        assert watch.findings(), text


def test_the_watch_is_silent_about_text(unguarded: Unguarded) -> None:
    watch = MarkupWatch(unguarded.run)
    texts = json.dumps(HOSTILE_TEXTS)
    unguarded.run(f"for (const text of {texts}) document.body.append(text); 1")
    assert watch.findings() == []
