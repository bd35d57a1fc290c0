# SPDX-License-Identifier: MIT
"""What an import would do: prepared without writing, shown, then written as one edit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from app.models.account import PlacedBy
from app.models.changes import Changes
from app.services.importing.current import CurrentPlan
from app.services.importing.fields import TableKind
from app.services.importing.outcomes import RowOutcomes
from app.services.importing.repairs import Repair
from app.services.importing.writes import Write


class ProblemKind(Enum):
    """What kind of repair a problem needs."""

    NO_ID = "no_id"
    NO_ID_COLUMN = "no_id_column"
    NOT_IN_PLAN = "not_in_plan"
    REPEATED_ID = "repeated_id"
    SECOND_ADDRESS = "second_address"
    SIMILAR_ID = "similar_id"
    UNREADABLE_NUMBER = "unreadable_number"
    ROUNDED_NUMBER = "rounded_number"
    UNREADABLE_DATE = "unreadable_date"
    SHORTENED_TEXT = "shortened_text"
    PLACEMENT = "placement"
    NOT_PLACED = "not_placed"
    ROUGHLY_PLACED = "roughly_placed"
    UNKNOWN_OWNER = "unknown_owner"
    UNKNOWN_ACCOUNT = "unknown_account"
    UNKNOWN_REP = "unknown_rep"
    UNKNOWN_TERRITORY = "unknown_territory"
    UNKNOWN_AREA = "unknown_area"
    UNKNOWN_PRODUCT = "unknown_product"
    MISSING_VALUE = "missing_value"
    ENDED = "ended"
    CORRECTED = "corrected"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Problem:
    """All rows that need the same repair.

    Attributes:
        sentence: What was found, with its count: "5 numbers could not be read in Annual Sales".
        effect: What the import does about it.
        remedy: What the user can do.
        count: Rows (or cells) concerned.
        is_skipped: The rows are left out of the import.
        examples: "Row 42, column Annual Sales: ..." for the first few.
        rows: Positions in the table of all rows concerned.
        repair: What the user can choose instead of the cells at fault, or None.
    """

    kind: ProblemKind
    sentence: str
    effect: str = ""
    remedy: str = ""
    count: int = 0
    is_skipped: bool = False
    examples: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    repair: Repair | None = None


@dataclass(frozen=True, slots=True)
class OwnerSummary:
    """How the owner values of accounts meet the reps.

    Attributes:
        met: Rep name to number of accounts, largest first.
        unmet: Owner value to number of accounts, largest first.
    """

    met: Mapping[str, int] = field(default_factory=dict[str, int])
    unmet: Mapping[str, int] = field(default_factory=dict[str, int])

    @property
    def met_accounts(self) -> int:
        """Accounts whose owner is a rep."""
        return sum(self.met.values())

    @property
    def unmet_accounts(self) -> int:
        """Accounts whose owner is no rep of the plan."""
        return sum(self.unmet.values())


@dataclass(frozen=True, slots=True)
class Tally:
    """What happens to the rows of the file; the four always sum to `row_count`."""

    row_count: int
    added: int
    updated: int
    unchanged: int
    skipped: int

    @property
    def has_effect(self) -> bool:
        """Whether writing the rows would change anything."""
        return self.added + self.updated > 0

    def __add__(self, other: "Tally") -> "Tally":
        """Both files together."""
        return Tally(
            self.row_count + other.row_count,
            self.added + other.added,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.skipped + other.skipped,
        )


class GoneChoice(Enum):
    """What happens to accounts of the plan that a complete list no longer has."""

    KEEP = "keep"
    FLAG = "flag"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Gone:
    """Accounts of the plan that the file lacks.

    Attributes:
        ids: Of the accounts, ascending.
        names: Of the first few.
        choice: What the import does about them.
        returned: Accounts that were flagged as gone and are in the file again.
    """

    ids: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    choice: GoneChoice = GoneChoice.KEEP
    returned: int = 0

    @property
    def has_effect(self) -> bool:
        """Whether the import changes these accounts."""
        return bool(self.returned or (self.ids and self.choice is not GoneChoice.KEEP))


@dataclass(frozen=True, slots=True)
class ImportDraft:
    """Everything that the import of one table would do.

    Attributes:
        file_name: Without its folder, with the sheet where there are several.
        outcomes: What becomes of every row.
        writes: Carried out one after the other, in one edit.
        changes: What the edit touches beside what the writes tell themselves.
        changed_fields: Label of a field to number of rows where it changes.
        problems: Grouped by repair, those that leave rows out first.
        owners: Owner values of the accounts against the reps, as after this import.
        revision: Of the plan that it was prepared for.
        mapping_json, headers: Kept in the ledger, so that the next such file is read alike.
        repairs_json: What was put instead of what the file said.
        profile: The kind of export that was recognised, may be empty.
        new_measures, measures: Names of the measures that it brings, and of all that it fills.
        placed: How the added and moved rows were placed, by rule.
        gone: Accounts that the file lacks.
        orders_replaced: Orders that are taken away, since these lines of theirs tell them in full.
        plan_after: The plan as the next table of the same import sees it.
    """

    kind: TableKind
    file_name: str
    outcomes: RowOutcomes
    writes: tuple[Write, ...]
    problems: tuple[Problem, ...]
    revision: int
    changes: Changes = field(default_factory=Changes)
    changed_fields: Mapping[str, int] = field(default_factory=dict[str, int])
    owners: OwnerSummary = field(default_factory=OwnerSummary)
    mapping_json: str = "{}"
    headers: str = ""
    repairs_json: str = "{}"
    profile: str = ""
    new_measures: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    placed: Mapping[PlacedBy, int] = field(default_factory=dict[PlacedBy, int])
    gone: Gone = field(default_factory=Gone)
    orders_replaced: int = 0
    plan_after: Callable[[], CurrentPlan] = field(
        default=CurrentPlan.empty, compare=False, repr=False
    )

    @property
    def tally(self) -> Tally:
        """The counts of the outcomes."""
        added, updated, unchanged, skipped = self.outcomes.counts()
        return Tally(len(self.outcomes), added, updated, unchanged, skipped)

    @property
    def skipped_rows(self) -> Mapping[int, str]:
        """Position in the table to the reason why the row is left out."""
        return self.outcomes.skipped()

    @property
    def has_effect(self) -> bool:
        """Whether writing it would change anything."""
        return self.tally.has_effect or self.gone.has_effect


def total(drafts: Sequence[ImportDraft]) -> Tally:
    """The rows of all tables together."""
    return sum((draft.tally for draft in drafts), Tally(0, 0, 0, 0, 0))
