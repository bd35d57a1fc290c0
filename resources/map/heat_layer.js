// SPDX-License-Identifier: MIT
/** Heat: how dense accounts lie, as a smooth surface in the tiles. */
import { LIGHT } from './theme.js';

/** Page pixels per bin; the surface is smoothed and drawn larger. */
const BIN = 4;
/** Bins that one account spreads over, in each direction. */
const REACH = 7;
/** Page pixels per bin in which the densest places of a zoom are looked for. */
const PROBE = 16;
/** Of all places with accounts, so many are at most as dense as the strongest colour. */
const FULL_SHARE = 0.985;
const FAINTEST = 0.02;
/** A box blur three times is close to a bell curve. */
const BLURS = 3;

/** From little to much: colours of the surface, told apart by lightness as well. */
const RAMPS = {
  light: [[255, 236, 160, 0], [254, 217, 118, 150], [253, 141, 60, 190], [227, 26, 28, 210], [110, 0, 40, 225]],
  dark: [[60, 20, 80, 0], [110, 30, 110, 150], [200, 60, 80, 190], [250, 140, 60, 215], [255, 240, 170, 235]],
};

export class HeatLayer {
  /** @param {import('./point_layer.js').PointLayer} points */
  constructor(points) {
    this.points = points;
    this.theme = LIGHT;
    /** Strongest density by zoom, in weight per square page pixel. */
    this._full = new Map();
    this._canvas = document.createElement('canvas');
  }

  /** The accounts are others. */
  forget() {
    this._full.clear();
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {import('./id_layer.js').TileArea} area
   * @returns {boolean}
   */
  paintTile(context, area) {
    const { points } = this;
    if (points.style !== 'heat' || !points.visible || !points.count) return false;
    const bin = BIN * area.ratio;
    const margin = BLURS * REACH;
    const side = Math.ceil(area.size / bin) + 2 * margin;
    const bins = this._bins(area, bin, margin, side);
    if (!bins) return false;
    let surface = bins;
    for (let turn = 0; turn < BLURS; turn++) surface = blurred(surface, side, REACH >> 1);
    this._canvas.width = side;
    this._canvas.height = side;
    const small = this._canvas.getContext('2d');
    if (!small) return false;
    const image = small.createImageData(side, side);
    colored(surface, this._fullAt(area.zoom) * BIN * BIN, this._ramp(), image.data);
    small.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = 'high';
    context.drawImage(this._canvas, -margin * bin, -margin * bin, side * bin, side * bin);
    return true;
  }

  /**
   * @param {import('./id_layer.js').TileArea} area
   * @param {number} bin Device pixels.
   * @param {number} margin
   * @param {number} side
   * @returns {Float32Array|null} Sums of weights; null where there is nothing.
   */
  _bins(area, bin, margin, side) {
    const scale = (2 ** area.z * area.step) / bin;
    // Whole bins of the world, so that the bins of neighbouring tiles meet.
    const left = (area.x * area.step) / bin - margin;
    const top = (area.y * area.step) / bin - margin;
    const bins = new Float32Array(side * side);
    let found = false;
    const sums = this.points.sums(area.zoom);
    sums.visit(left / scale, top / scale, (left + side) / scale, (top + side) / scale, (x, y, _, weight) => {
      const column = Math.floor(x * scale - left);
      const row = Math.floor(y * scale - top);
      if (column < 0 || row < 0 || column >= side || row >= side || !(weight > 0)) return;
      bins[row * side + column] += weight;
      found = true;
    });
    return found ? bins : null;
  }

  _ramp() {
    return RAMPS[this.theme === LIGHT ? 'light' : 'dark'];
  }

  /**
   * The density that has the strongest colour at a zoom, wherever the map looks.
   * @param {number} zoom
   */
  _fullAt(zoom) {
    let full = this._full.get(zoom);
    if (full === undefined) {
      full = this._densest(zoom);
      this._full.set(zoom, full);
    }
    return full;
  }

  /** @param {number} zoom */
  _densest(zoom) {
    const scale = (256 * 2 ** zoom) / PROBE;
    /** @type {Map<number, number>} */
    const sums = new Map();
    const width = Math.ceil(scale) + 1;
    this.points.sums(zoom).each((x, y, _, weight) => {
      if (!(weight > 0)) return;
      const key = Math.floor(y * scale) * width + Math.floor(x * scale);
      sums.set(key, (sums.get(key) ?? 0) + weight);
    });
    const found = Float64Array.from(sums.values()).sort();
    const most = found[Math.floor((found.length - 1) * FULL_SHARE)] ?? 1;
    return most / (PROBE * PROBE);
  }
}

/**
 * @param {Float32Array} source
 * @param {number} side
 * @param {number} reach
 * @returns {Float32Array} The mean over a square of `2 * reach + 1` bins.
 */
function blurred(source, side, reach) {
  const between = new Float32Array(source.length);
  const result = new Float32Array(source.length);
  const share = 1 / (2 * reach + 1);
  for (const [from, to, step, stride] of [[source, between, 1, side], [between, result, side, 1]]) {
    const [input, output] = /** @type {[Float32Array, Float32Array]} */ ([from, to]);
    const along = /** @type {number} */ (step);
    for (let line = 0; line < side; line++) {
      const start = line * /** @type {number} */ (stride);
      let sum = 0;
      for (let i = -reach; i < side; i++) {
        if (i + reach < side) sum += input[start + (i + reach) * along];
        if (i - reach - 1 >= 0) sum -= input[start + (i - reach - 1) * along];
        if (i >= 0) output[start + i * along] = sum * share;
      }
    }
  }
  return result;
}

/**
 * @param {Float32Array} surface
 * @param {number} full
 * @param {number[][]} ramp
 * @param {Uint8ClampedArray} out
 */
function colored(surface, full, ramp, out) {
  const steps = ramp.length - 1;
  for (let i = 0; i < surface.length; i++) {
    // The root lets places between the densest ones be seen.
    const share = Math.sqrt(Math.min(1, Math.max(0, surface[i] / full)));
    if (share < FAINTEST) continue;
    const at = Math.min(steps - 1, Math.floor(share * steps));
    const part = share * steps - at;
    for (let c = 0; c < 4; c++) out[i * 4 + c] = ramp[at][c] + (ramp[at + 1][c] - ramp[at][c]) * part;
  }
}
