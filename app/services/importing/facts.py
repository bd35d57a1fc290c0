# SPDX-License-Identifier: MIT
"""What the names of a table's columns say is in it, before it is known what its rows are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.services.importing.account_names import AREA_NAMES
from app.services.importing.evidence import ColumnEvidence
from app.services.importing.periods import period_of
from app.services.importing.record_names import (
    ACCOUNT_REFERENCE,
    PRODUCT_REFERENCE,
    REP_REFERENCE,
)
from app.services.importing.synonyms import names_of, normalised
from app.services.importing.territory_names import TERRITORY_REFERENCE

_BARE_PERIOD = re.compile(
    r"[qh][1-4]|jan(uary|uar)?|feb(ruary|ruar)?|mar(ch)?|märz|apr(il)?|may|mai|june?|juni|july?"
    r"|juli|aug(ust)?|sept?(ember)?|o[ck]t(ober)?|nov(ember)?|de[cz](ember)?",
    re.IGNORECASE,
)
"""A period without its year, as the columns of a year's plan are called."""

_GOAL = re.compile(r"\b(quota|goal|target|plan|budget|ziel)\b", re.IGNORECASE)

_NAMES: dict[str, frozenset[str]] = {
    "order": names_of("""
        orderid salesorderid ordernumber orderno order salesordernumber salesorder invoiceid
        invoicenumber invoiceno invoice opportunityid opportunityname opportunity dealid dealname
        dealtitle transactionid transactionnumber transaction receiptnumber auftragsnummer
        auftragsnr rechnungsnummer rechnungsnr belegnummer belegnr bestellnummer numerocommande
        numerofacture numeropedido numerofactura
    """),
    "order date": names_of("""
        orderdate invoicedate closedate closeddate closingdate transactiondate salesdate saledate
        estclosedate estimatedclosedate actualclosedate purchasedate auftragsdatum rechnungsdatum
        bestelldatum datecommande datefacture fechapedido fechafactura
    """),
    "date": names_of("date month day datum fecha monat mois mes postingdate"),
    "stage": names_of("stagename dealstage salesstage iswon isclosed opportunitystage"),
    "amount": names_of("""
        amount linetotal netamount totalamount totaldue total totalprice value salesamount
        netsales sales revenue salesrevenue betrag umsatz montant importe monto
    """),
    "quantity": names_of("quantity qty orderqty orderquantity units unitssold menge quantite"),
    "price": names_of("unitprice price listprice standardprice einzelpreis prixunitaire precio"),
    "product": frozenset(PRODUCT_REFERENCE),
    "product name": names_of("""
        productname itemname skuname articlename productdescription produktname artikelbezeichnung
    """),
    "product line": names_of("""
        productline productfamily productcategory categoryid productsubcategoryid productgroup
        category family stockkeepingunit quantityperunit
    """),
    "line id": names_of("categoryid productlineid productcategoryid productsubcategoryid lineid"),
    "line name": names_of("""
        categoryname productlinename productline productcategory linename productfamily
    """),
    "first name": names_of("firstname givenname forename vorname prenom"),
    "last name": names_of("lastname surname familyname nachname apellido"),
    "email": names_of("email emailaddress useremail workemail businessemail"),
    "title": names_of("jobtitle title role"),
    "staff": names_of("hiredate reportsto manager managerid"),
    "contact": names_of("contactid recordidcontact contacttype"),
    "rep": names_of("""
        salesquota quota capacityhours employeeid salesrepid repid repname userid username
        employee commissionpct homeaddress salesrepname fullname externalsystemid
    """),
    "rep reference": frozenset(REP_REFERENCE) - {"businessentityid"},
    "entity": names_of("businessentityid"),
    "account reference": frozenset((*ACCOUNT_REFERENCE, "objectid")),
    "account": names_of("""
        accountid accountname companyname company customerid customername customer storeid
        storename clientid clientname accountnumber customernumber annualrevenue accountowner
        companyowner billingcity billingpostalcode billingzippostalcode externalleadid npi
        firma firmenname kundenname unternehmensname raisonsociale razonsocial nombrecliente
    """),
    "account often": names_of("""
        industry annualsales numberofemployees numberemployees addresstype leadsource status
        businesstype stage
    """),
    "name": names_of("name"),
    "owner": names_of("owner accountowner recordowner ownerid owneremail companyowner leadowner"),
    "street": names_of("""
        street streetaddress address address1 addressline1 billingstreet shippingstreet strasse
        adresse rue direccion
    """),
    "city": names_of("city town billingcity shippingcity addresscity ort stadt ville ciudad"),
    "area": frozenset(
        name
        for field in ("region", "county_name", "postal_code")
        for name in AREA_NAMES[field]
        if name not in ("code", "region", "cp")
    ),
    "country": frozenset(AREA_NAMES["country_name"]),
    "geography": names_of("geoid fips fipscode countyfips zcta zcta5 county countyname"),
    "territory": frozenset(TERRITORY_REFERENCE),
    "territory id": names_of("territoryid territory2id territorycode regionid districtid"),
    "territory name": names_of("""
        territoryname territorydescription regiondescription regionname developername
        districtname gebietsname
    """),
    "parent": names_of("""
        parentterritory parentterritoryid parentterritory2id parentid parent parentregion
        territorygroup regionid
    """),
    "start": names_of("startdate effectivedate validfrom fromdate from gultigab"),
    "role": names_of("roleinterritory2 role isactive"),
    "goal": names_of("""
        quota salesquota goal target quotaamount goalamount targetamount salestarget salesgoal
        ziel zielumsatz objectif objetivo cuota budget
    """),
    "period": names_of("""
        period quotaperiod goalperiod fiscalperiod fiscalquarter quarter fiscalyear year month
        quotadate goaldate periode zeitraum monat quartal jahr trimestre mois annee periodo ano
    """),
    "quota date": names_of("quotadate goaldate quotaperiod goalperiod targetdate"),
    "visit": names_of("""
        visitid visitdate visitresult visitnotes activitydate activitydatetime activityid calldate
        checkin checkout checkindate checkintime meetingdate durationinminutes dateofvisit
        calldurationinseconds activitysubtype visittype besuchsdatum datevisite fechavisita
    """),
    "visit detail": names_of("""
        duration durationminutes minutes hours outcome result purpose subject disposition
        notes comment comments visitreport
    """),
    "market": names_of("""
        population households medianincome medianhouseholdincome income potential pop
        establishments businesses employment marketpotential marketsize prospects einwohner
        haushalte kaufkraft households2025 totalpopulation totalhouseholds
    """),
}


@dataclass(frozen=True, slots=True)
class TableFacts:
    """What is in a table.

    Attributes:
        found: Keys of what the names of columns say, such as "order date".
        distinct_by_fact: The largest share of different values among the columns of each.
        period_columns: Columns that are called like a period and hold numbers.
        other_numbers: Share of the columns that are no area and hold numbers.
        width: Number of columns.
    """

    found: frozenset[str]
    distinct_by_fact: dict[str, float]
    period_columns: int
    other_numbers: float
    width: int

    def has(self, *facts: str) -> bool:
        """Whether all of these are in the table."""
        return self.found.issuperset(facts)

    def has_any(self, *facts: str) -> bool:
        """Whether one of these is in the table."""
        return not self.found.isdisjoint(facts)

    def is_distinct(self, fact: str) -> bool:
        """Whether nearly every row has another value there, as a column of own ids has."""
        return self.distinct_by_fact.get(fact, 0.0) > _NEARLY_ALL


_NEARLY_ALL = 0.9


def facts_of(evidence: Sequence[ColumnEvidence]) -> TableFacts:
    """What is in a table by the names of its columns."""
    distinct: dict[str, float] = {}
    others = numeric = 0
    for item in evidence:
        name = normalised(item.header)
        for fact, names in _NAMES.items():
            if name in names:
                distinct[fact] = max(distinct.get(fact, 0.0), item.distinct_fraction)
        if name not in _NAMES["area"] and name not in _NAMES["country"]:
            others += 1
            numeric += item.is_numeric
    periods = [e.header for e in evidence if is_period(e.header) and e.is_numeric]
    if any(_GOAL.search(header) for header in periods):
        distinct.setdefault("goal", 0.0)
    return TableFacts(
        found=frozenset(distinct),
        distinct_by_fact=distinct,
        period_columns=len(periods),
        other_numbers=numeric / others if others else 0.0,
        width=len(evidence),
    )


def is_period(header: str) -> bool:
    """Whether a column is called like a period: "Q1 2026", "Jan 2026", "FY26 quota"."""
    return period_of(header) is not None or bool(_BARE_PERIOD.fullmatch(header.strip().rstrip(".")))
