// SPDX-License-Identifier: MIT
/** Account dots, drawn into the tiles from a grid index. */
import { DotPainter } from './dot_painter.js';

/** Cells per side of the world. */
const CELLS = 1024;
const RECORD_BYTES = 16;
const SMALLEST_RADIUS = 0.6;
const CLICK_SLACK = 3;
const SMALLEST_TARGET = 2;

/** Circles are drawn in so many classes of size, the largest first, so that none hides another. */
const SIZE_CLASSES = 6;

/**
 * How points are drawn: as dots that shrink where they crowd, as symbols, as circles of a size that
 * means something, as heat or as clusters (other layers draw the last two from this one).
 * @typedef {'dots'|'symbols'|'sized'|'heat'|'clusters'} PointStyle
 * @typedef {{style?: PointStyle, weighted?: boolean, shaped?: boolean, count?: number}} PointForm
 */

/** From this zoom on, few points of a long list are in view at once. */
const LAST_SUMMED_ZOOM = 8;
const SUMMED_PIXELS = 3;
const FEWEST_SUMMED = 20000;

/**
 * Calls back with the middle of some points (normalised Mercator), their number and weight.
 * @typedef {(x: number, y: number, count: number, weight: number) => void} SumVisit
 * @typedef {object} PointSums
 * @property {(left: number, top: number, right: number, bottom: number, visit: SumVisit) => void} visit
 *   Those that may lie in a box, and perhaps some around it.
 * @property {(visit: SumVisit) => void} each All of them.
 */

export class PointLayer {
  constructor() {
    this.visible = true;
    this.painter = new DotPainter();
    this.setPoints(new ArrayBuffer(0));
  }

  /**
   * Points as packed records: x, y (normalised Mercator; NaN where not placed), colour (RGBA),
   * radius in page pixels. Behind all records may follow a weight (float) for each point, and
   * behind these the number of a shape (byte) for each.
   * @param {ArrayBuffer} buffer
   * @param {PointForm} [form]
   */
  setPoints(buffer, { style = 'dots', weighted = false, shaped = false, count } = {}) {
    this.style = style;
    this.count = count ?? Math.floor(buffer.byteLength / RECORD_BYTES);
    const behind = this.count * RECORD_BYTES;
    /** @type {Map<number, PointSums>} */
    this._sums = new Map();
    this.weights = weighted ? new Float32Array(buffer, behind, this.count) : null;
    const shapesAt = behind + (weighted ? this.count * 4 : 0);
    this.shapes = shaped ? new Uint8Array(buffer, shapesAt, this.count) : null;
    /** Four numbers for each point: x, y, the colour's bytes, radius. */
    this.floats = new Float32Array(buffer, 0, this.count * 4);
    this.words = new Uint32Array(buffer, 0, this.count * 4);
    this.reach = 0;
    const cellOf = new Int32Array(this.count);
    /** Points of a cell stand together in `order`; `starts` says where each cell begins. */
    this.starts = new Int32Array(this.count ? CELLS * CELLS + 1 : 1);
    let placed = 0;
    for (let i = 0; i < this.count; i++) {
      cellOf[i] = cellAt(this.floats[i * 4], this.floats[i * 4 + 1]);
      if (cellOf[i] < 0) continue;
      placed += 1;
      this.starts[cellOf[i] + 1] += 1;
      this.reach = Math.max(this.reach, this.floats[i * 4 + 3]);
    }
    for (let cell = 1; cell < this.starts.length; cell++) this.starts[cell] += this.starts[cell - 1];
    this.order = new Int32Array(placed);
    const next = this.starts.slice();
    for (let i = 0; i < this.count; i++) {
      if (cellOf[i] >= 0) this.order[next[cellOf[i]]++] = i;
    }
  }

  /**
   * The points of a zoom put together where they lie within a few pixels, for whoever needs sums.
   * Closer up they are few in view anyway, so that there all points stand for themselves.
   * @param {number} zoom
   * @returns {PointSums}
   */
  sums(zoom) {
    const level = Math.min(LAST_SUMMED_ZOOM, Math.ceil(zoom));
    if (level >= LAST_SUMMED_ZOOM || this.count < FEWEST_SUMMED) return this._ownSums();
    let found = this._sums.get(level);
    if (!found) {
      found = this._summed(256 * 2 ** level / SUMMED_PIXELS);
      this._sums.set(level, found);
    }
    return found;
  }

  /** @returns {PointSums} */
  _ownSums() {
    const { floats, weights } = this;
    return {
      visit: (left, top, right, bottom, visit) => this.visit(left, top, right, bottom, (i) =>
        visit(floats[i * 4], floats[i * 4 + 1], 1, weights ? weights[i] : 1)),
      each: (visit) => {
        for (const i of this.order) visit(floats[i * 4], floats[i * 4 + 1], 1, weights ? weights[i] : 1);
      },
    };
  }

  /**
   * @param {number} side Squares per side of the world.
   * @returns {PointSums}
   */
  _summed(side) {
    const { floats, weights } = this;
    /** @type {Map<number, number>} */
    const numbers = new Map();
    const sums = new Float64Array(this.order.length * 4);
    let count = 0;
    for (const i of this.order) {
      const x = floats[i * 4];
      const y = floats[i * 4 + 1];
      const key = Math.floor(y * side) * side + Math.floor(x * side);
      let at = numbers.get(key);
      if (at === undefined) {
        at = count++;
        numbers.set(key, at);
      }
      sums[at * 4] += x;
      sums[at * 4 + 1] += y;
      sums[at * 4 + 2] += 1;
      sums[at * 4 + 3] += weights ? weights[i] : 1;
    }
    const visitAll = (/** @type {SumVisit} */ visit) => {
      for (let at = 0; at < count * 4; at += 4) {
        const size = sums[at + 2];
        visit(sums[at] / size, sums[at + 1] / size, size, sums[at + 3]);
      }
    };
    return {
      visit: (left, top, right, bottom, visit) => visitAll((x, y, size, weight) => {
        if (x >= left && x <= right && y >= top && y <= bottom) visit(x, y, size, weight);
      }),
      each: visitAll,
    };
  }

  /**
   * Calls back for each point whose cell meets a box.
   * @param {number} left
   * @param {number} top
   * @param {number} right
   * @param {number} bottom
   * @param {(point: number) => void} visit
   */
  visit(left, top, right, bottom, visit) {
    const clamp = (/** @type {number} */ at) => Math.min(CELLS - 1, Math.max(0, Math.floor(at * CELLS)));
    const first = clamp(left);
    const last = clamp(right);
    for (let row = clamp(top); row <= clamp(bottom); row++) {
      const end = this.starts[row * CELLS + last + 1];
      for (let at = this.starts[row * CELLS + first]; at < end; at++) visit(this.order[at]);
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {import('./id_layer.js').TileArea} area
   * @returns {boolean} Whether anything was drawn.
   */
  paintTile(context, area) {
    if (!this.visible || !this.count || this.style === 'heat' || this.style === 'clusters') return false;
    this.painter.begin(area.size);
    this._stampAll(area);
    return this.painter.finish(context);
  }

  /** @param {import('./id_layer.js').TileArea} area */
  _stampAll(area) {
    const { floats, words, shapes, painter } = this;
    const { size, ratio } = area;
    const scale = 2 ** area.z * area.step;
    const originX = area.x * area.step;
    const originY = area.y * area.step;
    const { factor, alpha, most } = this._zoomStyle(area.zoom);
    const slack = this.reach * factor * ratio + 2;
    /** @type {number[][]} */
    const bySize = this.style === 'sized' ? Array.from({ length: SIZE_CLASSES }, () => []) : [];
    const stamp = (/** @type {number} */ i) => {
      const x = floats[i * 4] * scale - originX;
      const y = floats[i * 4 + 1] * scale - originY;
      const radius = Math.max(SMALLEST_RADIUS, floats[i * 4 + 3] * factor) * ratio;
      painter.stamp(x, y, radius, words[i * 4 + 2], alpha, most, shapes ? shapes[i] : 0);
    };
    this.visit(
      (originX - slack) / scale, (originY - slack) / scale,
      (originX + size + slack) / scale, (originY + size + slack) / scale,
      (i) => {
        const own = floats[i * 4 + 3];
        if (!(own > 0)) return;
        const x = floats[i * 4] * scale - originX;
        const y = floats[i * 4 + 1] * scale - originY;
        if (x < -slack || y < -slack || x > size + slack || y > size + slack) return;
        if (!bySize.length) return stamp(i);
        bySize[Math.min(SIZE_CLASSES - 1, Math.floor((1 - own / this.reach) * SIZE_CLASSES))].push(i);
      },
    );
    for (const rows of bySize) for (const i of rows) stamp(i);
  }

  /** @param {number} zoom */
  _zoomStyle(zoom) {
    // The size of a circle means something, and a symbol must be recognised: they keep their size.
    if (this.style === 'sized') return { factor: 1, alpha: 1, most: this.count < FEWEST_SUMMED ? 1 : 0.97 };
    const found = zoomStyle(zoom, this.count);
    return this.style === 'symbols' ? { ...found, factor: Math.max(found.factor, 0.6), alpha: 1 } : found;
  }

  /**
   * @param {number} zoom
   * @returns {boolean} Whether single dots stand apart enough to be meant by a click.
   */
  isPickable(zoom) {
    return this.style !== 'heat' && this.style !== 'clusters' && this.reach * this._zoomStyle(zoom).factor >= SMALLEST_TARGET;
  }

  /**
   * @param {number} x Normalised Mercator.
   * @param {number} y
   * @param {number} zoom
   * @returns {number} Row of the nearest point within reach of the pointer, or -1.
   */
  pointAt(x, y, zoom) {
    if (!this.visible || !this.count) return -1;
    const { floats } = this;
    const world = 256 * 2 ** zoom;
    const { factor } = this._zoomStyle(zoom);
    const reach = (this.reach * factor + CLICK_SLACK) / world;
    let best = -1;
    let nearest = Infinity;
    this.visit(x - reach, y - reach, x + reach, y + reach, (i) => {
      if (floats[i * 4 + 3] <= 0) return;
      const away = Math.hypot(floats[i * 4] - x, floats[i * 4 + 1] - y) * world;
      const own = Math.max(SMALLEST_RADIUS, floats[i * 4 + 3] * factor) + CLICK_SLACK;
      if (away > own || away >= nearest) return;
      nearest = away;
      best = i;
    });
    return best;
  }
}

/**
 * @param {number} x
 * @param {number} y
 * @returns {number} -1 for a point that is not placed.
 */
function cellAt(x, y) {
  if (!(x >= 0 && x < 1 && y >= 0 && y < 1)) return -1;
  return Math.floor(y * CELLS) * CELLS + Math.floor(x * CELLS);
}

/**
 * Dots shrink and fade on the small scales, where a whole list would cover the country; `most` is
 * how much of the map they may hide together.
 * @param {number} zoom
 * @param {number} count
 */
function zoomStyle(zoom, count) {
  const crowded = Math.min(1, Math.max(0, (Math.log10(Math.max(count, 1)) - 2.5) / 2.5));
  const far = Math.min(1, Math.max(0, (8 - zoom) / 5));
  return {
    factor: 1 - crowded * far * 0.68 + Math.max(0, zoom - 9) * 0.12,
    alpha: 1 - crowded * far * 0.7,
    most: 1 - crowded * far * 0.42,
  };
}
