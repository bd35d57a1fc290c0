// SPDX-License-Identifier: MIT
/** One drag of a tool, from button down to button up: a brush, an outline or a circle. */
import { L } from './leaflet.js';
import { anchorsWithin, anchorsWithinDistance, circleAround, middle } from './polygon.js';

/** @typedef {{x: number, y: number}} Point */
/** @typedef {import('./tools.js').ToolName} ToolName */

/**
 * What all strokes have.
 * @typedef {object} Stroke
 * @property {string} id
 * @property {ToolName} tool
 * @property {number} start The unit under the pointer at the beginning, or -1.
 * @property {number} reportedAt Milliseconds.
 * @property {number} reported How many units were reported last.
 * @property {(point: Point) => void} extend
 * @property {() => number[]} units
 * @property {() => object} shape What the finished stroke says about its outline.
 */

/** @implements {Stroke} */
export class BrushStroke {
  /**
   * @param {any} tools
   * @param {string} id
   * @param {Point} at
   * @param {import('./stroke_reach.js').StrokeReach} reach
   */
  constructor(tools, id, at, reach) {
    this.id = id;
    this.tool = tools.tool;
    this.start = tools.areas.unitAt(at);
    this.reportedAt = 0;
    this.reported = -1;
    this._tools = tools;
    this._reach = reach;
    this._last = at;
    /** @type {Set<number>} */
    this._taken = new Set();
  }

  /**
   * Takes everything under the brush between the last point and this one.
   * @param {Point} point
   */
  extend(point) {
    const { areas, radius } = this._tools;
    const from = this._last;
    const length = Math.hypot(point.x - from.x, point.y - from.y);
    const steps = Math.max(1, Math.ceil(length / Math.max(2, radius * 0.7)));
    const added = [];
    for (let i = 1; i <= steps; i++) {
      const x = from.x + ((point.x - from.x) * i) / steps;
      const y = from.y + ((point.y - from.y) * i) / steps;
      for (const unit of areas.unitsWithin(L.point(x, y), radius)) {
        if (this._taken.has(unit) || !this._reach.allows(unit)) continue;
        this._taken.add(unit);
        added.push(unit);
      }
    }
    if (added.length) areas.marks.addPreviewed(added);
    this._last = point;
  }

  units() {
    return [...this._taken];
  }

  shape() {
    return {};
  }
}

/**
 * A lasso or a box.
 * @implements {Stroke}
 */
export class OutlineStroke {
  /**
   * @param {any} tools
   * @param {string} id
   * @param {Point} at
   * @param {import('./stroke_reach.js').StrokeReach} reach
   */
  constructor(tools, id, at, reach) {
    this.id = id;
    this.tool = tools.tool;
    this.start = tools.areas.unitAt(at);
    this.reportedAt = 0;
    this.reported = -1;
    this._tools = tools;
    this._reach = reach;
    this._first = at;
    this._last = at;
    /** @type {Point[]} */
    this._outline = [at];
  }

  /** @param {Point} point */
  extend(point) {
    const { _first: first, _last: last } = this;
    if (this.tool === 'box') {
      this._outline = [first, { x: point.x, y: first.y }, point, { x: first.x, y: point.y }];
    } else if (Math.hypot(point.x - last.x, point.y - last.y) >= 1) {
      this._outline.push(point);
    }
    this._last = point;
    this._tools.sketch.showOutline(this._outline);
  }

  units() {
    const outline = this._outline;
    if (outline.length < 3) return [];
    const { areas } = this._tools;
    const world = outline.map((point) => this._tools.frame.world(point));
    const found = areas.units.mostlyIn(anchorsWithin(world, areas.extent.anchors));
    if (found.length) return found.filter((/** @type {number} */ unit) => this._reach.allows(unit));
    // A lasso drawn inside one large area means that area.
    const unit = areas.unitAt(middle(outline));
    return unit >= 0 && this._reach.allows(unit) ? [unit] : [];
  }

  shape() {
    return { polygon: this._tools.frame.lonLat(this._outline) };
  }
}

/**
 * A circle, dragged from its middle.
 * @implements {Stroke}
 */
export class RadiusStroke {
  /**
   * @param {any} tools
   * @param {string} id
   * @param {Point} at
   * @param {import('./stroke_reach.js').StrokeReach} reach
   */
  constructor(tools, id, at, reach) {
    this.id = id;
    this.tool = tools.tool;
    this.start = tools.areas.unitAt(at);
    this.reportedAt = 0;
    this.reported = -1;
    this._tools = tools;
    this._reach = reach;
    this._center = tools.map.containerPointToLatLng([at.x, at.y]);
    this._km = 0;
  }

  /** @param {Point} point */
  extend(point) {
    const { map, sketch } = this._tools;
    const at = map.containerPointToLatLng([point.x, point.y]);
    this._km = map.distance(this._center, at) / 1000;
    const ring = circleAround(this._center.lng, this._center.lat, this._km);
    sketch.showOutline(ring.map(([lon, lat]) => map.latLngToContainerPoint([lat, lon])));
    sketch.showWord(point, this._tools.frame.distanceWords(this._km));
  }

  units() {
    const { lng, lat } = this._center;
    const found = unitsAround(this._tools.areas, lng, lat, this._km);
    return found.filter((unit) => this._reach.allows(unit));
  }

  shape() {
    const { lng, lat } = this._center;
    const polygon = circleAround(lng, lat, this._km);
    return { polygon, center: [lng, lat], radiusKm: this._km };
  }
}

/**
 * Units whose anchor lies in a circle; in a circle inside one area, that area.
 * @param {any} areas
 * @param {number} lon
 * @param {number} lat
 * @param {number} km
 * @returns {number[]}
 */
export function unitsAround(areas, lon, lat, km) {
  if (!(km > 0)) return [];
  const found = areas.units.mostlyIn(anchorsWithinDistance(lon, lat, km, areas.extent.anchors));
  if (found.length) return found;
  const unit = areas.unitAt(areas._map.latLngToContainerPoint([lat, lon]));
  return unit >= 0 ? [unit] : [];
}
