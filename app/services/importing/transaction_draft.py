# SPDX-License-Identifier: MIT
"""Drafting an import of orders, order lines, invoices or opportunities."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from app.models.changes import Changes
from app.models.product import Product
from app.services.importing.account_columns import joined_column
from app.services.importing.cleaning import parts_of
from app.services.importing.current import CurrentPlan, RecordColumns
from app.services.importing.draft import ImportDraft
from app.services.importing.fields import TableKind
from app.services.importing.finishing import finished_draft
from app.services.importing.given import Given
from app.services.importing.mapping import Mapping
from app.services.importing.order_lines import LinesOfOrders, orders_of_lines
from app.services.importing.problems import ProblemList
from app.services.importing.product_draft import product_finder, product_writes, with_products
from app.services.importing.record_columns import number_column, placed_rows, text_or_empty
from app.services.importing.record_draft import RecordRows, settle_records
from app.services.importing.stages import stage_column
from app.services.importing.table import ImportedTable, TextColumn, text_column
from app.services.importing.writes import DeleteRows, Write

_LABELS = {
    "account_id": "Account",
    "day": "Date",
    "product_id": "Product",
    "amount": "Amount",
    "quantity": "Quantity",
    "stage": "Stage",
    "owner": "Owner (rep)",
}
_Floats = npt.NDArray[np.float64]
_Longs = npt.NDArray[np.int64]


def draft_transactions(table: ImportedTable, mapping: Mapping, given: Given) -> ImportDraft:
    """What an import of these transactions would do; nothing is written.

    A table without an account holds the lines of orders that the plan has: each line takes account
    and day of its order and, once it is there, stands instead of it.
    """
    current, watch = given.current, given.watch
    problems = ProblemList(table)
    products = {product.id: product for product in current.products}
    new_products: set[int] = set()
    found, lines = _found_rows(table, mapping, given, problems, products, new_products)
    watch.at(0.7, "Comparing with the plan")
    existing, found = _without_split_orders(current.transactions, found, problems, lines)
    settled = settle_records(
        "account_transaction",
        found,
        existing,
        current.next_id("account_transaction"),
        problems.outcomes,
    )
    writes: list[Write] = [*product_writes(current, products, new_products), *settled.writes]
    replaced = () if lines is None else lines.replaced_keys()
    writes.append(DeleteRows("account_transaction", replaced))
    return finished_draft(
        TableKind.TRANSACTIONS,
        problems,
        current,
        writes=writes,
        changes=Changes(records=True),
        changed_fields={_LABELS.get(name, name): n for name, n in settled.changed.items()},
        orders_replaced=len(replaced),
        plan_after=lambda: _plan_after(current, products, existing, found, settled.added, lines),
    )


def _found_rows(
    table: ImportedTable,
    mapping: Mapping,
    given: Given,
    problems: ProblemList,
    products: dict[int, Product],
    new_products: set[int],
) -> tuple[RecordRows, LinesOfOrders | None]:
    """The rows that have an account and a day, and the orders where they are lines of some."""
    current, watch = given.current, given.watch
    watch.at(0.1, "Finding the accounts")
    lines: LinesOfOrders | None = None
    if mapping.header_for("account") is None:
        lines = orders_of_lines(table, mapping, current, problems)
        rows, accounts, days = lines.rows, lines.account_ids, lines.days
    else:
        rows, accounts, days = placed_rows(table, mapping, current, problems)
    watch.at(0.5, "Reading amounts and products")
    product_ids = _product_ids(table, mapping, current, products, new_products)
    numbers = _numbers(table, mapping, problems)
    found = RecordRows(
        rows=rows,
        external_ids=_external_ids(table, mapping, product_ids)[rows],
        account_ids=accounts,
        days=days,
        numbers={"product_id": product_ids[rows], **{n: c[rows] for n, c in numbers.items()}},
        texts=_texts(table, mapping, rows, lines),
    )
    return found, lines


def _texts(
    table: ImportedTable, mapping: Mapping, rows: _Longs, lines: LinesOfOrders | None
) -> dict[str, TextColumn]:
    """Stage and owner of these rows; lines of orders have those of their order."""
    if lines is not None:
        return {"stage": lines.stages, "owner": lines.owners}
    owners = text_or_empty(table, mapping, "owner")
    return {"stage": stage_column(table, mapping)[rows], "owner": owners[rows]}


def _product_ids(
    table: ImportedTable,
    mapping: Mapping,
    current: CurrentPlan,
    products: dict[int, Product],
    new: set[int],
) -> _Floats:
    """Per row the id of its product, nan for none; products that the plan lacks are added."""
    column = joined_column(table, mapping, "product")
    if column is None:
        return np.full(len(table), np.nan)
    finder = product_finder(current)
    known: dict[str, float] = {"": np.nan}
    for text in dict.fromkeys(column.tolist()):
        if text in known:
            continue
        found = finder.find(text)
        if found is None:
            found = current.next_id("product") + len(new)
            products[found] = Product(found, text, text)
            new.add(found)
            finder.add(text, text, found)
        known[text] = float(found)
    return np.fromiter((known[text] for text in column.tolist()), np.float64, len(column))


def _numbers(table: ImportedTable, mapping: Mapping, problems: ProblemList) -> dict[str, _Floats]:
    """Amount and quantity of each row.

    The amount is as given, else unit price times quantity less the discount.
    """
    quantity = number_column(table, mapping, "quantity", problems)
    if mapping.header_for("amount") is not None:
        amount = number_column(table, mapping, "amount", problems)
        return {"amount": amount, "quantity": quantity}
    price = number_column(table, mapping, "unit_price", problems)
    discount = np.nan_to_num(number_column(table, mapping, "discount", problems))
    # "10" is written for 10 % as often as "0.1"; nobody gives a discount of more than all.
    discount = np.where(np.abs(discount) > 1.0, discount / 100.0, discount)
    amount = price * np.where(np.isnan(quantity), 1.0, quantity) * (1.0 - discount)
    return {"amount": amount, "quantity": quantity}


def _external_ids(table: ImportedTable, mapping: Mapping, products: _Floats) -> TextColumn:
    """An id for each row: the order's, with the line or product where orders have several rows."""
    orders = joined_column(table, mapping, "external_id")
    if orders is None:
        return text_column([""] * len(table))
    line = joined_column(table, mapping, "line")
    listed = orders.tolist()
    if line is None and mapping.header_for("account") is not None and _all_differ(listed):
        return orders
    parts = (
        line.tolist()
        if line is not None
        else ["" if p != p else str(int(p)) for p in products.tolist()]  # noqa: PLR0124 nan
    )
    used: Counter[str] = Counter()
    made: list[str] = []
    for order, part in zip(listed, parts, strict=True):
        key = f"{order}/{part}" if part else order
        used[key] += 1
        made.append((key if used[key] == 1 else f"{key}#{used[key]}") if order else "")
    return text_column(made)


def _all_differ(cells: Sequence[str]) -> bool:
    seen: set[str] = set()
    for part in parts_of(len(cells)):
        seen.update(cells[part])
        if len(seen) < part.stop:
            return False
    return True


def _without_split_orders(
    existing: RecordColumns,
    found: RecordRows,
    problems: ProblemList,
    lines: LinesOfOrders | None,
) -> tuple[RecordColumns, RecordRows]:
    """The rows less the orders whose lines are in the plan already: the lines stand for them."""
    if lines is not None or not len(existing):
        return existing, found
    split = {
        text.rpartition("/")[0]: int(id_)
        for text, id_ in zip(existing.external_ids.tolist(), existing.ids.tolist(), strict=True)
        if "/" in text
    }
    if not split:
        return existing, found
    is_split = np.fromiter(
        (
            text in split and text not in existing.row_by_external_id
            for text in found.external_ids.tolist()
        ),
        bool,
        len(found.rows),
    )
    if not is_split.any():
        return existing, found
    rows = found.rows[is_split]
    problems.outcomes.note(rows.tolist(), "The lines of this order are in the plan already.")
    kept = ~is_split
    return existing, replace(
        found,
        rows=found.rows[kept],
        external_ids=found.external_ids[kept],
        account_ids=found.account_ids[kept],
        days=found.days[kept],
        numbers={name: column[kept] for name, column in found.numbers.items()},
        texts={name: column[kept] for name, column in found.texts.items()},
    )


def _plan_after(
    current: CurrentPlan,
    products: dict[int, Product],
    existing: RecordColumns,
    found: RecordRows,
    added: _Longs,
    lines: LinesOfOrders | None,
) -> CurrentPlan:
    """The plan with the new transactions, so that order lines of the same import find them."""
    is_new = np.flatnonzero(~np.isin(found.external_ids, list(existing.row_by_external_id)))
    if len(is_new) != len(added):
        is_new = is_new[: len(added)]
        added = added[: len(is_new)]
    gone = [] if lines is None else [key for (key,) in lines.replaced_keys()]
    kept = ~np.isin(existing.ids, gone)
    count = len(is_new)
    numbers = {
        name: np.concatenate((existing.numbers.get(name, np.empty(0))[kept], column[is_new]))
        for name, column in found.numbers.items()
    }
    texts = {
        name: np.concatenate((existing.texts.get(name, text_column([]))[kept], column[is_new]))
        for name, column in found.texts.items()
    }
    after = with_products(current, products)
    return replace(
        after,
        transactions=RecordColumns(
            ids=np.concatenate((existing.ids[kept], added)),
            external_ids=np.concatenate((existing.external_ids[kept], found.external_ids[is_new])),
            account_ids=np.concatenate((existing.account_ids[kept], found.account_ids[is_new])),
            days=np.concatenate((existing.days[kept], found.days[is_new])),
            numbers=numbers,
            texts=texts,
        ),
        next_ids=after.next_ids_after(account_transaction=count),
    )
