// SPDX-License-Identifier: MIT
/** The tools: looking around, picking, painting, outlines, circles, lines and drawn areas. */
import { DrawnAreas } from './drawn_areas.js';
import { Frame } from './frame.js';
import { Panning } from './panning.js';
import { PathTool } from './path_tool.js';
import { Sketch } from './sketch.js';
import { BrushStroke, OutlineStroke, RadiusStroke, unitsAround } from './stroke.js';
import { StrokeReach } from './stroke_reach.js';

/** @typedef {'none'|'pick'|'box'|'lasso'|'radius'|'paint'|'push'|'split'|'draw'} ToolName */
/** @typedef {{x: number, y: number}} Point */
/**
 * @typedef {object} Modifiers
 * @property {boolean} ctrl
 * @property {boolean} shift
 * @property {boolean} alt
 */
/**
 * @typedef {object} ToolOptions
 * @property {ToolName} tool
 * @property {number} radius Of the brush, in page pixels.
 * @property {'all'|'unassigned'|'one'} source
 * @property {number|null} sourceGroup
 * @property {boolean} restricts
 */

const REPORT_MS = 80;
/** Stands for the unit at the start of a circle that was typed. */
const TYPED = -2;
const SMALLEST_RADIUS = 2;
const LARGEST_RADIUS = 120;
/** A drag that ended is followed by a click of the browser, which means nothing. */
const CLICK_AFTER_DRAG_MS = 60;
const BRUSHES = ['paint', 'push'];
/** @type {Record<string, typeof BrushStroke|typeof OutlineStroke|typeof RadiusStroke>} */
const STROKES = {
  paint: BrushStroke, push: BrushStroke, lasso: OutlineStroke, box: OutlineStroke, radius: RadiusStroke,
};

export class Tools {
  /**
   * @param {any} map
   * @param {any} areas The `IdLayer`.
   * @param {import('./bridge.js').Send} send
   */
  constructor(map, areas, send) {
    this.map = map;
    this.areas = areas;
    this.send = send;
    this.frame = new Frame(map, areas);
    /** @type {ToolName} */
    this.tool = 'none';
    this.radius = 12;
    /** @type {ToolOptions} */
    this._options = { tool: 'none', radius: 12, source: 'all', sourceGroup: null, restricts: false };
    /** @type {Int32Array|null} */
    this.parents = null;
    /** @type {import('./stroke.js').Stroke|null} */
    this.stroke = null;
    /** Called for a right click. @type {(point: Point) => void} */
    this.onContext = () => {};
    this._panning = new Panning(map);
    this._strokes = 0;
    this._droppedAt = -Infinity;
    this.sketch = new Sketch(map.getContainer());
    this.path = new PathTool(this);
    this.drawn = new DrawnAreas(this);
    this._listen(map.getContainer());
  }

  /** @param {HTMLElement} container */
  _listen(container) {
    container.addEventListener('pointerdown', (event) => this._down(event), true);
    window.addEventListener('pointermove', (event) => this._move(event));
    window.addEventListener('pointerup', (event) => this._up(event));
    window.addEventListener('pointercancel', () => this.cancel());
    window.addEventListener('blur', () => this._panning.stop());
    container.addEventListener('pointerleave', () => this.sketch.hideRing());
    container.addEventListener('wheel', (event) => this._wheel(event), { capture: true, passive: false });
    container.addEventListener('contextmenu', (event) => event.preventDefault());
    window.addEventListener('keydown', (event) => this._key(event, true));
    window.addEventListener('keyup', (event) => this._key(event, false));
    this.map.on('click', (/** @type {any} */ event) => this._click(event));
    this.map.on('dblclick', () => this.draftsPath && this.path.finish());
  }

  /** @param {ToolOptions} options */
  setTool(options) {
    const { tool } = options;
    if (tool !== this.tool) {
      this.cancel();
      this.drawn.choose(-1);
    }
    this.tool = tool;
    this._options = options;
    this.radius = Math.min(LARGEST_RADIUS, Math.max(SMALLEST_RADIUS, options.radius));
    this.map.getContainer().dataset.tool = tool;
    for (const handler of [this.map.dragging, this.map.boxZoom]) {
      if (this.draws) handler.disable();
      else handler.enable();
    }
    if (tool === 'none') this.map.doubleClickZoom.enable();
    else this.map.doubleClickZoom.disable();
    if (!this.brushes) this.sketch.hideRing();
  }

  /** Whether dragging draws instead of moving the map. */
  get draws() {
    return this.tool in STROKES;
  }

  /** Whether a brush is shown at the pointer. */
  get brushes() {
    return BRUSHES.includes(this.tool);
  }

  /** Whether clicks make a line or an area. */
  get draftsPath() {
    return this.tool === 'split' || this.tool === 'draw';
  }

  /** Gives up what is under way; nothing of it is reported as done. */
  cancel() {
    const { stroke } = this;
    this.stroke = null;
    this.path.clear();
    this.drawn.release();
    if (!stroke) return;
    this.areas.marks.setPreviewed([]);
    this.send('strokeCancelled', { strokeId: stroke.id, tool: stroke.tool });
  }

  /**
   * Reports the units around a place as a radius drawn by hand would.
   * @param {{strokeId: string, lon: number, lat: number, radiusKm: number}} wanted
   */
  selectWithin({ strokeId, lon, lat, radiusKm }) {
    const features = unitsAround(this.areas, lon, lat, radiusKm);
    const modifiers = { ctrl: false, shift: false, alt: false };
    const shape = { polygon: [], center: [lon, lat], radiusKm };
    this.send('lassoFinished', { strokeId, tool: 'radius', features, start: TYPED, modifiers, ...shape });
  }

  /** @param {PointerEvent} event */
  _down(event) {
    if (isControl(event.target)) return;
    const pans = event.button === 1 || event.button === 2 || (event.button === 0 && this._panning.isSpaceHeld);
    if (pans && (this.draws || event.button === 2)) {
      event.preventDefault();
      this._panning.start(this.frame.point(event));
      return;
    }
    if (event.button !== 0 || this.stroke) return;
    if (this.tool === 'draw' && !this.path.isOpen && !event.altKey) {
      if (this.drawn.grasp(this.frame.point(event))) event.preventDefault();
      return;
    }
    if (!this.draws) return;
    event.preventDefault();
    this.map.getContainer().focus({ preventScroll: true });
    this.areas.marks.endPreview();
    this._begin(this.frame.point(event));
    this._draw(event);
  }

  /** @param {Point} at */
  _begin(at) {
    const id = `s${Date.now().toString(36)}-${++this._strokes}`;
    const start = this.areas.unitAt(at);
    const { table } = this.areas;
    const reach = new StrokeReach(this.areas, this._options, this.parents, start);
    if (this.tool === 'push') {
      // What joins the territory at the start takes its colour.
      const feature = this.areas.featureAt(at);
      if (feature >= 0) table.preview = /** @type {import('./theme.js').Rgba} */ ([...table.rgba.slice(feature * 4, feature * 4 + 4)]);
    }
    const Kind = STROKES[this.tool];
    this.stroke = new Kind(this, id, at, reach);
  }

  /** @param {PointerEvent} event */
  _move(event) {
    const point = this.frame.point(event);
    if (this._panning.isUnderWay) return this._panning.move(point);
    if (this.drawn.isHeld) this.drawn.drag(point);
    else if (this.draftsPath && !isControl(event.target)) this.path.move(point);
    if (this.brushes && !isControl(event.target)) this.sketch.showRing(point, this.radius);
    if (this.stroke) this._draw(event);
  }

  /** @param {PointerEvent} event */
  _up(event) {
    if (this._panning.isUnderWay) {
      if (this._panning.end() && event.button === 2) this.onContext(this.frame.point(event));
      return;
    }
    if (this.drawn.isHeld && event.button === 0) {
      this._droppedAt = performance.now();
      this.drawn.drop(this.frame.point(event), event.altKey);
      return;
    }
    const { stroke } = this;
    if (!stroke || event.button !== 0) return;
    this._draw(event);
    this.stroke = null;
    this.sketch.clear();
    const report = { ...this._report(stroke, event), ...stroke.shape() };
    this.send(BRUSHES.includes(stroke.tool) ? 'strokeFinished' : 'lassoFinished', report);
    this.areas.marks.finishPreview();
  }

  /** @param {PointerEvent} event */
  _draw(event) {
    const { stroke } = this;
    if (!stroke) return;
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length ? events : [event]) stroke.extend(this.frame.point(each));
    const now = performance.now();
    if (now - stroke.reportedAt < REPORT_MS) return;
    stroke.reportedAt = now;
    const report = this._report(stroke, event);
    if (!BRUSHES.includes(stroke.tool)) this.areas.marks.setPreviewed(report.features);
    if (report.features.length === stroke.reported) return;
    stroke.reported = report.features.length;
    this.send('strokeMoved', report);
  }

  /**
   * @param {import('./stroke.js').Stroke} stroke
   * @param {MouseEvent} event
   */
  _report(stroke, event) {
    const { id: strokeId, tool, start } = stroke;
    return { strokeId, tool, start, features: stroke.units(), modifiers: modifiersOf(event) };
  }

  /** @param {any} event Of Leaflet. */
  _click(event) {
    if (!this.draftsPath || performance.now() - this._droppedAt < CLICK_AFTER_DRAG_MS) return;
    const point = event.containerPoint;
    const free = event.originalEvent.altKey;
    if (this.tool === 'draw' && !this.path.isOpen) {
      if (free && this.drawn.removeCorner(point)) return;
      if (this.drawn.chooseAt(point)) return;
    }
    this.path.click(point, free);
  }

  /**
   * @param {KeyboardEvent} event
   * @param {boolean} isDown
   */
  _key(event, isDown) {
    if (event.code === 'Space') {
      this._panning.holdSpace(isDown && this.draws);
      if (this.draws) event.preventDefault();
    }
    if (!isDown) return;
    if (event.key === 'Escape') this._giveUp();
    if (this.draftsPath) this._pathKey(event.key);
    if (!this.brushes) return;
    if (event.key === '[') this._resize(this.radius / 1.25);
    if (event.key === ']') this._resize(this.radius * 1.25);
  }

  /** Escape: first what is under way, then what is chosen. */
  _giveUp() {
    const isIdle = !this.stroke && !this.path.isOpen && !this.drawn.isHeld;
    this.cancel();
    if (isIdle) this.drawn.choose(-1);
  }

  /** @param {string} key */
  _pathKey(key) {
    if (key === 'Enter') this.path.finish();
    else if (key === 'Backspace' && this.path.isOpen) this.path.removeLast();
    else if (key === 'Delete' && !this.path.isOpen) this.drawn.remove();
  }

  /** @param {WheelEvent} event */
  _wheel(event) {
    if (!this.brushes || !(event.ctrlKey || event.shiftKey)) return;
    event.preventDefault();
    event.stopPropagation();
    this._resize(event.deltaY + event.deltaX > 0 ? this.radius / 1.25 : this.radius * 1.25);
    this.sketch.showRing(this.frame.point(event), this.radius);
  }

  /** @param {number} radius */
  _resize(radius) {
    this.radius = Math.round(Math.min(LARGEST_RADIUS, Math.max(SMALLEST_RADIUS, radius)));
    this.send('brushChanged', { radius: this.radius });
  }
}

/** @param {EventTarget|null} target */
function isControl(target) {
  return target instanceof Element && target.closest('.leaflet-control') !== null;
}

/**
 * @param {MouseEvent} event
 * @returns {Modifiers}
 */
export function modifiersOf(event) {
  return { ctrl: event.ctrlKey || event.metaKey, shift: event.shiftKey, alt: event.altKey };
}
