# SPDX-License-Identifier: MIT
"""Tables that come in: files read, columns recognised, rows checked, edits made.

The four steps of the import window, in order:

1. `readers.read_tables` turns a file into one `ImportedTable` of text columns, or several: the
   sheets of a workbook, the territories of a package. `readers.read_table` reads one of them again
   as the user wants it; `found_files.files_in` and `pasted.table_from_text` do for folders and
   copied cells.
2. `guessing.guess_mapping` says what the rows and columns are, first by the profiles of known
   systems, then by names and values; the user may change it.
3. `drafting.prepare` works out, without writing, what would be added and changed and what is
   wrong, as an `AccountDraft` or `RepDraft`. It may run in a worker.
4. `commands.ImportAccounts` or `commands.ImportReps` writes the draft as one undoable edit.
"""
