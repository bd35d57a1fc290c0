// SPDX-License-Identifier: MIT
/** The colour, the territory and the state of every feature: all that recolouring edits. */
import { LIGHT } from './theme.js';

export const HOVERED = 1;
export const SELECTED = 2;
export const PREVIEWED = 4;
/** Taking the unit away would split its territory. */
export const CRITICAL = 8;

/** Groups below zero have a meaning of their own. */
export const UNASSIGNED = -1;
export const IN_DISPUTE = -2;
/** Key of what did not change hands since the baseline. */
export const UNCHANGED = -99;

/**
 * An earlier state that the map still shows, as outlines.
 * @typedef {object} Baseline
 * @property {Int32Array} groups Territory of feature number + 1.
 * @property {Uint32Array} colors Colour of feature number + 1.
 * @property {Int32Array} keys Of feature number + 1: the old territory where it is another now.
 */

export class ColorTable {
  /** @param {number} count Number of features. */
  constructor(count) {
    this.count = count;
    /** Colours as given, without the land below. */
    this.rgba = new Uint8Array(count * 4);
    /** Territory of feature number + 1; entry 0 is outside. */
    this.groups = new Int32Array(count + 1).fill(UNASSIGNED);
    /** Bits of feature number + 1. */
    this.states = new Uint8Array(count + 1);
    /** Final colours of feature number + 1. */
    this.colors = new Uint32Array(count + 1);
    this.bytes = new Uint8Array(this.colors.buffer);
    /**
     * Unit of feature number + 1, where several features make one unit.
     * @type {Int32Array|null}
     */
    this.units = null;
    this.theme = LIGHT;
    /** @type {import('./theme.js').Rgba} */
    this.preview = [255, 196, 0, 190];
    /** Strength of all colours, 0 to 1. */
    this.fill = 1;
    this.hatched = 0;
    this.marked = 0;
    /** How many features are critical. */
    this.critical = 0;
    /** @type {Baseline|null} */
    this.baseline = null;
    this.recolorAll();
  }

  /** @param {import('./theme.js').Theme} theme */
  setTheme(theme) {
    this.theme = theme;
    this.recolorAll();
  }

  /**
   * @param {Uint8Array} rgba Four bytes for each feature.
   * @param {Int32Array} groups
   * @returns {number[]} The features that look different now.
   */
  setAll(rgba, groups) {
    const changed = [];
    for (let feature = 0; feature < this.count; feature++) {
      const at = feature * 4;
      const same =
        groups[feature] === this.groups[feature + 1] &&
        rgba[at] === this.rgba[at] && rgba[at + 1] === this.rgba[at + 1] &&
        rgba[at + 2] === this.rgba[at + 2] && rgba[at + 3] === this.rgba[at + 3];
      if (!same) changed.push(feature);
    }
    this.rgba.set(rgba.subarray(0, this.rgba.length));
    this.groups.set(groups.subarray(0, this.count), 1);
    for (const feature of changed) this._compare(feature);
    this.recolorAll();
    return changed;
  }

  /**
   * @param {number} feature
   * @param {number[]} rgba
   * @param {number} group
   */
  setOne(feature, rgba, group) {
    this.rgba.set(rgba, feature * 4);
    if (this.groups[feature + 1] === IN_DISPUTE) this.hatched -= 1;
    this.groups[feature + 1] = group;
    if (group === IN_DISPUTE) this.hatched += 1;
    this._compare(feature);
    this.recolor(feature);
  }

  /**
   * @param {number} feature
   * @param {number} bit
   * @param {boolean} on
   * @returns {boolean} Whether that changed anything.
   */
  mark(feature, bit, on) {
    const before = this.states[feature + 1];
    const after = on ? before | bit : before & ~bit;
    if (before === after) return false;
    this.states[feature + 1] = after;
    const outlined = SELECTED | PREVIEWED;
    this.marked += Number((after & outlined) !== 0) - Number((before & outlined) !== 0);
    this.critical += Number((after & CRITICAL) !== 0) - Number((before & CRITICAL) !== 0);
    this.recolor(feature);
    return true;
  }

  recolorAll() {
    this.hatched = 0;
    for (let feature = 0; feature < this.count; feature++) {
      if (this.groups[feature + 1] === IN_DISPUTE) this.hatched += 1;
      this.recolor(feature);
    }
  }

  /**
   * @param {Uint8Array|undefined} rgba Opaque, four bytes for each feature; nothing forgets the state.
   * @param {Int32Array|undefined} groups
   */
  setBaseline(rgba, groups) {
    this.baseline = null;
    if (!rgba || !groups || groups.length !== this.count) return;
    const size = this.count + 1;
    const baseline = {
      groups: new Int32Array(size), colors: new Uint32Array(size), keys: new Int32Array(size).fill(UNCHANGED),
    };
    baseline.groups.set(groups, 1);
    new Uint8Array(baseline.colors.buffer).set(rgba, 4);
    this.baseline = baseline;
    for (let feature = 0; feature < this.count; feature++) this._compare(feature);
  }

  /** @param {number} feature */
  _compare(feature) {
    const { baseline } = this;
    if (!baseline) return;
    const before = baseline.groups[feature + 1];
    baseline.keys[feature + 1] = before === this.groups[feature + 1] ? UNCHANGED : before;
  }

  /** @param {number} feature */
  recolor(feature) {
    const { land } = this.theme;
    const state = this.states[feature + 1];
    const alpha = (this.rgba[feature * 4 + 3] / 255) * this.fill;
    let red = land[0] + (this.rgba[feature * 4] - land[0]) * alpha;
    let green = land[1] + (this.rgba[feature * 4 + 1] - land[1]) * alpha;
    let blue = land[2] + (this.rgba[feature * 4 + 2] - land[2]) * alpha;
    if (state & PREVIEWED) {
      const share = this.preview[3] / 255;
      red += (this.preview[0] - red) * share;
      green += (this.preview[1] - green) * share;
      blue += (this.preview[2] - blue) * share;
    } else if (state & (HOVERED | SELECTED)) {
      const to = this.theme === LIGHT ? (state & SELECTED ? 20 : 255) : 255;
      const share = state & SELECTED ? 0.22 : 0.28;
      red += (to - red) * share;
      green += (to - green) * share;
      blue += (to - blue) * share;
    }
    const at = (feature + 1) * 4;
    this.bytes[at] = red + 0.5;
    this.bytes[at + 1] = green + 0.5;
    this.bytes[at + 2] = blue + 0.5;
    this.bytes[at + 3] = 255;
  }
}
