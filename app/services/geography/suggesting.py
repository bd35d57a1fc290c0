# SPDX-License-Identifier: MIT
"""What a mis-spelled state or country may mean, for the user to choose from."""

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from app.services.geography.folding import fold

_MOST = 5
_LEAST_ALIKE = 0.82
"""Jaro-Winkler: one or two letters missing, wrong or swapped stay above it; other names do not."""

_STATES = """
Alabama; Alaska; Arizona; Arkansas; California; Colorado; Connecticut; Delaware; District of
Columbia; Florida; Georgia; Hawaii; Idaho; Illinois; Indiana; Iowa; Kansas; Kentucky;
Louisiana; Maine; Maryland; Massachusetts; Michigan; Minnesota; Mississippi; Missouri;
Montana; Nebraska; Nevada; New Hampshire; New Jersey; New Mexico; New York; North Carolina;
North Dakota; Ohio; Oklahoma; Oregon; Pennsylvania; Rhode Island; South Carolina; South
Dakota; Tennessee; Texas; Utah; Vermont; Virginia; Washington; West Virginia; Wisconsin;
Wyoming; American Samoa; Guam; Northern Mariana Islands; Puerto Rico; U.S. Virgin Islands;
Alberta; British Columbia; Manitoba; New Brunswick; Newfoundland and Labrador; Nova Scotia;
Ontario; Prince Edward Island; Quebec; Saskatchewan; Yukon; Northwest Territories; Nunavut;
New South Wales; Victoria; Queensland; South Australia; Western Australia; Tasmania; Northern
Territory; Australian Capital Territory; Baden-Württemberg; Bayern; Berlin; Brandenburg;
Bremen; Hamburg; Hessen; Mecklenburg-Vorpommern; Niedersachsen; Nordrhein-Westfalen;
Rheinland-Pfalz; Saarland; Sachsen; Sachsen-Anhalt; Schleswig-Holstein; Thüringen
"""
_COUNTRIES = """
United States; Andorra; United Arab Emirates; Afghanistan; Antigua and Barbuda; Anguilla;
Albania; Armenia; Angola; Argentina; Austria; Australia; Aruba; Åland; Azerbaijan; Bosnia and
Herzegovina; Barbados; Bangladesh; Belgium; Burkina Faso; Bulgaria; Bahrain; Burundi; Benin;
St-Barthélemy; Bermuda; Brunei; Bolivia; Brazil; Bahamas; Bhutan; Botswana; Belarus; Belize;
Canada; DR Congo; Central African Republic; Republic of the Congo; Switzerland; Côte d’Ivoire;
Cook Islands; Chile; Cameroon; China; Colombia; Costa Rica; Cuba; Cabo Verde; Curaçao; Cyprus;
Czechia; Germany; Djibouti; Denmark; Dominica; Dominican Republic; Algeria; Ecuador; Estonia;
Egypt; Western Sahara; Eritrea; Spain; Ethiopia; Finland; Fiji; Falkland Islands; Micronesia;
Faroe Islands; France; Gabon; United Kingdom; Grenada; Georgia; Guernsey; Ghana; Greenland;
Gambia; Guinea; Equatorial Guinea; Greece; Guatemala; Guinea-Bissau; Guyana; Hong Kong;
Honduras; Croatia; Haiti; Hungary; Indonesia; Ireland; Israel; Isle of Man; India; Iraq; Iran;
Iceland; Italy; Jersey; Jamaica; Jordan; Japan; Kenya; Kyrgyzstan; Cambodia; Kiribati;
Comoros; Saint Kitts and Nevis; North Korea; South Korea; Kuwait; Cayman Islands; Kazakhstan;
Laos; Lebanon; Saint Lucia; Liechtenstein; Sri Lanka; Liberia; Lesotho; Lithuania; Luxembourg;
Latvia; Libya; Morocco; Monaco; Moldova; Montenegro; St-Martin; Madagascar; Marshall Islands;
North Macedonia; Mali; Myanmar; Mongolia; Macao; Mauritania; Montserrat; Malta; Mauritius;
Maldives; Malawi; Mexico; Malaysia; Mozambique; Namibia; New Caledonia; Niger; Norfolk Island;
Nigeria; Nicaragua; Netherlands; Norway; Nepal; Nauru; Niue; New Zealand; Oman; Panama; Peru;
French Polynesia; Papua New Guinea; Philippines; Pakistan; Poland; Saint Pierre and Miquelon;
Pitcairn; Palestine; Portugal; Palau; Paraguay; Qatar; Romania; Serbia; Russia; Rwanda; Saudi
Arabia; Solomon Islands; Seychelles; Sudan; Sweden; Singapore; Saint Helena; Slovenia;
Slovakia; Sierra Leone; San Marino; Senegal; Somalia; Suriname; South Sudan; São Tomé and
Principe; El Salvador; Sint Maarten; Syria; Eswatini; Turks and Caicos Islands; Chad; Togo;
Thailand; Tajikistan; Timor-Leste; Turkmenistan; Tunisia; Tonga; Turkey; Trinidad and Tobago;
Taiwan; Tanzania; Ukraine; Uganda; Uruguay; Uzbekistan; Vatican; Saint Vincent and the
Grenadines; Venezuela; British Virgin Islands; Vietnam; Vanuatu; Wallis and Futuna; Samoa;
Kosovo; Yemen; South Africa; Zambia; Zimbabwe
"""
_COUNTRY_BY_OTHER_NAME = {
    "United States of America": "United States",
    "U.S.A.": "United States",
    "Great Britain": "United Kingdom",
    "England": "United Kingdom",
    "Deutschland": "Germany",
    "Österreich": "Austria",
    "Schweiz": "Switzerland",
    "Suisse": "Switzerland",
    "Nederland": "Netherlands",
    "Holland": "Netherlands",
    "België": "Belgium",
    "Belgique": "Belgium",
    "España": "Spain",
    "Italia": "Italy",
    "Brasil": "Brazil",
    "México": "Mexico",
    "Danmark": "Denmark",
    "Norge": "Norway",
    "Sverige": "Sweden",
    "Suomi": "Finland",
    "Polska": "Poland",
    "Česko": "Czechia",
    "Czech Republic": "Czechia",
    "Türkiye": "Turkey",
    "Ivory Coast": "Côte d’Ivoire",
}
"""Names that people also write, with the one that is offered."""


def state_names() -> list[str]:
    """States and provinces of the countries whose are all known, in alphabetical order."""
    return sorted(_names(_STATES))


def country_names() -> list[str]:
    """All countries in alphabetical order."""
    return sorted(_names(_COUNTRIES))


def suggest_states(text: str) -> list[str]:
    """States and provinces that the text may mean, the likeliest first; empty for none."""
    return _alike(text, {name: name for name in _names(_STATES)})


def suggest_countries(text: str) -> list[str]:
    """Countries that the text may mean, the likeliest first; empty for none."""
    return _alike(text, {name: name for name in _names(_COUNTRIES)} | _COUNTRY_BY_OTHER_NAME)


def _names(listed: str) -> list[str]:
    return " ".join(listed.split()).split("; ")


def _alike(text: str, meaning_by_name: dict[str, str]) -> list[str]:
    by_folded = {fold(name): meaning for name, meaning in meaning_by_name.items()}
    found = process.extract(
        fold(text),
        list(by_folded),
        scorer=JaroWinkler.normalized_similarity,
        score_cutoff=_LEAST_ALIKE,
        limit=2 * _MOST,
    )
    return list(dict.fromkeys(by_folded[name] for name, _, _ in found))[:_MOST]
