# SPDX-License-Identifier: MIT
"""Invented customer lists in which it is known which rows are one customer."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from app.services.duplicates.columns import TEXTS, AccountColumns

CITIES = (
    ("Boston", "MA", "021", 42.36, -71.06),
    ("Springfield", "MA", "011", 42.10, -72.59),
    ("Denver", "CO", "802", 39.74, -104.99),
    ("St. Paul", "MN", "551", 44.95, -93.09),
    ("Austin", "TX", "787", 30.27, -97.74),
    ("San Jose", "CA", "951", 37.34, -121.89),
)
SURNAMES = (
    *("Abernathy", "Brightwater", "Castellano", "Dunmore", "Ellsworth", "Fairbanks", "Goldstein"),
    *("Hawthorne", "Ibarra", "Jankowski", "Kowalczyk", "Lindqvist", "Montgomery", "Novak"),
    *("Okonkwo", "Pemberton", "Quintero", "Rasmussen", "Silverman", "Thornbury", "Underhill"),
    *("Vasquez", "Whitfield", "Yamamoto", "Zimmerman", "Ashgrove", "Blackwood", "Copperfield"),
    *("Driftwood", "Evergreen", "Foxglove", "Granite", "Harborview", "Ironbridge", "Juniper"),
)
TRADES = (
    *("Dental", "Plumbing", "Roofing", "Logistics", "Bakery", "Pharmacy", "Electric", "Motors"),
    *("Furniture", "Landscaping", "Printing", "Robotics", "Catering", "Optics", "Textiles"),
    *("Instruments", "Consulting", "Veterinary", "Brewing", "Packaging"),
)
FORMS = ("Inc", "LLC", "Corp.", "Ltd", "Company", "")
STREETS = (
    "Main",
    "Oak",
    "Maple",
    "Washington",
    "Lake",
    "Hill",
    "Cedar",
    "Franklin",
    "Mill",
    "Park",
)
KINDS = ("Street", "Avenue", "Road", "Boulevard", "Drive")


@dataclass(frozen=True)
class Row:
    """One account."""

    external_id: str = ""
    name: str = ""
    street: str = ""
    city: str = ""
    postal_code: str = ""
    region: str = ""
    country: str = "US"
    phone: str = ""
    website: str = ""
    placed_by: str = "postal_code"
    lon: float = float("nan")
    lat: float = float("nan")


@dataclass
class InventedList:
    """Rows, and which pairs of them are one customer."""

    rows: list[Row] = field(default_factory=list[Row])
    same: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])

    def columns(self) -> AccountColumns:
        """The rows as the search reads them; ids are positions from 1."""
        return columns_of(self.rows)


def columns_of(rows: Sequence[Row]) -> AccountColumns:
    """Rows as the search reads them; ids are positions from 1."""

    def text(name: str) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
        column = np.empty(len(rows), dtype=np.object_)
        column[:] = [getattr(row, name) for row in rows]
        return column

    assert set(TEXTS) <= set(Row.__dataclass_fields__)
    return AccountColumns.of(
        range(1, len(rows) + 1),
        text,
        np.array([row.lon for row in rows], dtype=np.float64),
        np.array([row.lat for row in rows], dtype=np.float64),
    )


def invented_list(count: int, planted: int, seed: int = 1) -> InventedList:
    """A list with planted duplicates and as many planted look-alikes.

    Args:
        count: Accounts altogether.
        planted: Duplicates, and look-alikes that are different customers.
        seed: Another list for every seed.
    """
    chance = random.Random(seed)
    made = InventedList()
    originals = count - planted - planted
    made.rows = [company(chance, number) for number in range(originals)]
    chosen = chance.sample(range(originals), planted)
    for place, source in enumerate(chosen):
        spoil = SPOILERS[place % len(SPOILERS)]
        made.rows.append(replace(spoil(chance, made.rows[source]), external_id=f"D{place}"))
        made.same.add((source, len(made.rows) - 1))
    for place in range(planted):
        other = LOOK_ALIKES[place % len(LOOK_ALIKES)]
        row = other(chance, made.rows[chance.randrange(originals)], place)
        made.rows.append(replace(row, external_id=f"L{place}"))
    return made


def company(chance: random.Random, number: int) -> Row:
    """A customer with an address, most with a phone number and a website."""
    city, region, zip3, lat, lon = chance.choice(CITIES)
    first, second, trade = (*chance.sample(SURNAMES, 2), chance.choice(TRADES))
    words = f"{first} {trade}" if chance.random() < 0.5 else f"{first} & {second} {trade}"
    domain = f"{first}{second}{number}.example".lower()
    street = f"{chance.choice(STREETS)} {chance.choice(KINDS)}"
    suite = f", Suite {chance.randrange(1, 90)}" if chance.random() < 0.3 else ""
    return Row(
        external_id=f"A{number:05}",
        name=f"{words} {chance.choice(FORMS)}".strip(),
        street=f"{chance.randrange(1, 9000)} {street}{suite}",
        city=city,
        region=region,
        postal_code=f"{zip3}{chance.randrange(1, 60):02}",
        phone=f"({chance.randrange(200, 989)}) {chance.randrange(200, 989)}-{number % 10000:04}"
        if chance.random() < 0.8
        else "",
        website=f"https://www.{domain}/" if chance.random() < 0.7 else "",
        lon=lon,
        lat=lat,
    )


def _typo(chance: random.Random, text: str) -> str:
    """The text with two neighbouring letters swapped, one left out or one doubled."""
    place = chance.randrange(1, len(text) - 2)
    kind = chance.randrange(3)
    if kind == 0:
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    return text[:place] + (text[place] * 2 if kind == 1 else "") + text[place + 1 :]


def _typing_error(chance: random.Random, row: Row) -> Row:
    return replace(row, name=_typo(chance, row.name), phone="")


def _other_form(chance: random.Random, row: Row) -> Row:
    bare = row.name.rsplit(" ", 1)[0] if row.name.split()[-1] in FORMS else row.name
    return replace(
        row, name=f"{bare}, {chance.choice(('L.L.C.', 'Incorporated', 'Co.'))}", website=""
    )


def _capitals(_chance: random.Random, row: Row) -> Row:
    return replace(row, name=row.name.upper().replace("&", "and"), phone="", website="")


def _swapped_words(_chance: random.Random, row: Row) -> Row:
    words = row.name.replace("& ", "").split()
    return replace(row, name=" ".join(reversed(words)), phone="")


def _moved_suite(chance: random.Random, row: Row) -> Row:
    street = row.street.split(",")[0]
    for kind, short in zip(KINDS, ("St.", "Ave", "Rd", "Blvd.", "Dr"), strict=True):
        street = street.replace(kind, short)
    return replace(row, street=f"{street}\nSte {chance.randrange(100, 900)}", phone="")


def _without_zip(_chance: random.Random, row: Row) -> Row:
    return replace(row, postal_code="", website="", city=row.city.upper())


def _zip_plus_four(chance: random.Random, row: Row) -> Row:
    code = f"{row.postal_code}-{chance.randrange(1000, 9999)}"
    return replace(row, postal_code=code, name=_typo(chance, row.name))


def _other_phone_format(chance: random.Random, row: Row) -> Row:
    digits = "".join(sign for sign in row.phone if sign.isdigit())
    phone = f"+1 {digits[:3]}.{digits[3:6]}.{digits[6:]} ext 12" if digits else ""
    return replace(row, phone=phone, street="", postal_code="") if phone else _capitals(chance, row)


def _mail_for_website(chance: random.Random, row: Row) -> Row:
    domain = row.website.removeprefix("https://www.").rstrip("/")
    website = f"sales@{domain}" if domain else ""
    return replace(row, website=website, name=_typo(chance, row.name), phone="")


def _street_typo(chance: random.Random, row: Row) -> Row:
    number, _, street = row.street.partition(" ")
    return replace(row, street=f"{number} {_typo(chance, street)}", website="")


SPOILERS: tuple[Callable[[random.Random, Row], Row], ...] = (
    *(_typing_error, _other_form, _capitals, _swapped_words, _moved_suite, _without_zip),
    *(_zip_plus_four, _other_phone_format, _mail_for_website, _street_typo),
)
"""Each makes a duplicate of one kind out of a row."""


def _store_of_a_chain(chance: random.Random, row: Row, number: int) -> Row:
    """A franchise with its number; phone number and website are those of the chain."""
    other = company(chance, 90_000 + number)
    return replace(
        other, name=f"McBurger #{number}", phone="800-555-0199", website="mcburger.example"
    )


def _nameless_chain(chance: random.Random, row: Row, number: int) -> Row:
    other = company(chance, 80_000 + number)
    return replace(other, name="Quick Copy Center", website="quickcopy.example")


def _same_building(chance: random.Random, row: Row, number: int) -> Row:
    other = company(chance, 70_000 + number)
    return replace(row, name=other.name, phone=other.phone, website=other.website)


def _same_surname(chance: random.Random, row: Row, number: int) -> Row:
    other = company(chance, 60_000 + number)
    trade = chance.choice([trade for trade in TRADES if trade not in row.name])
    name = f"{row.name.split()[0]} {trade}"
    return replace(other, name=name, city=row.city, region=row.region, postal_code=row.postal_code)


def _branch_elsewhere(chance: random.Random, row: Row, number: int) -> Row:
    """The same name in another town: a branch or a namesake."""
    other = company(chance, 50_000 + number)
    while other.city == row.city:
        other = company(chance, 50_000 + number)
    return replace(other, name=row.name)


LOOK_ALIKES: tuple[Callable[[random.Random, Row, int], Row], ...] = (
    *(_store_of_a_chain, _nameless_chain, _same_building, _same_surname, _branch_elsewhere),
)
"""Each makes another customer that looks like one in the list."""
