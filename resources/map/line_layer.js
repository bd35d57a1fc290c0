// SPDX-License-Identifier: MIT
/** Lines and lakes of the base map, drawn into the tiles above the areas. */
import { readLines, ringBounds } from './pack.js';
import { LIGHT } from './theme.js';

/** @typedef {'lake'|'river'|'county'|'state'|'country'} LineKind */
/**
 * @typedef {object} LineSet
 * @property {LineKind} kind
 * @property {import('./pack.js').Pack} pack
 * @property {Float32Array} bounds
 * @property {number} [minZoom]
 */

/** @type {LineKind[]} */
const ORDER = ['lake', 'river', 'county', 'state', 'country'];
const FIRST_ZOOM = { lake: 4, river: 5, county: 7, state: 3, country: 0 };
/** Rivers are drawn for small scales; closer up they would run beside their beds. */
const LAST_RIVER_ZOOM = 8;
/** Below this zoom countries are small and their borders lie close together. */
const FAR_ZOOM = 4;
/** Below this zoom states are. */
const DENSE_ZOOM = 5;

export class LineLayer {
  /** @param {LineKind[]} kinds Which of the lines this layer draws. */
  constructor(kinds = ORDER) {
    this.kinds = kinds;
    /** @type {LineSet[]} */
    this.sets = [];
    this.theme = LIGHT;
  }

  /**
   * @param {Array<{kind: LineKind, buffer: ArrayBuffer, minZoom?: number}>} sources
   */
  setLines(sources) {
    this.sets = sources
      .filter(({ kind }) => this.kinds.includes(kind))
      .map(({ kind, buffer, minZoom }) => {
        const pack = readLines(buffer);
        return { kind, pack, bounds: ringBounds(pack), minZoom };
      })
      .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {import('./id_layer.js').TileArea} area
   * @returns {boolean} Whether anything was drawn.
   */
  paintTile(context, area) {
    let drawn = false;
    for (const set of this.sets) {
      if (area.zoom < (set.minZoom ?? FIRST_ZOOM[set.kind])) continue;
      if (set.kind === 'river' && area.zoom > LAST_RIVER_ZOOM) continue;
      drawn = this._paintSet(context, area, set) || drawn;
    }
    return drawn;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {import('./id_layer.js').TileArea} area
   * @param {LineSet} set
   */
  _paintSet(context, area, set) {
    context.beginPath();
    const isArea = set.kind === 'lake';
    if (!tracePath(context, area, set, isArea)) return false;
    if (isArea) {
      context.fillStyle = this.theme.water;
      context.fill('evenodd');
      return true;
    }
    const style = lineStyle(set.kind, this.theme, area.zoom);
    context.lineJoin = 'round';
    context.lineCap = 'round';
    context.lineWidth = style.width * area.ratio;
    context.strokeStyle = style.color;
    context.stroke();
    return true;
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import('./id_layer.js').TileArea} area
 * @param {LineSet} set
 * @param {boolean} closed
 */
function tracePath(context, area, { pack, bounds }, closed) {
  const scale = 2 ** area.z * area.step;
  const originX = area.x * area.step;
  const originY = area.y * area.step;
  const slack = 6;
  let drawn = false;
  for (let ring = 0; ring < pack.coordStart.length - 1; ring++) {
    const outside =
      bounds[ring * 4] * scale - originX > area.size + slack ||
      bounds[ring * 4 + 2] * scale - originX < -slack ||
      bounds[ring * 4 + 1] * scale - originY > area.size + slack ||
      bounds[ring * 4 + 3] * scale - originY < -slack;
    if (outside) continue;
    drawn = true;
    let lastX = Infinity;
    let lastY = Infinity;
    const from = pack.coordStart[ring];
    const to = pack.coordStart[ring + 1];
    for (let i = from; i < to; i++) {
      const x = pack.xy[i * 2] * scale - originX;
      const y = pack.xy[i * 2 + 1] * scale - originY;
      // Points closer than half a pixel to the one before add nothing but time.
      if (i > from && i < to - 1 && Math.abs(x - lastX) + Math.abs(y - lastY) < 0.5) continue;
      if (i === from) context.moveTo(x, y);
      else context.lineTo(x, y);
      lastX = x;
      lastY = y;
    }
    if (closed) context.closePath();
  }
  return drawn;
}

/**
 * @param {LineKind} kind
 * @param {import('./theme.js').Theme} theme
 * @param {number} zoom
 */
function lineStyle(kind, theme, zoom) {
  const near = Math.min(1, Math.max(0, (zoom - 4) / 5));
  switch (kind) {
    case 'river':
      return { color: theme.river, width: 0.7 };
    case 'county':
      return { color: theme.countyLine, width: 0.8 };
    case 'state':
      // Small states of Europe lie close together; their country has to stand out.
      return { color: theme.stateLine, width: zoom < DENSE_ZOOM ? 0.5 : 0.8 + 0.8 * near };
    default:
      if (zoom < FAR_ZOOM) return { color: theme.farCountryLine, width: 0.55 };
      return { color: theme.countryLine, width: 0.9 + 0.9 * near };
  }
}
