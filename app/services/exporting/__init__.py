# SPDX-License-Identifier: MIT
"""Tables that go out, as .xlsx and .csv.

`accounts_table.account_table` and `balance_table.balance_table` make an `ExportTable` of plain
columns; `writing.write_table` writes it. A file is written beside its target and then put in its
place as a whole, so what was there stays until the new one is complete.
"""
