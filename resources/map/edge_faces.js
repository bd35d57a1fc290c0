// SPDX-License-Identifier: MIT
/** What the pixels at borders have of their own, whatever the colours: worked out once for a tile. */

/** Bits of a face: how many of four sides meet another unit, how many samples are land, a coast. */
export const SIDES = 7;
export const LAND_SHIFT = 3;
export const COAST = 64;

/**
 * @typedef {object} Faces
 * @property {Int32Array} places Pixel of the tile, -1 for none or where there is no land.
 * @property {Uint8Array} looks Bits as above.
 * @property {Int32Array|null} units The units for which this is so.
 */

/**
 * @param {import('./raster.js').RasterTile & {faces?: Faces}} tile
 * @param {Int32Array|null} units Unit of feature number + 1, where several features make one.
 * @returns {Faces}
 */
export function facesOf(tile, units) {
  if (tile.faces?.units === units) return tile.faces;
  const { ids, span, edges, samples, margin, size } = tile;
  const side = size + 2 * margin;
  const places = new Int32Array(edges.length).fill(-1);
  const looks = new Uint8Array(edges.length);
  for (let e = 0; e < edges.length; e++) {
    const px = edges[e] % side;
    const x = px - margin;
    const y = (edges[e] - px) / side - margin;
    if (x < 0 || y < 0 || x >= size || y >= size) continue;
    const at = samples[e];
    const a = ids[at];
    const b = ids[at + 1];
    const c = ids[at + span];
    const d = ids[at + span + 1];
    const land = Number(a > 0) + Number(b > 0) + Number(c > 0) + Number(d > 0);
    if (!land) continue;
    const right = ids[at + 2];
    const rightLow = ids[at + span + 2];
    const low = ids[at + 2 * span];
    const lowRight = ids[at + 2 * span + 1];
    const sides = units
      ? meeting(units[a], units[b], units[c], units[d], units[right], units[rightLow], units[low], units[lowRight])
      : meeting(a, b, c, d, right, rightLow, low, lowRight);
    const coast = land < 4 || !right || !rightLow || !low || !lowRight;
    places[e] = y * size + x;
    looks[e] = sides | (land << LAND_SHIFT) | (coast ? COAST : 0);
  }
  tile.faces = { places, looks, units };
  return tile.faces;
}

/**
 * How many of a pixel's four samples (a b above c d) differ from the next to the right or below.
 * @param {number} a
 * @param {number} b
 * @param {number} c
 * @param {number} d
 * @param {number} right Beside b.
 * @param {number} rightLow Beside d.
 * @param {number} low Below c.
 * @param {number} lowRight Below d.
 */
function meeting(a, b, c, d, right, rightLow, low, lowRight) {
  return (
    Number(a !== b || a !== c) + Number(b !== right || b !== d) +
    Number(c !== d || c !== low) + Number(d !== rightLow || d !== lowRight)
  );
}
