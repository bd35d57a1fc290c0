// SPDX-License-Identifier: MIT
/** The worker that keeps the polygons and turns them into tiles of feature numbers. */
import { featureAnchors, featureBounds, readPack } from './pack.js';
import { rasterTile } from './raster.js';
import { alongBorder, nearestBorder } from './snap.js';

/** @type {import('./pack.js').Pack|null} */
let pack = null;
/** @type {Float32Array} */
let bounds = new Float32Array(0);
let generation = 0;

/**
 * @typedef {{kind: 'pack', generation: number, buffer: ArrayBuffer}} PackRequest
 * @typedef {{kind: 'tile', generation: number, job: number,
 *            x: number, y: number, z: number, size: number, step: number, margin: number}} TileRequest
 * @typedef {{kind: 'snap', generation: number, job: number, point: import('./snap.js').Place, reach: number}} SnapRequest
 * @typedef {{kind: 'follow', generation: number, job: number,
 *            from: import('./snap.js').Place, to: import('./snap.js').Place}} FollowRequest
 */

/** Lets the engine compile the raster while the page is still starting: the first view is sooner. */
function warmUp() {
  const count = 400;
  const xy = new Float32Array(count * 8);
  for (let i = 0; i < count; i++) {
    const [left, top] = [(i % 20) / 20, Math.floor(i / 20) / 20];
    xy.set([left, top, left + 0.05, top, left + 0.06, top + 0.06, left, top + 0.05], i * 8);
  }
  const ringStart = Uint32Array.from({ length: count + 1 }, (_, i) => i);
  const sample = { count, ringStart, coordStart: ringStart.map((i) => i * 4), xy };
  const around = featureBounds(sample);
  featureAnchors(sample);
  for (let i = 0; i < 6; i++) rasterTile(sample, around, { x: 0, y: 0, z: 0, size: 96, step: 96, margin: 3 });
}

warmUp();

self.onmessage = (/** @type {MessageEvent<PackRequest|TileRequest|SnapRequest|FollowRequest>} */ event) => {
  const request = event.data;
  if (request.kind === 'pack') {
    pack = readPack(request.buffer);
    bounds = featureBounds(pack);
    generation = request.generation;
    const anchors = featureAnchors(pack);
    self.postMessage({ kind: 'pack', generation, count: pack.count, bounds, anchors });
    return;
  }
  if (!pack || request.generation !== generation) return;
  if (request.kind !== 'tile') {
    const found =
      request.kind === 'snap'
        ? nearestBorder(pack, bounds, request.point, request.reach)
        : alongBorder(pack, bounds, request.from, request.to);
    self.postMessage({ kind: request.kind, generation, job: request.job, found });
    return;
  }
  const tile = rasterTile(pack, bounds, request);
  // @ts-ignore the worker's own postMessage takes a list of what it hands over
  self.postMessage({ kind: 'tile', generation, job: request.job, tile }, [
    tile.ids.buffer, tile.plain.buffer, tile.edges.buffer, tile.samples.buffer,
  ]);
};
