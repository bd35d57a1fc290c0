// SPDX-License-Identifier: MIT
/** Where on a tile values of features meet. */

/**
 * Picks the pixels in which masked values meet: few of all that touch a unit border.
 * @param {import('./raster.js').RasterTile} tile
 * @param {Int32Array|Uint8Array} values
 * @param {number} mask
 * @param {Uint32Array} out
 * @returns {number} How many there are.
 */
export function collectCrossed(tile, values, mask, out) {
  const { ids, span, edges, samples } = tile;
  let count = 0;
  for (let e = 0; e < edges.length; e++) {
    const at = samples[e];
    const value = values[ids[at]] & mask;
    if (
      (values[ids[at + 1]] & mask) !== value ||
      (values[ids[at + 2]] & mask) !== value ||
      (values[ids[at + span]] & mask) !== value ||
      (values[ids[at + span + 1]] & mask) !== value ||
      (values[ids[at + span + 2]] & mask) !== value ||
      (values[ids[at + 2 * span]] & mask) !== value ||
      (values[ids[at + 2 * span + 1]] & mask) !== value
    ) {
      out[count++] = edges[e];
    }
  }
  return count;
}
