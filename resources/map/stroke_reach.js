// SPDX-License-Identifier: MIT
/** What a stroke may take: by who holds it, and by the larger area in which the stroke began. */
import { UNASSIGNED } from './color_table.js';

const MIXED = -3;

/**
 * @typedef {object} ReachOptions
 * @property {'all'|'unassigned'|'one'} source Whose units may be taken.
 * @property {number|null} sourceGroup For `one`: the territory, or null for that at the start.
 * @property {boolean} restricts Whether the source counts; a mere selection takes from everybody.
 */

export class StrokeReach {
  /**
   * @param {any} areas The `IdLayer`.
   * @param {ReachOptions} options
   * @param {Int32Array|null} parents The larger area of each unit, or null where it does not count.
   * @param {number} start The unit under the pointer when the stroke began.
   */
  constructor(areas, options, parents, start) {
    this._areas = areas;
    this._source = options.restricts ? options.source : 'all';
    this._group = options.sourceGroup ?? groupOf(areas, start);
    this._parents = parents;
    this._parent = parents && start >= 0 ? parents[start] : null;
  }

  /** @param {number} unit */
  allows(unit) {
    if (this._parents && this._parent !== null && this._parents[unit] !== this._parent) return false;
    if (this._source === 'all') return true;
    const group = groupOf(this._areas, unit);
    return group === (this._source === 'unassigned' ? UNASSIGNED : this._group);
  }
}

/**
 * @param {any} areas
 * @param {number} unit
 * @returns {number} The territory of all features of a unit, or the code for several.
 */
export function groupOf(areas, unit) {
  const features = areas.units.features(unit);
  if (!features.length) return MIXED;
  const { groups } = areas.table;
  const first = groups[features[0] + 1];
  for (let i = 1; i < features.length; i++) if (groups[features[i] + 1] !== first) return MIXED;
  return first;
}
