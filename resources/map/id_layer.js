// SPDX-License-Identifier: MIT
/** The area layer: tiles of feature numbers, coloured through a table. */
import { AreaMarks } from './area_marks.js';
import { ColorTable } from './color_table.js';
import { L } from './leaflet.js';
import { OLD_LINE_REACH } from './old_outlines.js';
import { RasterHost } from './raster_host.js';
import { LIGHT } from './theme.js';
import { TilePainter } from './tile_painter.js';
import { Units } from './units.js';

const TILE = 256;
/** Tiles overlap by one device pixel, so that no seam shows at fractional zooms. */
const OVERLAP = 1;
const MOST_LISTED = 400;
/** Of those out of view; each takes about a millisecond. */
const TILES_PER_FRAME = 6;

/**
 * What draws above the areas, in the same tile canvases (fewer layers pan faster).
 * @typedef {object} TileArea
 * @property {number} x
 * @property {number} y
 * @property {number} z
 * @property {number} zoom Zoom of the map, which may lie between two whole levels.
 * @property {number} size Pixels per side.
 * @property {number} step Pixels from one tile to the next.
 * @property {number} ratio Device pixels per page pixel.
 * @typedef {{paintTile: (ctx: CanvasRenderingContext2D, area: TileArea) => boolean}} Overlay
 */

/**
 * @typedef {HTMLCanvasElement & {raster?: import('./raster.js').RasterTile, generation?: number,
 *   coords: {x: number, y: number, z: number}, step: number, over?: HTMLCanvasElement|null,
 *   stale?: boolean}} TileCanvas
 */

export const IdLayer = L.GridLayer.extend({
  options: { tileSize: TILE, noWrap: true, updateWhenZooming: false, keepBuffer: 2, maxZoom: 14 },

  initialize(/** @type {object} */ options) {
    L.GridLayer.prototype.initialize.call(this, options);
    this.host = new RasterHost();
    this.painter = new TilePainter();
    this.table = new ColorTable(0);
    this.theme = LIGHT;
    /** @type {Overlay[]} */
    this.overlays = [];
    /** How much of the areas' parts shows, 0 to 1. */
    this.strength = { fill: 1, units: 1, territories: 1 };
    this.extent = { count: 0, bounds: new Float32Array(0), anchors: new Float32Array(0) };
    this.units = new Units(null, 0, this.extent.bounds);
    this.medianSize = 0;
    this.marks = new AreaMarks(this);
    this._inFlight = 0;
    /** @type {Set<TileCanvas>} */
    this._dirty = new Set();
    /** @type {Array<() => void>} */
    this._idle = [];
  },

  getEvents() {
    const events = L.GridLayer.prototype.getEvents.call(this);
    const before = events.zoomend;
    events.zoomend = (/** @type {any} */ event) => {
      before?.call(this, event);
      this._fitTiles();
    };
    return events;
  },

  /**
   * Replaces the polygons; the tiles keep their look until the new ones are ready.
   * @param {ArrayBuffer} buffer
   * @param {{unitOf: Int32Array, count: number}} [mapping] Where several features make one unit.
   */
  async setPolygons(buffer, mapping) {
    const extent = await this.host.load(buffer);
    if (mapping && mapping.unitOf.length !== extent.count) throw new Error('units do not fit the areas');
    this.extent = extent;
    this.units = new Units(mapping?.unitOf ?? null, mapping?.count ?? extent.count, extent.bounds);
    this.medianSize = this.units.medianWidth();
    const preview = this.table.preview;
    this.table = new ColorTable(extent.count);
    this.table.units = this.units.table;
    this.table.preview = preview;
    this.table.fill = this.strength.fill;
    this.table.setTheme(this.theme);
    this.marks.forgetHovered();
    for (const tile of this._canvases()) this._raster(tile);
  },

  /**
   * @param {Uint8Array} rgba
   * @param {Int32Array} groups
   */
  setColors(rgba, groups) {
    const changed = this.table.setAll(rgba, groups);
    this.marks.yieldPreview(changed);
    this.marks.endPreview();
    this.repaintFeatures(changed);
  },

  /** @param {Array<[number, number[], number]>} patch Feature, colour and group. */
  patchColors(patch) {
    for (const [feature, rgba, group] of patch) {
      if (feature >= 0 && feature < this.table.count) this.table.setOne(feature, rgba, group);
    }
    const changed = patch.map(([feature]) => feature);
    this.marks.yieldPreview(changed);
    this.marks.endPreview();
    this.repaintFeatures(changed);
  },

  /** @param {import('./theme.js').Theme} theme */
  setTheme(theme) {
    this.theme = theme;
    this.table.setTheme(theme);
    this.redrawOverlays();
  },

  /**
   * An earlier state to show as outlines; nothing ends that.
   * @param {Uint8Array} [rgba]
   * @param {Int32Array} [groups]
   */
  setBaseline(rgba, groups) {
    this.table.setBaseline(rgba, groups);
    this.repaint();
  },

  /**
   * Fades the colours and borders of areas, and draws all that lies on them again.
   * @param {{fill: number, units: number, territories: number}} strength Each 0 to 1.
   */
  setStrength(strength) {
    this.strength = strength;
    if (this.table.fill !== strength.fill) {
      this.table.fill = strength.fill;
      this.table.recolorAll();
    }
    this.redrawOverlays();
  },

  /** @param {Overlay} overlay */
  addOverlay(overlay) {
    this.overlays.push(overlay);
  },

  redrawOverlays() {
    for (const tile of this._canvases()) tile.over = undefined;
    this.repaint();
  },

  repaint() {
    for (const tile of this._canvases()) this._paintSoon(tile);
  },

  /**
   * Paints in the next frame, once however many messages of this frame touch the tile.
   * @param {TileCanvas} tile
   */
  _paintSoon(tile) {
    if (!this._dirty.size) requestAnimationFrame(() => this._paintDirty(0));
    this._dirty.add(tile);
  },

  /**
   * Paints all tiles in view; those around it, kept for panning, follow a few per frame.
   * @param {number} around How many of these now.
   */
  _paintDirty(around) {
    const inView = this._pxBoundsToTileRange(this._getTiledPixelBounds(this._map.getCenter()));
    let left = around;
    for (const tile of [...this._dirty]) {
      const waits = tile.coords.z === this._tileZoom && !inView.contains(L.point(tile.coords));
      if (waits && tile.isConnected && left-- <= 0) continue;
      this._dirty.delete(tile);
      if (tile.isConnected) this._paint(tile);
    }
    if (this._dirty.size) requestAnimationFrame(() => this._paintDirty(TILES_PER_FRAME));
  },

  /** @param {number[]} features */
  repaintFeatures(features) {
    if (!features.length) return;
    if (features.length > MOST_LISTED) return this.repaint();
    const { bounds } = this.extent;
    for (const tile of this._canvases()) {
      const world = 2 ** tile.coords.z;
      // Borders reach a few pixels beyond the feature.
      const slack = 4 / tile.step / world;
      const left = tile.coords.x / world - slack;
      const top = tile.coords.y / world - slack;
      const right = (tile.coords.x + 1) / world + slack;
      const bottom = (tile.coords.y + 1) / world + slack;
      const touches = features.some(
        (each) =>
          bounds[each * 4] < right && bounds[each * 4 + 2] > left &&
          bounds[each * 4 + 1] < bottom && bounds[each * 4 + 3] > top,
      );
      if (touches) this._paintSoon(tile);
    }
  },

  /**
   * @param {{x: number, y: number}} point In pixels of the map's container.
   * @returns {number} The feature there, or -1.
   */
  featureAt(point) {
    if (this._tileZoom === undefined) return -1;
    const world = this._map.project(this._map.containerPointToLatLng(point), this._tileZoom);
    const x = Math.floor(world.x / TILE);
    const y = Math.floor(world.y / TILE);
    const tile = this._tiles[`${x}:${y}:${this._tileZoom}`]?.el;
    if (!tile?.raster || tile.generation !== this.host.generation) return -1;
    const { plain, size } = tile.raster;
    const column = Math.floor(((world.x - x * TILE) / TILE) * tile.step);
    const row = Math.floor(((world.y - y * TILE) / TILE) * tile.step);
    return plain[row * size + column] - 1;
  },

  /**
   * @param {{x: number, y: number}} point In pixels of the map's container.
   * @returns {number} The unit there, or -1.
   */
  unitAt(point) {
    return this.units.of(this.featureAt(point));
  },

  /**
   * @param {{x: number, y: number}} center
   * @param {number} radius In page pixels.
   * @returns {Set<number>} Units that show inside the circle.
   */
  unitsWithin(center, radius) {
    const found = new Set();
    const step = Math.max(2, radius / 20);
    for (let dy = -radius; dy <= radius; dy += step) {
      const half = Math.sqrt(radius * radius - dy * dy);
      for (let dx = -half; dx <= half; dx += step) {
        found.add(this.unitAt(L.point(center.x + dx, center.y + dy)));
      }
    }
    found.add(this.unitAt(center));
    found.delete(-1);
    return found;
  },

  /** Resolves when no tile is being made. */
  whenIdle() {
    if (!this._inFlight) return Promise.resolve();
    return new Promise((resolve) => this._idle.push(resolve));
  },

  createTile(/** @type {any} */ coords, /** @type {(error: null, tile: Element) => void} */ done) {
    const tile = /** @type {TileCanvas} */ (document.createElement('canvas'));
    tile.coords = { x: coords.x, y: coords.y, z: coords.z };
    this._raster(tile).then(() => done(null, tile));
    return tile;
  },

  _initTile(/** @type {TileCanvas} */ tile) {
    L.GridLayer.prototype._initTile.call(this, tile);
    fitStyle(tile);
  },

  /** @returns {TileCanvas[]} */
  _canvases() {
    return Object.values(this._tiles ?? {}).map((tile) => tile.el);
  },

  /** Makes the tiles again whose resolution no longer fits a fractional zoom. */
  _fitTiles() {
    for (const tile of this._canvases()) {
      if (tile.coords.z === this._tileZoom && tile.step !== this._step(tile.coords.z)) {
        this._raster(tile);
      }
    }
  },

  /** @param {number} z */
  _step(z) {
    const map = this._map;
    const zoom = map._animatingZoom ? map._animateToZoom : map.getZoom();
    return Math.round(TILE * ratio() * 2 ** (zoom - z));
  },

  /** @param {TileCanvas} tile */
  async _raster(tile) {
    const step = this._step(tile.coords.z);
    const key = { ...tile.coords, step, size: step + OVERLAP, margin: Math.ceil(OLD_LINE_REACH * ratio()) + 1 };
    const { generation } = this.host;
    if (!generation) return;
    this._inFlight += 1;
    const raster = await this.host.tile(key);
    this._inFlight -= 1;
    if (raster && generation === this.host.generation) {
      raster.left = tile.coords.x * step;
      raster.top = tile.coords.y * step;
      raster.phase = raster.left + raster.top;
      tile.raster = raster;
      tile.generation = generation;
      tile.over = undefined;
      if (tile.width !== raster.size) {
        tile.width = raster.size;
        tile.height = raster.size;
      }
      tile.step = step;
      fitStyle(tile);
      this._paint(tile);
    }
    if (!this._inFlight) for (const resolve of this._idle.splice(0)) resolve();
  },

  /** @param {TileCanvas} tile */
  _paint(tile) {
    if (!tile.raster || tile.generation !== this.host.generation) return;
    if (this.table.count !== this.extent.count) return;
    const { size } = tile.raster;
    const context = tile.getContext('2d');
    if (!context) return;
    const image = this._image(context, size);
    const pixels = new Uint32Array(image.data.buffer);
    this.painter.paint(tile.raster, this.table, this._style(tile.coords.z), pixels);
    context.putImageData(image, 0, 0);
    if (tile.over === undefined) tile.over = this._paintOverlays(tile);
    if (tile.over) context.drawImage(tile.over, 0, 0);
  },

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} size
   * @returns {ImageData}
   */
  _image(context, size) {
    if (this._scratch?.width !== size) this._scratch = context.createImageData(size, size);
    return this._scratch;
  },

  /** @param {TileCanvas} tile */
  _paintOverlays(tile) {
    if (!this.overlays.length) return null;
    const { size } = tile.raster ?? { size: 0 };
    const over = document.createElement('canvas');
    over.width = size;
    over.height = size;
    const context = over.getContext('2d');
    if (!context) return null;
    const zoom = this._map.getZoom();
    const area = { ...tile.coords, zoom, size, step: tile.step, ratio: ratio() };
    let drawn = false;
    for (const overlay of this.overlays) drawn = overlay.paintTile(context, area) || drawn;
    return drawn ? over : null;
  },

  /** @param {number} z */
  _style(z) {
    const unitPixels = this.medianSize * TILE * 2 ** z;
    return {
      unitStrength: Math.min(1, Math.max(0, (unitPixels - 2) / 10)) * this.strength.units,
      groupStrength: this.strength.territories,
      groupWidth: (z >= 9 ? 2.6 : z >= 6 ? 2.1 : 1.6) * ratio(),
      ratio: ratio(),
    };
  },
});

/** @returns {number} */
export function ratio() {
  return Math.min(3, Math.max(1, globalThis.devicePixelRatio || 1));
}

/** @param {TileCanvas} tile */
function fitStyle(tile) {
  const wide = tile.step ? (TILE * (tile.step + OVERLAP)) / tile.step : TILE;
  tile.style.width = `${wide}px`;
  tile.style.height = `${wide}px`;
}
