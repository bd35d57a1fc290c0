// SPDX-License-Identifier: MIT
/** Accounts that lie close together as one bubble with their number. */
import { LIGHT } from './theme.js';

const FAMILY = '"Inter", "Segoe UI", "Helvetica Neue", "DejaVu Sans", Arial, sans-serif';
/** Page pixels per side of the squares whose accounts are put together. */
const CELL = 56;
const SMALLEST = 11;
const LARGEST = 26;
const DOT = 3.5;
const STEPS = /** @type {Array<[number, string]>} */ ([[1e6, 'M'], [1e3, 'k']]);

/**
 * @typedef {object} Cluster
 * @property {number} x Middle of the accounts in page pixels of the canvas.
 * @property {number} y
 * @property {number} count
 * @property {number} sum Of the weights.
 * @property {number} radius
 */

export class ClusterLayer {
  /** @param {import('./point_layer.js').PointLayer} points */
  constructor(points) {
    this.points = points;
    this.theme = LIGHT;
    this.strength = 1;
    /** @type {Cluster[]} */
    this.clusters = [];
  }

  /**
   * @param {import('./viewport_canvas.js').Viewport} view
   * @param {import('./viewport_canvas.js').Box[]} taken
   */
  paintViewport(view, taken) {
    this.clusters = [];
    const { style, visible, count } = this.points;
    if (style !== 'clusters' || !visible || !count || this.strength <= 0) return;
    view.context.globalAlpha = this.strength;
    this.clusters = this._merged(this._cells(view));
    const most = Math.max(1, ...this.clusters.map((each) => each.count));
    for (const cluster of this.clusters) {
      if (cluster.count === 1) this._dot(view.context, cluster);
      else this._bubble(view.context, cluster, most, taken);
    }
    view.context.globalAlpha = 1;
  }

  /**
   * The cluster of several accounts under a place of the canvas.
   * @param {{x: number, y: number}} point
   * @returns {Cluster|undefined}
   */
  clusterAt(point) {
    return this.clusters.find(
      (each) => each.count > 1 && Math.hypot(each.x - point.x, each.y - point.y) <= each.radius,
    );
  }

  /**
   * Sums over whole squares of the world, so that a cluster stays as it is while the map moves.
   * @param {import('./viewport_canvas.js').Viewport} view
   * @returns {Cluster[]}
   */
  _cells({ world, originX, originY, width, height, zoom }) {
    const scale = world / CELL;
    const left = Math.floor(originX / CELL) - 1;
    const top = Math.floor(originY / CELL) - 1;
    const columns = Math.ceil(width / CELL) + 3;
    const rows = Math.ceil(height / CELL) + 3;
    const sums = new Float64Array(columns * rows * 4);
    const found = this.points.sums(zoom);
    found.visit(left / scale, top / scale, (left + columns) / scale, (top + rows) / scale, (x, y, count, sum) => {
      const column = Math.floor(x * scale) - left;
      const row = Math.floor(y * scale) - top;
      if (column < 0 || row < 0 || column >= columns || row >= rows) return;
      const at = (row * columns + column) * 4;
      sums[at] += count;
      sums[at + 1] += x * count;
      sums[at + 2] += y * count;
      sums[at + 3] += sum;
    });
    const cells = [];
    for (let at = 0; at < sums.length; at += 4) {
      const count = sums[at];
      if (!count) continue;
      const x = (sums[at + 1] / count) * world - originX;
      const y = (sums[at + 2] / count) * world - originY;
      cells.push({ x, y, count, sum: sums[at + 3], radius: radiusOf(count) });
    }
    return cells;
  }

  /**
   * Larger clusters take in smaller ones that their bubbles would cover.
   * @param {Cluster[]} cells
   */
  _merged(cells) {
    cells.sort((a, b) => b.count - a.count);
    /** @type {Cluster[]} */
    const kept = [];
    for (const cell of cells) {
      const over = kept.find(
        (each) => Math.hypot(each.x - cell.x, each.y - cell.y) < (each.radius + cell.radius) * 0.85,
      );
      if (!over) {
        kept.push(cell);
        continue;
      }
      const whole = over.count + cell.count;
      over.x += ((cell.x - over.x) * cell.count) / whole;
      over.y += ((cell.y - over.y) * cell.count) / whole;
      over.count = whole;
      over.sum += cell.sum;
      over.radius = radiusOf(whole);
    }
    return kept;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Cluster} cluster
   */
  _dot(context, { x, y }) {
    const isDark = this.theme !== LIGHT;
    context.beginPath();
    context.arc(x, y, DOT, 0, 2 * Math.PI);
    context.fillStyle = isDark ? '#e2e8ec' : '#3a444a';
    context.strokeStyle = isDark ? '#14181d' : '#ffffff';
    context.lineWidth = 1.2;
    context.fill();
    context.stroke();
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Cluster} cluster
   * @param {number} most
   * @param {import('./viewport_canvas.js').Box[]} taken
   */
  _bubble(context, { x, y, count, radius }, most, taken) {
    const isDark = this.theme !== LIGHT;
    const share = Math.sqrt(count / most);
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = isDark ? `rgba(${150 + 60 * share}, ${200 + 20 * share}, 226, 0.94)` : `rgba(${52 - 30 * share}, ${104 - 50 * share}, ${134 - 44 * share}, 0.93)`;
    context.strokeStyle = isDark ? 'rgba(14, 18, 22, 0.9)' : 'rgba(255, 255, 255, 0.92)';
    context.lineWidth = 2;
    context.fill();
    context.stroke();
    context.font = `600 ${radius > 16 ? 12 : 10.5}px ${FAMILY}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillStyle = isDark ? '#10161b' : '#ffffff';
    context.fillText(shortCount(count), x, y + 0.5);
    taken.push({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
  }
}

/** @param {number} count */
function radiusOf(count) {
  if (count <= 1) return DOT;
  return Math.min(LARGEST, SMALLEST + Math.log10(count) * 3.4);
}

/**
 * @param {number} count
 * @returns {string} At most four letters.
 */
export function shortCount(count) {
  for (const [step, mark] of STEPS) {
    if (count < step * 0.9995) continue;
    const value = count / step;
    return `${value < 9.95 ? value.toFixed(1) : Math.round(value)}${mark}`;
  }
  return String(count);
}
