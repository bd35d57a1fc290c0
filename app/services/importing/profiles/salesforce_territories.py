# SPDX-License-Identifier: MIT
"""Territories of Salesforce as tables, of today's and of the older territory management."""

from app.services.importing.fields import TableKind
from app.services.importing.profiles.base import Profile, fields, words

_SYSTEM = "Salesforce"
_STAMPS = "ignore = lastmodifieddate; lastmodifiedbyid; systemmodstamp; createdbyid; createddate"

TERRITORIES = Profile(
    _SYSTEM,
    "territories",
    TableKind.TERRITORIES,
    needs=("developername",),
    any_of=words("territory2modelid, territory2typeid, parentterritory2id, forecastuserid"),
    at_least=1,
    targets=fields(f"""
        external_id = id; developername
        name = name
        parent = parentterritory2id; parentterritory2.developername
        notes = description
        {_STAMPS}
    """),
    id_header="id",
    id_prefix=("0MI", "0TY"),
)

HOLDERS = Profile(
    _SYSTEM,
    "users of territories",
    TableKind.ROSTER,
    needs=(),
    any_of=words("""
        userid, user.email, user.username, territory2id, territory2.developername
        territory2.name, roleinterritory2
    """),
    at_least=2,
    targets=fields(f"""
        territory = territory2id; territory2.developername; territory2.name
        rep = userid; user.email; user.username; user.name
        role = roleinterritory2
        is_active = isactive
        ignore = id
        {_STAMPS}
    """),
)

NAMED_ACCOUNTS = Profile(
    _SYSTEM,
    "accounts of territories",
    TableKind.TERRITORY_ACCOUNTS,
    needs=("objectid",),
    any_of=words("territory2id, territory2.developername, territory2.name"),
    at_least=1,
    targets=fields(f"""
        territory = territory2id; territory2.developername; territory2.name
        account = objectid; object.name
        ignore = id; associationcause; sobjecttype; isdeleted
        {_STAMPS}
    """),
    id_header="objectid",
    id_prefix=("001", "00Q"),
    note_if=("associationcause", "territory2assignmentrule"),
    note="Some of these accounts are in their territory by a rule, not by name; they come in as "
    "named accounts too.",
)

OLDER_TERRITORIES = Profile(
    _SYSTEM,
    "territories, older export",
    TableKind.TERRITORIES,
    needs=("parentterritoryid", "name"),
    any_of=words("developername, accountaccesslevel, mayforecastmanagershare, forecastuserid"),
    at_least=1,
    targets=fields(f"""
        external_id = id; developername
        name = name
        parent = parentterritoryid
        notes = description
        {_STAMPS}
    """),
    id_header="id",
    id_prefix=("04T",),
)

OLDER_HOLDERS = Profile(
    _SYSTEM,
    "users of territories, older export",
    TableKind.ROSTER,
    needs=("userid", "territoryid"),
    targets=fields(f"""
        territory = territoryid
        rep = userid
        is_active = isactive
        ignore = id
        {_STAMPS}
    """),
    id_header="userid",
    id_prefix=("005",),
)

_SHARES = words("""
    userorgroupid, accountaccesslevel, opportunityaccesslevel, caseaccesslevel
    contactaccesslevel
""")

OLDER_SHARES = Profile(
    _SYSTEM,
    "shares of accounts, older export",
    TableKind.TERRITORY_ACCOUNTS,
    needs=("accountid", "rowcause"),
    any_of=_SHARES,
    at_least=1,
    targets={},
    note="These rows say which group of users may see an account, not which territory it is in. "
    "Add a column TerritoryId with the RelatedId of each group (from an export of Group), keep "
    "the rows with TerritoryManual, and import the file again.",
    is_of_no_use=True,
)

OLDER_NAMED_ACCOUNTS = Profile(
    _SYSTEM,
    "accounts of territories, older export",
    TableKind.TERRITORY_ACCOUNTS,
    needs=("accountid", "rowcause", "territoryid"),
    any_of=_SHARES,
    targets=fields(f"""
        territory = territoryid
        account = accountid
        ignore = id; rowcause; userorgroupid; isdeleted
        {_STAMPS}
    """),
    note_if=("rowcause", "owner"),
    note="Rows with another cause than TerritoryManual come in as named accounts too; leave them "
    "out of the file.",
)

OLDER_GROUPS = Profile(
    _SYSTEM,
    "groups of users, older export",
    TableKind.TERRITORY_ACCOUNTS,
    needs=("relatedid", "type"),
    any_of=words("developername, doesincludebosses, doessendemailtomembers, queueid, name"),
    at_least=1,
    targets={},
    id_header="id",
    id_prefix=("00G",),
    note="This list says which group stands for which territory; alone it holds nothing to import. "
    "Use it to add a column TerritoryId (its RelatedId) to the export of AccountShare.",
    is_of_no_use=True,
)

_RULES_NOTE = (
    "These are the rules by which accounts came into territories. They cannot be imported; give "
    "ZIP codes, counties or states to the territories instead."
)


def _rules(needs: tuple[str, ...], any_of: str = "", at_least: int = 0) -> Profile:
    return Profile(
        _SYSTEM,
        "rules of territories, older export",
        TableKind.TERRITORY_AREAS,
        needs=needs,
        any_of=words(any_of),
        at_least=at_least,
        targets={},
        note=_RULES_NOTE,
        is_of_no_use=True,
    )


ALL = (
    TERRITORIES,
    HOLDERS,
    NAMED_ACCOUNTS,
    OLDER_TERRITORIES,
    OLDER_HOLDERS,
    OLDER_NAMED_ACCOUNTS,
    OLDER_SHARES,
    OLDER_GROUPS,
    _rules(("booleanfilter",), "territoryid, isinherited, territory2modelid, objecttype", 1),
    _rules(("ruleid", "field", "operation", "value")),
    _rules(("ruleid",), "territoryid, territory2id", 1),
)
