# SPDX-License-Identifier: MIT
"""Lines of orders that come in a table of their own, without account and date."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.services.importing.account_columns import joined_column
from app.services.importing.current import CurrentPlan, RecordColumns
from app.services.importing.draft import ProblemKind
from app.services.importing.mapping import Mapping
from app.services.importing.problems import ProblemList, counted
from app.services.importing.table import ImportedTable, TextColumn, text_column

_Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LinesOfOrders:
    """The rows whose order the plan has, one entry each.

    Attributes:
        rows: Positions in the table.
        orders: Ids of the transactions that the lines take the place of.
    """

    rows: _Longs
    account_ids: _Longs
    days: _Longs
    stages: TextColumn
    owners: TextColumn
    orders: _Longs

    def replaced_keys(self) -> tuple[tuple[int], ...]:
        """Keys of the orders that their lines replace."""
        return tuple((order,) for order in np.unique(self.orders[self.orders > 0]).tolist())


def orders_of_lines(
    table: ImportedTable, mapping: Mapping, current: CurrentPlan, problems: ProblemList
) -> LinesOfOrders:
    """The order of each line, by the order's id; lines without one are left out."""
    ids = joined_column(table, mapping, "external_id")
    ids = text_column([""] * len(table)) if ids is None else ids
    place_by_order, whole = _places(current.transactions)
    places = np.fromiter(
        (place_by_order.get(text, -1) for text in ids.tolist()), np.int64, len(ids)
    )
    missing = np.flatnonzero(places < 0).tolist()
    header = mapping.header_for("external_id")
    problems.skip(
        ProblemKind.UNKNOWN_ACCOUNT,
        missing,
        sentence=f"{counted(len(missing), 'line belongs', 'lines belong')} to orders that the "
        "plan does not have",
        effect="They are left out: an order tells the account and the date.",
        remedy="Import the orders first, or together with their lines.",
        details=problems.details(missing, header, "is no order of the plan."),
        reason="The plan has no such order.",
    )
    rows = np.flatnonzero(places >= 0)
    places = places[rows]
    orders = current.transactions
    empty = text_column([""] * len(orders))
    return LinesOfOrders(
        rows=rows,
        account_ids=orders.account_ids[places],
        days=orders.days[places],
        stages=orders.texts.get("stage", empty)[places],
        owners=orders.texts.get("owner", empty)[places],
        orders=np.where(whole[places], orders.ids[places], 0),
    )


def _places(orders: RecordColumns) -> tuple[dict[str, int], npt.NDArray[np.bool_]]:
    """Position of each order by its id, and whether that is the whole order and not a line.

    An order whose lines came before is found by any of them.
    """
    places: dict[str, int] = {}
    whole = np.ones(len(orders), dtype=bool)
    for position, text in enumerate(orders.external_ids.tolist()):
        order, slash, _ = text.rpartition("/")
        if slash:
            places.setdefault(order, position)
            whole[position] = False
    listed = enumerate(orders.external_ids.tolist())
    places |= {text: position for position, text in listed if text and whole[position]}
    return places, whole
