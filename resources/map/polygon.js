// SPDX-License-Identifier: MIT
/** Small geometry for lasso, radius, rings and drawn areas. */

/** Mean radius of the earth (IUGG). */
const EARTH_KM = 6371.0088;
const CIRCLE_CORNERS = 96;

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

/**
 * Indices of the points within a distance on the ground.
 * @param {number} lon
 * @param {number} lat
 * @param {number} km
 * @param {Float32Array} anchors Normalised Mercator, x and y alternating.
 * @returns {number[]}
 */
export function anchorsWithinDistance(lon, lat, km, anchors) {
  const found = [];
  for (let i = 0; i < anchors.length / 2; i++) {
    const [at, high] = lonLatOf(anchors[i * 2], anchors[i * 2 + 1]);
    if (Math.abs(high - lat) > km / 110) continue;
    if (groundKm(lon, lat, at, high) <= km) found.push(i);
  }
  return found;
}

/**
 * @param {number} x Normalised Mercator.
 * @param {number} y
 * @returns {[number, number]} Longitude and latitude in degrees.
 */
export function lonLatOf(x, y) {
  return [x * 360 - 180, (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI];
}

/**
 * Great-circle distance (haversine).
 * @param {number} lonA
 * @param {number} latA
 * @param {number} lonB
 * @param {number} latB
 */
function groundKm(lonA, latA, lonB, latB) {
  const radians = Math.PI / 180;
  const dLat = ((latB - latA) * radians) / 2;
  const dLon = ((lonB - lonA) * radians) / 2;
  const square =
    Math.sin(dLat) ** 2 + Math.cos(latA * radians) * Math.cos(latB * radians) * Math.sin(dLon) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(square)));
}

/**
 * Points that are all equally far from a middle, along great circles.
 * @param {number} lon
 * @param {number} lat
 * @param {number} km
 * @returns {Array<[number, number]>} Longitude and latitude; longitudes run on past 180.
 */
export function circleAround(lon, lat, km) {
  const radians = Math.PI / 180;
  const reach = km / EARTH_KM;
  const [sinLat, cosLat] = [Math.sin(lat * radians), Math.cos(lat * radians)];
  return Array.from({ length: CIRCLE_CORNERS }, (_, i) => {
    const bearing = (i / CIRCLE_CORNERS) * 2 * Math.PI;
    const sin = sinLat * Math.cos(reach) + cosLat * Math.sin(reach) * Math.cos(bearing);
    const at = Math.asin(Math.min(1, Math.max(-1, sin)));
    const turn = Math.atan2(Math.sin(bearing) * Math.sin(reach) * cosLat, Math.cos(reach) - sinLat * sin);
    return [lon + turn / radians, at / radians];
  });
}

/**
 * The place on a line that is nearest to a point.
 * @param {{x: number, y: number}} point
 * @param {{x: number, y: number}} a
 * @param {{x: number, y: number}} b
 * @returns {{x: number, y: number, away: number}}
 */
export function nearestOnLine(point, a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const long = dx * dx + dy * dy;
  const share = long ? Math.min(1, Math.max(0, ((point.x - a.x) * dx + (point.y - a.y) * dy) / long)) : 0;
  const [x, y] = [a.x + dx * share, a.y + dy * share];
  return { x, y, away: Math.hypot(point.x - x, point.y - y) };
}
