# SPDX-License-Identifier: MIT
"""All checks of the health of the data, and what they look at."""

from datetime import UTC, date, datetime

from app.models.geounit import GeoLevel
from app.services.data_health.completeness import completeness_checks
from app.services.data_health.facts import (
    HEALTH_TEXTS,
    HealthFacts,
    MeasureRoles,
    account_measures,
)
from app.services.data_health.freshness import freshness_checks
from app.services.data_health.owners import owner_checks
from app.services.data_health.places import place_checks
from app.services.data_health.report import HealthReport
from app.services.data_health.values import value_checks
from app.services.importing.owners import RepFinder
from app.services.store.import_dates import newest_import_utc
from app.services.workspace import Workspace


def data_health(facts: HealthFacts) -> HealthReport:
    """Ask every question of all accounts; a question that the plan gives no answer to is left out.

    There is no overall score: it would hide what to do.
    """
    checks = [
        *completeness_checks(facts),
        *place_checks(facts),
        *owner_checks(facts),
        *value_checks(facts),
        *freshness_checks(facts),
    ]
    return HealthReport(tuple(checks), len(facts))


def health_facts(workspace: Workspace, roles: MeasureRoles, today: date) -> HealthFacts:
    """What the checks look at, read from the open plan.

    Args:
        workspace: Its text columns of `HEALTH_TEXTS` are read here unless they have been before.
        roles: Which measures are revenue and potential.
        today: Dates after it are in the future.
    """
    accounts = workspace.accounts
    measures = account_measures(workspace.measures)
    return HealthFacts(
        texts={column: accounts.text(column) for column in HEALTH_TEXTS},
        lon=accounts.lon,
        lat=accounts.lat,
        values={measure.id: accounts.measure(measure.id) for measure in measures},
        measures=measures,
        roles=roles,
        transactions=workspace.records.transactions,
        visits=workspace.records.visits,
        finder=RepFinder(workspace.reps, workspace.records.owner_aliases),
        has_reps=bool(workspace.reps),
        newest_import=_newest_import(workspace),
        zips=workspace.geography.layer(GeoLevel.ZIP),
        today=today,
    )


def _newest_import(workspace: Workspace) -> date | None:
    at_utc = newest_import_utc(workspace.document.store, "accounts")
    if not at_utc:
        return None
    parsed = datetime.fromisoformat(at_utc)
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).astimezone().date()
