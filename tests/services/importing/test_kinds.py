# SPDX-License-Identifier: MIT
"""What rows are, by the names and values of their columns."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.ids import RepId
from app.models.rep import Rep
from app.services.importing.current import CurrentPlan
from app.services.importing.fields import IGNORE, MEASURE, TableKind, field_of, fields_of
from app.services.importing.guessing import guess_kind, guess_mapping
from app.services.importing.table import text_column
from tests.services.importing.tables import chosen, made, understood

UNSURE = 0.6

TABLES = {
    "accounts": ("Account Name,City,State,Annual Revenue", ("Acme", "Lynn", "MA", "5")),
    "reps": ("Rep ID,First Name,Last Name,Email,Quota", ("7", "Ann", "Rep", "a@x.com", "9")),
    "transactions": (
        "Invoice No,Customer No,Invoice Date,Item,Qty,Net Amount",
        ("1", "K7", "2026-01-05", "P1", "2", "90"),
    ),
    "products": ("SKU,Product Name,Category,List Price", ("P1", "Oar", "Boats", "45")),
    "product_lines": ("Product Line ID,Product Line Name", ("L1", "Boats")),
    "contacts": (
        "Contact ID,First Name,Last Name,Email,Account Name",
        ("c1", "Bo", "Buyer", "b@x.com", "Acme"),
    ),
    "territories": ("Territory ID,Territory Name,Parent Territory", ("T1", "Lynn", "East")),
    "territory_areas": ("ZIP,City,State,Territory", ("01901", "Lynn", "MA", "North")),
    "territory_accounts": ("Account ID,Territory", ("K7", "North")),
    "roster": ("Territory,Sales Rep,Start Date", ("North", "Ann Rep", "2026-01-01")),
    "goals": ("Rep,Q1 2026,Q2 2026,Q3 2026", ("Ann Rep", "100", "110", "120")),
    "visits": (
        "Visit Date,Account ID,Rep,Duration (min),Outcome",
        ("2026-01-05", "K7", "Ann Rep", "45", "Order"),
    ),
    "market": ("County FIPS,Households,Median income", ("25009", "300000", "81000")),
}
"""One plain table of each kind, with one row."""


@pytest.mark.parametrize("kind", TABLES)
def test_plain_tables_of_each_kind_are_told_apart(kind: str) -> None:
    headers, row = TABLES[kind]
    mapping = understood(made(headers, row))
    assert mapping.kind.value == kind
    assert mapping.kind_confidence >= UNSURE
    assert mapping.has_identity
    assert mapping.missing == ""


def test_every_kind_has_a_table_here() -> None:
    assert set(TABLES) == {kind.value for kind in TableKind}


@pytest.mark.parametrize(
    ("headers", "row", "kind", "fields"),
    [
        (
            "Rechnungsnr,Kundennummer,Rechnungsdatum,Artikel,Menge,Betrag",
            ("1", "K7", "05.01.2026", "P1", "2", "90"),
            TableKind.TRANSACTIONS,
            {"account": "Kundennummer", "date": "Rechnungsdatum", "amount": "Betrag"},
        ),
        (
            "Numero commande,Code client,Date commande,Quantité,Montant",
            ("1", "K7", "05/01/2026", "2", "90"),
            TableKind.TRANSACTIONS,
            {"external_id": "Numero commande", "account": "Code client", "quantity": "Quantité"},
        ),
        (
            "Numero pedido,Cliente,Fecha pedido,Importe",
            ("1", "K7", "05/01/2026", "90"),
            TableKind.TRANSACTIONS,
            {"account": "Cliente", "date": "Fecha pedido", "amount": "Importe"},
        ),
        (
            "Unternehmensname,Straße,Postleitzahl,Stadt/Ort,Land/Region,Jahresumsatz",
            ("A", "Weg 1", "20095", "Hamburg", "DE", "100"),
            TableKind.ACCOUNTS,
            {"name": "Unternehmensname", "street": "Straße", "city": "Stadt/Ort"},
        ),
        (
            "Raison sociale,Adresse,Code postal,Ville,Téléphone,Commercial",
            ("A", "1 rue", "75001", "Paris", "+33 1 23 45 67", "Ann"),
            TableKind.ACCOUNTS,
            {"name": "Raison sociale", "phone": "Téléphone", "owner": "Commercial"},
        ),
        (
            "Razón social,Dirección,Código postal,Ciudad,País,Vendedor",
            ("A", "Calle 1", "28001", "Madrid", "ES", "Ann"),
            TableKind.ACCOUNTS,
            {"postal_code": "Código postal", "country_name": "País", "owner": "Vendedor"},
        ),
        (
            "Vertreter,Jahr,Zielumsatz",
            ("Ann", "2026", "100"),
            TableKind.GOALS,
            {"rep": "Vertreter", "period": "Jahr", "amount": "Zielumsatz"},
        ),
        (
            "Gebiet,PLZ",
            ("Nord", "20095"),
            TableKind.TERRITORY_AREAS,
            {"territory": "Gebiet", "postal_code": "PLZ"},
        ),
        (
            "Territory,ZIP codes",
            ("North", "01901 01902, 019"),
            TableKind.TERRITORY_AREAS,
            {"territory": "Territory", "postal_code": "ZIP codes"},
        ),
        (
            "State,County,Sales Territory",
            ("MA", "Essex", "North"),
            TableKind.TERRITORY_AREAS,
            {"territory": "Sales Territory", "county_name": "County", "region": "State"},
        ),
        (
            "ZIP,Territory,Rep",
            ("01901", "North", "Ann Rep"),
            TableKind.TERRITORY_AREAS,
            {"territory": "Territory", "postal_code": "ZIP"},
        ),
        (
            "Salesperson,Month,Quota",
            ("Ann Rep", "2026-01", "100"),
            TableKind.GOALS,
            {"rep": "Salesperson", "period": "Month", "amount": "Quota"},
        ),
        (
            "Territory,Fiscal Year,Sales Goal",
            ("North", "2026", "100"),
            TableKind.GOALS,
            {"territory": "Territory", "period": "Fiscal Year", "amount": "Sales Goal"},
        ),
        (
            "State,Households",
            ("MA", "300000"),
            TableKind.MARKET,
            {"region": "State", "measure": "Households"},
        ),
    ],
)
def test_kinds_and_fields_in_several_languages(
    headers: str, row: tuple[str, ...], kind: TableKind, fields: dict[str, str]
) -> None:
    mapping = understood(made(headers, row))
    assert mapping.kind is kind
    assert chosen(mapping).items() >= fields.items()
    assert mapping.has_identity


@pytest.mark.parametrize(
    ("prefix", "kind"),
    [
        ("001", TableKind.ACCOUNTS),
        ("003", TableKind.CONTACTS),
        ("005", TableKind.REPS),
        ("006", TableKind.TRANSACTIONS),
        ("00T", TableKind.VISITS),
        ("01t", TableKind.PRODUCTS),
        ("0MI", TableKind.TERRITORIES),
    ],
)
def test_the_first_signs_of_salesforce_ids_say_the_kind(prefix: str, kind: TableKind) -> None:
    rows = [(f"{prefix}2i000000Frp{n}AAC", f"n{n}") for n in range(3)]
    assert understood(made("Id,Label__c", *rows)).kind is kind


def test_orders_of_known_accounts_stay_orders() -> None:
    empty = CurrentPlan.empty()
    text = {name: text_column(["", ""]) for name in empty.text}
    text |= {"external_id": text_column(["K7", "K8"])}
    plan = replace(empty, account_ids=np.array([1, 2]), text=text)
    rows = [("1", "K7", "2026-01-05", "9"), ("2", "K7", "2026-01-06", "8")]
    table = made("Order ID,Customer ID,Order Date,Total", *rows)
    assert guess_kind(table, plan)[0] is TableKind.TRANSACTIONS
    assert guess_mapping(table, plan).column("Customer ID").reason == (
        "Its values are ids of accounts in the plan."
    )


def test_an_id_of_something_else_deserves_a_look() -> None:
    rows = [("1", "Speedy"), ("2", "United")]
    assert understood(made("Shipper ID,Company Name", *rows)).kind_confidence < UNSURE


def test_unknown_columns_deserve_a_look() -> None:
    assert understood(made("alpha,beta", ("x", "y"))).kind_confidence < UNSURE


def test_a_table_with_nothing_in_it_is_guessed_too() -> None:
    assert understood(made("alpha")).kind is TableKind.ACCOUNTS


def test_reps_of_the_plan_are_found_in_a_roster() -> None:
    plan = replace(CurrentPlan.empty(), reps=(Rep(RepId(1), "Ann Rep", "r1"),))
    mapping = guess_mapping(made("Gebiet,Vertreter", ("Nord", "r1")), plan)
    assert mapping.kind is TableKind.ROSTER
    assert mapping.column("Vertreter").reason == "Its values are reps of the plan."


@pytest.mark.parametrize(
    ("headers", "row", "field", "header"),
    [
        ("Customer No,Besuchsdatum,Duration", ("K7", "05.01.2026", "1.5"), "hours", "Duration"),
        ("Customer No,Visit Date,Duration", ("K7", "2026-01-05", "90"), "minutes", "Duration"),
        ("Name,City,Web", ("Acme", "Lynn", "https://acme.example"), "website", "Web"),
        ("Name,City,E-mail", ("Acme", "Lynn", "bo@acme.example"), "website", "E-mail"),
        (
            "Name,City,Customer since",
            ("Acme", "Lynn", "5 Jan 2026"),
            "created_on",
            "Customer since",
        ),
        ("Name,City,Telefon", ("Acme", "Lynn", "+49 30 007432"), "phone", "Telefon"),
        ("Name,City,County", ("Acme", "Lynn", "Essex"), "county_name", "County"),
        (
            "Name,City,Last contact",
            ("Acme", "Lynn", "20260105"),
            "last_activity_on",
            "Last contact",
        ),
    ],
)
def test_values_and_names_of_newer_fields(
    headers: str, row: tuple[str, ...], field: str, header: str
) -> None:
    assert chosen(understood(made(headers, row)))[field] == header


def test_words_are_no_date() -> None:
    mapping = understood(made("Name,City,Customer since", ("Acme", "Lynn", "long ago")))
    assert "created_on" not in chosen(mapping)


def test_of_owner_columns_the_e_mail_address_is_taken() -> None:
    row = ("1", "Acme", "005A", "Ann Rep", "ann@x.com")
    mapping = understood(made("id,name,Owner ID,Owner,Owner Email", row))
    assert chosen(mapping)["owner"] == "Owner Email"
    assert mapping.column("Owner").target == mapping.column("Owner ID").target == "extra"


@pytest.mark.parametrize(
    ("headers", "row", "kind"),
    [
        ("Customer,ZIP,Sales", ("Acme", "02139", "500"), TableKind.ACCOUNTS),
        ("ZIP,Account Manager", ("02139", "Ann"), TableKind.TERRITORY_AREAS),
        ("Account,Month,Revenue", ("Acme", "2026-01", "10"), TableKind.TRANSACTIONS),
        ("Territory,2026 Quota", ("North", "100"), TableKind.GOALS),
        ("Rep,Jan,Feb,Mar", ("Ann", "1", "2", "3"), TableKind.GOALS),
        ("Region,Territory", ("East", "North"), TableKind.TERRITORIES),
        ("FIPS,County,State,Population", ("25009", "Essex", "MA", "7"), TableKind.MARKET),
        ("NPI,Provider Name,ZIP", ("1234567890", "Dr A", "02139"), TableKind.ACCOUNTS),
        ("Employee,Title,Home Zip,Hours", ("Ann", "Rep", "02139", "1800"), TableKind.REPS),
        ("Invoice Date,Bill To,Total", ("1/5/2026", "Acme", "100"), TableKind.TRANSACTIONS),
    ],
)
def test_short_lists_as_people_keep_them(
    headers: str, row: tuple[str, ...], kind: TableKind
) -> None:
    mapping = understood(made(headers, row))
    assert mapping.kind is kind
    assert mapping.has_identity


def test_repeated_customers_with_dates_and_notes_are_visits() -> None:
    rows = [("1/5/2026", "Acme", "Ann", "met Bo"), ("1/6/2026", "Acme", "Ann", "called")]
    mapping = understood(made("Date,Customer,Rep,Notes", *rows))
    assert mapping.kind is TableKind.VISITS
    assert chosen(mapping) == {
        "date": "Date",
        "account": "Customer",
        "owner": "Rep",
        "outcome": "Notes",
    }


_CELLS = st.sampled_from(["", "1", "02139", "Acme", "a@x.com", "2026-01-05", "0012i000000Frp5AAC"])
_HEADERS = st.sampled_from(
    [
        *("Id", "Name", "Account ID", "Territory", "Rep", "Owner", "ZIP", "City", "State", "Date"),
        *(
            "Amount",
            "Quota",
            "Q1 2026",
            "Product",
            "Quantity",
            "Stage",
            "Company",
            "Email",
            "x",
            "%",
        ),
        *("Billing City", "OwnerId", "Deal Name", "Order ID", "Visit Date", "Households", "ß: "),
    ]
)


def test_a_zip_column_is_left_out_where_such_a_table_has_none() -> None:
    table = made("Territory, Account ID, ZIP", ("North", "A1", "02139"), ("South", "A2", "10001"))
    mapping = guess_mapping(table, CurrentPlan.empty(), TableKind.TERRITORY_ACCOUNTS)
    assert mapping.column("ZIP").target == "ignore"


@given(st.data())
def test_any_table_is_mapped_without_giving_a_field_twice(data: st.DataObject) -> None:
    headers = data.draw(st.lists(_HEADERS, min_size=1, max_size=8, unique=True))
    row = st.tuples(*[_CELLS] * len(headers))
    table = made(",".join(headers), *data.draw(st.lists(row, max_size=4)))
    mapping = understood(table)
    assert [column.header for column in mapping.columns] == list(table.headers)
    assert 0 <= mapping.kind_confidence <= 1
    for field in fields_of(mapping.kind):
        assert field.takes_many or field.key == IGNORE or len(mapping.headers_for(field.key)) < 2
    for column in mapping.columns:
        assert 0 <= column.confidence <= 1
        assert column.reason
        assert field_of(mapping.kind, column.target).key == column.target
        assert (column.target == MEASURE) == bool(column.measure_name)
