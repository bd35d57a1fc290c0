# SPDX-License-Identifier: MIT
"""Tables of imports, and of what can be undone."""

TABLES: dict[str, str] = {
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
