# SPDX-License-Identifier: MIT
"""How to divide a market: a few plain questions, and the model that fits the answers."""

import enum
from dataclasses import dataclass

from app.models.sales_force import ForceModel


class Selling(enum.Enum):
    """Who sells what."""

    EVERYTHING = "everything"
    """Each seller sells all products."""
    SPECIALISTS = "specialists"
    """Products need sellers who know them, and each customer has one seller."""
    SPECIALISTS_BESIDE = "beside"
    """A generalist looks after the customer, specialists help with their products."""


class Customers(enum.Enum):
    """How much customers differ."""

    ALIKE = "alike"
    A_FEW_LARGE = "a_few_large"
    """A handful are so large that they need a seller of their own."""
    DIFFERENT = "different"
    """Whole kinds of customers need sellers of their own."""


class Travel(enum.Enum):
    """Whether it matters where customers are."""

    MATTERS = "matters"
    HARDLY = "hardly"
    """Most of the work is done by telephone, or everybody is near."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the user answered."""

    selling: Selling = Selling.EVERYTHING
    customers: Customers = Customers.ALIKE
    travel: Travel = Travel.MATTERS


class FirstVersion(enum.Enum):
    """What a first version is made of."""

    AREAS = "areas"
    """Territories are areas."""
    CUSTOMERS = "customers"
    """One territory for each kind of customer."""
    PRODUCTS = "products"
    """One territory for each product line."""
    CARVED = "carved"
    """Some kinds of customers nation-wide, the rest by area."""
    CROSSED = "crossed"
    """Each area divided by kinds of customers."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The model that fits, and why.

    Attributes:
        reason: A sentence or two.
        has_specialists: A second sales force of product specialists goes over it.
    """

    model: ForceModel
    version: FirstVersion
    reason: str
    has_specialists: bool = False


def recommend(answers: Answers) -> Recommendation:
    """The model for some answers.

    Source: ours, after the usual advice of the field: areas save travel and give every customer
    one face; kinds of customers or products are worth a division only where the work differs, as
    they cost travel; whoever divides both ways needs the most sellers.
    """
    if answers.selling is Selling.SPECIALISTS:
        return _by_products(answers)
    found = _by_customers(answers)
    if answers.selling is Selling.SPECIALISTS_BESIDE:
        reason = (
            f"{found.reason} Specialists for product lines get a sales force of their own over "
            "it: there, two territories for one customer are coverage and no overlap."
        )
        return Recommendation(found.model, found.version, reason, has_specialists=True)
    return found


def _by_customers(answers: Answers) -> Recommendation:
    travels = answers.travel is Travel.MATTERS
    if answers.customers is Customers.ALIKE:
        why = (
            "Customers are alike and spread out, so that short ways count most."
            if travels
            else "Customers are alike: areas are the simplest way to give each exactly one seller."
        )
        return Recommendation(ForceModel.GEOGRAPHIC, FirstVersion.AREAS, why)
    if answers.customers is Customers.A_FEW_LARGE:
        why = (
            "The few large customers get sellers of their own, wherever they are; all others are "
            "divided by area."
        )
        return Recommendation(ForceModel.HYBRID, FirstVersion.CARVED, why)
    if travels:
        why = (
            "Kinds of customers need different sellers, and ways count: each area is divided by "
            "kinds of customers."
        )
        return Recommendation(ForceModel.HYBRID, FirstVersion.CROSSED, why)
    why = (
        "Kinds of customers need different sellers and ways hardly count: one territory for each "
        "kind, wherever its customers are."
    )
    return Recommendation(ForceModel.CUSTOMER, FirstVersion.CUSTOMERS, why)


def _by_products(answers: Answers) -> Recommendation:
    if answers.customers is Customers.ALIKE or answers.travel is Travel.HARDLY:
        why = (
            "Products need sellers who know them: each customer belongs to the line that it buys "
            "most of."
        )
        if answers.travel is Travel.MATTERS:
            why += " Sellers of different lines travel the same ways; look at the workload."
        return Recommendation(ForceModel.PRODUCT, FirstVersion.PRODUCTS, why)
    why = (
        "Products need specialists, customers differ and ways count: a generalist per area keeps "
        "the customer, specialists for product lines work over it in a sales force of their own."
    )
    version = (
        FirstVersion.CARVED if answers.customers is Customers.A_FEW_LARGE else FirstVersion.CROSSED
    )
    return Recommendation(ForceModel.HYBRID, version, why, has_specialists=True)
