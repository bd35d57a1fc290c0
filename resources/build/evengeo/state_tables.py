# SPDX-License-Identifier: MIT
"""Which first-level areas of other countries are shipped, and where their source needs help.

The source (Natural Earth 3) draws some countries finer than their first level, and all as they
were about 2014. Countries that have been redrawn since are put together again where whole areas
were joined, named for all that the area holds where one was divided, and left out otherwise.
"""

_COUNTS = """AE:7 AL:12 AM:11 AO:18 AR:24 AT:9 AU:8 BD:7 BE:11 BG:28
BO:9 BR:27 BY:7 CA:13 CH:26 CL:15 CM:10 CN:31 CO:33 CR:7
CU:16 CZ:14 DE:16 DK:5 DO:32 EC:24 EE:15 EG:27 ES:19 FI:18
FR:18 GB:12 GE:12 GR:14 GT:22 HN:18 HR:21 HU:20 ID:33 IE:26
IL:6 IN:34 IQ:18 IS:8 IT:20 JM:14 JO:12 JP:47 KR:17 LK:9
LT:10 LV:5 MX:32 MY:16 MZ:11 NG:37 NI:17 NL:15 NO:16 NZ:17
OM:11 PA:12 PE:25 PH:17 PK:7 PL:16 PT:20 PY:18 RO:42 RS:25
RU:83 SA:13 SE:21 SI:12 SK:8 SN:14 SV:14 TH:77 TN:23 TR:81
TW:22 TZ:30 UA:27 UY:19 UZ:14 VE:25 VN:63 ZA:9 ZM:10 ZW:10"""
STATE_COUNTS = {pair[:2]: int(pair[3:]) for pair in _COUNTS.split()}
"""Areas per country that is shipped with them; the build stops where it finds another number."""

OLD_FRENCH_REGIONS: dict[str, str] = {
    "Rhône-Alpes": "ARA",
    "Auvergne": "ARA",
    "Bourgogne": "BFC",
    "Franche-Comté": "BFC",
    "Bretagne": "BRE",
    "Centre": "CVL",
    "Corse": "20R",
    "Alsace": "GES",
    "Champagne-Ardenne": "GES",
    "Lorraine": "GES",
    "Nord-Pas-de-Calais": "HDF",
    "Picardie": "HDF",
    "Île-de-France": "IDF",
    "Basse-Normandie": "NOR",
    "Haute-Normandie": "NOR",
    "Aquitaine": "NAQ",
    "Limousin": "NAQ",
    "Poitou-Charentes": "NAQ",
    "Languedoc-Roussillon": "OCC",
    "Midi-Pyrénées": "OCC",
    "Pays de la Loire": "PDL",
    "Provence-Alpes-Côte-d'Azur": "PAC",
    "Guadeloupe": "971",
    "Martinique": "972",
    "Guyane française": "973",
    "Réunion": "974",
    "Mayotte": "976",
}
SPANISH_COMMUNITIES: dict[str, str] = {
    "Andalucía": "AN",
    "Aragón": "AR",
    "Asturias": "AS",
    "Canary Is.": "CN",
    "Cantabria": "CB",
    "Castilla-La Mancha": "CM",
    "Castilla y León": "CL",
    "Cataluña": "CT",
    "Ceuta": "CE",
    "Extremadura": "EX",
    "Foral de Navarra": "NC",
    "Galicia": "GA",
    "Islas Baleares": "IB",
    "La Rioja": "RI",
    "Madrid": "MD",
    "Melilla": "ML",
    "Murcia": "MC",
    "País Vasco": "PV",
    "Valenciana": "VC",
}
ENGLISH_REGIONS: dict[str, str] = {
    "North East": "UKC",
    "North West": "UKD",
    "Yorkshire and the Humber": "UKE",
    "East Midlands": "UKF",
    "West Midlands": "UKG",
    "East": "UKH",
    "Greater London": "UKI",
    "South East": "UKJ",
    "South West": "UKK",
}
"""Statistical regions, as sales forces divide England; ISO 3166-2 has none below England."""

BRITISH_NATIONS = {"Scotland": "SCT", "Wales": "WLS", "Northern Ireland": "NIR"}
LATVIAN_REGIONS = {"Kurzeme": "KUR", "Latgale": "LAT", "Riga": "RIG", "Vidzeme": "VID"} | {
    "Zemgale": "ZEM"
}
SLOVENIAN_REGIONS: dict[str, str] = {
    "Pomurska": "031",
    "Podravska": "032",
    "Koroška": "033",
    "Savinjska": "034",
    "Zasavska": "035",
    "Spodnjeposavska": "036",
    "Jugovzhodna Slovenija": "037",
    "Notranjsko-kraška": "038",
    "Osrednjeslovenska": "041",
    "Gorenjska": "042",
    "Goriška": "043",
    "Obalno-kraška": "044",
}
"""Statistical regions (NUTS 3); the source draws 193 communes."""

REGION_CODES: dict[str, dict[str, str]] = {
    "ES": SPANISH_COMMUNITIES,
    "FR": OLD_FRENCH_REGIONS,
    "LV": LATVIAN_REGIONS,
    "SI": SLOVENIAN_REGIONS,
}
"""Per country the code of the state by what the source calls the region of an area."""

NORWEGIAN_COUNTIES: dict[str, str] = {
    "Østfold": "31",
    "Akershus": "32",
    "Buskerud": "33",
    "Oppland": "34",
    "Hedmark": "34",
    "Vestfold": "39",
    "Telemark": "40",
    "Aust-Agder": "42",
    "Vest-Agder": "42",
    "Hordaland": "46",
    "Sogn og Fjordane": "46",
    "Nord-Trøndelag": "50",
    "Sør-Trøndelag": "50",
    "Troms": "55",
    "Finnmark": "56",
    "Oslo": "03",
    "Rogaland": "11",
    "Møre og Romsdal": "15",
    "Nordland": "18",
    "Svalbard": "21",
}
"""Counties of 2024 by those of 2014."""

CODE_OF_NAME: dict[str, dict[str, str]] = {
    "NO": NORWEGIAN_COUNTIES,
    "AL": {"ALB-1529": "11"},
    "AR": {"Buenos Aires": "B", "Ciudad de Buenos Aires": "C"},
    "AU": {"Jervis Bay Territory": "NSW", "Macquarie Island": "TAS"},
    "BE": {
        "Antwerp": "VAN",
        "Brussels": "BRU",
        "East Flanders": "VOV",
        "Flemish Brabant": "VBR",
        "Hainaut": "WHT",
        "Liege": "WLG",
        "Limburg": "VLI",
        "Luxembourg": "WLX",
        "Namur": "WNA",
        "Walloon Brabant": "WBR",
        "West Flanders": "VWV",
    },
    "BG": {"Grad Sofiya": "22", "Sofia": "23"},
    "BY": {"Gomel": "HO", "Mogilev": "MA", "Minsk": "MI", "City of Minsk": "HM"},
    "CL": {"Magallanes y Antártica Chilena": "MA"},
    "CM": {"Extrême-Nord": "EN"},
    "CN": {"Paracel Islands": "HI"},
    "CO": {"San Andrés y Providencia": "SAP"},
    "DO": {"Hermanas": "19"},
    "EG": {"Al Wadi at Jadid": "WAD"},
    "HR": {"Zagrebacka": "01", "Grad Zagreb": "21", "HRV-1602": "12", "HRV-1604": "11"},
    "HU": {"Veszprém": "VE"},
    "ID": {"Irian Jaya Barat": "PB", "Papua": "PA", "Maluku": "MA"},
    "IE": {
        "North Tipperary": "TA",
        "South Tipperary": "TA",
        "South Dublin": "D",
        "Fingal": "D",
        "Dún Laoghaire–Rathdown": "D",
    },
    "IN": {
        "Orissa": "OD",
        "Uttaranchal": "UK",
        "Chhattisgarh": "CG",
        "Daman and Diu": "DH",
        "Dadra and Nagar Haveli": "DH",
        "Andaman and Nicobar": "AN",
    },
    "IQ": {"Dihok": "DA", "Arbil": "AR", "As-Sulaymaniyah": "SU"},
    "IS": {"Reykjavík": "1"},
    "MX": {"Distrito Federal": "CMX"},
    "MZ": {"MOZ-1927": "L", "MOZ-5854": "MPM"},
    "NG": {"Nassarawa": "NA"},
    "PA": {"Kuna Yala": "KY"},
    "PE": {"PER-573": "PUN", "Callao": "CAL", "Lima Province": "LIM", "Lima": "LIM"},
    "PK": {"Northern Areas": "GB", "N.W.F.P.": "KP", "F.A.T.A.": "KP", "Azad Kashmir": "JK"},
    "RS": {
        "Južno-Backi": "06",
        "Južno-Banatski": "04",
        "Srednje-Banatski": "02",
        "Zapadno-Backi": "05",
        "Severno-Backi": "01",
        "Severno-Banatski": "03",
        "Sremski": "07",
        "Grad Beograd": "00",
    },
    "RU": {"North Ossetia": "SE", "Sakha (Yakutia)": "SA"},
    "SA": {"Al Quassim": "05"},
    "TN": {"Manubah": "14", "Sidi Bou Zid": "43"},
    "TW": {
        "Chiayi": "CYQ",
        "Chiayi City": "CYI",
        "Hsinchu": "HSQ",
        "Hsinchu City": "HSZ",
        "Kaohsiung City": "KHH",
        "New Taipei City": "NWT",
        "Taipei City": "TPE",
    },
    "UA": {"Mykolayiv": "48", "Kiev City": "30", "Kiev": "32"},
    "UZ": {"UZB-372": "TO", "UZB-4828": "TK"},
    "VN": {"VNM-451": "53", "VNM-461": "66", "VNM-497": "39"},
}
"""Per country the code (without the country's) of areas that no name leads to.

An area is given by its name, or by its number in the source where another one has the same name.
"""

NAMES: dict[str, str] = {
    "BD-C": "Dhaka and Mymensingh",
    "BR-DF": "Distrito Federal",
    "CL-BI": "Biobío and Ñuble",
    "CL-MA": "Magallanes",
    "CO-DC": "Bogotá",
    "CZ-10": "Prague",
    "ES-MC": "Region of Murcia",
    "ES-MD": "Community of Madrid",
    "ES-NC": "Navarre",
    "ES-VC": "Valencian Community",
    "FR-20R": "Corsica",
    "FR-BFC": "Bourgogne-Franche-Comté",
    "FR-GES": "Grand Est",
    "FR-IDF": "Île-de-France",
    "FR-NOR": "Normandy",
    "FR-PAC": "Provence-Alpes-Côte d’Azur",
    "FR-PDL": "Pays de la Loire",
    "FR-971": "Guadeloupe",
    "FR-972": "Martinique",
    "FR-973": "French Guiana",
    "FR-974": "Réunion",
    "FR-976": "Mayotte",
    "GB-UKC": "North East England",
    "GB-UKD": "North West England",
    "GB-UKE": "Yorkshire and the Humber",
    "GB-UKF": "East Midlands",
    "GB-UKG": "West Midlands",
    "GB-UKH": "East of England",
    "GB-UKI": "Greater London",
    "GB-UKJ": "South East England",
    "GB-UKK": "South West England",
    "IN-AP": "Andhra Pradesh and Telangana",
    "IN-CG": "Chhattisgarh",
    "IN-DH": "Dadra and Nagar Haveli and Daman and Diu",
    "IN-UK": "Uttarakhand",
    "IN-JK": "Jammu and Kashmir and Ladakh",
    "LV-KUR": "Kurzeme",
    "LV-LAT": "Latgale",
    "LV-RIG": "Riga",
    "LV-VID": "Vidzeme",
    "LV-ZEM": "Zemgale",
    "MX-CMX": "Mexico City",
    "MX-MEX": "State of Mexico",
    "NZ-MBH": "Marlborough",
    "NO-42": "Agder",
    "NO-46": "Vestland",
    "PA-8": "Panamá and Panamá Oeste",
    "PK-JK": "Azad Kashmir",
    "TN-14": "Manouba and Ariana",
    "TW-CYI": "Chiayi City",
    "TW-CYQ": "Chiayi County",
    "TW-HSQ": "Hsinchu County",
    "TW-HSZ": "Hsinchu City",
    "TZ-14": "Mbeya and Songwe",
    "CN-NM": "Inner Mongolia",
    "NO-31": "Østfold",
    "NO-32": "Akershus",
    "NO-33": "Buskerud",
    "NO-39": "Vestfold",
    "NO-40": "Telemark",
    "NO-55": "Troms",
    "NO-56": "Finnmark",
    **{f"SI-{code}": name for name, code in SLOVENIAN_REGIONS.items()},
}
"""Names where no source has one, or where an area holds what has been divided since."""

OUTLYING: frozenset[str] = frozenset(
    (
        *("Antipodes Islands", "Auckland Islands", "Bounty Islands", "Campbell Islands"),
        *("Kermadec Islands", "The Snares", "Three Kings Islands"),
        *("Ashmore and Cartier Islands", "Christmas Island", "Cocos (Keeling) Islands"),
        *("Coral Sea Islands", "Guantanamo Bay USNB", "Kashmir", "Neutral Zone"),
    )
)
"""Areas of no state of their own, which go to the nearest one of their country."""

DROPPED: frozenset[tuple[str, str]] = frozenset(
    (("NO", "Bouvet Island"), ("NZ", "Tokelau"), ("AU", "Norfolk Island"))
)
"""Far islands of another country's file, by country and name."""
