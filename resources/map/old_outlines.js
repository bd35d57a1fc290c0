// SPDX-License-Identifier: MIT
/** The areas that changed hands since an earlier state: an outline inside them in the old colour. */
import { SAMPLES } from './raster.js';

const WIDTH = 3;
/** How far inside the border the line runs, so that old colours on both sides show. */
const INSET = 2.5;
/** How far from a border the line's farthest pixel may lie. */
export const OLD_LINE_REACH = INSET + WIDTH / 2;
const UNCHANGED = -99;

/**
 * @param {import('./raster.js').RasterTile} tile
 * @param {import('./color_table.js').ColorTable} table
 * @param {number} ratio Device pixels per page pixel.
 * @param {import('./stamper.js').Stamper} stamper
 * @param {Uint32Array} out Pixels of the tile.
 */
export function paintOldOutlines(tile, table, ratio, stamper, out) {
  const { baseline, groups } = table;
  if (!baseline) return;
  const { ids, span, margin, size, edges } = tile;
  const side = size + 2 * margin;
  const inset = Math.round(INSET * ratio * 4);
  const keyOf = (/** @type {number} */ id) =>
    id && baseline.groups[id] !== groups[id] ? baseline.groups[id] : UNCHANGED;
  stamper.begin(WIDTH * ratio, tile);
  for (let e = 0; e < edges.length; e++) {
    const px = edges[e] % side;
    const py = (edges[e] - px) / side;
    for (let sub = 0; sub < SAMPLES * SAMPLES; sub++) {
      const sx = px * SAMPLES + (sub & 1);
      const sy = py * SAMPLES + (sub >> 1);
      const at = sy * span + sx;
      const [here, right, low] = [ids[at], ids[at + 1], ids[at + span]];
      if (here === right && here === low) continue;
      const key = keyOf(here);
      const [x, y] = [sx * 2, sy * 2];
      if (keyOf(right) !== key) {
        if (key !== UNCHANGED) stamper.stamp(x + 2 - inset, y + 1, baseline.colors[here]);
        if (keyOf(right) !== UNCHANGED) stamper.stamp(x + 2 + inset, y + 1, baseline.colors[right]);
      }
      if (keyOf(low) !== key) {
        if (key !== UNCHANGED) stamper.stamp(x + 1, y + 2 - inset, baseline.colors[here]);
        if (keyOf(low) !== UNCHANGED) stamper.stamp(x + 1, y + 2 + inset, baseline.colors[low]);
      }
    }
  }
  stamper.blendOwn(out);
}
