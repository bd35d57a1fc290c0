// SPDX-License-Identifier: MIT
/** Small geometry for the lasso. */

/**
 * @param {Array<{x: number, y: number}>} polygon
 * @param {number} x
 * @param {number} y
 */
export function contains(polygon, x, y) {
  let inside = false;
  for (let i = 0, before = polygon.length - 1; i < polygon.length; before = i++) {
    const a = polygon[i];
    const b = polygon[before];
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

/**
 * Indices of the points that lie in the polygon.
 * @param {Array<{x: number, y: number}>} polygon
 * @param {Float32Array} anchors x and y alternating.
 * @returns {number[]}
 */
export function anchorsWithin(polygon, anchors) {
  const xs = polygon.map((point) => point.x);
  const ys = polygon.map((point) => point.y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const found = [];
  for (let i = 0; i < anchors.length / 2; i++) {
    const x = anchors[i * 2];
    const y = anchors[i * 2 + 1];
    if (x < left || x > right || y < top || y > bottom) continue;
    if (contains(polygon, x, y)) found.push(i);
  }
  return found;
}

/**
 * @param {Array<{x: number, y: number}>} polygon
 * @returns {{x: number, y: number}} The mean of the corners.
 */
export function middle(polygon) {
  const sum = polygon.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }), { x: 0, y: 0 });
  return { x: sum.x / polygon.length, y: sum.y / polygon.length };
}
