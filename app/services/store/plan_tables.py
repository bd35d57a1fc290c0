# SPDX-License-Identifier: MIT
"""Tables of the plan itself: settings, scenarios, territories and who holds which area."""

TABLES: dict[str, str] = {
    "meta": """CREATE TABLE meta (
  -- Identity of the file; never part of undo.
  key TEXT NOT NULL PRIMARY KEY,  -- plan_id, created_at_utc, created_by_version, revision,
                                  -- content_hash
  value TEXT NOT NULL             -- uuid4, UTC time, program version, edits committed so far,
                                  -- SHA-256 of the file (see publish.py)
) STRICT, WITHOUT ROWID""",
    "setting": """CREATE TABLE setting (
  -- What the user set for the whole plan.
  key TEXT NOT NULL PRIMARY KEY,  -- name, tolerance_fraction, main_measure, ideal_by_capacity
  value TEXT NOT NULL             -- as text: the name; 0 < t <= 1; a measure id; 0 or 1
    CHECK (length(value) <= 10000),
  CHECK (CASE key
    WHEN 'tolerance_fraction' THEN CAST(value AS REAL) > 0 AND CAST(value AS REAL) <= 1
    WHEN 'main_measure' THEN value NOT GLOB '*[^0-9]*' AND length(value) BETWEEN 1 AND 15
    WHEN 'ideal_by_capacity' THEN value IN ('0', '1')
    ELSE 1 END)
) STRICT, WITHOUT ROWID""",
    "sales_force": """CREATE TABLE sales_force (
  -- Territories that are meant not to overlap: one product line or channel.
  id INTEGER PRIMARY KEY,         -- 1 exists from the start
  name TEXT NOT NULL,             -- as shown
  model TEXT NOT NULL             -- geographic, by accounts, ...
    CHECK (length(name) <= 10000)
) STRICT""",
    "scenario": """CREATE TABLE scenario (
  -- One alternative inside the plan.
  id INTEGER PRIMARY KEY,         -- 1 exists from the start
  name TEXT NOT NULL,             -- as shown
  status TEXT NOT NULL DEFAULT 'draft',  -- draft, ...
  created_at_utc TEXT NOT NULL,   -- UTC, ISO 8601
  branched_from INTEGER           -- the scenario it was copied from, or NULL
    REFERENCES scenario (id)
    CHECK (length(name) <= 10000)
) STRICT""",
    "territory": """CREATE TABLE territory (
  -- A named group of geounits in a scenario, plus named accounts.
  id INTEGER PRIMARY KEY,         -- never reused while the plan's history knows it
  scenario_id INTEGER NOT NULL REFERENCES scenario (id),        -- the scenario it belongs to
  sales_force_id INTEGER NOT NULL REFERENCES sales_force (id),  -- the sales force it belongs to
  name TEXT NOT NULL              -- as shown
    CHECK (length(name) <= 10000),
  color_index INTEGER NOT NULL DEFAULT 0  -- 0 to 8, into the nine territory colours
    CHECK (color_index BETWEEN 0 AND 8),
  is_color_fixed INTEGER NOT NULL DEFAULT 0  -- 1: the user chose the colour
    CHECK (is_color_fixed IN (0, 1)),
  is_locked INTEGER NOT NULL DEFAULT 0  -- 1: neither hand edits nor builders may change it
    CHECK (is_locked IN (0, 1)),
  parent_id INTEGER REFERENCES territory (id),  -- the district or region above it, or NULL
  notes TEXT NOT NULL DEFAULT ''  -- the user's own words
    CHECK (length(notes) <= 100000),
  external_id TEXT NOT NULL DEFAULT ''  -- id in the user's own system
    CHECK (length(external_id) <= 10000),
  lock_digest TEXT NOT NULL DEFAULT ''  -- what it held when it was locked; '' while it is not
    CHECK (length(lock_digest) <= 10000)
) STRICT""",
    "geounit_assignment": """CREATE TABLE geounit_assignment (
  -- One geounit given to one territory; two rows for one geounit are an overlap.
  scenario_id INTEGER NOT NULL REFERENCES scenario (id),    -- the scenario
  geounit_id TEXT NOT NULL        -- level:code, for example county:06037
    CHECK (length(geounit_id) <= 100 AND (
      geounit_id GLOB 'zip:?*' OR geounit_id GLOB 'county:?*'
      OR geounit_id GLOB 'state:?*' OR geounit_id GLOB 'country:?*')),
  territory_id INTEGER NOT NULL REFERENCES territory (id),  -- who serves it
  PRIMARY KEY (scenario_id, geounit_id, territory_id)
) STRICT, WITHOUT ROWID""",
    "geounit_hole": """CREATE TABLE geounit_hole (
  -- A geounit that is nobody's, although the coarser one around it is assigned.
  scenario_id INTEGER NOT NULL REFERENCES scenario (id),    -- the scenario
  geounit_id TEXT NOT NULL        -- level:code
    CHECK (length(geounit_id) <= 100 AND (
      geounit_id GLOB 'zip:?*' OR geounit_id GLOB 'county:?*'
      OR geounit_id GLOB 'state:?*' OR geounit_id GLOB 'country:?*')),
  PRIMARY KEY (scenario_id, geounit_id)
) STRICT, WITHOUT ROWID""",
}
