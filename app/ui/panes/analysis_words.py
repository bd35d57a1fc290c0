# SPDX-License-Identifier: MIT
"""How the figures of the analysis are computed, in words."""

Paragraph = tuple[str, str]
"""Kind of label and words."""

_REVENUE = (
    "Sales are the amounts of all sales by their date, credit notes taken off; open and lost deals"
    " do not count. Figures go up to the day of the last sale."
)
_TREND = (
    "The line is the mean of a month and the eleven before it. As each mean holds every month of"
    " the year once, the season is not in it, and it shows the trend."
)
_SEASON = (
    "Season: each month divided by the average of the year around it, averaged over the years, and"
    " scaled to a mean of 1. An index of 1.20 is a month 20\u202f% above the average. It needs 24"
    " complete months."
)
_COMPARED = (
    "Growth compares with the same days a year before. The last month counts as complete when at"
    " most three days of it are left."
)
SALES_FORMULA: list[Paragraph] = [
    ("", _REVENUE),
    ("", _TREND),
    ("", _SEASON),
    ("muted", _COMPARED),
]

_RANKED = (
    "The accounts are ranked by the chosen value. From the largest down they are A until they hold"
    " 80\u202f% of the total together, then B until 95\u202f%, then C. The account that crosses a"
    " line still belongs to the better class."
)
_UNRANKED = (
    "Accounts without a value, or with one below zero, are not ranked and not in the total. Equal"
    " values stay in the order of the list."
)
VALUE_FORMULA: list[Paragraph] = [("", _RANKED), ("muted", _UNRANKED)]

SIZE_FORMULA = (
    "Size is the value of the chosen measure. Without limits of your own, the accounts with a value"
    " above 0 are split into four classes of equal number; equal values are never parted. A limit"
    " belongs to the class below it."
)
REGION_FORMULA = (
    "An account counts for the area that contains its place. Accounts without a place at this level"
    " are listed apart."
)
TEXT_FORMULA = (
    "Upper and lower case and double spaces do not matter; a group has the spelling that most of"
    " its accounts use."
)
PARTS_ADD_UP = "Every account is in exactly one group, so the groups add up to the list."

_NEW = (
    "New: first revenue in the last 12 months, none in the 24 months before them. Where the sales"
    " do not reach back that far, they are called first seen. Won back: earlier revenue, but none"
    " in those 24 months. Back after a pause: bought the year before last, not last year."
)
_DECLINING = (
    "Declining: more than 20\u202f% less than in the 12 months before, and the fall is at least a"
    " tenth of what an average customer bought. Lost: bought in the 12 months before, nothing in"
    " the last 12."
)
_RETENTION = (
    "Of the customers of the year before: customers kept is the share that still buys; revenue kept"
    " counts each at most with what it bought before; with growth, it counts what it buys now."
)
MOVEMENT_FORMULA: list[Paragraph] = [("", _NEW), ("", _DECLINING), ("", _RETENTION)]
