# SPDX-License-Identifier: MIT
"""Tables of what decides who serves an account beside areas: rules, families, exceptions, work."""

MAX_CONDITION_CHARACTERS = 1_000_000
"""Of the condition of a rule; a list of 50,000 postal codes fits."""

TABLES: dict[str, str] = {
    "rule": f"""CREATE TABLE rule (
  -- Accounts that meet a condition belong to a territory; the first rule that fits decides.
  id INTEGER PRIMARY KEY,         -- ours
  scenario_id INTEGER NOT NULL REFERENCES scenario (id),        -- the scenario
  sales_force_id INTEGER NOT NULL REFERENCES sales_force (id),  -- the sales force
  position INTEGER NOT NULL,      -- order within the sales force, smallest first
  name TEXT NOT NULL DEFAULT ''   -- as shown; '' for its condition in words
    CHECK (length(name) <= 10000),
  condition TEXT NOT NULL         -- JSON object, see services/rules/condition_text.py
    CHECK (length(condition) <= {MAX_CONDITION_CHARACTERS}),
  territory_id INTEGER NOT NULL REFERENCES territory (id),      -- who serves what it matches
  is_enabled INTEGER NOT NULL DEFAULT 1  -- 0: it decides nothing
    CHECK (is_enabled IN (0, 1)),
  notes TEXT NOT NULL DEFAULT ''  -- why, in the user's own words
    CHECK (length(notes) <= 100000),
  author TEXT NOT NULL DEFAULT ''  -- account name on the computer on which it was last changed
    CHECK (length(author) <= 10000),
  changed_at_utc TEXT NOT NULL DEFAULT ''  -- UTC, ISO 8601
    CHECK (length(changed_at_utc) <= 100)
) STRICT""",
    "family_assignment": """CREATE TABLE family_assignment (
  -- A whole family of accounts given to a territory; a named account of it goes its own way.
  scenario_id INTEGER NOT NULL REFERENCES scenario (id),    -- the scenario
  family TEXT NOT NULL            -- as in account.family
    CHECK (length(family) BETWEEN 1 AND 10000),
  territory_id INTEGER NOT NULL REFERENCES territory (id),  -- who serves it
  PRIMARY KEY (scenario_id, family, territory_id)
) STRICT, WITHOUT ROWID""",
    "apart_accounts": """CREATE TABLE apart_accounts (
  -- Two accounts that no territory may serve together, rivals for example.
  account_id INTEGER NOT NULL REFERENCES account (id),  -- the one with the smaller id
  other_id INTEGER NOT NULL REFERENCES account (id),    -- the other
  note TEXT NOT NULL DEFAULT ''   -- why, in the user's own words
    CHECK (length(note) <= 10000),
  PRIMARY KEY (account_id, other_id),
  CHECK (account_id < other_id)
) STRICT, WITHOUT ROWID""",
    "account_lock": """CREATE TABLE account_lock (
  -- An account that stays where it is: it is named for the territory, and no edit moves it.
  scenario_id INTEGER NOT NULL REFERENCES scenario (id),        -- the scenario
  account_id INTEGER NOT NULL REFERENCES account (id),          -- the account
  sales_force_id INTEGER NOT NULL REFERENCES sales_force (id),  -- the territory's sales force
  territory_id INTEGER NOT NULL REFERENCES territory (id),      -- whose it stays
  PRIMARY KEY (scenario_id, account_id, sales_force_id)
) STRICT, WITHOUT ROWID""",
    "geounit_lock": """CREATE TABLE geounit_lock (
  -- An area that stays where it is, whatever becomes of the larger area around it.
  scenario_id INTEGER NOT NULL REFERENCES scenario (id),        -- the scenario
  geounit_id TEXT NOT NULL        -- level:code
    CHECK (length(geounit_id) <= 100 AND (
      geounit_id GLOB 'zip:?*' OR geounit_id GLOB 'county:?*'
      OR geounit_id GLOB 'state:?*' OR geounit_id GLOB 'country:?*')),
  sales_force_id INTEGER NOT NULL REFERENCES sales_force (id),  -- the territory's sales force
  territory_id INTEGER NOT NULL REFERENCES territory (id),      -- whose it stays
  PRIMARY KEY (scenario_id, geounit_id, sales_force_id)
) STRICT, WITHOUT ROWID""",
    "visit_class": """CREATE TABLE visit_class (
  -- How often and how long accounts of a class are visited.
  id INTEGER PRIMARY KEY,         -- ours
  name TEXT NOT NULL UNIQUE       -- as in account.visit_class
    CHECK (length(name) BETWEEN 1 AND 1000),
  position INTEGER NOT NULL DEFAULT 0,  -- order in lists
  visits_per_year REAL NOT NULL   -- planned visits per account and year
    CHECK (visits_per_year BETWEEN 0.0 AND 10000.0),
  visit_hours REAL NOT NULL       -- hours of one visit
    CHECK (visit_hours BETWEEN 0.0 AND 1000.0),
  preparation_hours REAL NOT NULL DEFAULT 0.0  -- hours before and after each visit
    CHECK (preparation_hours BETWEEN 0.0 AND 1000.0),
  is_default INTEGER NOT NULL DEFAULT 0  -- 1: accounts without a class count as this one
    CHECK (is_default IN (0, 1))
) STRICT""",
    "known_trip": """CREATE TABLE known_trip (
  -- How long a real trip takes, as the user says; estimates of travel are adjusted by it.
  id INTEGER PRIMARY KEY,         -- ours
  from_text TEXT NOT NULL DEFAULT '',  -- where it begins, as typed
  from_lon REAL NOT NULL          -- degrees east
    CHECK (from_lon BETWEEN -180.0 AND 180.0),
  from_lat REAL NOT NULL          -- degrees north
    CHECK (from_lat BETWEEN -90.0 AND 90.0),
  to_text TEXT NOT NULL DEFAULT '',    -- where it ends, as typed
  to_lon REAL NOT NULL            -- degrees east
    CHECK (to_lon BETWEEN -180.0 AND 180.0),
  to_lat REAL NOT NULL            -- degrees north
    CHECK (to_lat BETWEEN -90.0 AND 90.0),
  minutes REAL NOT NULL           -- how long it takes one way
    CHECK (minutes BETWEEN 0.1 AND 10000.0),
  mode TEXT NOT NULL DEFAULT 'car'  -- as in territory.travel_mode
    CHECK (mode IN ('car', 'transit', 'bicycle', 'foot')),
  CHECK (length(from_text || to_text) <= 20000)
) STRICT""",
}
