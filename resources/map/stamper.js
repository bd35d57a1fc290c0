// SPDX-License-Identifier: MIT
/** Draws smooth lines into the pixels of a tile by stamping a round tip along them. */

const QUARTERS = 4;

export class Stamper {
  constructor() {
    this._cover = new Uint8Array(0);
    this._colors = new Uint32Array(0);
    this._touched = new Int32Array(0);
    this._touchedCount = 0;
    this._margin = 0;
    this._size = 0;
    /** @type {Map<number, Kernels>} */
    this._known = new Map();
    this._tip = this._kernelsOf(1);
  }

  /**
   * Starts a line.
   * @param {number} width In device pixels.
   * @param {import('./raster.js').RasterTile} tile
   */
  begin(width, { size, margin }) {
    if (this._cover.length < size * size) {
      this._cover = new Uint8Array(size * size);
      this._colors = new Uint32Array(size * size);
      this._touched = new Int32Array(size * size);
    }
    this._touchedCount = 0;
    this._size = size;
    this._margin = margin;
    this._tip = this._kernelsOf(width);
  }

  /**
   * @param {number} qx Place in quarters of a pixel, from the margin's corner.
   * @param {number} qy
   * @param {number} [color] A pixel of the line, where it has several colours.
   */
  stamp(qx, qy, color = 0) {
    const { reach, side, masks } = this._tip;
    const size = this._size;
    const mask = masks[(qy & 3) * QUARTERS + (qx & 3)];
    const left = (qx >> 2) - this._margin - reach;
    const top = (qy >> 2) - this._margin - reach;
    for (let ky = 0; ky < side; ky++) {
      const y = top + ky;
      if (y < 0 || y >= size) continue;
      for (let kx = 0; kx < side; kx++) {
        const x = left + kx;
        const value = mask[ky * side + kx];
        if (!value || x < 0 || x >= size) continue;
        const at = y * size + x;
        if (!this._cover[at]) this._touched[this._touchedCount++] = at;
        if (value <= this._cover[at]) continue;
        this._cover[at] = value;
        this._colors[at] = color;
      }
    }
  }

  /**
   * Ends a line of one colour.
   * @param {import('./theme.js').Rgba} color
   * @param {Uint32Array} out
   */
  blend(color, out) {
    for (let i = 0; i < this._touchedCount; i++) {
      const at = this._touched[i];
      out[at] = mixed(out[at], color, (this._cover[at] / 255) * (color[3] / 255));
      this._cover[at] = 0;
    }
  }

  /**
   * Ends a line whose stamps had colours of their own.
   * @param {Uint32Array} out
   */
  blendOwn(out) {
    for (let i = 0; i < this._touchedCount; i++) {
      const at = this._touched[i];
      const color = this._colors[at];
      const rgb = /** @type {import('./theme.js').Rgba} */ ([color & 255, (color >> 8) & 255, (color >> 16) & 255, 255]);
      out[at] = mixed(out[at], rgb, this._cover[at] / 255);
      this._cover[at] = 0;
    }
  }

  /** @param {number} width */
  _kernelsOf(width) {
    let found = this._known.get(width);
    if (!found) {
      found = makeKernels(width / 2);
      this._known.set(width, found);
    }
    return found;
  }
}

/** @typedef {{reach: number, side: number, masks: Uint8Array[]}} Kernels */

/**
 * Round brush tips for each quarter of a pixel.
 * @param {number} half Half of the line's width.
 * @returns {Kernels}
 */
function makeKernels(half) {
  const reach = Math.ceil(half + 0.5);
  const side = 2 * reach + 1;
  const masks = [];
  for (let qy = 0; qy < QUARTERS; qy++) {
    for (let qx = 0; qx < QUARTERS; qx++) {
      const mask = new Uint8Array(side * side);
      for (let i = 0; i < mask.length; i++) {
        const dx = (i % side) - reach + 0.5 - qx / QUARTERS;
        const dy = Math.floor(i / side) - reach + 0.5 - qy / QUARTERS;
        mask[i] = 255 * Math.min(1, Math.max(0, half + 0.5 - Math.hypot(dx, dy)));
      }
      masks.push(mask);
    }
  }
  return { reach, side, masks };
}

/**
 * @param {number} pixel
 * @param {import('./theme.js').Rgba} color
 * @param {number} share 0 to 1.
 */
export function mixed(pixel, color, share) {
  const red = pixel & 255;
  const green = (pixel >> 8) & 255;
  const blue = (pixel >> 16) & 255;
  const alpha = pixel >>> 24;
  const r = red + (color[0] - red) * share;
  const g = green + (color[1] - green) * share;
  const b = blue + (color[2] - blue) * share;
  const a = alpha + (255 - alpha) * share;
  return ((a << 24) | (b << 16) | (g << 8) | r) >>> 0;
}
