// SPDX-License-Identifier: MIT
/** Lines and areas that are drawn corner by corner, with corners that snap to borders. */
import { L } from './leaflet.js';

/** @typedef {{x: number, y: number}} Place Normalised Mercator, or pixels of the map. */

const CLOSING_PIXELS = 10;
const SAME_PIXELS = 4;
const SAMPLE_PIXELS = 6;
const MOST_CORNERS = 20_000;

export class PathTool {
  /** @param {any} tools */
  constructor(tools) {
    this._tools = tools;
    /** Corners and, between them, what follows a border. @type {Place[]} */
    this._way = [];
    /** Positions of the clicked corners in the way. @type {number[]} */
    this._clicked = [];
    /** @type {Place|null} */
    this._pointer = null;
    this._snapping = false;
    this._queue = Promise.resolve();
    tools.map.on('move zoomend', () => this.redraw());
  }

  /** Whether a line has been begun. */
  get isOpen() {
    return this._way.length > 0;
  }

  get _closes() {
    return this._tools.tool === 'draw';
  }

  /**
   * Adds a corner; a click on the first one ends an area.
   * @param {Place} point
   * @param {boolean} free Without snapping.
   */
  click(point, free) {
    this._queue = this._queue.then(() => this._add(point, free));
  }

  /**
   * @param {Place} point
   * @param {boolean} free
   */
  async _add(point, free) {
    const way = this._way;
    const first = way[0];
    if (this._closes && this._clicked.length > 2 && this._isAt(first, point, CLOSING_PIXELS)) {
      await this._finish();
      return;
    }
    const last = way.at(-1);
    if (last && this._isAt(last, point, SAME_PIXELS)) return;
    const snapped = this._closes && !free ? await this._tools.frame.snap(point) : null;
    const corner = snapped ?? this._tools.frame.world(point);
    const between = last && snapped ? await this._tools.areas.host.follow(last, corner) : [];
    if (way !== this._way) return; // given up meanwhile
    way.push(...between, corner);
    this._clicked.push(way.length - 1);
    this.redraw();
  }

  /** @param {Place} point */
  move(point) {
    this._pointer = point;
    this.redraw();
    if (!this._closes || this._snapping) return;
    this._snapping = true;
    this._tools.frame.snap(point).then((/** @type {Place|null} */ found) => {
      this._snapping = false;
      if (this._tools.tool === 'draw') this._tools.sketch.showSpot(found && this._tools.frame.screen(found));
    });
  }

  /** Ends the line after the clicks that are still being snapped. */
  finish() {
    this._queue = this._queue.then(() => this._finish());
  }

  async _finish() {
    const needed = this._closes ? 3 : 2;
    if (this._clicked.length < needed) return;
    const way = [...this._way];
    if (this._closes) way.push(...(await this._tools.areas.host.follow(way[way.length - 1], way[0])));
    const polygon = thinned(way).map((each) => this._tools.frame.lonLatOfWorld(each));
    const features = this._closes ? [] : this._unitsUnder(way);
    this.clear();
    this._tools.send(this._closes ? 'areaDrawn' : 'lineDrawn', { polygon, features });
  }

  /**
   * @param {Place[]} way
   * @returns {number[]} The units under a line, one entry for each piece of it.
   */
  _unitsUnder(way) {
    const { areas, frame } = this._tools;
    const points = way.map((each) => frame.screen(each));
    const found = [];
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [points[i - 1], points[i]];
      const steps = Math.min(400, Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / SAMPLE_PIXELS));
      for (let step = 0; step < steps; step++) {
        const at = { x: a.x + ((b.x - a.x) * step) / steps, y: a.y + ((b.y - a.y) * step) / steps };
        found.push(areas.unitAt(L.point(at.x, at.y)));
      }
    }
    return found.filter((unit) => unit >= 0);
  }

  /** Takes the last corner back after the clicks that are still being snapped. */
  removeLast() {
    this._queue = this._queue.then(() => this._removeLast());
  }

  /** With the border that leads to it. */
  _removeLast() {
    this._clicked.pop();
    const last = this._clicked.at(-1);
    this._way.length = last === undefined ? 0 : last + 1;
    this.redraw();
  }

  clear() {
    this._way = [];
    this._clicked = [];
    this._tools.sketch.clear();
  }

  redraw() {
    if (!this.isOpen) return;
    const points = this._way.map((each) => this._tools.frame.screen(each));
    const corners = this._clicked.map((at) => points[at]);
    if (this._pointer) points.push(this._pointer);
    this._tools.sketch.showPath(points, this._closes, corners);
  }

  /**
   * @param {Place} place
   * @param {Place} point
   * @param {number} pixels
   */
  _isAt(place, point, pixels) {
    const at = this._tools.frame.screen(place);
    return Math.hypot(at.x - point.x, at.y - point.y) <= pixels;
  }
}

/**
 * @param {Place[]} way
 * @returns {Place[]} Few enough corners to store.
 */
function thinned(way) {
  const step = Math.ceil(way.length / MOST_CORNERS);
  return step === 1 ? way : way.filter((_, i) => i % step === 0);
}
