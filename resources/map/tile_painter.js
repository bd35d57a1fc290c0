// SPDX-License-Identifier: MIT
/** Turns a tile of feature numbers into pixels: fill, borders, territory borders, hatching. */
import { CRITICAL, IN_DISPUTE, PREVIEWED, SELECTED } from './color_table.js';
import { collectCrossed } from './crossings.js';
import { COAST, facesOf, LAND_SHIFT, SIDES } from './edge_faces.js';
import { OldOutlines } from './old_outlines.js';
import { SAMPLES } from './raster.js';
import { mixed, Stamper } from './stamper.js';

/**
 * @typedef {object} BorderStyle
 * @property {number} unitStrength 0 to 1: how much of the unit borders shows at this zoom.
 * @property {number} groupStrength 0 to 1: how much of the territory borders shows.
 * @property {number} groupWidth Width of territory borders in device pixels.
 * @property {number} ratio Device pixels per page pixel.
 */

export class TilePainter {
  constructor() {
    this._stamper = new Stamper();
    this._old = new OldOutlines(this._stamper);
    this._crossed = new Uint32Array(0);
  }

  /**
   * @param {import('./raster.js').RasterTile} tile
   * @param {import('./color_table.js').ColorTable} table
   * @param {BorderStyle} style
   * @param {Uint32Array} out Pixels of the tile.
   */
  paint(tile, table, style, out) {
    fillPlain(tile.plain, table.colors, out);
    paintEdges(tile, table, style, out);
    if (table.hatched) hatch(tile, table, style.ratio, out);
    if (table.critical) dot(tile, table, style.ratio, out);
    if (!tile.edges.length) return;
    if (table.baseline) this._old.paint(tile, table.baseline, style.ratio, out);
    const { theme } = table;
    if (style.groupStrength > 0) {
      const [red, green, blue, alpha] = theme.territoryBorder;
      const color = /** @type {import('./theme.js').Rgba} */ ([red, green, blue, alpha * style.groupStrength]);
      this._outline(tile, table.groups, -1, style.groupWidth, color, out);
    }
    if (table.marked) {
      const mask = SELECTED | PREVIEWED;
      this._outline(tile, table.states, mask, 2 * style.ratio, theme.selection, out);
    }
  }

  /**
   * Draws a line between samples whose masked values differ.
   * @param {import('./raster.js').RasterTile} tile
   * @param {Int32Array|Uint8Array} values
   * @param {number} mask
   * @param {number} width
   * @param {import('./theme.js').Rgba} color
   * @param {Uint32Array} out
   */
  _outline(tile, values, mask, width, color, out) {
    if (this._crossed.length < tile.edges.length) {
      this._crossed = new Uint32Array(tile.edges.length);
    }
    const count = collectCrossed(tile, values, mask, this._crossed);
    if (!count) return;
    this._stamper.begin(width, tile);
    for (let i = 0; i < count; i++) this._trace(tile, values, mask, this._crossed[i]);
    this._stamper.blend(color, out);
  }

  /**
   * Stamps the borders inside one pixel.
   * @param {import('./raster.js').RasterTile} tile
   * @param {Int32Array|Uint8Array} values
   * @param {number} mask
   * @param {number} pixel
   */
  _trace({ ids, span, margin, size }, values, mask, pixel) {
    const side = size + 2 * margin;
    const px = pixel % side;
    const py = (pixel - px) / side;
    for (let sub = 0; sub < SAMPLES * SAMPLES; sub++) {
      const sx = px * SAMPLES + (sub & 1);
      const sy = py * SAMPLES + (sub >> 1);
      const at = sy * span + sx;
      const id = ids[at];
      if (!id) continue;
      const value = values[id] & mask;
      const right = ids[at + 1];
      if (right && (values[right] & mask) !== value) {
        this._stamper.stamp((sx + 1) * 2, sy * 2 + 1);
      }
      const low = ids[at + span];
      if (low && (values[low] & mask) !== value) {
        this._stamper.stamp(sx * 2 + 1, (sy + 1) * 2);
      }
    }
  }
}

/**
 * @param {Uint16Array|Uint32Array} plain
 * @param {Uint32Array} colors
 * @param {Uint32Array} out
 */
function fillPlain(plain, colors, out) {
  for (let i = 0; i < plain.length; i++) out[i] = colors[plain[i]];
}

/**
 * Smooths the pixels where features meet and draws the thin unit borders and coasts.
 * @param {import('./raster.js').RasterTile} tile
 * @param {import('./color_table.js').ColorTable} table
 * @param {BorderStyle} style
 * @param {Uint32Array} out
 */
function paintEdges(tile, table, style, out) {
  const { ids, span, edges, samples } = tile;
  const { bytes, colors, theme, units } = table;
  const { places, looks } = facesOf(tile, units);
  const unitShare = (style.unitStrength * theme.unitBorder[3]) / 255 / 4;
  const coastShare = theme.coast[3] / 255 / 4;
  for (let e = 0; e < edges.length; e++) {
    const place = places[e];
    if (place < 0) continue;
    const at = samples[e];
    const a = ids[at];
    const b = ids[at + 1];
    const c = ids[at + span];
    const d = ids[at + span + 1];
    const look = looks[e];
    const land = (look >> LAND_SHIFT) & SIDES;
    const coast = look & COAST;
    const share = (look & SIDES) * (coast ? coastShare : unitShare);
    const whole = colors[a];
    const plain = land === 4 && whole === colors[b] && whole === colors[c] && whole === colors[d];
    if (plain && share === 0) {
      out[place] = whole;
      continue;
    }
    let red = whole & 255;
    let green = (whole >> 8) & 255;
    let blue = (whole >> 16) & 255;
    if (!plain) {
      red = (bytes[a * 4] + bytes[b * 4] + bytes[c * 4] + bytes[d * 4]) / land;
      green = (bytes[a * 4 + 1] + bytes[b * 4 + 1] + bytes[c * 4 + 1] + bytes[d * 4 + 1]) / land;
      blue = (bytes[a * 4 + 2] + bytes[b * 4 + 2] + bytes[c * 4 + 2] + bytes[d * 4 + 2]) / land;
    }
    const color = coast ? theme.coast : theme.unitBorder;
    out[place] =
      (((land * 63.75) << 24) |
        ((blue + (color[2] - blue) * share) << 16) |
        ((green + (color[1] - green) * share) << 8) |
        (red + (color[0] - red) * share)) >>> 0;
  }
}

/**
 * Diagonal stripes over what is in dispute.
 * @param {import('./raster.js').RasterTile} tile
 * @param {import('./color_table.js').ColorTable} table
 * @param {number} ratio
 * @param {Uint32Array} out
 */
function hatch(tile, table, ratio, out) {
  const { plain, size } = tile;
  const { groups, theme } = table;
  const period = ratio > 1.5 ? 16 : 8;
  const phase = tile.phase ?? 0; // keeps the stripes whole across tiles
  const wide = period * 0.375;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const at = y * size + x;
      if (groups[plain[at]] !== IN_DISPUTE) continue;
      if (((x + y + phase) & (period - 1)) < wide) out[at] = mixed(out[at], theme.hatch, theme.hatch[3] / 255);
    }
  }
}

/**
 * Small dots over what holds its territory together.
 * @param {import('./raster.js').RasterTile} tile
 * @param {import('./color_table.js').ColorTable} table
 * @param {number} ratio
 * @param {Uint32Array} out
 */
function dot(tile, table, ratio, out) {
  const { plain, size } = tile;
  const { states, theme } = table;
  const period = Math.round(7 * ratio);
  const wide = Math.round(2 * ratio);
  const [left, top] = [tile.left ?? 0, tile.top ?? 0]; // keeps the pattern whole across tiles
  for (let y = 0; y < size; y++) {
    const row = (y + top) % period;
    if (row >= wide) continue;
    for (let x = 0; x < size; x++) {
      if ((x + left) % period >= wide) continue;
      const at = y * size + x;
      if (states[plain[at]] & CRITICAL) out[at] = mixed(out[at], theme.territoryBorder, 0.75);
    }
  }
}
