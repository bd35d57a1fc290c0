# SPDX-License-Identifier: MIT
"""Sees whether text became markup in a page: something ran, or an element is there by it."""

import json
from collections.abc import Callable

# What stands in our pages anyway, such as scripts and styles, is counted before the texts come.
_COUNT = """JSON.stringify((() => {
  const found = {};
  const add = (what) => { found[what] = (found[what] || 0) + 1; };
  const ours = new Set(['HTML', 'HEAD', 'BODY', 'TITLE', 'DIV', 'SPAN', 'P', 'UL', 'OL', 'LI', 'H1',
    'H2', 'H3', 'HEADER', 'FOOTER', 'SECTION', 'CANVAS', 'I']);
  const addresses = new Set(['href', 'xlink:href', 'src', 'srcdoc', 'srcset', 'action',
    'formaction', 'data', 'poster', 'background', 'ping', 'to', 'from', 'values']);
  for (const element of document.querySelectorAll('*')) {
    if (!ours.has(element.tagName)) add(element.tagName);
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name)) add(`${element.tagName} ${name}`);
      if (addresses.has(name)) add(`${element.tagName} ${name}=${value}`);
    }
  }
  return found;
})())"""


class MarkupWatch:
    """Compares a page with what it was.

    Args:
        run: Gives the value of a script in the page.
    """

    def __init__(self, run: Callable[[str], object]) -> None:
        self._run = run
        self._before = self._elements()

    def findings(self) -> list[str]:
        """What ran and what came; empty where texts stayed texts."""
        found = [] if self._run("window.pwned === undefined") is True else ["a text ran"]
        for what, amount in self._elements().items():
            if amount > self._before.get(what, 0):
                found.append(f"{what} x {amount - self._before.get(what, 0)}")
        return found

    def _elements(self) -> dict[str, int]:
        counted: dict[str, int] = json.loads(str(self._run(_COUNT)))
        return counted
