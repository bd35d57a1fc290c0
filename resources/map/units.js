// SPDX-License-Identifier: MIT
/**
 * Which features make up a unit. The user picks, paints and selects units; colours belong to
 * features. Without an array every feature is a unit of the same number.
 */

export class Units {
  /**
   * @param {Int32Array|null} unitOf Unit number of each feature; -1 for none.
   * @param {number} count Number of units.
   * @param {Float32Array} bounds Left, top, right, bottom of each feature.
   */
  constructor(unitOf, count, bounds) {
    this.unitOf = unitOf;
    this.count = count;
    this._bounds = bounds;
    /** Unit number + 1 of feature number + 1; entry 0 is outside. */
    this.table = unitOf ? shifted(unitOf) : null;
    if (unitOf) this._group(unitOf);
  }

  /** @param {Int32Array} unitOf */
  _group(unitOf) {
    const start = new Int32Array(this.count + 1);
    for (const unit of unitOf) if (unit >= 0 && unit < this.count) start[unit + 1]++;
    for (let unit = 0; unit < this.count; unit++) start[unit + 1] += start[unit];
    const next = start.slice();
    const members = new Int32Array(start[this.count]);
    unitOf.forEach((unit, feature) => {
      if (unit >= 0 && unit < this.count) members[next[unit]++] = feature;
    });
    this._start = start;
    this._members = members;
  }

  /**
   * @param {number} feature
   * @returns {number} Its unit, or -1.
   */
  of(feature) {
    return this.unitOf && feature >= 0 ? (this.unitOf[feature] ?? -1) : feature;
  }

  /**
   * @param {number} unit
   * @returns {ArrayLike<number>} Its features.
   */
  features(unit) {
    if (!this._start || !this._members) return unit >= 0 && unit < this.count ? [unit] : [];
    if (!(unit >= 0 && unit < this.count)) return [];
    return this._members.subarray(this._start[unit], this._start[unit + 1]);
  }

  /**
   * @param {Iterable<number>} units
   * @returns {number[]} The features of all of them.
   */
  expand(units) {
    const found = [];
    for (const unit of units) {
      const features = this.features(unit);
      for (let i = 0; i < features.length; i++) found.push(features[i]);
    }
    return found;
  }

  /**
   * The units that a set of features stands for: those of which more than half lies in it; where
   * it is exactly half, the largest feature decides.
   * @param {number[]} features
   * @returns {number[]}
   */
  mostlyIn(features) {
    if (!this.unitOf) return features;
    /** @type {Map<number, number>} */
    const amounts = new Map();
    for (const feature of features) {
      const unit = this.of(feature);
      if (unit >= 0) amounts.set(unit, (amounts.get(unit) ?? 0) + 1);
    }
    const inside = new Set(features);
    const found = [];
    for (const [unit, amount] of amounts) {
      const all = this.features(unit).length;
      if (amount * 2 > all || (amount * 2 === all && inside.has(this.largest(unit)))) found.push(unit);
    }
    return found;
  }

  /** @param {number} unit */
  largest(unit) {
    const features = this.features(unit);
    let found = -1;
    let size = -1;
    for (let i = 0; i < features.length; i++) {
      const at = features[i] * 4;
      const b = this._bounds;
      const area = (b[at + 2] - b[at]) * (b[at + 3] - b[at + 1]);
      if (area <= size) continue;
      size = area;
      found = features[i];
    }
    return found;
  }

  /** @returns {number} How wide a unit is in the middle of all, as a share of the world. */
  medianWidth() {
    const widths = [];
    const stride = Math.max(1, Math.floor(this.count / 2000));
    for (let unit = 0; unit < this.count; unit += stride) {
      const features = this.features(unit);
      let [left, right] = [Infinity, -Infinity];
      for (let i = 0; i < features.length; i++) {
        left = Math.min(left, this._bounds[features[i] * 4]);
        right = Math.max(right, this._bounds[features[i] * 4 + 2]);
      }
      if (right >= left) widths.push(right - left);
    }
    widths.sort((a, b) => a - b);
    return widths[widths.length >> 1] ?? 0;
  }
}

/** @param {Int32Array} unitOf */
function shifted(unitOf) {
  const table = new Int32Array(unitOf.length + 1);
  for (let feature = 0; feature < unitOf.length; feature++) table[feature + 1] = unitOf[feature] + 1;
  return table;
}
