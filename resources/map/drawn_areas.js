// SPDX-License-Identifier: MIT
/** Areas that were drawn by hand: shown above the map, and changed by their corners. */
import { L } from './leaflet.js';
import { contains, nearestOnLine } from './polygon.js';

/** @typedef {{x: number, y: number}} Point Pixels of the map. */
/** @typedef {[number, number]} Corner Latitude and longitude. */
/** @typedef {{id: number, rgba: number[], corners: Corner[]}} DrawnArea */

const PANE_LEVEL = '430';
const GRIP_PIXELS = 8;
/** Closer than this to one before, a corner gets no grip of its own. */
const GRIP_APART = 12;

export class DrawnAreas {
  /** @param {any} tools */
  constructor(tools) {
    this._tools = tools;
    const { map } = tools;
    const pane = map.createPane('drawn');
    pane.style.zIndex = PANE_LEVEL;
    pane.style.pointerEvents = 'none';
    this._layer = L.layerGroup().addTo(map);
    /** @type {DrawnArea[]} */
    this._areas = [];
    this._chosen = -1;
    /** The corner that is being dragged, or -1. */
    this._held = -1;
    map.on('move zoomend', () => this._showGrips());
  }

  /** @param {DrawnArea[]} areas */
  setAreas(areas) {
    this._areas = areas;
    this._held = -1;
    if (!areas.some((each) => each.id === this._chosen)) this._chosen = -1;
    this._draw();
  }

  _draw() {
    this._layer.clearLayers();
    for (const { id, rgba, corners } of this._areas) {
      const color = `rgb(${rgba[0]} ${rgba[1]} ${rgba[2]})`;
      const weight = id === this._chosen ? 4 : 2.5;
      const options = { pane: 'drawn', interactive: false, color, weight, fillColor: color, fillOpacity: 0.3 };
      L.polygon(corners, options).addTo(this._layer);
    }
    this._showGrips();
  }

  /** @returns {DrawnArea|undefined} The area whose corners can be moved. */
  get chosen() {
    return this._areas.find((each) => each.id === this._chosen);
  }

  /** @param {number} id -1 for none */
  choose(id) {
    if (id === this._chosen) return;
    this._chosen = id;
    this._held = -1;
    this._draw();
  }

  /**
   * Chooses the area under a point, the last one drawn first.
   * @param {Point} point
   * @returns {boolean} Whether there is one.
   */
  chooseAt(point) {
    const found = this._areas.findLast(({ corners }) => {
      const outline = this._screen(corners);
      return contains(outline, point.x, point.y) && awayFrom(outline, point) > GRIP_PIXELS;
    });
    this.choose(found?.id ?? -1);
    return found !== undefined;
  }

  /**
   * Takes hold of a corner; between two corners a new one is made.
   * @param {Point} point
   * @returns {boolean} Whether something is held now.
   */
  grasp(point) {
    const area = this.chosen;
    if (!area) return false;
    const outline = this._screen(area.corners);
    const at = outline.findIndex((each) => Math.hypot(each.x - point.x, each.y - point.y) <= GRIP_PIXELS);
    if (at >= 0) {
      this._before = area.corners;
      this._held = at;
      return true;
    }
    const side = outline.findIndex((each, i) => nearestOnLine(point, each, outline[(i + 1) % outline.length]).away <= GRIP_PIXELS);
    if (side < 0) return false;
    this._before = area.corners;
    area.corners = [...area.corners.slice(0, side + 1), this._corner(this._tools.frame.world(point)), ...area.corners.slice(side + 1)];
    this._held = side + 1;
    return true;
  }

  /** @param {Point} point */
  drag(point) {
    const area = this.chosen;
    if (!area || this._held < 0) return;
    const corner = this._corner(this._tools.frame.world(point));
    area.corners = area.corners.map((each, i) => (i === this._held ? corner : each));
    this._draw();
  }

  /**
   * Lets go of the corner, at the border beside it.
   * @param {Point} point
   * @param {boolean} free Without snapping.
   */
  async drop(point, free) {
    const [area, held] = [this.chosen, this._held];
    this._held = -1;
    if (!area || held < 0) return;
    const snapped = free ? null : await this._tools.frame.snap(point);
    const corner = this._corner(snapped ?? this._tools.frame.world(point));
    area.corners = area.corners.map((each, i) => (i === held ? corner : each));
    this._draw();
    this._report(area);
  }

  /** Gives the drag up. @returns {boolean} Whether there was one. */
  release() {
    const area = this.chosen;
    if (!area || this._held < 0) return false;
    area.corners = this._before ?? area.corners;
    this._held = -1;
    this._draw();
    return true;
  }

  get isHeld() {
    return this._held >= 0;
  }

  /**
   * Removes the corner at a point.
   * @param {Point} point
   */
  removeCorner(point) {
    const area = this.chosen;
    if (!area || area.corners.length < 4) return false;
    const outline = this._screen(area.corners);
    const at = outline.findIndex((each) => Math.hypot(each.x - point.x, each.y - point.y) <= GRIP_PIXELS);
    if (at < 0) return false;
    area.corners = area.corners.filter((_, i) => i !== at);
    this._draw();
    this._report(area);
    return true;
  }

  /** Asks for the chosen area to be removed. */
  remove() {
    if (this.chosen) this._tools.send('areaRemoved', { id: this._chosen });
  }

  /** @param {DrawnArea} area */
  _report({ id, corners }) {
    this._tools.send('areaChanged', { id, polygon: corners.map(([lat, lon]) => [lon, lat]) });
  }

  _showGrips() {
    const area = this._tools.tool === 'draw' ? this.chosen : undefined;
    /** @type {Point[]} */
    const grips = [];
    for (const point of area ? this._screen(area.corners) : []) {
      const last = grips.at(-1);
      if (!last || Math.hypot(last.x - point.x, last.y - point.y) >= GRIP_APART) grips.push(point);
    }
    this._tools.sketch.showGrips(grips);
  }

  /** @param {Corner[]} corners */
  _screen(corners) {
    return corners.map((each) => this._tools.map.latLngToContainerPoint(each));
  }

  /** @param {Point} world */
  _corner(world) {
    const [lon, lat] = this._tools.frame.lonLatOfWorld(world);
    return /** @type {Corner} */ ([lat, lon]);
  }
}

/**
 * @param {Point[]} outline
 * @param {Point} point
 * @returns {number} Pixels from the point to the outline.
 */
function awayFrom(outline, point) {
  return Math.min(...outline.map((each, i) => nearestOnLine(point, each, outline[(i + 1) % outline.length]).away));
}
