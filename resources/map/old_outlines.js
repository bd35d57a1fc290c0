// SPDX-License-Identifier: MIT
/** The areas that changed hands since an earlier state: an outline inside them in the old colour. */
import { UNCHANGED } from './color_table.js';
import { collectCrossed } from './crossings.js';
import { SAMPLES } from './raster.js';

const WIDTH = 3;
/** How far inside the border the line runs, so that old colours on both sides show. */
const INSET = 2.5;
/** How far from a border the line's farthest pixel may lie. */
export const OLD_LINE_REACH = INSET + WIDTH / 2;

export class OldOutlines {
  /** @param {import('./stamper.js').Stamper} stamper */
  constructor(stamper) {
    this._stamper = stamper;
    this._crossed = new Uint32Array(0);
  }

  /**
   * @param {import('./raster.js').RasterTile} tile
   * @param {import('./color_table.js').Baseline} baseline
   * @param {number} ratio Device pixels per page pixel.
   * @param {Uint32Array} out Pixels of the tile.
   */
  paint(tile, baseline, ratio, out) {
    const { edges, margin, size } = tile;
    if (this._crossed.length < edges.length) this._crossed = new Uint32Array(edges.length);
    const count = collectCrossed(tile, baseline.keys, -1, this._crossed);
    if (!count) return;
    this._stamper.begin(WIDTH * ratio, tile);
    const inset = Math.round(INSET * ratio * 4);
    for (let i = 0; i < count; i++) this._trace(tile, baseline, this._crossed[i], size + 2 * margin, inset);
    this._stamper.blendOwn(out);
  }

  /**
   * @param {import('./raster.js').RasterTile} tile
   * @param {import('./color_table.js').Baseline} baseline
   * @param {number} pixel
   * @param {number} side
   * @param {number} inset Quarters of a pixel.
   */
  _trace({ ids, span }, { keys, colors }, pixel, side, inset) {
    const px = pixel % side;
    const py = (pixel - px) / side;
    for (let sub = 0; sub < SAMPLES * SAMPLES; sub++) {
      const sx = px * SAMPLES + (sub & 1);
      const sy = py * SAMPLES + (sub >> 1);
      const at = sy * span + sx;
      const [here, right, low] = [ids[at], ids[at + 1], ids[at + span]];
      const [x, y] = [sx * 2, sy * 2];
      if (keys[right] !== keys[here]) {
        if (keys[here] !== UNCHANGED) this._stamper.stamp(x + 2 - inset, y + 1, colors[here]);
        if (keys[right] !== UNCHANGED) this._stamper.stamp(x + 2 + inset, y + 1, colors[right]);
      }
      if (keys[low] !== keys[here]) {
        if (keys[here] !== UNCHANGED) this._stamper.stamp(x + 1, y + 2 - inset, colors[here]);
        if (keys[low] !== UNCHANGED) this._stamper.stamp(x + 1, y + 2 + inset, colors[low]);
      }
    }
  }
}
