# SPDX-License-Identifier: MIT
"""Tables that come in: files read, columns recognised, rows checked, edits made.

The four steps of the import window, in order:

1. `readers.read_table` turns a file into an `ImportedTable` of text columns.
   `packages.read_package` and `hyper_file.read_hyper` do the same for what is no plain table.
2. `guessing.guess_mapping` says what the rows and columns are, first by the profiles of known
   systems, then by names and values; the user may change it.
3. `drafting.prepare` works out, without writing, what would be added and changed and what is
   wrong, as an `AccountDraft` or `RepDraft`. It may run in a worker.
4. `commands.ImportAccounts` or `commands.ImportReps` writes the draft as one undoable edit.
"""
