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
  key TEXT NOT NULL PRIMARY KEY,  -- name, tolerance_fraction, main_measure, ideal_by_capacity, and
                                  -- the names in services/store/plan_settings.py
  value TEXT NOT NULL             -- as text: the name; 0 < t <= 1; a measure id (-1 to -3
                                  -- are computed); 0 or 1; JSON
    CHECK (length(value) <= 10000),
  CHECK (CASE key
    WHEN 'tolerance_fraction' THEN CAST(value AS REAL) > 0 AND CAST(value AS REAL) <= 1
    WHEN 'main_measure' THEN value IN ('-1', '-2', '-3')
      OR (value NOT GLOB '*[^0-9]*' AND length(value) BETWEEN 1 AND 15)
    WHEN 'ideal_by_capacity' THEN value IN ('0', '1')
    ELSE 1 END)
) STRICT, WITHOUT ROWID""",
    "sales_force": """CREATE TABLE sales_force (
  -- Territories that are meant not to overlap: one product line or channel.
  id INTEGER PRIMARY KEY,         -- 1 exists from the start
  name TEXT NOT NULL              -- as shown
    CHECK (length(name) <= 10000),
  model TEXT NOT NULL DEFAULT 'geographic'  -- what divides its work: areas, kinds of customers,
                                  -- product lines, or a mix of them
    CHECK (model IN ('geographic', 'customer', 'product', 'hybrid')),
  position INTEGER NOT NULL DEFAULT 0,  -- order in lists
  keeps_families INTEGER NOT NULL DEFAULT 0  -- 1: accounts of a family follow its head
    CHECK (keeps_families IN (0, 1)),
  level_words TEXT NOT NULL DEFAULT '[]'  -- JSON array: words for the levels of territories, from
                                  -- the top; [] for the usual ones
    CHECK (length(level_words) <= 10000),
  notes TEXT NOT NULL DEFAULT ''  -- the user's own words
    CHECK (length(notes) <= 100000)
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
  lock_digest TEXT NOT NULL DEFAULT '',  -- what it held when it was locked; '' while it is not
  travel_mode TEXT NOT NULL DEFAULT 'car'  -- how its rep gets around
    CHECK (travel_mode IN ('car', 'transit', 'bicycle', 'foot', 'remote')),
  admin_hours REAL                -- hours per year beside visits and travel; NULL: as set for all
    CHECK (admin_hours BETWEEN 0.0 AND 1e9),
  travel_hours REAL               -- hours on the road per year as the user says; NULL: estimated
    CHECK (travel_hours BETWEEN 0.0 AND 1e9),
  skills TEXT NOT NULL DEFAULT '[]'     -- JSON array: skills that its rep should have
    CHECK (length(skills) <= 100000),
  languages TEXT NOT NULL DEFAULT '[]'  -- JSON array: languages that its rep should speak
    CHECK (length(languages) <= 100000),
  must_connect INTEGER NOT NULL DEFAULT 1  -- 0: its areas need not hang together
    CHECK (must_connect IN (0, 1)),
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
  sales_force_id INTEGER NOT NULL DEFAULT 1 REFERENCES sales_force (id),  -- in which it is nobody's
  PRIMARY KEY (scenario_id, geounit_id, sales_force_id)
) STRICT, WITHOUT ROWID""",
}
