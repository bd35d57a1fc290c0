// SPDX-License-Identifier: MIT
/** Scan conversion of packed polygons into the feature number of every sample of a tile. */

/**
 * A tile's samples. `SAMPLES` x `SAMPLES` samples make one pixel; a margin of pixels on all sides
 * lets borders cross tile seams without a break.
 *
 * @typedef {object} RasterTile
 * @property {number} size Pixels per side, without the margin.
 * @property {number} margin Pixels of the margin.
 * @property {number} [phase] Pixels from the map's corner to the tile, across plus down.
 * @property {number} [left] Pixels from the map's corner to the tile, across.
 * @property {number} [top] The same, down.
 * @property {number} span Samples per side, with the margin.
 * @property {Uint16Array|Uint32Array} ids Feature number plus one of every sample; 0 is outside.
 * @property {Uint16Array|Uint32Array} plain One sample per pixel, without the margin.
 * @property {Uint32Array} edges Pixels (row * side + column, with the margin) that touch a border.
 * @property {Uint32Array} samples The first sample of each of those pixels.
 */

export const SAMPLES = 2;

let rows = new Int32Array(1 << 14);
let columns = new Float32Array(1 << 14);
let sorted = new Float32Array(1 << 14);
let crossings = 0;

function grow() {
  const wider = new Int32Array(rows.length * 2);
  wider.set(rows);
  rows = wider;
  const longer = new Float32Array(columns.length * 2);
  longer.set(columns);
  columns = longer;
  sorted = new Float32Array(columns.length);
}

/**
 * @param {import('./pack.js').Pack} pack
 * @param {Float32Array} bounds
 * @param {{x: number, y: number, z: number, size: number, step: number, margin: number}} tile
 *   `step` is what one tile is long in pixels: `size` is a little more where tiles overlap.
 * @returns {RasterTile}
 */
export function rasterTile(pack, bounds, tile) {
  const { size, margin } = tile;
  const span = (size + 2 * margin) * SAMPLES;
  const wide = pack.count > 65534;
  const ids = wide ? new Uint32Array(span * span) : new Uint16Array(span * span);
  const scale = 2 ** tile.z * tile.step * SAMPLES;
  const originX = (tile.x * tile.step - margin) * SAMPLES;
  const originY = (tile.y * tile.step - margin) * SAMPLES;
  for (let feature = 0; feature < pack.count; feature++) {
    const left = bounds[feature * 4] * scale - originX;
    const top = bounds[feature * 4 + 1] * scale - originY;
    const right = bounds[feature * 4 + 2] * scale - originX;
    const bottom = bounds[feature * 4 + 3] * scale - originY;
    if (!(left < span && right > 0 && top < span && bottom > 0)) continue;
    // A feature that lies between two rows or columns of samples shows nowhere.
    if (Math.ceil(left - 0.5) > right - 0.5 || Math.ceil(top - 0.5) > bottom - 0.5) continue;
    collect(pack, feature, scale, originX, originY, span);
    fill(ids, feature + 1, span, Math.max(0, Math.floor(top)), Math.min(span, Math.ceil(bottom)));
  }
  return finish(ids, size, margin, wide);
}

/**
 * Collects where the feature's rings cross the rows of sample centres.
 * @param {import('./pack.js').Pack} pack
 * @param {number} feature
 * @param {number} scale
 * @param {number} originX
 * @param {number} originY
 * @param {number} span
 */
function collect(pack, feature, scale, originX, originY, span) {
  const { ringStart, coordStart, xy } = pack;
  crossings = 0;
  for (let ring = ringStart[feature]; ring < ringStart[feature + 1]; ring++) {
    const from = coordStart[ring];
    const to = coordStart[ring + 1];
    if (to - from < 3) continue;
    let ax = xy[(to - 1) * 2] * scale - originX;
    let ay = xy[(to - 1) * 2 + 1] * scale - originY;
    for (let i = from * 2; i < to * 2; i += 2) {
      const bx = xy[i] * scale - originX;
      const by = xy[i + 1] * scale - originY;
      if (ay !== by) {
        const upper = ay < by ? ay : by;
        const lower = ay < by ? by : ay;
        if (lower > 0 && upper < span) {
          const first = Math.max(0, Math.ceil(upper - 0.5));
          const last = Math.min(span, Math.ceil(lower - 0.5));
          const slope = (bx - ax) / (by - ay);
          for (let row = first; row < last; row++) {
            if (crossings === rows.length) grow();
            rows[crossings] = row;
            columns[crossings++] = ax + (row + 0.5 - ay) * slope;
          }
        }
      }
      ax = bx;
      ay = by;
    }
  }
}

const starts = new Int32Array(8192);
let edgePixels = new Uint32Array(0);
let edgeSamples = new Uint32Array(0);

/**
 * Fills the samples between each pair of crossings of a row.
 * @param {Uint16Array|Uint32Array} ids
 * @param {number} id
 * @param {number} span
 * @param {number} top
 * @param {number} bottom
 */
function fill(ids, id, span, top, bottom) {
  if (!crossings) return;
  starts.fill(0, top, bottom + 2);
  for (let i = 0; i < crossings; i++) starts[rows[i] + 2]++;
  for (let row = top; row < bottom; row++) starts[row + 2] += starts[row + 1];
  for (let i = 0; i < crossings; i++) sorted[starts[rows[i] + 1]++] = columns[i];
  for (let row = top; row < bottom; row++) {
    const from = starts[row];
    const to = starts[row + 1];
    for (let i = from + 1; i < to; i++) {
      const value = sorted[i];
      let at = i - 1;
      while (at >= from && sorted[at] > value) {
        sorted[at + 1] = sorted[at];
        at--;
      }
      sorted[at + 1] = value;
    }
    for (let i = from; i + 1 < to; i += 2) {
      const left = Math.max(0, Math.ceil(sorted[i] - 0.5));
      const right = Math.min(span, Math.ceil(sorted[i + 1] - 0.5));
      if (right > left) ids.fill(id, row * span + left, row * span + right);
    }
  }
}

/**
 * Finds the pixels that touch a border and thins the samples to one per pixel.
 * @param {Uint16Array|Uint32Array} ids
 * @param {number} size
 * @param {number} margin
 * @param {boolean} wide
 * @returns {RasterTile}
 */
function finish(ids, size, margin, wide) {
  const side = size + 2 * margin;
  const span = side * SAMPLES;
  const plain = wide ? new Uint32Array(size * size) : new Uint16Array(size * size);
  if (edgePixels.length < side * side) {
    edgePixels = new Uint32Array(side * side);
    edgeSamples = new Uint32Array(side * side);
  }
  const count = findEdges(ids, side, span);
  for (let y = 0; y < size; y++) {
    let at = (y + margin) * SAMPLES * span + margin * SAMPLES;
    for (let x = 0; x < size; x++, at += SAMPLES) plain[y * size + x] = ids[at];
  }
  const edges = edgePixels.slice(0, count);
  return { size, margin, span, ids, plain, edges, samples: edgeSamples.slice(0, count) };
}

/**
 * Collects the pixels whose samples, or the next ones to the right or below, differ.
 * @param {Uint16Array|Uint32Array} ids
 * @param {number} side
 * @param {number} span
 * @returns {number} How many there are.
 */
function findEdges(ids, side, span) {
  let count = 0;
  for (let py = 0; py < side - 1; py++) {
    for (let px = 0; px < side - 1; px++) {
      const at = py * SAMPLES * span + px * SAMPLES;
      const id = ids[at];
      const low = at + span;
      const lower = low + span;
      if (
        ids[at + 1] !== id || ids[at + 2] !== id ||
        ids[low] !== id || ids[low + 1] !== id || ids[low + 2] !== id ||
        ids[lower] !== id || ids[lower + 1] !== id
      ) {
        edgeSamples[count] = at;
        edgePixels[count++] = py * side + px;
      }
    }
  }
  return count;
}
