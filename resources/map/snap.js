// SPDX-License-Identifier: MIT
/** Where drawn corners and edges meet the borders of areas. All places in normalised Mercator. */
import { nearestOnLine } from './polygon.js';

/** @typedef {{x: number, y: number}} Place */

/** Of the snapping distance: so close to a corner of the border, the corner itself is meant. */
const CORNER_SHARE = 0.6;
/** What two neighbours call the same place differs by rounding only (about 2 m on the ground). */
const SAME_PLACE = 5e-8;
/** A way along the border that is longer than so many times the straight line is not meant. */
const LONGEST_DETOUR = 3;

/**
 * The border place nearest to a point.
 * @param {import('./pack.js').Pack} pack
 * @param {Float32Array} bounds
 * @param {Place} point
 * @param {number} reach How far it may be away.
 * @returns {Place|null}
 */
export function nearestBorder(pack, bounds, point, reach) {
  /** @type {Place|null} */
  let found = null;
  let away = reach;
  /** @type {Place|null} */
  let corner = null;
  let cornerAway = reach * CORNER_SHARE;
  eachLineNear(pack, bounds, point, reach, (a, b) => {
    const near = nearestOnLine(point, a, b);
    if (near.away < away) {
      away = near.away;
      found = { x: near.x, y: near.y };
    }
    const toCorner = Math.hypot(point.x - a.x, point.y - a.y);
    if (toCorner < cornerAway) {
      cornerAway = toCorner;
      corner = a;
    }
  });
  return corner ?? found;
}

/**
 * @param {import('./pack.js').Pack} pack
 * @param {Float32Array} bounds
 * @param {Place} point
 * @param {number} reach
 * @param {(a: Place, b: Place) => void} visit
 */
function eachLineNear({ count, ringStart, coordStart, xy }, bounds, point, reach, visit) {
  const [left, right] = [point.x - reach, point.x + reach];
  const [top, bottom] = [point.y - reach, point.y + reach];
  for (let feature = 0; feature < count; feature++) {
    const at = feature * 4;
    const isFar =
      bounds[at] > right || bounds[at + 2] < left || bounds[at + 1] > bottom || bounds[at + 3] < top;
    if (isFar) continue;
    for (let ring = ringStart[feature]; ring < ringStart[feature + 1]; ring++) {
      let before = coordStart[ring + 1] - 1;
      for (let i = coordStart[ring]; i < coordStart[ring + 1]; before = i++) {
        const [ax, ay, bx, by] = [xy[before * 2], xy[before * 2 + 1], xy[i * 2], xy[i * 2 + 1]];
        if ((ax < left && bx < left) || (ax > right && bx > right)) continue;
        if ((ay < top && by < top) || (ay > bottom && by > bottom)) continue;
        visit({ x: ax, y: ay }, { x: bx, y: by });
      }
    }
  }
}

/**
 * The corners of the border between two places on it, for a drawn edge that follows the border.
 * @param {import('./pack.js').Pack} pack
 * @param {Float32Array} bounds
 * @param {Place} from
 * @param {Place} to
 * @returns {Place[]} Without the two ends; empty where no single ring leads from one to the other.
 */
export function alongBorder(pack, bounds, from, to) {
  const straight = Math.hypot(to.x - from.x, to.y - from.y);
  /** @type {Place[]} */
  let best = [];
  let shortest = straight * LONGEST_DETOUR;
  for (let feature = 0; feature < pack.count; feature++) {
    if (![from, to].every((each) => isInBox(bounds, feature, each))) continue;
    for (let ring = pack.ringStart[feature]; ring < pack.ringStart[feature + 1]; ring++) {
      const corners = ringOf(pack, ring);
      const [start, end] = [segmentOf(corners, from), segmentOf(corners, to)];
      if (start < 0 || end < 0 || start === end) continue;
      for (const way of [walk(corners, start, end), walk(corners, end, start).reverse()]) {
        const length = lengthOf([from, ...way, to]);
        if (length >= shortest) continue;
        shortest = length;
        best = way;
      }
    }
  }
  const isEnd = (/** @type {Place} */ each) => [from, to].some((end) => Math.hypot(each.x - end.x, each.y - end.y) < SAME_PLACE);
  return best.filter((each) => !isEnd(each));
}

/**
 * @param {Float32Array} bounds
 * @param {number} feature
 * @param {Place} place
 */
function isInBox(bounds, feature, { x, y }) {
  const at = feature * 4;
  return (
    x > bounds[at] - SAME_PLACE && x < bounds[at + 2] + SAME_PLACE &&
    y > bounds[at + 1] - SAME_PLACE && y < bounds[at + 3] + SAME_PLACE
  );
}

/**
 * @param {import('./pack.js').Pack} pack
 * @param {number} ring
 * @returns {Place[]} Its corners, the first one not repeated.
 */
function ringOf({ coordStart, xy }, ring) {
  const corners = [];
  for (let i = coordStart[ring]; i < coordStart[ring + 1] - 1; i++) corners.push({ x: xy[i * 2], y: xy[i * 2 + 1] });
  return corners;
}

/**
 * @param {Place[]} corners
 * @param {Place} place
 * @returns {number} The line of the ring on which a place lies (from corner i to the next), or -1.
 */
function segmentOf(corners, place) {
  let found = -1;
  let away = SAME_PLACE;
  corners.forEach((corner, i) => {
    const near = nearestOnLine(place, corner, corners[(i + 1) % corners.length]);
    if (near.away >= away) return;
    away = near.away;
    found = i;
  });
  return found;
}

/**
 * @param {Place[]} corners
 * @param {number} start Line on which the way begins.
 * @param {number} end Line on which it ends.
 * @returns {Place[]} The corners passed when going forwards.
 */
function walk(corners, start, end) {
  const way = [];
  for (let i = start; i !== end; i = (i + 1) % corners.length) way.push(corners[(i + 1) % corners.length]);
  return way;
}

/** @param {Place[]} way */
function lengthOf(way) {
  let sum = 0;
  for (let i = 1; i < way.length; i++) sum += Math.hypot(way[i].x - way[i - 1].x, way[i].y - way[i - 1].y);
  return sum;
}
