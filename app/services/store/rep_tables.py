# SPDX-License-Identifier: MIT
"""Tables of reps and which territories they hold."""

TABLES: dict[str, str] = {
    "rep": """CREATE TABLE rep (
  -- A salesperson.
  id INTEGER PRIMARY KEY,         -- ours
  external_id TEXT NOT NULL DEFAULT '',  -- id in the user's own system
  name TEXT NOT NULL DEFAULT '',         -- as shown
  email TEXT NOT NULL DEFAULT '',        -- as imported
  phone TEXT NOT NULL DEFAULT '',        -- as imported
  title TEXT NOT NULL DEFAULT '',        -- job title
  home_text TEXT NOT NULL DEFAULT '',    -- home address in one line
  lon REAL                        -- home, degrees east, NULL where not placed
    CHECK (lon BETWEEN -180.0 AND 180.0),
  lat REAL                        -- home, degrees north, NULL where not placed
    CHECK (lat BETWEEN -90.0 AND 90.0),
  capacity_hours REAL NOT NULL DEFAULT 1600  -- selling hours per year
    CHECK (capacity_hours BETWEEN 0.0 AND 1e9),
  skills TEXT NOT NULL DEFAULT '[]'      -- JSON array of words
    CHECK (length(skills) <= 100000),
  quota REAL                      -- annual target in the plan's currency, or NULL
    CHECK (quota BETWEEN -1e18 AND 1e18),
  notes TEXT NOT NULL DEFAULT ''  -- the user's own words
    CHECK (length(notes) <= 100000),
  CHECK ((lon IS NULL) = (lat IS NULL)),
  CHECK (length(external_id) <= 10000 AND length(name) <= 10000 AND length(email) <= 10000
    AND length(phone) <= 10000 AND length(title) <= 10000 AND length(home_text) <= 10000)
) STRICT""",
    "roster": """CREATE TABLE roster (
  -- Which rep holds which territory; a territory without a row is vacant.
  scenario_id INTEGER NOT NULL REFERENCES scenario (id),    -- the scenario
  territory_id INTEGER NOT NULL REFERENCES territory (id),  -- the territory
  rep_id INTEGER NOT NULL REFERENCES rep (id),              -- the rep
  role TEXT NOT NULL DEFAULT 'primary',                     -- primary, ...
  PRIMARY KEY (scenario_id, territory_id, rep_id, role)
) STRICT, WITHOUT ROWID""",
}
