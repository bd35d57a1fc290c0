# SPDX-License-Identifier: MIT
"""The names that customer systems give to the columns of territories, rosters and goals."""

from app.services.importing.account_names import AREA_NAMES, Names, names
from app.services.importing.record_names import ACCOUNT_REFERENCE, REP_REFERENCE

TERRITORY_REFERENCE = names("""
    territory territoryname territoryid territory2id territorycode territorynumber
    salesterritory salesterritoryid salesterritoryname territory2 territorydevelopername
    territorykey terr district districtid districtname gebiet gebietsname gebietsnummer
    verkaufsgebiet secteur territoire territorio zona
""")

TERRITORY_NAMES: Names = {
    "external_id": names("""
        territoryid territory2id territorycode territorynumber territorykey regionid districtid
        id recordid externalid developername key gebietsnummer code
    """),
    "name": names("""
        territoryname territory name territorydescription salesterritory regiondescription
        regionname districtname label masterlabel region district gebiet gebietsname secteur
        territoire territorio zona nombre
    """),
    "parent": names("""
        parentterritory parentterritory2id parentterritoryid parent parentid parentname
        parentregion regionid region territorygroup group division regionname area belongsto
        oberregion ubergeordnet
    """),
    "notes": names("notes description comments comment remarks"),
}

_STATE_NAMES = tuple(name for name in AREA_NAMES["region"] if name != "region")
"""Next to ZIP codes and counties, a column called "Region" is more than a state."""

AREA_TABLE_NAMES: Names = {
    "territory": (
        *TERRITORY_REFERENCE,
        *names("salesregion assignedterritory region"),
        *REP_REFERENCE,
    ),
    **AREA_NAMES,
    "region": _STATE_NAMES,
}

TERRITORY_ACCOUNT_NAMES: Names = {
    "territory": TERRITORY_REFERENCE,
    "account": (*ACCOUNT_REFERENCE, *names("objectid")),
}

_FROM = names("""
    startdate from fromdate effectivedate effectivefrom validfrom begindate start begin firstday
    periodstart since von gultigab debut desde inicio
""")
_TO = names("""
    enddate to todate until effectiveto validto validuntil end lastday periodend thru through bis
    gultigbis fin jusqua hasta
""")

ROSTER_NAMES: Names = {
    "territory": TERRITORY_REFERENCE,
    "rep": (*REP_REFERENCE, *names("email emailaddress name fullname member assignedto")),
    "role": names("role roleinterritory2 roleinterritory territoryrole position rolle"),
    "share": names("share sharepercent creditshare credit split splitpercent percentage anteil"),
    "first_day": _FROM,
    "last_day": _TO,
    "is_active": names("isactive active aktiv actif activo"),
}

GOAL_NAMES: Names = {
    "rep": (*REP_REFERENCE, *names("email name fullname")),
    "territory": TERRITORY_REFERENCE,
    "name": names("goaltype goalname quotatype measure metric kpi target type quotaname"),
    "period": names("""
        period quotaperiod goalperiod fiscalperiod fiscalquarter quarter month fiscalyear year
        quotadate goaldate date fy yearmonth periode zeitraum monat quartal jahr mois trimestre
        annee mes periodo ano
    """),
    "first_day": _FROM,
    "last_day": _TO,
    "amount": names("""
        quota salesquota quotaamount goalamount targetamount salestarget salesgoal goal amount
        target value plan budget ziel zielumsatz zielwert objectif objetivo meta cuota
    """),
}

MARKET_NAMES: Names = {**AREA_NAMES, "region": _STATE_NAMES}
