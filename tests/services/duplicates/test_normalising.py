# SPDX-License-Identifier: MIT
"""Names, streets, phone numbers and domains that mean the same become the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.duplicates.contacts import (
    domain_key,
    id_text,
    is_one_salesforce_id,
    is_salesforce_id,
    phone_key,
)
from app.services.duplicates.name_similarity import WordWeights, joined_likeness, name_similarity
from app.services.duplicates.names import name_parts
from app.services.duplicates.places import city_key, is_similar_street, postal_key, street_parts


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Acme Inc", "ACME, Inc."),
        ("Acme Inc.", "Acme Incorporated"),
        ("The Acme Company, LLC", "Acme"),
        ("Müller Bäckerei GmbH & Co. KG", "Mueller Baeckerei"),
        ("Smith & Sons Ltd", "Smith and Sons Limited"),
        ("S.p.A. Ferri", "Ferri SpA"),
        ("Société Générale S.A.", "Societe Generale"),
        ("Sp. z o.o. Nowak", "Nowak Sp. z o.o."),
        ("Toyo Kabushiki Kaisha", "Toyo K.K."),
        ("株式会社サンプル", "サンプル"),
        ("Nordlys A/S", "Nordlys ApS"),
        ("Acme Mfg. Intl.", "Acme Manufacturing International"),
        ("Supply A.B.C.", "ABC Supply"),
        ("Bakker B.V.", "Bakker"),
    ],
)
def test_names_that_differ_in_form_only_have_the_same_words(first: str, second: str) -> None:
    assert name_parts(first).words == name_parts(second).words != ""


def test_a_name_that_is_a_legal_form_keeps_it() -> None:
    assert name_parts("Company").words == "company"
    assert name_parts("The").words == "the"
    assert name_parts("").words == ""


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("McBurger #12", "12"),
        ("McBurger No. 012", "12"),
        ("McBurger II", "2"),
        ("3M", ""),
        ("12", ""),
    ],
)
def test_numbers_of_stores_are_told_from_names(name: str, numbers: str) -> None:
    assert name_parts(name).numbers == numbers


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1 Main St\nSuite 5", "1 Main Street"),
        ("350 5th Ave, 20th Floor", "350 5th Avenue"),
        ("Ste 200, 55 Broad St", "55 Broad Street #4"),
        ("12-14 Oak Road", "12 Oak Rd."),
        ("100 N. Main St", "100 North Main Street"),
        ("Hauptstr. 2", "Hauptstraße 2"),
        ("Rue de la Paix 12", "12, rue de la Paix"),
        ("P.O. Box 123", "PO Box 123"),
    ],
)
def test_streets_that_are_written_differently_are_the_same(first: str, second: str) -> None:
    assert street_parts(first) == street_parts(second)


def test_another_house_number_is_another_address() -> None:
    assert street_parts("1 Main St") != street_parts("11 Main St")
    assert street_parts("1 Main St").words == street_parts("1 Main").words


def test_streets_with_a_typing_error_are_similar() -> None:
    assert is_similar_street("washington", "washingtn")
    assert is_similar_street("park", "park drive")
    assert not is_similar_street("main", "lake")


@pytest.mark.parametrize(
    "phone",
    ["(617) 555-0100", "+1 617 555 0100 x22", "617.555.0100", "0016175550100", "1-617-555-0100"],
)
def test_phone_numbers_are_compared_by_their_digits(phone: str) -> None:
    assert phone_key(phone) == "175550100"


def test_country_code_and_leading_zero_do_not_matter() -> None:
    assert phone_key("+49 89 1234567") == phone_key("089/1234567")
    assert phone_key("+49 (0)89 1234567") == phone_key("089 1234567")


@pytest.mark.parametrize("phone", ["", "12", "0000000000", "n/a", "1234567890", "999-999-9999"])
def test_what_is_no_phone_number_says_nothing(phone: str) -> None:
    assert phone_key(phone) == ""


@pytest.mark.parametrize(
    ("website", "domain"),
    [
        ("https://www.acme.example/a?b", "acme.example"),
        ("info@shop.acme.example", "acme.example"),
        ("acme.co.uk", "acme.co.uk"),
        ("ACME.example:8080", "acme.example"),
        ("ann@gmail.com", ""),
        ("https://facebook.com/acme", ""),
        ("n/a", ""),
        ("", ""),
    ],
)
def test_domains(website: str, domain: str) -> None:
    assert domain_key(website) == domain


def test_postal_codes_and_cities() -> None:
    assert postal_key("02139-4307") == postal_key("02139") == postal_key("2139", "US") == "02139"
    assert postal_key("SW1A 1AA", "GB") == "SW1A1AA"
    assert postal_key("00000") == ""
    assert city_key("St. Paul") == city_key("SAINT PAUL")
    assert city_key("Zürich") == city_key("Zurich")


def test_salesforce_ids() -> None:
    assert is_salesforce_id("001A000001XYZab")
    assert is_salesforce_id("001A000001XYZabIAG")
    assert not is_salesforce_id("123456789012345")
    assert id_text("001A000001XYZabIAG") == "001A000001XYZab"
    assert is_one_salesforce_id("001A000001XYZabIAG", "001A000001XYZab")
    assert not is_one_salesforce_id("001A000001XYZab", "001a000001xyzab")


def test_names_are_alike_by_their_telling_words() -> None:
    weights = WordWeights(1000)
    weights.add(["boston dental"] * 200 + ["boston medical"] * 200 + ["kowalczyk dental"])
    typo = name_similarity("dental kowalczyk", "dental kowalzcyk", weights)
    other = name_similarity("boston dental", "boston medical", weights)
    assert typo > 0.9
    assert other < 0.7
    assert name_similarity("acme", "zebra", weights) == 0.0
    assert joined_likeness("bluebirdcafe", "bluebirdcafe") == 1.0


_NAMES = st.text(max_size=40)


@given(_NAMES)
def test_any_text_can_be_taken_apart(text: str) -> None:
    parts = name_parts(text)
    assert parts == name_parts(text.upper().lower()) or not text.isascii()
    for read in (street_parts, phone_key, domain_key, postal_key, city_key, id_text):
        read(text)


@given(_NAMES, _NAMES)
def test_similarity_is_a_share(first: str, second: str) -> None:
    words, others = name_parts(first).words, name_parts(second).words
    weights = WordWeights(2)
    weights.add([words, others])
    assert 0.0 <= name_similarity(words, others, weights) <= 1.0
    assert name_similarity(words, words, weights) == 1.0
