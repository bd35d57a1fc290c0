# SPDX-License-Identifier: MIT
"""What the inspector says about an account, as captions and values."""

from datetime import date

from app.models.account import Account
from app.models.days import date_of
from app.models.measure import ACCOUNT_COUNT
from app.services.account_records import AccountActivity, AccountOrigin
from app.services.geography.exactness import exactness_km
from app.services.workspace import Workspace
from app.ui.dialogs.account_dialog import said_words
from app.ui.formats import count, day, measure_value, moment
from app.ui.panes.placed_words import placed_sentence

Captioned = list[tuple[str, str]]


def account_figures(workspace: Workspace, row: int, activity: AccountActivity) -> Captioned:
    """The measures of an account, then its transactions and visits if there are any.

    Args:
        workspace: The open plan.
        row: Of the account in the account table.
        activity: What happened there.
    """
    figures = [
        (m.name, measure_value(float(workspace.accounts.measure(m.id)[row]), m.kind))
        for m in workspace.account_measures
        if m.id != ACCOUNT_COUNT
    ]
    happened = (
        ("Transactions", activity.transactions, activity.last_transaction),
        ("Visits", activity.visits, activity.last_visit),
    )
    for caption, amount, last in happened:
        if amount and last is not None:
            shown = day(date_of(last))
            figures.append((caption, f"{count(amount)}, the last on {shown}"))
    return figures


def account_fields(
    workspace: Workspace, account: Account, row: int, origin: AccountOrigin | None
) -> Captioned:
    """The fields of an account; what the user corrected says so.

    Args:
        workspace: The open plan.
        account: With all its fields.
        row: Of the account in the account table.
        origin: The newest import that had it.
    """
    said = workspace.records.corrections_of(account.id)

    def marked(value: str, *keys: str) -> str:
        corrected = [said[key] for key in keys if key in said]
        if not corrected:
            return value
        return f"{value or 'Nothing'}\n{said_words(', '.join(filter(None, corrected)))}"

    place = ", ".join(part for part in (account.city, account.region) if part)
    place = f"{place} {account.postal_code}".strip()
    return [
        ("ID", account.external_id),
        ("Street", marked(account.street, "street")),
        ("City", marked(place, "city", "region", "postal_code")),
        ("Country", marked(account.country_name, "country_name")),
        ("Placed by", placed_sentence(account.placed_by, _within_km(workspace, account, row))),
        ("Owner today", marked(account.owner, "owner")),
        ("Segment", marked(account.segment, "segment")),
        ("Industry", marked(account.industry, "industry")),
        ("Status", marked(account.status, "status")),
        ("Family", marked(account.family, "family")),
        ("Visit class", marked(account.visit_class, "visit_class")),
        ("Phone", marked(account.phone, "phone")),
        ("Website", marked(account.website, "website")),
        ("Created", _day(account.created_on)),
        ("Last activity", _day(account.last_activity_on)),
        ("Last import", f"{origin.file_name}\n{moment(origin.at_utc)}" if origin else ""),
    ]


def gone_sentence(account: Account) -> str:
    """Since when the user's own system lacks the account; empty where it does not."""
    if not account.gone_since:
        return ""
    return f"Gone since {_day(account.gone_since)}: the last complete list no longer had it."


def _within_km(workspace: Workspace, account: Account, row: int) -> float:
    """How far the account may be from where it is shown; nan where it is not placed."""
    units = {level: index[row : row + 1] for level, index in workspace.accounts.unit_index.items()}
    return float(exactness_km([account.placed_by.value], units, workspace.geography)[0])


def _day(iso: str) -> str:
    """A stored date in the short form of the system; as it is where it cannot be read."""
    try:
        return day(date.fromisoformat(iso))
    except ValueError:
        return iso
