# SPDX-License-Identifier: MIT
"""How many transactions each owner value has, counted in parts."""

from collections import Counter
from collections.abc import Iterator

from app.services.store.store import Store

ROWS_AT_ONCE = 50_000
"""One part takes some 20 ms, so that the window stays alive between two."""

_SQL = """SELECT owner, count(*), max(id)
  FROM (SELECT id, owner FROM account_transaction WHERE id > ? ORDER BY id LIMIT ?)
  GROUP BY owner"""


def transaction_owner_counts(store: Store) -> Iterator[Counter[str]]:
    """Transactions by owner as imported, of one part of the rows after the other."""
    last = -(2**62)
    while rows := store.rows(_SQL, (last, ROWS_AT_ONCE)):
        yield Counter({str(owner): int(amount or 0) for owner, amount, _ in rows})
        last = max(int(newest or 0) for _, _, newest in rows)
