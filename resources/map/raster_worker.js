// SPDX-License-Identifier: MIT
/** The worker that keeps the polygons and turns them into tiles of feature numbers. */
import { featureAnchors, featureBounds, readPack } from './pack.js';
import { rasterTile } from './raster.js';

/** @type {import('./pack.js').Pack|null} */
let pack = null;
/** @type {Float32Array} */
let bounds = new Float32Array(0);
let generation = 0;

/**
 * @typedef {{kind: 'pack', generation: number, buffer: ArrayBuffer}} PackRequest
 * @typedef {{kind: 'tile', generation: number, job: number,
 *            x: number, y: number, z: number, size: number, step: number, margin: number}} TileRequest
 */

self.onmessage = (/** @type {MessageEvent<PackRequest|TileRequest>} */ event) => {
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
  const tile = rasterTile(pack, bounds, request);
  // @ts-ignore the worker's own postMessage takes a list of what it hands over
  self.postMessage({ kind: 'tile', generation, job: request.job, tile }, [
    tile.ids.buffer, tile.plain.buffer, tile.edges.buffer, tile.samples.buffer,
  ]);
};
