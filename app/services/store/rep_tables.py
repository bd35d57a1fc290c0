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
  office_text TEXT NOT NULL DEFAULT ''   -- office address in one line
    CHECK (length(office_text) <= 10000),
  office_lon REAL                 -- office, degrees east, NULL where not placed
    CHECK (office_lon BETWEEN -180.0 AND 180.0),
  office_lat REAL                 -- office, degrees north, NULL where not placed
    CHECK (office_lat BETWEEN -90.0 AND 90.0),
  starts_from TEXT NOT NULL DEFAULT 'home'  -- where the rep's working days begin
    CHECK (starts_from IN ('home', 'office')),
  part_time_fraction REAL NOT NULL DEFAULT 1.0  -- of full time, 0 to 1
    CHECK (part_time_fraction BETWEEN 0.0 AND 1.0),
  days_off REAL NOT NULL DEFAULT 0.0     -- days per year that capacity_hours does not leave out yet
    CHECK (days_off BETWEEN 0.0 AND 366.0),
  languages TEXT NOT NULL DEFAULT '[]'      -- JSON array of words
    CHECK (length(languages) <= 100000),
  product_lines TEXT NOT NULL DEFAULT '[]'  -- JSON array: lines the rep knows how to sell
    CHECK (length(product_lines) <= 100000),
  segments TEXT NOT NULL DEFAULT '[]'       -- JSON array: segments the rep knows how to serve
    CHECK (length(segments) <= 100000),
  experience_years REAL           -- years in sales, or NULL where unknown
    CHECK (experience_years BETWEEN 0.0 AND 100.0),
  start_on TEXT NOT NULL DEFAULT '',     -- ISO date of the first working day, '' where unknown
  end_on TEXT NOT NULL DEFAULT '',       -- ISO date of the last working day, '' where none is known
  manager_id INTEGER REFERENCES rep (id),  -- the rep's manager, or NULL
  cost REAL                       -- per year in the plan's currency, or NULL
    CHECK (cost BETWEEN -1e18 AND 1e18),
  CHECK ((lon IS NULL) = (lat IS NULL)),
  CHECK ((office_lon IS NULL) = (office_lat IS NULL)),
  CHECK (length(start_on) <= 10 AND length(end_on) <= 10),
  CHECK (length(external_id) <= 10000 AND length(name) <= 10000 AND length(email) <= 10000
    AND length(phone) <= 10000 AND length(title) <= 10000 AND length(home_text) <= 10000)
) STRICT""",
    "roster": """CREATE TABLE roster (
  -- Which rep holds which territory; a territory without a row is vacant.
  scenario_id INTEGER NOT NULL REFERENCES scenario (id),    -- the scenario
  territory_id INTEGER NOT NULL REFERENCES territory (id),  -- the territory
  rep_id INTEGER NOT NULL REFERENCES rep (id),              -- the rep
  role TEXT NOT NULL DEFAULT 'primary'  -- who leads, who leads too, who is a specialist, who
                                        -- stands in
    CHECK (role IN ('primary', 'additional', 'overlay', 'backup')),
  share_fraction REAL NOT NULL DEFAULT 1.0  -- share of the credit within the role, 0 to 1
    CHECK (share_fraction BETWEEN 0.0 AND 1.0),
  start_on TEXT NOT NULL DEFAULT '',  -- ISO date from which it holds, '' for always
  end_on TEXT NOT NULL DEFAULT '',    -- ISO date of the last day, '' where none is known
  CHECK (length(start_on) <= 10 AND length(end_on) <= 10),
  PRIMARY KEY (scenario_id, territory_id, rep_id, role)
) STRICT, WITHOUT ROWID""",
}
