# SPDX-License-Identifier: MIT
"""The names that customer systems give to the columns we know."""

import re
from functools import lru_cache

_SPLIT = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9À-ɏ]+")

ADDRESS_PREFIXES = ("billing", "primary", "main", "mailing", "physical", "home", "office")
"""Words before an address column that change nothing about what it is."""

SECONDARY_PREFIXES = ("shipping", "ship", "other", "delivery", "alternate", "address2")
"""Words of a second address, which is taken only where there is no other."""

_OWNERSHIP_PREFIXES = ("account", "company", "customer", "store", "client", "lead", "record")


def names_of(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ACCOUNT_SYNONYMS: dict[str, tuple[str, ...]] = {
    "external_id": _names("""
        id accountid customerid businessentityid recordid externalid externalleadid
        externalrecordid accountnumber accountno accountnum accountcode customernumber
        customerno customercode custid custno storeid storenumber storeno clientid
        clientnumber companyid siteid locationid outletid recordidcompany objectid leadid
        dealerid kundennummer kundennr kundenid numeroclient codeclient key
    """),
    "name": _names("""
        name accountname company companyname customer customername storename store client
        clientname businessname organization organisation organizationname organisationname
        legalname displayname accounttitle account outletname dealername sitename firma
        firmenname kunde kundenname raisonsociale nom leadname recordname
    """),
    "street": _names("""
        street street1 street2 street3 streetaddress streetaddress1 streetaddress2 address
        address1 address2 address3 addressline1 addressline2 addressline3 addressstreet
        addressstreet1 addressstreet2 address1street1 address1street2 address1line1
        address1line2 streetname strasse straße adresse rue direccion
    """),
    "house_number": _names("housenumber houseno streetnumber hausnummer"),
    "city": _names("""
        city town addresscity address1city cityname locality suburb ort stadt ville ciudad
        municipality
    """),
    "region": _names("""
        state stateprovince stateregion stateprovincename statename statecode
        stateprovincecode stateabbr province provincename addressstate addressstateprovince
        address1stateprovince address1state region regioncode bundesland departement
        prefecture
    """),
    "postal_code": _names("""
        zip zipcode postalcode postcode zippostalcode ziporpostalcode postalzip
        postalzipcode zip5 zipplus4 code addresszip addresspostalcode addresszippostalcode
        address1zippostalcode address1postalcode plz postleitzahl codepostal cp
    """),
    "country_name": _names("""
        country countryregion countryregionname countryname countrycode countryregioncode
        addresscountry addresscountryregion address1countryregion nation land pays iso2
    """),
    "address_kind": _names("addresstype addresskind typeofaddress addresscategory"),
    "lon": _names("lon lng long longitude geolongitude xlongitude gpslongitude"),
    "lat": _names("lat latitude geolatitude ylatitude gpslatitude"),
    "owner": _names("""
        owner ownername owneremail ownerid accountowner accountownername accountowneremail
        accountownerid companyowner recordowner leadowner salesperson salespersonid
        salespersonname salesperson1 salesrep salesrepid salesrepname salesrepemail rep
        repid repname repemail salesowner accountmanager accountexec accountexecutive
        assignedto assignedrep hubspotownerid territoryowner salesmanager vertreter
        aussendienst responsible soldby
    """),
    "segment": _names("""
        segment customersegment marketsegment businesstype accounttype type customertype
        tier accounttier class customerclass classification category customercategory
        abcclass leadtype
    """),
    "industry": _names("""
        industry sector vertical industryname primaryindustry businesssector branche
        industrysector
    """),
    "status": _names("""
        status stage accountstatus customerstatus lifecyclestage leadstatus leadstage
        relationshiptype recordstatus
    """),
    "family": _names("""
        family parentaccount parentaccountid parentaccountname parentid parent parentcompany
        parentcompanyid accountgroup customergroup group groupname chain banner
        ultimateparent ultimateparentid headquarter
    """),
}
"""Target field to normalised header names, the most telling first."""

REP_SYNONYMS: dict[str, tuple[str, ...]] = {
    "external_id": _names("""
        id businessentityid employeeid employeenumber employeeno repid salesrepid
        salespersonid userid externalsystemid externalid personid staffid recordid ownerid
        personnelnumber personalnummer
    """),
    "name": _names("""
        name fullname repname salesrepname salesperson salespersonname salesrep rep
        employeename displayname username employee owner
    """),
    "first_name": _names("firstname givenname forename vorname prenom"),
    "middle_name": _names("middlename middleinitial secondname"),
    "last_name": _names("lastname surname familyname nachname secondsurname"),
    "email": _names("""
        email emailaddress mail workemail businessemail useremail owneremail repemail
        emailwork primaryemail
    """),
    "phone": _names("""
        phone phonenumber mobile mobilephone cell cellphone telephone businessphone
        workphone homephone telefon phonework
    """),
    "title": _names("jobtitle title role position profile userrole"),
    "street": ACCOUNT_SYNONYMS["street"],
    "house_number": ACCOUNT_SYNONYMS["house_number"],
    "city": ACCOUNT_SYNONYMS["city"],
    "region": ACCOUNT_SYNONYMS["region"],
    "postal_code": ACCOUNT_SYNONYMS["postal_code"],
    "country_name": ACCOUNT_SYNONYMS["country_name"],
    "lon": ACCOUNT_SYNONYMS["lon"],
    "lat": ACCOUNT_SYNONYMS["lat"],
    "home_text": _names("homeaddress fulladdress home"),
    "capacity_hours": _names("""
        capacity capacityhours hours hoursperyear annualhours availablehours sellinghours
    """),
    "skills": _names("skills skill expertise languages specialties productlines teams"),
    "quota": _names("""
        quota salesquota annualquota target salestarget annualtarget goal currentquota
    """),
    "notes": _names("notes comment comments remarks about"),
}


@lru_cache(maxsize=4096)
def split_words(header: str) -> tuple[str, ...]:
    """The words of a header as written: camel case, spaces and signs all separate them."""
    plain = re.sub(r"__c$", "", header.strip())
    plain = plain.split(":")[-1] if ": " in plain and not plain.startswith("Address") else plain
    plain = re.sub(r"\s\([^)]*\)$", "", plain)
    return tuple(word for word in _SPLIT.split(plain) if word)


def words_of(header: str) -> tuple[str, ...]:
    """The words of a header in lower case."""
    return tuple(word.casefold() for word in split_words(header))


def normalised(header: str) -> str:
    """A header without case, spaces and signs: "Billing City" -> "billingcity"."""
    return "".join(words_of(header))


@lru_cache(maxsize=4096)
def header_scores(header: str, is_rep: bool) -> dict[str, float]:
    """How well a header names each field: 1 an exact name, less with words around it."""
    synonyms = REP_SYNONYMS if is_rep else ACCOUNT_SYNONYMS
    whole = normalised(header)
    stripped, factor = _without_prefix(whole)
    scores: dict[str, float] = {}
    for field, names in synonyms.items():
        for rank, name in enumerate(names):
            value = 1.0 - 0.002 * rank
            if whole == name:
                scores[field] = max(scores.get(field, 0.0), value)
            elif stripped == name:
                scores[field] = max(scores.get(field, 0.0), value * factor)
    return scores


def _without_prefix(whole: str) -> tuple[str, float]:
    """A normalised header without words like "billing", and what they take from its score.

    Works on letters, not words, as some systems write headers in capitals throughout.
    """
    rest, factor = whole, 1.0
    while True:
        for prefixes, weight in _PREFIX_WEIGHTS:
            prefix = next((p for p in prefixes if rest.startswith(p) and rest != p), None)
            if prefix is not None:
                rest, factor = rest[len(prefix) :], min(factor, weight)
                break
        else:
            return rest, factor


_PREFIX_WEIGHTS = (
    (SECONDARY_PREFIXES, 0.7),
    (ADDRESS_PREFIXES, 0.97),
    (_OWNERSHIP_PREFIXES, 0.9),
)


def is_known_header(header: str) -> bool:
    """Whether a text is the name of a column that some customer system writes."""
    return bool(header_scores(header, False) or header_scores(header, True))
