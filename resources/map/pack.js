// SPDX-License-Identifier: MIT
/**
 * Packed polygons ("PLY1"): features made of rings, rings made of points in normalised Web
 * Mercator (x to the east, y to the south, the whole world is 0 to 1).
 */

/**
 * @typedef {object} Pack
 * @property {number} count Number of features.
 * @property {Uint32Array} ringStart First ring of each feature, and one past the last.
 * @property {Uint32Array} coordStart First point of each ring, and one past the last.
 * @property {Float32Array} xy Points, x and y alternating.
 */

const MAGIC = 0x31594c50; // "PLY1", little endian
const LINES_MAGIC = 0x314e494c; // "LIN1"
const HEADER_BYTES = 16;

/**
 * @param {ArrayBuffer} buffer
 * @returns {Pack}
 */
export function readPack(buffer) {
  const head = new Uint32Array(buffer, 0, 4);
  if (head[0] !== MAGIC) throw new Error('not a packed polygon file');
  const [, count, rings, points] = head;
  let at = HEADER_BYTES;
  const ringStart = new Uint32Array(buffer, at, count + 1);
  at += ringStart.byteLength;
  const coordStart = new Uint32Array(buffer, at, rings + 1);
  at += coordStart.byteLength;
  return { count, ringStart, coordStart, xy: new Float32Array(buffer, at, points * 2) };
}

/**
 * Reads packed lines ("LIN1"), or the rings of packed polygons, as one feature.
 * @param {ArrayBuffer} buffer
 * @returns {Pack}
 */
export function readLines(buffer) {
  const [magic, lines, points] = new Uint32Array(buffer, 0, 3);
  if (magic !== LINES_MAGIC) return readPack(buffer);
  const coordStart = new Uint32Array(buffer, 12, lines + 1);
  const xy = new Float32Array(buffer, 12 + coordStart.byteLength, points * 2);
  return { count: 1, ringStart: Uint32Array.of(0, lines), coordStart, xy };
}

/**
 * Bounding boxes of all features: left, top, right, bottom.
 * @param {Pack} pack
 * @returns {Float32Array}
 */
export function featureBounds(pack) {
  const { ringStart, coordStart } = pack;
  const bounds = new Float32Array(pack.count * 4);
  for (let feature = 0; feature < pack.count; feature++) {
    const from = coordStart[ringStart[feature]];
    pointBounds(pack.xy, from, coordStart[ringStart[feature + 1]], bounds, feature * 4);
  }
  return bounds;
}

/**
 * Bounding boxes of all rings, as `featureBounds`.
 * @param {Pack} pack
 * @returns {Float32Array}
 */
export function ringBounds(pack) {
  const rings = pack.coordStart.length - 1;
  const bounds = new Float32Array(rings * 4);
  for (let ring = 0; ring < rings; ring++) {
    pointBounds(pack.xy, pack.coordStart[ring], pack.coordStart[ring + 1], bounds, ring * 4);
  }
  return bounds;
}

/**
 * @param {Float32Array} xy
 * @param {number} from
 * @param {number} to
 * @param {Float32Array} out
 * @param {number} at
 */
function pointBounds(xy, from, to, out, at) {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (let i = from * 2; i < to * 2; i += 2) {
    const x = xy[i];
    const y = xy[i + 1];
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  out[at] = left;
  out[at + 1] = top;
  out[at + 2] = right;
  out[at + 3] = bottom;
}

/**
 * A point for each feature: the centroid of its largest ring.
 * @param {Pack} pack
 * @returns {Float32Array} x and y alternating; NaN for a feature without a ring.
 */
export function featureAnchors(pack) {
  const anchors = new Float32Array(pack.count * 2).fill(NaN);
  for (let feature = 0; feature < pack.count; feature++) {
    let largest = 0;
    for (let ring = pack.ringStart[feature]; ring < pack.ringStart[feature + 1]; ring++) {
      const found = ringCentroid(pack.xy, pack.coordStart[ring], pack.coordStart[ring + 1]);
      if (found.area <= largest) continue;
      largest = found.area;
      anchors[feature * 2] = found.x;
      anchors[feature * 2 + 1] = found.y;
    }
  }
  return anchors;
}

/**
 * @param {Float32Array} xy
 * @param {number} from
 * @param {number} to
 */
function ringCentroid(xy, from, to) {
  // Coordinates relative to the first point keep the products accurate for small rings.
  const originX = xy[from * 2];
  const originY = xy[from * 2 + 1];
  let twice = 0;
  let sumX = 0;
  let sumY = 0;
  for (let i = from, before = to - 1; i < to; before = i++) {
    const ax = xy[before * 2] - originX;
    const ay = xy[before * 2 + 1] - originY;
    const bx = xy[i * 2] - originX;
    const by = xy[i * 2 + 1] - originY;
    const cross = ax * by - bx * ay;
    twice += cross;
    sumX += (ax + bx) * cross;
    sumY += (ay + by) * cross;
  }
  if (!twice) return { area: 0, x: originX, y: originY };
  return {
    area: Math.abs(twice) / 2,
    x: originX + sumX / (3 * twice),
    y: originY + sumY / (3 * twice),
  };
}
