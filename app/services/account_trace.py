# SPDX-License-Identifier: MIT
"""Why is this account here? The steps of every sales force, their dates, and what would move it."""

from dataclasses import replace

from app.models.ids import AccountId, GeoUnitId
from app.models.rule import Rule
from app.models.sales_force import SalesForce
from app.models.trace import ServedBy, Trace, TraceStep
from app.services.ownership import AccountSteps
from app.services.rules.condition_words import Wording, rule_words
from app.services.rules.fields import (
    account_fields,
    area_fields,
    measure_fields,
    sales_fields,
    with_single_titles,
)
from app.services.rules.names import RuleNames
from app.services.workspace import Workspace

_YEARS = 30


def traces(
    workspace: Workspace, account: AccountId, wording: Wording | None = None
) -> tuple[Trace, ...]:
    """Why an account is where it is, in every sales force; the one that is shown comes first.

    Args:
        workspace: The open plan.
        account: Which.
        wording: How numbers and dates of rules are written.

    Returns:
        Nothing where the plan no longer has the account.
    """
    row = workspace.accounts.row_of(account)
    if row < 0:
        return ()
    shown = workspace.sales_force.id
    forces = sorted(workspace.sales_forces, key=lambda force: force.id != shown)
    tracer = _Tracer(workspace, row, wording)
    return tuple(tracer.trace(force) for force in forces)


def reason_here(workspace: Workspace, account: AccountId) -> str:
    """What the step that decides about an account says, in the sales force that is shown."""
    row = workspace.accounts.row_of(account)
    steps = AccountSteps(workspace.state, workspace.accounts, row, workspace.geography)
    tracer = _Tracer(workspace, row, None)
    return steps.deciding_step(tracer.rule_words).text


class _Tracer:
    def __init__(self, workspace: Workspace, row: int, wording: Wording | None) -> None:
        self._workspace = workspace
        self._row = row
        self._wording = wording
        self._names: RuleNames | None = None

    def trace(self, force: SalesForce) -> Trace:
        """One sales force's."""
        workspace = self._workspace
        steps = AccountSteps(
            workspace.state_of(force.id), workspace.accounts, self._row, workspace.geography
        )
        said = tuple(self._dated(steps, each) for each in steps.said(self.rule_words))
        is_locked = steps.account in steps.state.account_locks
        return Trace(
            sales_force_id=force.id,
            sales_force_name=force.name,
            steps=said,
            territory_ids=steps.claimants,
            remedy=_remedy(steps, is_locked=is_locked),
            is_locked=is_locked,
        )

    def rule_words(self, rule: Rule) -> str:
        """A rule by its name, or by its condition in words."""
        return rule_words(rule, self._rule_names(), self._wording)

    def _rule_names(self) -> RuleNames:
        """Names for the conditions of rules; made when the first rule is put into words."""
        if self._names is None:
            workspace = self._workspace
            year = workspace.today().year
            fields = with_single_titles(
                (
                    *account_fields(),
                    *area_fields(workspace.geography.view_titles),
                    *sales_fields(range(year, year - _YEARS, -1)),
                    *measure_fields(workspace.measures),
                )
            )
            self._names = RuleNames(fields, workspace.geography, workspace.reps)
        return self._names

    def _dated(self, steps: AccountSteps, step: TraceStep) -> TraceStep:
        """The step with when and by whom what it says was set."""
        if not step.territory_ids or step.step in (ServedBy.RULE, ServedBy.DRAWN):
            return step
        scenario = steps.state.scenario
        if step.step is ServedBy.NAMED:
            return self._logged(step, "account_id = ?", steps.account, scenario)
        if step.step is ServedBy.FAMILY:
            if steps.family not in steps.state.serving.family_claims:
                return step
            return self._logged(
                step,
                "geounit_id IS NULL AND account_id IS NULL AND instr(label, ?)",
                f"the family {steps.family} ",
                scenario,
            )
        return self._logged(step, "geounit_id = ?", steps.unit or GeoUnitId(""), scenario)

    def _logged(self, step: TraceStep, where: str, what: int | str, scenario: int) -> TraceStep:
        rows = self._workspace.document.store.rows(
            "SELECT at_utc, author FROM edit_log"  # noqa: S608 conditions of this module
            f" WHERE {where} AND scenario_id = ? AND to_territory = ? ORDER BY id DESC LIMIT 1",
            (what, scenario, step.territory_ids[0]),
        )
        if not rows:
            return step
        return replace(step, at_utc=str(rows[0][0]), author=str(rows[0][1]))


def _remedy(steps: AccountSteps, *, is_locked: bool) -> str:
    """What would move the account."""
    by_name, or_release = "assign the account by name", "or let rules and areas decide"
    if is_locked:
        return f"To move it: unlock the account, then assign it by name {or_release}."
    ways = {
        ServedBy.NAMED: lambda: f"assign it by name to another territory, {or_release}",
        ServedBy.FAMILY: lambda: f"{_family_remedy(steps)}, or {by_name}",
        ServedBy.RULE: lambda: (
            f"change rule {_rule_number(steps)}, put another rule before it, or {by_name}"
        ),
        ServedBy.DRAWN: lambda: f"change the drawn area, add a rule, or {by_name}",
    }
    way = ways.get(steps.deciding, lambda: f"{_area_remedy(steps)}, add a rule, or {by_name}")
    aim = "have it served" if steps.deciding is ServedBy.NOTHING else "move it"
    return f"To {aim}: {way()}."


def _family_remedy(steps: AccountSteps) -> str:
    if steps.family in steps.state.serving.family_claims:
        return f"assign the family {steps.family} elsewhere"
    head = str(steps.accounts.text("name")[steps.head_row])
    return f"move {head}, which its family goes with; no longer keep families together"


def _rule_number(steps: AccountSteps) -> int:
    return int(steps.state.served(steps.accounts).rule_row[steps.row]) + 1


def _area_remedy(steps: AccountSteps) -> str:
    unit = steps.unit or steps.finest_unit
    if unit is None:
        return "place it on the map"
    lock = "unlock and " if unit in steps.state.geounit_locks else ""
    return f"{lock}assign {steps.geography.name(unit)}"
