# SPDX-License-Identifier: MIT
"""The tiny plan with segments, products and sales, for tests of how a market is divided.

account  segment     sales  bought                     place
a        Enterprise  100    Bikes 60, Clothing 40      county 01001
b        Small        50    Bikes 50                   county 01001
c        enterprise   70    Clothing 70                county 01001
d        Small       200    Bikes 150, Clothing 50     county 01002
e        Enterprise   80    -                          county 02001
f        -            40    Clothing 40                county 02002
g        Small        30    Oil 30                     FR
h        -            10    -                          not placed
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from app.services.rules.account_facts import AccountFacts, Sources
from app.services.workspace import Workspace
from tests.helpers.tiny_plan import tiny_workspace

_SEGMENTS = ("Enterprise", "Small", "enterprise", "Small", "Enterprise", "", "Small", "")
_LINES = ("Bikes", "Clothing", "Oil")
_BOUGHT = (
    (1, 1, 60.0),
    (1, 2, 40.0),
    (2, 1, 50.0),
    (3, 2, 70.0),
    (4, 1, 150.0),
    (4, 2, 50.0),
    (6, 2, 40.0),
    (7, 3, 30.0),
)
"""Account, product, amount."""


def market_workspace(folder: Path) -> Workspace:
    """The plan above, without territories; Ann sells bikes, Bob bikes and clothing."""
    workspace = tiny_workspace(folder)
    with workspace.document.store.transaction() as tx:
        tx.put("account", ("id", "segment"), [(i + 1, s) for i, s in enumerate(_SEGMENTS)])
        products = [(i + 1, f"P{i + 1}", line) for i, line in enumerate(_LINES)]
        tx.put("product", ("id", "name", "line"), products)
        sales = [(i + 1, a, 20_000 + i, p, amount) for i, (a, p, amount) in enumerate(_BOUGHT)]
        columns = ("id", "account_id", "day", "product_id", "amount")
        tx.put("account_transaction", columns, sales)
        skills = [(1, '["Bikes"]'), (2, '["Bikes","Clothing"]')]
        tx.put("rep", ("id", "product_lines"), skills)
    document, geography = workspace.document, workspace.geography
    return Workspace(document, geography)


def facts_of(workspace: Workspace) -> AccountFacts:
    """What rules may ask about the plan, on a day after all its sales."""
    records = workspace.records
    sources = Sources(
        lambda: records.transactions, lambda: records.products, lambda: workspace.reps
    )
    return AccountFacts(workspace.accounts, workspace.geography, sources, date(2026, 11, 24))


def accounts_in(workspace: Workspace, rows: Iterable[int]) -> str:
    """The letters of the accounts at some rows."""
    ids = workspace.accounts.text("external_id")
    return "".join(str(ids[row]) for row in rows)
