# SPDX-License-Identifier: MIT
"""Tables of areas that the user brought or drew, and of what connects areas."""

MAX_LAYER_CHARACTERS = 80_000_000
"""Of a packed boundary layer; the 33,144 ZIP areas of the Census take 6 million."""

MAX_POLYGON_CHARACTERS = 1_000_000
"""Of a drawn area; some 40,000 corners."""

TABLES: dict[str, str] = {
    "boundary_layer": f"""CREATE TABLE boundary_layer (
  -- Areas from a file of the user.
  id INTEGER PRIMARY KEY,         -- ours
  name TEXT NOT NULL DEFAULT '',  -- as shown
  role TEXT NOT NULL              -- replace: instead of the shipped areas with the same codes;
                                  -- join: areas of a country that has none; group: own regions
    CHECK (role IN ('replace', 'join', 'group')),
  level TEXT NOT NULL             -- level of its areas; of a group: of the units that it groups
    CHECK (level IN ('zip', 'county', 'state')),
  country TEXT NOT NULL DEFAULT '',      -- ISO code of the country of its areas, '' for any
  file_name TEXT NOT NULL DEFAULT '',    -- the file it came from, without its folder
  vintage TEXT NOT NULL DEFAULT '',      -- when the areas were so, in words
  attribution TEXT NOT NULL DEFAULT '',  -- who made them, in words
  code_field TEXT NOT NULL DEFAULT '',   -- the column of the file that held the codes
  name_field TEXT NOT NULL DEFAULT '',   -- the column that held the names, or ''
  area_count INTEGER NOT NULL     -- areas in it
    CHECK (area_count BETWEEN 1 AND 1000000),
  position INTEGER NOT NULL DEFAULT 0,   -- order in lists
  content TEXT NOT NULL           -- base64 of the packed areas, see boundaries/packing.py
    CHECK (length(content) <= {MAX_LAYER_CHARACTERS}),
  report TEXT NOT NULL DEFAULT '{{}}'    -- JSON object: what split, merged, vanished and is new
    CHECK (length(report) <= 5000000),
  CHECK (length(name || country || file_name || vintage || attribution
    || code_field || name_field) <= 50000)
) STRICT""",
    "drawn_area": f"""CREATE TABLE drawn_area (
  -- A free polygon that belongs to a territory: it serves the accounts that lie in it.
  id INTEGER PRIMARY KEY,         -- ours
  scenario_id INTEGER NOT NULL REFERENCES scenario (id),    -- the scenario
  territory_id INTEGER NOT NULL REFERENCES territory (id),  -- who serves it
  name TEXT NOT NULL DEFAULT ''   -- as shown
    CHECK (length(name) <= 10000),
  polygon TEXT NOT NULL           -- JSON array of rings of [lon, lat] in degrees; inside by the
                                  -- even-odd rule
    CHECK (length(polygon) <= {MAX_POLYGON_CHARACTERS})
) STRICT""",
    "geounit_link": """CREATE TABLE geounit_link (
  -- Two geounits that do not touch and yet count as neighbours: a bridge, a ferry.
  geounit_a TEXT NOT NULL         -- level:code, the smaller of the two texts
    CHECK (length(geounit_a) <= 100 AND (
      geounit_a GLOB 'zip:?*' OR geounit_a GLOB 'county:?*'
      OR geounit_a GLOB 'state:?*' OR geounit_a GLOB 'country:?*')),
  geounit_b TEXT NOT NULL         -- level:code, the larger
    CHECK (length(geounit_b) <= 100 AND (
      geounit_b GLOB 'zip:?*' OR geounit_b GLOB 'county:?*'
      OR geounit_b GLOB 'state:?*' OR geounit_b GLOB 'country:?*')),
  note TEXT NOT NULL DEFAULT ''   -- the user's own words
    CHECK (length(note) <= 10000),
  PRIMARY KEY (geounit_a, geounit_b),
  CHECK (geounit_a < geounit_b)
) STRICT, WITHOUT ROWID""",
}
