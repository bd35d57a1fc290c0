// SPDX-License-Identifier: MIT
/** One canvas over the visible map (and a margin), drawn again when the map comes to rest. */
import { ratio } from './id_layer.js';
import { L } from './leaflet.js';

const MARGIN = 0.2;
const REST_MS = 60;
const PANELS = '.leaflet-control, .title-panel, .note-panel';

/**
 * Room that is taken; `soft` where the name of a territory may cover it.
 * @typedef {{left: number, top: number, right: number, bottom: number, soft?: boolean}} Box
 */
/**
 * Draws on the canvas and adds the room that it took to `taken`.
 * @typedef {object} ViewportPainter
 * @property {(view: Viewport, taken: Box[]) => void} paintViewport
 */
/**
 * @typedef {object} Viewport
 * @property {CanvasRenderingContext2D} context In page pixels.
 * @property {(lat: number, lon: number) => {x: number, y: number}} place
 * @property {number} width
 * @property {number} height
 * @property {number} zoom
 * @property {number} world Page pixels per side of the whole world.
 * @property {number} originX Of the canvas's corner in the world, in page pixels.
 * @property {number} originY
 */

export const ViewportCanvas = L.Layer.extend({
  options: { pane: 'labels' },

  initialize(/** @type {ViewportPainter[]} */ painters) {
    this.painters = painters;
    this._origin = L.point(0, 0);
  },

  onAdd(/** @type {any} */ map) {
    this._canvas = document.createElement('canvas');
    this._canvas.className = 'viewport-canvas leaflet-zoom-hide';
    this.getPane().appendChild(this._canvas);
    this._map = map;
    this.redraw();
  },

  onRemove() {
    this._canvas.remove();
  },

  getEvents() {
    return { moveend: this._onMoved, zoomend: this.redraw, viewreset: this.redraw, resize: this.redraw };
  },

  /** The canvas moves with the map, so after a move new names may wait until it comes to rest. */
  _onMoved() {
    clearTimeout(this._resting);
    this._resting = setTimeout(() => this.redraw(), REST_MS);
  },

  /** Draws in the next frame, once however often it is asked. */
  redraw() {
    if (this._asked) return;
    this._asked = true;
    requestAnimationFrame(() => {
      this._asked = false;
      if (this._map && this._canvas?.isConnected) this._draw();
    });
  },

  /**
   * From the container's pixels to those of the canvas as it was last drawn.
   * @param {{x: number, y: number}} point
   */
  fromContainer(point) {
    return this._map.containerPointToLayerPoint(L.point(point)).subtract(this._origin);
  },

  /** @param {{x: number, y: number}} point */
  toContainer(point) {
    return this._map.layerPointToContainerPoint(L.point(point).add(this._origin));
  },

  _draw() {
    const map = this._map;
    const size = map.getSize();
    const corner = size.multiplyBy(-MARGIN).round();
    const width = size.x - 2 * corner.x;
    const height = size.y - 2 * corner.y;
    const dense = ratio();
    this._canvas.width = width * dense;
    this._canvas.height = height * dense;
    this._canvas.style.width = `${width}px`;
    this._canvas.style.height = `${height}px`;
    const origin = map.containerPointToLayerPoint(corner);
    this._origin = origin;
    L.DomUtil.setPosition(this._canvas, origin);
    const context = this._canvas.getContext('2d');
    context.scale(dense, dense);
    const place = (/** @type {number} */ lat, /** @type {number} */ lon) =>
      map.latLngToLayerPoint([lat, lon]).subtract(origin);
    const taken = controlBoxes(map.getContainer(), corner);
    const pixel = map.getPixelOrigin();
    const view = {
      context, place, width, height, zoom: map.getZoom(),
      world: 256 * 2 ** map.getZoom(), originX: pixel.x + origin.x, originY: pixel.y + origin.y,
    };
    for (const painter of this.painters) painter.paintViewport(view, taken);
  },
});

/**
 * The room of controls and panels, where a name would be hidden.
 * @param {HTMLElement} container
 * @param {{x: number, y: number}} corner The canvas's corner in the container.
 * @returns {Box[]}
 */
function controlBoxes(container, corner) {
  const base = container.getBoundingClientRect();
  return [...container.querySelectorAll(PANELS)].map((control) => {
    const box = control.getBoundingClientRect();
    return {
      left: box.left - base.left - corner.x,
      right: box.right - base.left - corner.x,
      top: box.top - base.top - corner.y,
      bottom: box.bottom - base.top - corner.y,
    };
  });
}
