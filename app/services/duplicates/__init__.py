# SPDX-License-Identifier: MIT
"""Accounts that are probably one customer: found with a score and its reasons, never merged here.

`find_duplicates` normalises the columns (`keys`), lists the pairs that could match at all
(`blocking`), weighs the evidence of each (`scoring`) and connects the pairs to groups. It is pure:
it works on frozen columns in a worker thread and reports progress through a `Watch`.
"""
