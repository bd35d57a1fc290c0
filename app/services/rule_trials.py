# SPDX-License-Identifier: MIT
"""Rules of one open plan on trial: what they match, decide and would change."""

from collections.abc import Callable, Sequence

import numpy as np

from app.models.rule import Rule
from app.services.alignment import NOBODY
from app.services.rules.dry_run import Trial
from app.services.rules.fields import (
    RuleField,
    account_fields,
    area_fields,
    extra_field,
    measure_fields,
    sales_fields,
    with_single_titles,
)
from app.services.rules.matching import RuleMatches
from app.services.rules.names import RuleNames
from app.services.serving import Served
from app.services.workspace import Workspace


def rule_trial(workspace: Workspace, rules: Sequence[Rule]) -> Trial:
    """Rules of the sales force that is shown, ready to be tried in any thread."""
    state, accounts, facts = workspace.state, workspace.accounts, workspace.rule_facts
    serving = state.serving.on_trial(rules, facts)
    named, claims = dict(state.alignment.accounts), state.claims
    position = dict(state.position_by_territory)
    territory = [position.get(rule.territory_id, NOBODY) for rule in rules]

    def serve() -> tuple[RuleMatches, Served]:
        matches = serving.matches() or no_matches(len(accounts))
        return matches, serving.served(accounts, named, claims)

    return Trial(
        rules=tuple(rules),
        territory=np.array(territory, dtype=np.int32),
        serve=serve,
        before=workspace.served,
        values=accounts.measure(workspace.main_account_measure.id),
        territory_count=len(position),
        locked=frozenset(position[each.id] for each in workspace.territories if each.is_locked),
    )


def no_matches(account_count: int) -> RuleMatches:
    """What no rules at all match."""
    return RuleMatches(
        kind=np.zeros(account_count, dtype=np.int32),
        bits=np.zeros((0, 1), dtype=np.uint64),
        first_of_kind=np.full(1, -1, dtype=np.int32),
        problems={},
    )


def field_maker(workspace: Workspace) -> Callable[[], tuple[RuleField, ...]]:
    """What lists the fields that rules of a plan may ask about; it may be called in any thread.

    Looking into imported columns takes seconds in a plan of a million accounts.
    """
    facts, measures = workspace.rule_facts, workspace.measures
    titles, has_sales = workspace.geography.view_titles, workspace.records.transaction_count > 0

    def make() -> tuple[RuleField, ...]:
        columns = ((header, facts.extras.column(header)) for header in facts.extras.headers)
        return with_single_titles(
            (
                *account_fields(),
                *area_fields(titles),
                *(sales_fields(facts.sales.years()) if has_sales else ()),
                *measure_fields(measures),
                *(extra_field(header, column) for header, column in columns if column is not None),
            )
        )

    return make


def rule_names(workspace: Workspace, fields: Sequence[RuleField] | None = None) -> RuleNames:
    """What fields, areas and reps are called in this plan.

    Args:
        workspace: The plan.
        fields: Of `field_maker`, where they are known.
    """
    known = field_maker(workspace)() if fields is None else fields
    return RuleNames(known, workspace.geography, workspace.reps)
