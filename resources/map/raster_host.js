// SPDX-License-Identifier: MIT
/** Gives tiles of feature numbers: from a worker, or in the page itself where workers are off. */
import { featureAnchors, featureBounds, readPack } from './pack.js';
import { rasterTile } from './raster.js';
import { alongBorder, nearestBorder } from './snap.js';
// @ts-ignore the build gives the bundled worker as text
import workerText from 'worker-text:./raster_worker.js';

/**
 * @typedef {object} Extent
 * @property {number} count
 * @property {Float32Array} bounds Left, top, right, bottom of each feature.
 * @property {Float32Array} anchors A point inside or near each feature.
 * @typedef {{x: number, y: number, z: number, size: number, step: number, margin: number}} TileKey
 */

export class RasterHost {
  constructor() {
    this.generation = 0;
    /** @type {Map<number, (answer: any) => void>} */
    this._waiting = new Map();
    /** @type {((extent: Extent) => void)|null} */
    this._loaded = null;
    this._jobs = 0;
    /** @type {Worker|null} */
    this._worker = startWorker();
    if (this._worker) this._worker.onmessage = (event) => this._receive(event.data);
  }

  /**
   * Takes the polygons of a layer; tiles of the layer before are given up.
   * @param {ArrayBuffer} buffer
   * @returns {Promise<Extent>}
   */
  load(buffer) {
    this.generation += 1;
    for (const done of this._waiting.values()) done(null);
    this._waiting.clear();
    const worker = this._worker;
    if (!worker) return Promise.resolve(this._loadHere(buffer));
    return new Promise((resolve) => {
      this._loaded = resolve;
      worker.postMessage({ kind: 'pack', generation: this.generation, buffer }, [buffer]);
    });
  }

  /**
   * @param {TileKey} key
   * @returns {Promise<import('./raster.js').RasterTile|null>} null where the layer was replaced.
   */
  tile(key) {
    if (!this._worker) return Promise.resolve(this._tileHere(key));
    return this._ask({ kind: 'tile', ...key });
  }

  /**
   * The place on a border that is nearest to a point.
   * @param {import('./snap.js').Place} point
   * @param {number} reach
   * @returns {Promise<import('./snap.js').Place|null>}
   */
  snap(point, reach) {
    if (this._worker) return this._ask({ kind: 'snap', point, reach });
    const { _pack: pack, _bounds: bounds } = this;
    return Promise.resolve(pack && bounds ? nearestBorder(pack, bounds, point, reach) : null);
  }

  /**
   * The corners of the border between two places on it; empty where it does not join them.
   * @param {import('./snap.js').Place} from
   * @param {import('./snap.js').Place} to
   * @returns {Promise<import('./snap.js').Place[]>}
   */
  async follow(from, to) {
    if (this._worker) return (await this._ask({ kind: 'follow', from, to })) ?? [];
    const { _pack: pack, _bounds: bounds } = this;
    return pack && bounds ? alongBorder(pack, bounds, from, to) : [];
  }

  /**
   * @param {{kind: string}} request
   * @returns {Promise<any>} null where the layer was replaced before the answer.
   */
  _ask(request) {
    if (!this.generation) return Promise.resolve(null);
    const job = ++this._jobs;
    return new Promise((resolve) => {
      this._waiting.set(job, resolve);
      this._worker?.postMessage({ ...request, generation: this.generation, job });
    });
  }

  /** @param {any} reply */
  _receive(reply) {
    if (reply.generation !== this.generation) return;
    if (reply.kind === 'pack') {
      this._loaded?.(reply);
      this._loaded = null;
      return;
    }
    this._waiting.get(reply.job)?.(reply.kind === 'tile' ? reply.tile : reply.found);
    this._waiting.delete(reply.job);
  }

  /** @param {ArrayBuffer} buffer */
  _loadHere(buffer) {
    this._pack = readPack(buffer);
    this._bounds = featureBounds(this._pack);
    const anchors = featureAnchors(this._pack);
    return { count: this._pack.count, bounds: this._bounds, anchors };
  }

  /** @param {TileKey} key */
  _tileHere(key) {
    if (!this._pack || !this._bounds) return null;
    return rasterTile(this._pack, this._bounds, key);
  }
}

/** @returns {Worker|null} */
function startWorker() {
  try {
    const url = URL.createObjectURL(new Blob([workerText], { type: 'text/javascript' }));
    const worker = new Worker(url);
    URL.revokeObjectURL(url);
    return worker;
  } catch {
    return null; // a browser that forbids workers for local files still shows the map
  }
}
