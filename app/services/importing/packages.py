# SPDX-License-Identifier: MIT
"""Territories of a Salesforce metadata package as tables, as if they had been exported so."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

import numpy as np

from app.models.errors import ImportProblem
from app.services.importing.package_files import (
    MODEL,
    RULE,
    TERRITORY,
    TYPE,
    PackagePart,
    children_of,
    element_of,
    has_parts,
    read_parts,
    text_of,
    too_large,
)
from app.services.importing.package_rules import AREA_HEADERS, Rule, rule_of
from app.services.importing.table import ImportedTable, text_column

TERRITORY_HEADERS = ("Territory id", "Territory name", "Parent territory", "Notes")
_MAX_NOTES = 50
_MAX_AREA_ROWS = 1_000_000


@dataclass(frozen=True, slots=True)
class _Territory:
    """A territory of a model; `rules` are developer names, true where children have it too."""

    name: str
    label: str
    parent: str
    description: str
    type_name: str
    rules: dict[str, bool]


@dataclass(slots=True)
class _Model:
    """A model with its territories and rules by their developer names."""

    label: str
    territories: dict[str, _Territory] = field(default_factory=dict[str, _Territory])
    rules: dict[str, Rule] = field(default_factory=dict[str, Rule])
    notes: list[str] = field(default_factory=list[str])


def is_package(path: Path) -> bool:
    """Whether a folder or ZIP file holds territories of Salesforce as metadata."""
    return has_parts(path)


def read_package(path: Path) -> list[ImportedTable]:
    """The territories of each model, and the areas that its rules give them.

    What cannot be imported is said in the notes of the model's first table.

    Args:
        path: A folder or ZIP file, in the source or the metadata layout.

    Raises:
        ImportProblem: It cannot be read, or holds no territory.
    """
    models, types = _models(read_parts(path))
    tables: list[ImportedTable] = []
    for model in models:
        rows, notes = _territory_rows(model, types)
        areas, more = _area_rows(model)
        shown = _shortened([*model.notes, *notes, *more])
        name = f"{path.name}, {model.label}"
        tables.append(_table(f"{name}: territories", TERRITORY_HEADERS, rows, shown))
        if areas:
            used = [header for header in AREA_HEADERS if any(header in area for _, area in areas)]
            cells = [(name, *(area.get(h, "") for h in used)) for name, area in areas]
            tables.append(_table(f"{name}: areas", ("Territory", *used), cells, ()))
    if not tables:
        raise ImportProblem(
            f"{path.name} holds no territory that could be read.",
            meaning="Nothing was imported.",
            remedy="Choose the folder or ZIP file that holds territory2Models.",
        )
    return tables


def _models(parts: Sequence[PackagePart]) -> tuple[list[_Model], dict[str, str]]:
    """Models that have territories, and labels of types by their developer names."""
    models: dict[str, _Model] = {}
    types: dict[str, str] = {}
    for part in parts:
        element = element_of(part)
        if part.part == TYPE:
            types[part.name] = (
                text_of(element, "name") if element is not None else ""
            ) or part.name
            continue
        model = models.setdefault(part.folder, _Model(part.folder.rpartition("/")[2]))
        if element is None:
            model.notes.append(f"{part.name}.{part.part} is no plain XML file; it was left out.")
        elif part.part == MODEL:
            model.label = text_of(element, "name") or part.name
        elif part.part == RULE:
            model.rules[part.name] = rule_of(element, part.name)
        elif part.part == TERRITORY:
            model.territories[part.name] = _territory(element, part.name)
    return [model for model in models.values() if model.territories], types


def _territory(element: Element, name: str) -> _Territory:
    return _Territory(
        name,
        text_of(element, "name") or name,
        text_of(element, "parentTerritory"),
        text_of(element, "description"),
        text_of(element, "territory2Type"),
        {
            text_of(rule, "ruleName"): text_of(rule, "inherited") == "true"
            for rule in children_of(element, "ruleAssociations")
        },
    )


def _territory_rows(
    model: _Model, types: dict[str, str]
) -> tuple[list[tuple[str, ...]], list[str]]:
    rows: list[tuple[str, ...]] = []
    notes: list[str] = []
    for territory in model.territories.values():
        parent = territory.parent
        if parent and parent not in model.territories:
            notes.append(
                f"{territory.label} stands at the top, as the package does not have {parent}, "
                "the territory above it."
            )
            parent = ""
        if not territory.type_name:
            notes.append(
                f"{territory.label} has no territory type, which Salesforce asks for; it is "
                "imported all the same."
            )
        type_label = types.get(territory.type_name, territory.type_name)
        about = (
            territory.description,
            f"Model: {model.label}",
            f"Type: {type_label}" if type_label else "",
        )
        rows.append((territory.name, territory.label, parent, "; ".join(filter(None, about))))
    return rows, notes


def _area_rows(model: _Model) -> tuple[list[tuple[str, dict[str, str]]], list[str]]:
    """Areas by developer name of their territory, and what is said of the rules."""
    rows: list[tuple[str, dict[str, str]]] = []
    notes: list[str] = []
    attached: set[str] = set()
    for territory in model.territories.values():
        for name, is_inherited in territory.rules.items():
            attached.add(name)
            rule = model.rules.get(name)
            if rule is None:
                notes.append(f"The package does not have rule {name} of {territory.label}.")
            elif rule.refusal:
                notes.append(_refused(rule, f" of {territory.label}"))
            else:
                rows += [(territory.name, area) for area in rule.areas]
                if len(rows) > _MAX_AREA_ROWS:
                    raise too_large(model.label)
                if is_inherited:
                    notes.append(
                        f'Rule "{rule.label}" also holds for the territories below '
                        f"{territory.label}; here its areas go to {territory.label} alone."
                    )
    notes += [
        f'Rule "{rule.label}" belongs to no territory; it was not imported.'
        for name, rule in model.rules.items()
        if name not in attached
    ]
    return rows, notes


def _refused(rule: Rule, where: str) -> str:
    return f'Rule "{rule.label}"{where} {rule.refusal}; it was not imported.'


def _shortened(notes: list[str]) -> tuple[str, ...]:
    if len(notes) <= _MAX_NOTES:
        return tuple(notes)
    return (*notes[:_MAX_NOTES], f"{len(notes) - _MAX_NOTES:,} more such notes are not shown.")


def _table(
    name: str, headers: Sequence[str], rows: Sequence[tuple[str, ...]], notes: tuple[str, ...]
) -> ImportedTable:
    columns = zip(*rows, strict=True)
    return ImportedTable(
        file_name=name,
        headers=tuple(headers),
        columns={h: text_column(column) for h, column in zip(headers, columns, strict=True)},
        row_numbers=np.arange(2, len(rows) + 2, dtype=np.int64),
        notes=notes,
    )
