# SPDX-License-Identifier: MIT
"""How the figures of overlaps and of coverage are computed, in words."""

Paragraph = tuple[str, str]
"""Kind of label and words."""

_DISPUTE = (
    "An account is in dispute where the step that decides about it names two territories: its name,"
    " its family, drawn areas, or the finest area. Its share is of all accounts that any territory"
    " claims."
)
_LAND = (
    "Land is measured on a plane that keeps areas. What two territories share is divided by the"
    " land of the smaller one; for all together it is (sum of all lands \u2212 land of all) ÷ land"
    " of all. Shared borders count as nothing, and so does what is both below 0.1\u202f% of the"
    " smaller one and below 0.01 km²."
)
_DRAWN_OVER = (
    "Drawn over: land that one has drawn over areas of the other. The drawn area serves there, so"
    " no account is in dispute. Water outside of all areas does not count."
)
PAIR_FORMULA: list[Paragraph] = [("", _DISPUTE), ("", _LAND), ("muted", _DRAWN_OVER)]

_SPLIT = (
    "Each account with a potential is in exactly one column: unassigned, in dispute, vacant (its"
    " territory has no rep today), unreached (no visit and no order in the months chosen), or"
    " worked. The first four hold its whole potential; \u201cbelow potential\u201d holds what a"
    " worked account could buy and does not: max(0, potential \u2212 revenue)."
)
_WHITESPACE = (
    "Whitespace is max(0, potential \u2212 max(0, revenue)), summed over accounts. Penetration is"
    " revenue ÷ potential; above 100\u202f% the potential is set too low. By accounts it is"
    " accounts that buy ÷ accounts with a potential."
)
_SERVICE = (
    "Service is (share of potential) ÷ (share of calls): above 1.25 under-served, below 0.80"
    " over-served, without calls not served. \u201cPromising\u201d is in the top quarter by"
    " potential and in the bottom quarter by penetration."
)
_EXCLUDED = (
    "Potential is per year and includes what is sold already. Accounts without one are left out of"
    " all shares and counted beside them. Revenue is the measure chosen, or else the sales of the"
    " twelve months up to the last sale. Months end with the last visit or sale."
)
COVERAGE_FORMULA: list[Paragraph] = [
    ("", _SPLIT),
    ("", _WHITESPACE),
    ("", _SERVICE),
    ("muted", _EXCLUDED),
]
