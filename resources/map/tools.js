// SPDX-License-Identifier: MIT
/** The tools: looking around, picking, painting, lasso and box. */
import { L } from './leaflet.js';
import { anchorsWithin, middle } from './polygon.js';
import { Sketch } from './sketch.js';

/** @typedef {'none'|'pick'|'paint'|'lasso'|'box'} ToolName */
/** @typedef {{x: number, y: number}} Point */
/**
 * @typedef {object} Modifiers
 * @property {boolean} ctrl
 * @property {boolean} shift
 * @property {boolean} alt
 */

const REPORT_MS = 80;
const CLICK_SLACK = 4;
const SMALLEST_RADIUS = 2;
const LARGEST_RADIUS = 120;

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
    /** @type {ToolName} */
    this.tool = 'none';
    this.radius = 12;
    /** @type {Stroke|null} */
    this.stroke = null;
    /** @type {Point|null} */
    this._panFrom = null;
    this._panned = 0;
    this._space = false;
    this._strokes = 0;
    this.sketch = new Sketch(map.getContainer());
    this._listen(map.getContainer());
  }

  /** @param {HTMLElement} container */
  _listen(container) {
    container.addEventListener('pointerdown', (event) => this._down(event), true);
    window.addEventListener('pointermove', (event) => this._move(event));
    window.addEventListener('pointerup', (event) => this._up(event));
    window.addEventListener('pointercancel', () => this.cancel());
    window.addEventListener('blur', () => this._release());
    container.addEventListener('pointerleave', () => this.sketch.hideRing());
    container.addEventListener('wheel', (event) => this._wheel(event), { capture: true, passive: false });
    container.addEventListener('contextmenu', (event) => event.preventDefault());
    window.addEventListener('keydown', (event) => this._key(event, true));
    window.addEventListener('keyup', (event) => this._key(event, false));
  }

  /**
   * @param {ToolName} tool
   * @param {number} radius
   */
  setTool(tool, radius) {
    if (tool !== this.tool) this.cancel();
    this.tool = tool;
    this.radius = Math.min(LARGEST_RADIUS, Math.max(SMALLEST_RADIUS, radius));
    const draws = this.draws;
    this.map.getContainer().dataset.tool = tool;
    for (const handler of [this.map.dragging, this.map.boxZoom]) {
      if (draws) handler.disable();
      else handler.enable();
    }
    if (tool === 'none') this.map.doubleClickZoom.enable();
    else this.map.doubleClickZoom.disable();
    if (tool !== 'paint') this.sketch.hideRing();
  }

  /** Whether dragging draws instead of moving the map. */
  get draws() {
    return this.tool === 'paint' || this.tool === 'lasso' || this.tool === 'box';
  }

  /** Gives the stroke up; nothing of it is reported as done. */
  cancel() {
    const { stroke } = this;
    this.stroke = null;
    this.sketch.clear();
    if (!stroke) return;
    this.areas.setPreviewed([]);
    this.send('strokeCancelled', { strokeId: stroke.id, tool: stroke.tool });
  }

  /** @param {PointerEvent} event */
  _down(event) {
    if (isControl(event.target)) return;
    const pans = event.button === 1 || event.button === 2 || (event.button === 0 && this._space);
    if (pans && (this.draws || event.button === 2)) {
      event.preventDefault();
      this._panFrom = this._point(event);
      this._panned = 0;
      return;
    }
    if (event.button !== 0 || !this.draws || this.stroke) return;
    event.preventDefault();
    this.map.getContainer().focus({ preventScroll: true });
    this.areas.endPreview();
    const id = `s${Date.now().toString(36)}-${++this._strokes}`;
    this.stroke = new Stroke(id, this.tool, this._point(event));
    this._draw(event);
  }

  /** @param {PointerEvent} event */
  _move(event) {
    const point = this._point(event);
    if (this._panFrom) {
      const dx = point.x - this._panFrom.x;
      const dy = point.y - this._panFrom.y;
      this._panned += Math.abs(dx) + Math.abs(dy);
      if (this._panned < CLICK_SLACK) return;
      this.map.panBy([-dx, -dy], { animate: false });
      this._panFrom = point;
      return;
    }
    if (this.tool === 'paint' && !isControl(event.target)) this.sketch.showRing(point, this.radius);
    if (this.stroke) this._draw(event);
  }

  /** @param {PointerEvent} event */
  _up(event) {
    if (this._panFrom) {
      this._panFrom = null;
      if (event.button === 2 && this._panned < CLICK_SLACK) this._context(event);
      return;
    }
    const { stroke } = this;
    if (!stroke || event.button !== 0) return;
    this._draw(event);
    this.stroke = null;
    this.sketch.clear();
    const features = this._featuresOf(stroke);
    const modifiers = modifiersOf(event);
    const report = { strokeId: stroke.id, tool: stroke.tool, features, modifiers };
    if (stroke.tool === 'paint') this.send('strokeFinished', report);
    else this.send('lassoFinished', { ...report, polygon: this._lonLat(stroke.outline) });
    this.areas.finishPreview();
  }

  /** @param {PointerEvent} event */
  _draw(event) {
    const { stroke } = this;
    if (!stroke) return;
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length ? events : [event]) this._extend(stroke, this._point(each));
    const now = performance.now();
    if (now - stroke.reportedAt < REPORT_MS) return;
    stroke.reportedAt = now;
    const features = this._featuresOf(stroke);
    if (stroke.tool !== 'paint') this.areas.setPreviewed(features);
    if (features.length === stroke.reported) return;
    stroke.reported = features.length;
    this.send('strokeMoved', {
      strokeId: stroke.id, tool: stroke.tool, features, modifiers: modifiersOf(event),
    });
  }

  /**
   * @param {Stroke} stroke
   * @param {Point} point
   */
  _extend(stroke, point) {
    if (stroke.tool === 'paint') {
      this._brush(stroke, point);
    } else {
      stroke.drag(point);
      this.sketch.showOutline(stroke.outline);
    }
    stroke.last = point;
  }

  /**
   * Takes everything under the brush between the last point and this one.
   * @param {Stroke} stroke
   * @param {Point} point
   */
  _brush(stroke, point) {
    const from = stroke.last;
    const length = Math.hypot(point.x - from.x, point.y - from.y);
    const steps = Math.max(1, Math.ceil(length / Math.max(2, this.radius * 0.7)));
    const added = [];
    for (let i = 1; i <= steps; i++) {
      const x = from.x + ((point.x - from.x) * i) / steps;
      const y = from.y + ((point.y - from.y) * i) / steps;
      for (const feature of this.areas.unitsWithin(L.point(x, y), this.radius)) {
        if (stroke.features.has(feature)) continue;
        stroke.features.add(feature);
        added.push(feature);
      }
    }
    if (added.length) this.areas.addPreviewed(added);
  }

  /**
   * @param {Stroke} stroke
   * @returns {number[]}
   */
  _featuresOf(stroke) {
    if (stroke.tool === 'paint') return [...stroke.features];
    const { outline } = stroke;
    if (outline.length < 3) return [];
    const world = outline.map((point) => {
      const at = this.map.project(this.map.containerPointToLatLng([point.x, point.y]), 0);
      return { x: at.x / 256, y: at.y / 256 };
    });
    const found = this.areas.units.mostlyIn(anchorsWithin(world, this.areas.extent.anchors));
    if (found.length) return found;
    // A lasso drawn inside one large area means that area.
    const center = middle(outline);
    const feature = this.areas.unitAt(L.point(center.x, center.y));
    return feature < 0 ? [] : [feature];
  }

  /** @param {PointerEvent} event */
  _context(event) {
    const point = this._point(event);
    const feature = this.areas.unitAt(L.point(point.x, point.y));
    const at = this._lonLat([point])[0];
    this.send('contextRequested', { feature, x: point.x, y: point.y, lon: at[0], lat: at[1] });
  }

  /** @param {Point[]} points */
  _lonLat(points) {
    return points.map(({ x, y }) => {
      const at = this.map.containerPointToLatLng([x, y]);
      return [at.lng, at.lat];
    });
  }

  /**
   * @param {KeyboardEvent} event
   * @param {boolean} isDown
   */
  _key(event, isDown) {
    if (event.code === 'Space') {
      this._space = isDown;
      this.map.getContainer().classList.toggle('panning', isDown && this.draws);
      if (this.draws) event.preventDefault();
    }
    if (!isDown) return;
    if (event.key === 'Escape') this.cancel();
    if (this.tool !== 'paint') return;
    if (event.key === '[') this._resize(this.radius / 1.25);
    if (event.key === ']') this._resize(this.radius * 1.25);
  }

  /** @param {WheelEvent} event */
  _wheel(event) {
    if (this.tool !== 'paint' || !(event.ctrlKey || event.shiftKey)) return;
    event.preventDefault();
    event.stopPropagation();
    this._resize(event.deltaY + event.deltaX > 0 ? this.radius / 1.25 : this.radius * 1.25);
    this.sketch.showRing(this._point(event), this.radius);
  }

  /** @param {number} radius */
  _resize(radius) {
    this.radius = Math.round(Math.min(LARGEST_RADIUS, Math.max(SMALLEST_RADIUS, radius)));
    this.send('brushChanged', { radius: this.radius });
  }

  _release() {
    this._space = false;
    this._panFrom = null;
    this.map.getContainer().classList.remove('panning');
  }

  /** @param {{clientX: number, clientY: number}} event */
  _point(event) {
    const box = this.map.getContainer().getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }
}

/** One drag of a tool, from button down to button up. */
class Stroke {
  /**
   * @param {string} id
   * @param {ToolName} tool
   * @param {Point} start
   */
  constructor(id, tool, start) {
    this.id = id;
    this.tool = tool;
    this.start = start;
    this.last = start;
    /** @type {Point[]} */
    this.outline = [start];
    /** @type {Set<number>} */
    this.features = new Set();
    this.reportedAt = 0;
    this.reported = -1;
  }

  /** @param {Point} point */
  drag(point) {
    if (this.tool === 'box') {
      const { start } = this;
      this.outline = [start, { x: point.x, y: start.y }, point, { x: start.x, y: point.y }];
      return;
    }
    if (Math.hypot(point.x - this.last.x, point.y - this.last.y) >= 1) this.outline.push(point);
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
