# SPDX-License-Identifier: MIT
"""Names that people write for the states and regions of other countries."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from app.services.geography.folding import fold
from evengeo.layers import AreaLayer
from evengeo.state_codes import all_names
from evengeo.world_source import WorldArea, country_facts

ENGLAND = "GB-ENG"
"""What an address means that says England and no more; the layer has the nine regions of it."""

REGION_AS_COUNTRY: dict[str, tuple[str, str]] = {
    "England": ("GB", ENGLAND),
    "Scotland": ("GB", "GB-SCT"),
    "Wales": ("GB", "GB-WLS"),
    "Northern Ireland": ("GB", "GB-NIR"),
}
"""Parts of a country that are written in place of it, with country and region."""

_SPELLINGS: dict[str, str] = {
    ENGLAND: "England;ENG",
    "AU-ACT": "Canberra",
    "BR-DF": "Federal District",
    "CA-BC": "Colombie-Britannique",
    "CA-NB": "Nouveau-Brunswick",
    "CA-NL": "Newfoundland;NF",
    "CA-NS": "Nouvelle-Écosse",
    "CA-NT": "NWT",
    "CA-PE": "PEI",
    "CA-QC": "PQ",
    "CA-YT": "Yukon Territory",
    "CH-GE": "Genève;Genf",
    "CH-LU": "Luzern",
    "CH-TI": "Tessin",
    "CH-VD": "Waadt",
    "CH-VS": "Wallis",
    "DE-BW": "Baden-Wuerttemberg",
    "DE-BY": "Bayern",
    "DE-HE": "Hessen",
    "DE-NI": "Niedersachsen",
    "DE-NW": "Nordrhein-Westfalen;NRW",
    "DE-RP": "Rheinland-Pfalz",
    "DE-SN": "Sachsen",
    "DE-ST": "Sachsen-Anhalt",
    "DE-TH": "Thüringen;Thueringen",
    "ES-AN": "Andalucía",
    "ES-CN": "Canarias",
    "ES-CT": "Cataluña;Catalunya",
    "ES-IB": "Baleares;Illes Balears;Islas Baleares",
    "ES-MC": "Murcia",
    "ES-MD": "Comunidad de Madrid;Madrid",
    "ES-NC": "Navarra",
    "ES-PV": "País Vasco;Euskadi",
    "ES-VC": "Comunidad Valenciana;Comunitat Valenciana",
    "FR-20R": "Corse;COR",
    "FR-BRE": "Bretagne",
    "FR-NOR": "Normandie",
    "FR-PAC": "PACA;Provence-Alpes-Côte d'Azur",
    "GB-SCT": "Alba",
    "GB-WLS": "Cymru",
    "IN-AP": "Andhra Pradesh;Telangana;TG;TS",
    "IN-JK": "Jammu and Kashmir;Ladakh",
    "IT-21": "Piemonte",
    "IT-23": "Valle d'Aosta",
    "IT-25": "Lombardia",
    "IT-32": "Trentino-Alto Adige;Südtirol;South Tyrol;Alto Adige",
    "IT-52": "Toscana",
    "IT-75": "Puglia",
    "IT-82": "Sicilia",
    "IT-88": "Sardegna",
    "MX-CMX": "CDMX;Ciudad de México;Distrito Federal;DF",
    "MX-MEX": "Estado de México;México;Edomex",
    "NL-NB": "Noord-Brabant;Brabant",
    "NL-NH": "Noord-Holland",
    "NL-ZH": "Zuid-Holland",
    "PL-02": "Dolnośląskie",
    "PL-14": "Mazowieckie",
    "PL-24": "Śląskie",
    "PL-30": "Wielkopolskie",
    "PL-12": "Małopolskie",
}
"""Other spellings by state code, separated by semicolons."""


_PARTS: dict[str, str] = {
    "GB-UKC": "North East;Tyne and Wear;County Durham;Cleveland;Teesside",
    "GB-UKD": "North West;Greater Manchester;Merseyside;Cheshire;Lancashire;Cumbria",
    "GB-UKE": "Yorkshire;West Yorkshire;South Yorkshire;North Yorkshire;East Yorkshire;Humberside",
    "GB-UKF": "Leicestershire;Nottinghamshire;Derbyshire;Lincolnshire;Northamptonshire;Rutland",
    "GB-UKG": "Staffordshire;Warwickshire;Worcestershire;Shropshire;Herefordshire",
    "GB-UKH": "East;East Anglia;Essex;Hertfordshire;Norfolk;Suffolk;Cambridgeshire;Bedfordshire",
    "GB-UKI": "London;Middlesex",
    "GB-UKJ": "South East;Kent;Surrey;Sussex;East Sussex;West Sussex;Hampshire;Berkshire;"
    "Oxfordshire;Buckinghamshire;Isle of Wight",
    "GB-UKK": "South West;Devon;Cornwall;Somerset;Dorset;Wiltshire;Gloucestershire;Avon;Bristol",
}
"""Counties of England by the region that they lie in, which need the country beside them."""

_ALONE = frozenset(
    (
        *("AT", "AU", "BE", "BR", "CA", "CH", "CN", "DE", "DK", "ES", "FI", "FR", "GB", "IE"),
        *("IN", "IT", "JP", "MX", "NL", "NO", "NZ", "PL", "PT", "SE", "ZA"),
    )
)
"""Countries whose states are known also where no country is given."""
_CODES_ALONE = frozenset(("AU", "CA", "DE", "GB"))
"""The same for the letters that stand for a state, as in "Perth, WA" ..."""
_FREE_CODES_ALONE = frozenset(("BR", "FR", "IN", "MX"))
"""... and, where they are not the code of a country too, in these."""
_LONGEST_CODE = 3
_SIDES = frozenset(
    (
        *("north", "south", "east", "west", "northern", "southern", "eastern", "western"),
        *("central", "capital", "region", "district", "england", "midlands", "of", "cape", "coast"),
    )
)
"""Words that also name the regions of a sales force, so that they tell no country."""


def region_names(
    states: AreaLayer, members: Mapping[str, Sequence[WorldArea]]
) -> dict[str, dict[str, str]]:
    """Per country (without the US) folded names of its states, with their codes.

    A state is found by its name, its spellings, the letters of its code, and the names of what it
    was joined from, such as provinces and departments. Of names that several states have, the one
    counts for which it is the more usual; where that does not tell, none.
    """
    shown = dict(zip(states.codes, states.names, strict=True))
    codes = [*(code for code in states.codes if code in members), ENGLAND]
    table: dict[str, dict[str, str]] = {}
    for country in sorted({code[:2] for code in codes}):
        own = [code for code in codes if code.startswith(f"{country}-")]
        ranked = {code: _ranked_names(code, shown.get(code, ""), members) for code in own}
        table[country] = _first_of_each(ranked)
    return table


def _ranked_names(
    code: str, shown: str, members: Mapping[str, Sequence[WorldArea]]
) -> list[list[str]]:
    """Names by how usual they are: shown, spellings and code; then of a sole member; of several."""
    areas = members.get(code, ())
    suffix = code.partition("-")[2]
    usual = [shown.rpartition(", ")[0], *_SPELLINGS.get(code, "").split(";")]
    if suffix.isalpha():
        usual.append(suffix)
    sole = all_names(areas[0]) if len(areas) == 1 else []
    parts = [name for area in areas if len(areas) > 1 for name in _part_names(area)]
    parts += _PARTS.get(code, "").split(";")
    return [usual, sole, parts]


def names_alone(
    table: Mapping[str, Mapping[str, str]], states: AreaLayer, us_counties: Sequence[str]
) -> dict[str, list[str]]:
    """Folded names that tell the country too, with country and state.

    Args:
        table: From `region_names`.
        states: The layer of the states.
        us_counties: Names in the US, which an address without a country rather means.
    """
    in_us = {fold(name.rpartition(",")[0]).removesuffix(" county") for name in us_counties}
    shown = {
        code: fold(name.rpartition(", ")[0])
        for code, name in zip(states.codes, states.names, strict=True)
    }
    homes: dict[str, list[list[str]]] = defaultdict(list)
    for country, names in table.items():
        for name, code in names.items():
            if _tells_country(name, country) and _is_usual(name, code, shown):
                homes[name].append([country, code])
    return {
        name: found[0]
        for name, found in sorted(homes.items())
        if len(found) == 1
        and (found[0][0] in _CODES_ALONE | _FREE_CODES_ALONE or name not in in_us)
    }


def _tells_country(name: str, country: str) -> bool:
    if len(name) <= _LONGEST_CODE:
        is_free = country in _FREE_CODES_ALONE and name.upper() not in country_facts()
        return is_free or country in _CODES_ALONE
    return country in _ALONE and not set(name.split()) <= _SIDES


def _is_usual(name: str, code: str, shown: Mapping[str, str]) -> bool:
    """Whether a name is that of the state itself, and not of a part of it."""
    spellings = {fold(each) for each in _SPELLINGS.get(code, "").split(";")}
    return name in {shown.get(code), fold(code.partition("-")[2])} | spellings


def _part_names(area: WorldArea) -> Iterable[str]:
    """A part's name, and the letters that stand for a province in Italy."""
    yield area.name
    yield area.facts["region"]
    letters = area.facts["iso_3166_2"].partition("-")[2]
    if area.country == "IT" and letters:
        yield letters


def _first_of_each(ranked: Mapping[str, list[list[str]]]) -> dict[str, str]:
    table: dict[str, str] = {}
    for rank in range(3):
        names = {code: {fold(n) for n in lists[rank]} - {""} for code, lists in ranked.items()}
        count = Counter(chain.from_iterable(names.values()))
        new = {n: code for code, own in names.items() for n in own if count[n] == 1}
        table |= {name: code for name, code in sorted(new.items()) if name not in table}
    return table
