# SPDX-License-Identifier: MIT
"""What a plan file holds, table by table.

A plan file is one SQLite database with the suffix `.evenfield`. All tables are STRICT, all times
are UTC in ISO 8601, all coordinates WGS 84 degrees. The CHECK constraints are the bounds of what
a plan can hold: a value outside them is refused when it is written, so that a plan which was
written here always passes the gate in front of every opening (`gate.py`). They are worded for
speed where an import writes 100,000 rows: OR is three times as fast as IN, one length of all
texts twice as fast as one of each.

History of the schema:

- Version 1: the first one.
- Version 2: accounts with phone, website and dates; products, transactions, visits, goals and
  market data; the outcome of every imported row; what the user decided about owners, duplicates
  and corrections, so that the next import keeps it.
"""

import hashlib
import re
from collections.abc import Iterable

APPLICATION_ID = 0x45564E46
"""Bytes 68 to 71 of every plan file: ``EVNF``."""

SCHEMA_VERSION = 2
"""Kept in `PRAGMA user_version`."""

FILE_SUFFIX = ".evenfield"

MAX_TEXT_LENGTH = 10_000
"""Characters in one text cell; notes and the columns that the import kept have ten times that."""

MAX_VALUE_BYTES = 100_000_000
"""Longest text or blob, a step of the history included."""

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
    CHECK (length(external_id) <= 10000)
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
  CHECK ((lon IS NULL) = (lat IS NULL)),
  CHECK (length(name || street || city || region || postal_code || country_name
    || segment || industry || status || family || owner
    || phone || website || created_on || last_activity_on || gone_since) <= 120000)
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
    "import_ledger": """CREATE TABLE import_ledger (
  -- One row for each import that was written.
  id INTEGER PRIMARY KEY,         -- ours
  at_utc TEXT NOT NULL,           -- UTC, ISO 8601
  file_name TEXT NOT NULL,        -- without its folder
  kind TEXT NOT NULL,             -- accounts, reps, ...
  added INTEGER NOT NULL,         -- rows
  updated INTEGER NOT NULL,       -- rows
  unchanged INTEGER NOT NULL,     -- rows
  skipped INTEGER NOT NULL,       -- rows
  detail TEXT NOT NULL DEFAULT '{}', -- JSON object: the mapping, repairs, reasons with counts
  row_count INTEGER NOT NULL DEFAULT 0,  -- rows of the file, the sum of the four counts
  gone INTEGER NOT NULL DEFAULT 0,       -- accounts of the plan that the file lacked
  profile TEXT NOT NULL DEFAULT '',      -- the kind of export that was recognised
  outcomes TEXT NOT NULL DEFAULT ''      -- what became of every row, see importing/outcomes.py
) STRICT""",
    "history_step": """CREATE TABLE history_step (
  -- What can be undone and redone, oldest first; never part of undo itself.
  id INTEGER PRIMARY KEY,         -- grows with time
  label TEXT NOT NULL,            -- as shown after "Undo"
  at_utc TEXT NOT NULL,           -- UTC, ISO 8601
  stroke TEXT,                    -- edits of one stroke form one step; NULL: a step of its own
  is_undone INTEGER NOT NULL DEFAULT 0 CHECK (is_undone IN (0, 1)),  -- 1: waits to be redone
  first_log_id INTEGER NOT NULL,  -- edit_log rows of the step: from this id
  last_log_id INTEGER NOT NULL,   -- to this one, with action 'do'; smaller than the first if none
  changes TEXT NOT NULL           -- JSON object: the ids that the step touches
) STRICT""",
    "history_patch": """CREATE TABLE history_patch (
  -- The rows that take a step back (or, once undone, bring it again), applied from high to low seq.
  step_id INTEGER NOT NULL REFERENCES history_step (id),  -- the step
  seq INTEGER NOT NULL,           -- from 1
  table_name TEXT NOT NULL,       -- the table to change
  columns TEXT NOT NULL,          -- JSON array: columns of put_rows
  put_rows BLOB NOT NULL,         -- zlib of a JSON array of whole rows to put back
  delete_keys BLOB NOT NULL,      -- zlib of a JSON array of primary keys to delete
  PRIMARY KEY (step_id, seq)
) STRICT""",
    "edit_log": """CREATE TABLE edit_log (
  -- Audit trail of assignments. Rows are only ever added, also by undo and redo.
  id INTEGER PRIMARY KEY,         -- grows with time
  at_utc TEXT NOT NULL,           -- UTC, ISO 8601
  author TEXT NOT NULL,           -- account name on the computer that made the edit
  action TEXT NOT NULL CHECK (action IN ('do', 'undo', 'redo')),  -- how it came about
  label TEXT NOT NULL,            -- label of the step
  scenario_id INTEGER NOT NULL,   -- the scenario
  geounit_id TEXT,                -- the geounit that changed hands, or NULL
  account_id INTEGER,             -- the named account that changed hands, or NULL
  from_territory INTEGER,         -- territory before, NULL: nobody
  to_territory INTEGER            -- territory after, NULL: nobody
) STRICT""",
}

INDEXES: dict[str, str] = {
    "geounit_assignment_by_territory": (
        "CREATE INDEX geounit_assignment_by_territory ON geounit_assignment (territory_id)"
    ),
    "account_assignment_by_territory": (
        "CREATE INDEX account_assignment_by_territory ON account_assignment (territory_id)"
    ),
    "account_assignment_by_account": (
        "CREATE INDEX account_assignment_by_account ON account_assignment (account_id)"
    ),
    "roster_by_rep": "CREATE INDEX roster_by_rep ON roster (rep_id)",
    "account_alias_by_account": (
        "CREATE INDEX account_alias_by_account ON account_alias (account_id)"
    ),
    "separate_accounts_by_other": (
        "CREATE INDEX separate_accounts_by_other ON separate_accounts (other_id)"
    ),
    "goal_by_rep": "CREATE INDEX goal_by_rep ON goal (rep_id)",
    "goal_by_territory": "CREATE INDEX goal_by_territory ON goal (territory_id)",
    "owner_alias_by_rep": "CREATE INDEX owner_alias_by_rep ON owner_alias (rep_id)",
}

NEW_IN_VERSION_2 = (
    *("geounit_measure", "product", "account_transaction", "visit", "goal", "owner_alias"),
    *("account_alias", "account_correction", "separate_accounts"),
)
"""Tables that a plan of version 1 lacks."""

UNDOABLE_TABLES = frozenset(TABLES) - {"meta", "history_step", "history_patch", "edit_log"}
"""Tables that commands may change."""

FIRST_ROWS: tuple[tuple[str, tuple[str | int, ...]], ...] = (
    ("INSERT INTO sales_force VALUES (1, ?, ?)", ("Field sales", "geographic")),
    (
        "INSERT INTO scenario (id, name, status, created_at_utc) VALUES (1, ?, ?, ?)",
        ("Working plan", "draft", "1970-01-01T00:00:00Z"),
    ),
    ("INSERT INTO setting VALUES (?, ?)", ("name", "")),
    ("INSERT INTO setting VALUES (?, ?)", ("tolerance_fraction", "0.15")),
    ("INSERT INTO setting VALUES (?, ?)", ("main_measure", "0")),
    ("INSERT INTO setting VALUES (?, ?)", ("ideal_by_capacity", "0")),
    ("INSERT INTO meta VALUES (?, ?)", ("plan_id", "")),
    ("INSERT INTO meta VALUES (?, ?)", ("created_at_utc", "")),
    ("INSERT INTO meta VALUES (?, ?)", ("created_by_version", "")),
    ("INSERT INTO meta VALUES (?, ?)", ("revision", "0")),
    ("INSERT INTO meta VALUES (?, ?)", ("content_hash", "")),
)
"""Rows of a new plan; `document.py` fills in identity, times and name."""


def fingerprint(master_rows: Iterable[tuple[str, str, str, str | None]]) -> str:
    """SHA-256 over every object of a database, whatever the order and the white space.

    Args:
        master_rows: type, name, tbl_name and sql of all rows of `sqlite_master`.
    """
    lines = sorted(
        # A damaged file may hold anything there; as text it matches no version.
        "|".join((*map(str, (kind, name, table)), re.sub(r"\s+", " ", str(sql or "")).strip()))
        for kind, name, table, sql in master_rows
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


FINGERPRINT_BY_VERSION: dict[int, str] = {
    1: "40631a5252a6cd0958a36613f08b49c6e04818a57052899d0d659b8500390912",
    2: "76f5636c033e94dedae0c751f42db8f077d25ffeba6958c2790a3e37d07d6236",
}
"""Frozen: what `fingerprint` gives for each version that was ever released."""
