# SPDX-License-Identifier: MIT
"""The draft of an import: everything that it would do, worked out without writing."""

from collections.abc import Callable
from dataclasses import replace

from app.models.errors import ImportProblem
from app.services.importing.account_draft import draft_accounts
from app.services.importing.area_draft import draft_areas, draft_named_accounts
from app.services.importing.choices import Choices
from app.services.importing.contact_draft import draft_contacts
from app.services.importing.draft import ImportDraft
from app.services.importing.fields import WORDS_BY_KIND, TableKind
from app.services.importing.given import Given
from app.services.importing.goal_draft import draft_goals
from app.services.importing.mapping import Mapping, header_signature
from app.services.importing.market_draft import draft_market
from app.services.importing.product_draft import draft_product_lines, draft_products
from app.services.importing.rep_draft import draft_reps
from app.services.importing.repairs import repaired, touched_rows
from app.services.importing.roster_draft import draft_roster
from app.services.importing.table import ImportedTable
from app.services.importing.territory_draft import draft_territories
from app.services.importing.transaction_draft import draft_transactions
from app.services.importing.visit_draft import draft_visits
from app.services.pausing import collector_paused

Drafter = Callable[[ImportedTable, Mapping, Given], ImportDraft]

_DRAFTERS: dict[TableKind, Drafter] = {
    TableKind.ACCOUNTS: draft_accounts,
    TableKind.REPS: draft_reps,
    TableKind.TRANSACTIONS: draft_transactions,
    TableKind.PRODUCTS: draft_products,
    TableKind.PRODUCT_LINES: draft_product_lines,
    TableKind.TERRITORIES: draft_territories,
    TableKind.TERRITORY_AREAS: draft_areas,
    TableKind.TERRITORY_ACCOUNTS: draft_named_accounts,
    TableKind.ROSTER: draft_roster,
    TableKind.GOALS: draft_goals,
    TableKind.VISITS: draft_visits,
    TableKind.CONTACTS: draft_contacts,
    TableKind.MARKET: draft_market,
}


def prepare(table: ImportedTable, mapping: Mapping, given: Given) -> ImportDraft:
    """What importing this table would do. Pure: it may run in a worker.

    Raises:
        ImportProblem: No column tells what the rows are about.
        TaskCancelled: The user stopped it.
    """
    if not mapping.has_identity:
        raise ImportProblem(
            f"{table.file_name} cannot be imported as {WORDS_BY_KIND[mapping.kind].many}.",
            meaning="Nothing was imported.",
            remedy=mapping.missing,
        )
    with collector_paused():
        mended = repaired(table, given.choices.repairs)
        draft = _DRAFTERS[mapping.kind](mended, mapping, given)
    return _completed(draft, table, mapping, given.choices)


def _completed(
    draft: ImportDraft, table: ImportedTable, mapping: Mapping, choices: Choices
) -> ImportDraft:
    """The draft with what is the same for every kind of table."""
    outcomes = draft.outcomes
    touched = touched_rows(table, choices.repairs)
    if len(touched):
        sentence = "Repaired as you chose."
        notes, sentences = outcomes.notes.copy(), outcomes.sentences
        fresh = touched[notes[touched] < 0]
        if len(fresh):
            notes[fresh] = len(sentences)
            outcomes = replace(outcomes, notes=notes, sentences=(*sentences, sentence))
    return replace(
        draft,
        outcomes=outcomes,
        mapping_json=mapping.to_json(),
        headers=header_signature(table.headers),
        repairs_json=choices.repairs.to_json(),
        profile=mapping.profile,
    )


__all__ = ["ImportDraft", "prepare"]
