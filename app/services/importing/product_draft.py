# SPDX-License-Identifier: MIT
"""Drafting an import of products, and of the names of their lines."""

from dataclasses import replace

import numpy as np

from app.models.changes import Changes
from app.models.product import Product
from app.services.importing.account_columns import joined_column
from app.services.importing.current import CurrentPlan
from app.services.importing.draft import ImportDraft
from app.services.importing.fields import TableKind
from app.services.importing.finding import Finder, report_nameless
from app.services.importing.finishing import finished_draft
from app.services.importing.given import Given
from app.services.importing.mapping import Mapping
from app.services.importing.outcomes import Outcome
from app.services.importing.problems import ProblemList
from app.services.importing.record_columns import number_column
from app.services.importing.table import ImportedTable, text_column
from app.services.importing.writes import PutRows, RowBlock

PRODUCT_COLUMNS = ("id", "external_id", "name", "line", "unit_price")


def draft_products(table: ImportedTable, mapping: Mapping, given: Given) -> ImportDraft:
    """What an import of these products would do; an empty cell keeps what the plan has."""
    current, problems = given.current, ProblemList(table)
    ids, names, lines = (
        joined_column(table, mapping, field) for field in ("external_id", "name", "line")
    )
    empty = text_column([""] * len(table))
    prices = number_column(table, mapping, "unit_price", problems)
    finder = product_finder(current)
    products = {product.id: product for product in current.products}
    new: set[int] = set()
    nameless: list[int] = []
    for row in range(len(table)):
        own = (empty if ids is None else ids)[row]
        name = (empty if names is None else names)[row]
        if not own and not name:
            nameless.append(row)
            continue
        before = finder.find(own or name) or (finder.find(name) if name else None)
        known = None if before is None else products[before]
        number = current.next_id("product") + len(new) if known is None else known.id
        start = known or Product(number, own, name or own)
        price = float(prices[row])
        after = replace(
            start,
            external_id=own or start.external_id,
            name=name or start.name,
            line=(empty if lines is None else lines)[row] or start.line,
            unit_price=start.unit_price if np.isnan(price) else price,
        )
        outcome = Outcome.ADDED if known is None else Outcome.UPDATED
        problems.outcomes.set([row], Outcome.UNCHANGED if known == after else outcome, [number])
        products[number] = after
        if known is None:
            new.add(number)
            finder.add(after.external_id, after.name, number)
    report_nameless(problems, nameless)
    return _draft(TableKind.PRODUCTS, problems, current, products, new)


def draft_product_lines(table: ImportedTable, mapping: Mapping, given: Given) -> ImportDraft:
    """The names of product lines put in where products name a line by its id."""
    current, problems = given.current, ProblemList(table)
    ids = joined_column(table, mapping, "external_id")
    names = joined_column(table, mapping, "name")
    products = {product.id: product for product in current.products}
    if ids is not None and names is not None:
        for row in range(len(table)):
            own, name = str(ids[row]), str(names[row])
            if not own or not name:
                problems.outcomes.skip([row], "The row has no id or no name.")
                continue
            called = [p for p in products.values() if p.line.casefold() == own.casefold()]
            for product in called:
                products[product.id] = replace(product, line=name)
            problems.outcomes.set([row], Outcome.UPDATED if called else Outcome.UNCHANGED)
    return _draft(TableKind.PRODUCT_LINES, problems, current, products, set())


def product_finder(current: CurrentPlan) -> Finder[int]:
    """Finds the id of a product by its own id or name."""
    return Finder((p.external_id, p.name, p.id) for p in current.products)


def next_product(current: CurrentPlan, products: dict[int, Product]) -> int:
    """The id that the next product takes."""
    return max(current.next_id("product"), max(products, default=0) + 1)


def product_writes(
    current: CurrentPlan, products: dict[int, Product], new: set[int]
) -> tuple[PutRows, ...]:
    """The rows of products that are new or differ from the plan."""
    before = {product.id: product for product in current.products}
    touched = [p for p in products.values() if before.get(p.id) != p]
    return (
        PutRows("product", _block([p for p in touched if p.id in new]), is_new=True),
        PutRows("product", _block([p for p in touched if p.id not in new])),
    )


def with_products(current: CurrentPlan, products: dict[int, Product]) -> CurrentPlan:
    """The plan with these products."""
    next_ids = {**current.next_ids, "product": next_product(current, products)}
    return replace(current, products=tuple(products.values()), next_ids=next_ids)


def _block(products: list[Product]) -> RowBlock:
    rows = [(p.id, p.external_id, p.name, p.line, p.unit_price) for p in products]
    return RowBlock(PRODUCT_COLUMNS, tuple(zip(*rows, strict=True)))


def _draft(
    kind: TableKind,
    problems: ProblemList,
    current: CurrentPlan,
    products: dict[int, Product],
    new: set[int],
) -> ImportDraft:
    return finished_draft(
        kind,
        problems,
        current,
        writes=product_writes(current, products, new),
        changes=Changes(records=True),
        plan_after=lambda: with_products(current, products),
    )
