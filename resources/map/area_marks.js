// SPDX-License-Identifier: MIT
/** What is marked among the areas: hovered, selected, under the stroke, holding a territory together. */
import { CRITICAL, HOVERED, PREVIEWED, SELECTED } from './color_table.js';

const PREVIEW_REST_MS = 400;

export class AreaMarks {
  /** @param {any} layer The `IdLayer` whose colour table has the marks. */
  constructor(layer) {
    this._layer = layer;
    this._hovered = -1;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this._ending = undefined;
  }

  /** Nothing is hovered in other areas. */
  forgetHovered() {
    this._hovered = -1;
  }

  /** @param {number} unit -1 for none */
  setHovered(unit) {
    if (unit === this._hovered) return;
    const { units } = this._layer;
    const changed = this._mark(units.features(this._hovered), HOVERED, false);
    this._hovered = unit;
    this._layer.repaintFeatures([...changed, ...this._mark(units.features(unit), HOVERED, true)]);
  }

  /** @param {number[]} units */
  setSelected(units) {
    this._setMarked(SELECTED, units);
  }

  /** @param {number[]} units Those that hold their territory together. */
  setCritical(units) {
    this._setMarked(CRITICAL, units);
  }

  /** @param {Iterable<number>} units */
  setPreviewed(units) {
    this._setMarked(PREVIEWED, units);
  }

  /**
   * Marks more units as previewed without looking at all the others.
   * @param {number[]} units
   */
  addPreviewed(units) {
    const { _layer: layer } = this;
    layer.repaintFeatures(this._mark(layer.units.expand(units), PREVIEWED, true));
  }

  /**
   * Ends the preview of areas that have got their new colour, also while the stroke goes on.
   * @param {number[]} features
   */
  yieldPreview(features) {
    const { table } = this._layer;
    for (const feature of features) {
      if (feature >= 0 && feature < table.count) table.mark(feature, PREVIEWED, false);
    }
  }

  /** Keeps the preview until the new colours are here, or it is clear that none come. */
  finishPreview() {
    this._ending = setTimeout(() => this.endPreview(), PREVIEW_REST_MS);
  }

  endPreview() {
    if (this._ending === undefined) return;
    clearTimeout(this._ending);
    this._ending = undefined;
    this.setPreviewed([]);
  }

  /**
   * @param {ArrayLike<number>} features
   * @param {number} bit
   * @param {boolean} on
   * @returns {number[]} Those that look different now.
   */
  _mark(features, bit, on) {
    return Array.from(features).filter((each) => this._layer.table.mark(each, bit, on));
  }

  /**
   * @param {number} bit
   * @param {Iterable<number>} units
   */
  _setMarked(bit, units) {
    const { table } = this._layer;
    const wanted = new Set(this._layer.units.expand(units));
    const changed = [];
    for (let feature = 0; feature < table.count; feature++) {
      if (table.mark(feature, bit, wanted.has(feature))) changed.push(feature);
    }
    this._layer.repaintFeatures(changed);
  }
}
