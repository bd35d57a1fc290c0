# SPDX-License-Identifier: MIT
"""Salesforce records as Data Loader and the bulk interface export them, under their field names."""

from app.services.importing.fields import EXTRA, TableKind
from app.services.importing.profiles.base import Profile, fields, words

_SYSTEM = "Salesforce"
_STAMPS = """
    ignore = isdeleted; masterrecordid; systemmodstamp; createdbyid; lastmodifiedbyid
    ignore = lastmodifieddate; lastvieweddate; lastreferenceddate; photourl; jigsaw
    ignore = jigsawcompanyid; jigsawcontactid; cleanstatus; ispartner; iscustomerportal
    ignore = billinggeocodeaccuracy; shippinggeocodeaccuracy; geocodeaccuracy
    ignore = billingaddress; shippingaddress; address; mailingaddress; otheraddress
"""
_SIGNS = words("""
    isdeleted, ownerid, owner.email, owner.name, createddate, createdbyid, lastmodifieddate
    systemmodstamp, lastactivitydate, masterrecordid
""")

ACCOUNTS = Profile(
    _SYSTEM,
    "accounts, Data Loader",
    TableKind.ACCOUNTS,
    needs=("id", "name"),
    any_of=_SIGNS
    | words("""
        billingstreet, billingcity, billingstate, billingstatecode, billingpostalcode
        billingcountry, billinglatitude, parentid, annualrevenue, numberofemployees
    """),
    at_least=2,
    targets=fields(f"""
        external_id = id
        name = name
        phone = phone
        website = website
        street = billingstreet
        city = billingcity
        region = billingstate; billingstatecode
        postal_code = billingpostalcode
        country_name = billingcountry; billingcountrycode
        lat = billinglatitude
        lon = billinglongitude
        owner = owner.email; owner.name; owner.username; ownerid
        segment = type
        industry = industry
        family = parentid; parent.name
        created_on = createddate
        last_activity_on = lastactivitydate
        {_STAMPS}
    """),
    kept=EXTRA,
    id_header="id",
    id_prefix=("001",),
)

LEADS = Profile(
    _SYSTEM,
    "leads, Data Loader",
    TableKind.ACCOUNTS,
    needs=("company",),
    any_of=_SIGNS | words("leadsource, isconverted, convertedaccountid, converteddate, lastname"),
    at_least=3,
    targets=fields(f"""
        external_id = id
        name = company
        phone = phone; mobilephone
        website = website; email
        street = street
        city = city
        region = state; statecode
        postal_code = postalcode
        country_name = country; countrycode
        lat = latitude
        lon = longitude
        owner = owner.email; owner.name; owner.username; ownerid
        industry = industry
        created_on = createddate
        last_activity_on = lastactivitydate
        {_STAMPS}
    """),
    aside=words("status, name, firstname, lastname, salutation, title, leadsource, isconverted"),
    kept=EXTRA,
    id_header="id",
    id_prefix=("00Q",),
    implied={"status": "prospect"},
    note_if=("isconverted", "true"),
    note="Some of these leads were converted, so they are accounts already. Leave them out of the "
    "export, or merge them with their accounts after the import.",
)

CONTACTS = Profile(
    _SYSTEM,
    "contacts, Data Loader",
    TableKind.CONTACTS,
    needs=("id", "lastname"),
    any_of=_SIGNS | words("accountid, account.name, mailingcity, reportstoid, department"),
    at_least=2,
    targets=fields(f"""
        external_id = id
        account = accountid; account.name
        {_STAMPS}
    """),
    id_header="id",
    id_prefix=("003",),
)

OPPORTUNITIES = Profile(
    _SYSTEM,
    "opportunities, Data Loader",
    TableKind.TRANSACTIONS,
    needs=("stagename", "closedate"),
    any_of=words("accountid, account.name, iswon, isclosed, ownerid, forecastcategory"),
    at_least=1,
    targets=fields(f"""
        external_id = id
        account = accountid; account.name
        date = closedate
        amount = amount
        quantity = totalopportunityquantity
        stage = stagename
        is_won = iswon
        is_closed = isclosed
        owner = owner.email; owner.name; ownerid
        {_STAMPS}
    """),
    id_header="id",
    id_prefix=("006",),
)

OPPORTUNITY_STEPS = Profile(
    _SYSTEM,
    "history of opportunities",
    TableKind.TRANSACTIONS,
    needs=("opportunityid",),
    any_of=words("opportunityhistorykey, forecastcategory, field, oldvalue, newvalue, stagename"),
    at_least=2,
    targets={},
    id_header="id",
    id_prefix=("008", "017"),
    note="Each row is a step in the life of an opportunity, so the same deal comes many times and "
    "no row names an account. Import the export of the opportunities themselves instead.",
    is_of_no_use=True,
)

OPPORTUNITY_LINES = Profile(
    _SYSTEM,
    "products of opportunities, Data Loader",
    TableKind.TRANSACTIONS,
    needs=("opportunityid", "quantity"),
    any_of=words("product2id, pricebookentryid, totalprice, unitprice, productcode"),
    at_least=2,
    targets=fields(f"""
        external_id = opportunityid
        line = id
        account = opportunity.accountid; opportunity.account.name
        date = servicedate; opportunity.closedate
        product = product2id; product2.name; productcode
        amount = totalprice
        quantity = quantity
        unit_price = unitprice
        discount = discount
        {_STAMPS}
    """),
    id_header="id",
    id_prefix=("00k",),
)

USERS = Profile(
    _SYSTEM,
    "users, Data Loader",
    TableKind.REPS,
    needs=("id", "username"),
    any_of=words("profileid, userroleid, isactive, alias, managerid, usertype, email, lastname"),
    at_least=2,
    targets=fields(f"""
        external_id = id
        name = name
        first_name = firstname
        middle_name = middlename
        last_name = lastname
        email = email; username
        phone = phone; mobilephone
        title = title
        manager = managerid
        street = street
        city = city
        region = state; statecode
        postal_code = postalcode
        country_name = country; countrycode
        extra = isactive; department; division
        {_STAMPS}
        ignore = alias; profileid; userroleid; communitynickname; timezonesidkey; localesidkey
        ignore = languagelocalekey; emailencodingkey; usertype; federationidentifier
    """),
    id_header="id",
    id_prefix=("005",),
    note_if=("isactive", "false"),
    note="Some of these users are not active any more; they come in as reps all the same.",
)

PRODUCTS = Profile(
    _SYSTEM,
    "products, Data Loader",
    TableKind.PRODUCTS,
    needs=("id", "name", "productcode"),
    any_of=words(
        "family, isactive, isdeleted, systemmodstamp, stockkeepingunit, quantityunitofmeasure"
    ),
    at_least=1,
    targets=fields(f"""
        external_id = id
        name = name
        line = family
        {_STAMPS}
        ignore = productcode; description; isactive
    """),
    id_header="id",
    id_prefix=("01t",),
)

TASKS = Profile(
    _SYSTEM,
    "tasks, Data Loader",
    TableKind.VISITS,
    needs=("id", "subject", "activitydate"),
    any_of=words("whatid, whoid, accountid, tasksubtype, calltype, ownerid, isclosed"),
    at_least=2,
    targets=fields(f"""
        external_id = id
        account = accountid; account.name; whatid
        date = activitydate; completeddatetime
        owner = owner.email; owner.name; ownerid
        outcome = subject; calldisposition
        {_STAMPS}
    """),
    id_header="id",
    id_prefix=("00T",),
    note="Every task counts as a visit, e-mails and open tasks too. Filter the export to what "
    "took place.",
)

EVENTS = Profile(
    _SYSTEM,
    "events, Data Loader",
    TableKind.VISITS,
    needs=("id", "subject"),
    any_of=words("activitydatetime, startdatetime, enddatetime, durationinminutes, isalldayevent"),
    at_least=1,
    targets=fields(f"""
        external_id = id
        account = accountid; account.name; whatid
        date = activitydatetime; startdatetime; activitydate
        minutes = durationinminutes
        owner = owner.email; owner.name; ownerid
        outcome = subject
        {_STAMPS}
    """),
    id_header="id",
    id_prefix=("00U",),
)

ALL = (
    ACCOUNTS,
    LEADS,
    CONTACTS,
    OPPORTUNITIES,
    OPPORTUNITY_STEPS,
    OPPORTUNITY_LINES,
    USERS,
    PRODUCTS,
    TASKS,
    EVENTS,
)
