# SPDX-License-Identifier: MIT
"""Tables of accounts, what is measured on them or on areas, and what was decided about them."""

TABLES: dict[str, str] = {
    "account": """CREATE TABLE account (
  -- A customer or prospect.
  id INTEGER PRIMARY KEY,         -- ours
  external_id TEXT NOT NULL UNIQUE  -- id in the user's own system
    CHECK (length(external_id) <= 10000),
  name TEXT NOT NULL DEFAULT '',          -- as imported
  street TEXT NOT NULL DEFAULT '',        -- as imported
  city TEXT NOT NULL DEFAULT '',          -- as imported
  region TEXT NOT NULL DEFAULT '',        -- state or province, as imported
  postal_code TEXT NOT NULL DEFAULT '',   -- as imported, leading zeros kept
  country_name TEXT NOT NULL DEFAULT '',  -- as imported
  segment TEXT NOT NULL DEFAULT '',       -- as imported
  industry TEXT NOT NULL DEFAULT '',      -- as imported
  status TEXT NOT NULL DEFAULT 'customer',  -- customer, prospect, ...
  family TEXT NOT NULL DEFAULT '',        -- the group of companies it belongs to
  owner TEXT NOT NULL DEFAULT '',         -- today's salesperson: an id, a name or an e-mail address
  lon REAL                        -- degrees east, NULL where the account is not placed
    CHECK (lon BETWEEN -180.0 AND 180.0),
  lat REAL                        -- degrees north, NULL where the account is not placed
    CHECK (lat BETWEEN -90.0 AND 90.0),
  placed_by TEXT NOT NULL DEFAULT 'not_placed'  -- how its position was found
    CHECK (placed_by = 'postal_code' OR placed_by = 'coordinates' OR placed_by = 'city'
      OR placed_by = 'region' OR placed_by = 'not_placed' OR placed_by = 'po_box'
      OR placed_by = 'county' OR placed_by = 'country' OR placed_by = 'by_hand'),
  country TEXT NOT NULL DEFAULT '',   -- code of the country that contains it, '' where unknown
  state TEXT NOT NULL DEFAULT '',     -- code of the state that contains it
  county TEXT NOT NULL DEFAULT '',    -- code of the county that contains it
  zip_code TEXT NOT NULL DEFAULT '',  -- code of the ZIP area that contains it
  extra TEXT NOT NULL DEFAULT '{}'    -- JSON object: columns kept without a meaning, by header
    CHECK (length(extra) <= 100000),
  phone TEXT NOT NULL DEFAULT '',     -- as imported
  website TEXT NOT NULL DEFAULT '',   -- web address, domain or e-mail address, as imported
  created_on TEXT NOT NULL DEFAULT '',        -- ISO date on which it became an account
  last_activity_on TEXT NOT NULL DEFAULT '',  -- ISO date of the last contact
  gone_since TEXT NOT NULL DEFAULT '',        -- ISO date of the first import that lacked it
  visit_class TEXT NOT NULL DEFAULT '',       -- name of its visit class, '' for the usual one
  CHECK ((lon IS NULL) = (lat IS NULL)),
  CHECK (length(name || street || city || region || postal_code || country_name
    || segment || industry || status || family || owner
    || phone || website || created_on || last_activity_on || gone_since || visit_class) <= 120000)
) STRICT""",
    "measure": """CREATE TABLE measure (
  -- A summable number on accounts or geounits. The account count (id 0) has no row.
  id INTEGER PRIMARY KEY CHECK (id >= 1),  -- ours
  name TEXT NOT NULL UNIQUE       -- as shown
    CHECK (length(name) <= 10000),
  kind TEXT NOT NULL DEFAULT 'number'   -- decides how it is written
    CHECK (kind IN ('money', 'count', 'hours', 'number')),
  source TEXT NOT NULL DEFAULT '',      -- header of the column it was imported from
  level TEXT NOT NULL DEFAULT ''        -- '' on accounts; else the level of its geounits
    CHECK (level IN ('', 'zip', 'county', 'state', 'country'))
) STRICT""",
    "account_measure": """CREATE TABLE account_measure (
  -- The value of one measure for one account; no row means no value.
  measure_id INTEGER NOT NULL REFERENCES measure (id),  -- the measure
  account_id INTEGER NOT NULL,    -- the account; the gate checks that it exists, as an index for a
                                  -- reference would double the size of the table
  value REAL NOT NULL             -- in the measure's own unit
    CHECK (value BETWEEN -1e18 AND 1e18),
  PRIMARY KEY (measure_id, account_id)
) STRICT, WITHOUT ROWID""",
    "geounit_measure": """CREATE TABLE geounit_measure (
  -- Market data: the value of one measure for one geounit; no row means no value.
  measure_id INTEGER NOT NULL REFERENCES measure (id),  -- the measure
  geounit_id TEXT NOT NULL        -- level:code, of the measure's level
    CHECK (length(geounit_id) <= 100 AND (
      geounit_id GLOB 'zip:?*' OR geounit_id GLOB 'county:?*'
      OR geounit_id GLOB 'state:?*' OR geounit_id GLOB 'country:?*')),
  value REAL NOT NULL             -- in the measure's own unit
    CHECK (value BETWEEN -1e18 AND 1e18),
  PRIMARY KEY (measure_id, geounit_id)
) STRICT, WITHOUT ROWID""",
    "product": """CREATE TABLE product (
  -- What is sold.
  id INTEGER PRIMARY KEY,         -- ours
  external_id TEXT NOT NULL DEFAULT '',  -- id in the user's own system
  name TEXT NOT NULL DEFAULT '',         -- as shown
  line TEXT NOT NULL DEFAULT '',         -- product line or category
  unit_price REAL                 -- in the plan's currency, or NULL
    CHECK (unit_price BETWEEN -1e18 AND 1e18),
  CHECK (length(external_id || name || line) <= 30000)
) STRICT""",
    "account_transaction": """CREATE TABLE account_transaction (
  -- A sale, an open deal or a lost one.
  id INTEGER PRIMARY KEY,         -- ours
  external_id TEXT NOT NULL DEFAULT ''  -- order or deal, and line, in the user's own system
    CHECK (length(external_id) <= 10000),
  account_id INTEGER NOT NULL,    -- the account; the gate checks that it exists
  day INTEGER NOT NULL            -- days since 1970-01-01
    CHECK (day BETWEEN -50000 AND 100000),
  product_id INTEGER,             -- the product, or NULL; the gate checks that it exists
  amount REAL                     -- net, in the plan's currency; NULL where only lines have one
    CHECK (amount BETWEEN -1e18 AND 1e18),
  quantity REAL                   -- in the product's unit, or NULL
    CHECK (quantity BETWEEN -1e18 AND 1e18),
  stage TEXT NOT NULL DEFAULT 'sale'  -- sale, open or lost
    CHECK (stage = 'sale' OR stage = 'open' OR stage = 'lost'),
  owner TEXT NOT NULL DEFAULT ''  -- who sold it, as imported
    CHECK (length(owner) <= 10000)
) STRICT""",
    "visit": """CREATE TABLE visit (
  -- A visit or call that took place.
  id INTEGER PRIMARY KEY,         -- ours
  external_id TEXT NOT NULL DEFAULT ''  -- id in the user's own system
    CHECK (length(external_id) <= 10000),
  account_id INTEGER NOT NULL,    -- the account; the gate checks that it exists
  day INTEGER NOT NULL            -- days since 1970-01-01
    CHECK (day BETWEEN -50000 AND 100000),
  hours REAL                      -- how long it took, or NULL
    CHECK (hours BETWEEN 0.0 AND 1e6),
  owner TEXT NOT NULL DEFAULT '',   -- who was there, as imported
  outcome TEXT NOT NULL DEFAULT ''  -- as imported
    CHECK (length(owner || outcome) <= 20000)
) STRICT""",
    "goal": """CREATE TABLE goal (
  -- What a rep, a territory or, without either, the company is to reach in a period.
  id INTEGER PRIMARY KEY,         -- ours
  rep_id INTEGER REFERENCES rep (id),              -- the rep, or NULL
  territory_id INTEGER REFERENCES territory (id),  -- the territory, or NULL
  name TEXT NOT NULL DEFAULT 'Quota'  -- what is counted
    CHECK (length(name) <= 10000),
  first_day INTEGER NOT NULL      -- days since 1970-01-01
    CHECK (first_day BETWEEN -50000 AND 100000),
  last_day INTEGER NOT NULL       -- days since 1970-01-01, the last day of the period
    CHECK (last_day BETWEEN -50000 AND 100000),
  amount REAL NOT NULL            -- in the plan's currency or the unit of what is counted
    CHECK (amount BETWEEN -1e18 AND 1e18),
  CHECK (first_day <= last_day),
  CHECK (rep_id IS NULL OR territory_id IS NULL)
) STRICT""",
    "owner_alias": """CREATE TABLE owner_alias (
  -- Which rep the user says an owner value means.
  owner TEXT NOT NULL PRIMARY KEY  -- the value in lower case, without double spaces
    CHECK (length(owner) <= 10000),
  rep_id INTEGER NOT NULL REFERENCES rep (id)  -- the rep
) STRICT, WITHOUT ROWID""",
    "account_alias": """CREATE TABLE account_alias (
  -- Ids of accounts that were merged into another; the next import finds that one.
  external_id TEXT NOT NULL PRIMARY KEY  -- id in the user's own system
    CHECK (length(external_id) <= 10000),
  account_id INTEGER NOT NULL REFERENCES account (id)  -- the account that is left
) STRICT, WITHOUT ROWID""",
    "account_correction": """CREATE TABLE account_correction (
  -- A field that the user corrected in the plan; an import does not overwrite it unasked.
  account_id INTEGER NOT NULL REFERENCES account (id),  -- the account
  field TEXT NOT NULL,            -- column of account, or 'place' for its position
  imported TEXT NOT NULL          -- what the file said
    CHECK (length(field || imported) <= 20000),
  at_utc TEXT NOT NULL,           -- UTC, ISO 8601
  PRIMARY KEY (account_id, field)
) STRICT, WITHOUT ROWID""",
    "separate_accounts": """CREATE TABLE separate_accounts (
  -- Two accounts that look alike and, as the user says, are not the same.
  account_id INTEGER NOT NULL REFERENCES account (id),  -- the one with the smaller id
  other_id INTEGER NOT NULL REFERENCES account (id),    -- the other
  PRIMARY KEY (account_id, other_id),
  CHECK (account_id < other_id)
) STRICT, WITHOUT ROWID""",
    "account_assignment": """CREATE TABLE account_assignment (
  -- A named account given to a territory, whatever area it lies in.
  scenario_id INTEGER NOT NULL REFERENCES scenario (id),    -- the scenario
  account_id INTEGER NOT NULL REFERENCES account (id),      -- the account
  territory_id INTEGER NOT NULL REFERENCES territory (id),  -- who serves it
  PRIMARY KEY (scenario_id, account_id, territory_id)
) STRICT, WITHOUT ROWID""",
}
