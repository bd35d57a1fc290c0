# SPDX-License-Identifier: MIT
"""The edits: every change that the user can make to a plan, each a frozen dataclass.

A command carries ids and new values only. Its `apply` writes through the transaction, which
remembers what was there before, so undo needs no code of its own.
"""

from app.services.commands.accounts import CorrectAccounts, ForgetCorrection, PlaceByHand
from app.services.commands.apart import AddApartPair, RemoveApartPairs
from app.services.commands.assignments import AssignAccounts, AssignGeoUnits
from app.services.commands.base import Command, Edit
from app.services.commands.boundaries import AddBoundaryLayer, RemoveBoundaryLayer
from app.services.commands.build import BuildTerritories, DraftTerritory
from app.services.commands.build_force import BuildForces
from app.services.commands.drawn_areas import AddDrawnArea, ChangeDrawnArea, RemoveDrawnArea
from app.services.commands.duplicates import KeepSeparate, MergeAccounts
from app.services.commands.exceptions import (
    LockAccounts,
    LockGeoUnits,
    UnlockAccounts,
    UnlockAll,
    UnlockGeoUnits,
)
from app.services.commands.families import AssignFamily, JoinFamilies
from app.services.commands.force_draft import DraftRule, ForceBuild, ForceDraft, ForceTarget
from app.services.commands.forces import (
    AddSalesForce,
    RemoveSalesForce,
    RenameSalesForce,
    SetForceModel,
    SetKeepsFamilies,
    SetLevelWords,
)
from app.services.commands.hierarchy import AddRegion, SetParent
from app.services.commands.links import AddLink, RemoveLink
from app.services.commands.locks import SetAllLocks, SetTerritoryLock
from app.services.commands.owners import (
    ClearOwnerAlias,
    MakeRepsOfOwners,
    SetOwnerAlias,
    TakeOwnerSuggestions,
)
from app.services.commands.reassign import AdoptRegions, Reassign
from app.services.commands.reps import AddRep, RemoveReps, UpdateRep
from app.services.commands.roster import ChangeRoster, SetRep, StaffTerritories, SwapReps
from app.services.commands.rules import (
    AddRule,
    ChangeRule,
    DeleteRules,
    MoveRules,
    ReplaceRules,
    RuleDraft,
    SetRulesEnabled,
)
from app.services.commands.settings import (
    PutSetting,
    RenamePlan,
    SetIdealByCapacity,
    SetMainMeasure,
    SetTolerance,
)
from app.services.commands.settle import SettleClaims
from app.services.commands.territories import (
    CreateTerritory,
    DeleteTerritories,
    MergeTerritories,
    RecolorTerritory,
    RenameTerritory,
    SplitTerritory,
)
from app.services.commands.territory_fields import DescribeTerritories
from app.services.commands.together import Together
from app.services.commands.visit_classes import (
    ClassifyAccounts,
    OrderVisitClasses,
    PutVisitClass,
    RemoveVisitClass,
    SetVisitClass,
)
from app.services.commands.work import (
    PutKnownTrip,
    RemoveKnownTrips,
    SetIndexWeights,
    SetTerritoryWork,
    SetVisitsMeasure,
    SetWorkSettings,
)

__all__ = [
    "AddApartPair",
    "AddBoundaryLayer",
    "AddDrawnArea",
    "AddLink",
    "AddRegion",
    "AddRep",
    "AddRule",
    "AddSalesForce",
    "AdoptRegions",
    "AssignAccounts",
    "AssignFamily",
    "AssignGeoUnits",
    "BuildForces",
    "BuildTerritories",
    "ChangeDrawnArea",
    "ChangeRoster",
    "ChangeRule",
    "ClassifyAccounts",
    "ClearOwnerAlias",
    "Command",
    "CorrectAccounts",
    "CreateTerritory",
    "DeleteRules",
    "DeleteTerritories",
    "DescribeTerritories",
    "DraftRule",
    "DraftTerritory",
    "Edit",
    "ForceBuild",
    "ForceDraft",
    "ForceTarget",
    "ForgetCorrection",
    "JoinFamilies",
    "KeepSeparate",
    "LockAccounts",
    "LockGeoUnits",
    "MakeRepsOfOwners",
    "MergeAccounts",
    "MergeTerritories",
    "MoveRules",
    "OrderVisitClasses",
    "PlaceByHand",
    "PutKnownTrip",
    "PutSetting",
    "PutVisitClass",
    "Reassign",
    "RecolorTerritory",
    "RemoveApartPairs",
    "RemoveBoundaryLayer",
    "RemoveDrawnArea",
    "RemoveKnownTrips",
    "RemoveLink",
    "RemoveReps",
    "RemoveSalesForce",
    "RemoveVisitClass",
    "RenamePlan",
    "RenameSalesForce",
    "RenameTerritory",
    "ReplaceRules",
    "RuleDraft",
    "SetAllLocks",
    "SetForceModel",
    "SetIdealByCapacity",
    "SetIndexWeights",
    "SetKeepsFamilies",
    "SetLevelWords",
    "SetMainMeasure",
    "SetOwnerAlias",
    "SetParent",
    "SetRep",
    "SetRulesEnabled",
    "SetTerritoryLock",
    "SetTerritoryWork",
    "SetTolerance",
    "SetVisitClass",
    "SetVisitsMeasure",
    "SetWorkSettings",
    "SettleClaims",
    "SplitTerritory",
    "StaffTerritories",
    "SwapReps",
    "TakeOwnerSuggestions",
    "Together",
    "UnlockAccounts",
    "UnlockAll",
    "UnlockGeoUnits",
    "UpdateRep",
]
