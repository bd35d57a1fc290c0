# SPDX-License-Identifier: MIT
"""Whether the data still says how things are."""

from datetime import date

import numpy as np

from app.models.days import day_number
from app.services.analysis.sales import years_earlier
from app.services.data_health.facts import NO_DAY, HealthFacts, iso_days
from app.services.data_health.report import (
    HealthCheck,
    HealthGroup,
    Question,
    Repair,
    Severity,
)
from app.services.geography.arrays import LongArray
from app.services.record_tables import SALE

OLD_LIST_DAYS = 183
"""A customer list older than half a year should be imported again (ours)."""

_OVER_ONE = Question(
    key="silent_12_months",
    group=HealthGroup.FRESHNESS,
    title="Silent for 12 to 24 months",
    found="No sale, visit or other activity for more than a year. Accounts without any date are"
    " not counted. Ask their owners whether they are still customers.",
    nothing="No account fell silent 12 to 24 months ago.",
)
_OVER_TWO = Question(
    key="silent_24_months",
    group=HealthGroup.FRESHNESS,
    title="Silent for more than 24 months",
    found="No sale, visit or other activity for more than two years. They take room in the balance"
    " of their territory that nobody needs.",
    nothing="No account has been silent for more than 24 months.",
    worst=Severity.WARNING,
    warns_from=0.2,
)
_NO_DATES = HealthCheck(
    key="no_dates",
    group=HealthGroup.FRESHNESS,
    title="No dates of activity",
    severity=Severity.NOTICE,
    rows=np.empty(0, dtype=np.int64),
    share_fraction=None,
    sentence="Nobody can tell which accounts are still alive. Import sales, visits, or a list with"
    " the date of the last activity.",
    repairs=(Repair.IMPORT,),
)
_GONE = Question(
    key="gone",
    group=HealthGroup.FRESHNESS,
    title="Gone from the latest list",
    found="A later import of the list no longer had them. They stay in the plan until an import is"
    " told to remove what is gone.",
    nothing="No account was missing from a later import of its list.",
    repairs=(Repair.ROWS, Repair.SHEET),
)


def freshness_checks(facts: HealthFacts) -> list[HealthCheck]:
    """Silent accounts, accounts that left the list, and the age of the list."""
    return [*_silent(facts), _GONE.answer(~facts.blank("gone_since")), *_list_age(facts)]


def last_activity(facts: HealthFacts) -> LongArray:
    """Per account the day of its last activity, sale or visit up to today, `NO_DAY` for none."""
    today = day_number(facts.today)
    last = iso_days(facts.texts["last_activity_on"])
    last[last > today] = NO_DAY
    sold, visits = facts.transactions, facts.visits
    for rows, days, taken in (
        (sold.account_row, sold.day, sold.stage == SALE),
        (visits.account_row, visits.day, np.ones(len(visits), dtype=bool)),
    ):
        used = taken & (days <= today) & (rows < len(last))
        np.maximum.at(last, rows[used], days[used].astype(np.int64))
    return last


def _silent(facts: HealthFacts) -> list[HealthCheck]:
    last = last_activity(facts)
    known = last != NO_DAY
    if not known.any():
        return [_NO_DATES] if len(facts) else []
    one, two = (day_number(years_earlier(facts.today, years)) for years in (1, 2))
    count = int(known.sum())
    return [
        _OVER_ONE.answer(known & (last < one) & (last >= two), of=count),
        _OVER_TWO.answer(known & (last < two), of=count),
    ]


def _list_age(facts: HealthFacts) -> list[HealthCheck]:
    if facts.newest_import is None:
        return []
    is_old = (facts.today - facts.newest_import).days > OLD_LIST_DAYS
    return [_age_check(facts.newest_import, is_old=is_old)]


def _age_check(on: date, *, is_old: bool) -> HealthCheck:
    sentence = (
        "The list is more than half a year old. Import today's; what is known by its id is"
        " updated, and nothing that you decided in the plan is lost."
        if is_old
        else "The list is less than half a year old."
    )
    return HealthCheck(
        key="list_age",
        group=HealthGroup.FRESHNESS,
        title="Newest customer list",
        severity=Severity.NOTICE if is_old else Severity.GOOD,
        rows=np.empty(0, dtype=np.int64),
        share_fraction=None,
        sentence=sentence,
        repairs=(Repair.IMPORT,) if is_old else (),
        on=on,
    )
