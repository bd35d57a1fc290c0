// SPDX-License-Identifier: MIT
/** Stamps many smooth dots into one image, from masks made once for each size and sub-pixel place. */

const QUARTERS = 4;
const RADIUS_STEPS = 8;
/** From this radius dots have a rim that keeps them apart: light around dark dots, or dark. */
const FIRST_RIM_RADIUS = 2.4;
const DARK_RIM = 24;

/**
 * How far a place is from the middle of a shape, as the radius of the same shape through it.
 * @typedef {(x: number, y: number, radius: number) => number} Distance
 */

/** @type {Distance} */
const circle = (x, y) => Math.hypot(x, y);
/**
 * Widest of the distances from the sides of a regular shape.
 * @param {number} sides
 * @param {number} turn
 * @param {number} scale Makes the shapes look equally large.
 * @returns {Distance}
 */
const regular = (sides, turn, scale) => (x, y) => {
  const step = (2 * Math.PI) / sides;
  const angle = Math.atan2(y, x) + turn;
  const inside = angle - step * Math.round(angle / step);
  return Math.hypot(x, y) * Math.cos(inside) * scale;
};

/** By the number of the class, in the order of `SHAPES` in `account_marks.py`. */
/** @type {Distance[]} */
export const SHAPES = [
  circle,
  (x, y) => Math.max(Math.abs(x), Math.abs(y)) * 1.12, // square
  regular(3, Math.PI / 6, 1.6), // triangle
  (x, y) => (Math.abs(x) + Math.abs(y)) * 0.8, // diamond
  (x, y, r) => Math.min(Math.max(Math.abs(x), Math.abs(y) + 0.62 * r), Math.max(Math.abs(y), Math.abs(x) + 0.62 * r)), // cross
  (x, y) => Math.hypot(x, y) * (1.25 + 0.42 * Math.cos(5 * Math.atan2(x, y) + Math.PI)), // star
  regular(3, Math.PI / 2, 1.6), // wedge: a triangle that stands on its tip
  regular(6, 0, 1.08), // hexagon
  (x, y, r) => Math.max(circle(x, y, r), 1.55 * r - 1.0 * circle(x, y, r)), // ring
];

/**
 * @typedef {object} DotMasks
 * @property {number} reach Pixels from the middle to the edge of a mask.
 * @property {number} side
 * @property {Uint8Array[]} cover How much of each pixel is hidden, for each quarter of a pixel.
 * @property {Uint8Array[]} rim How much of each pixel belongs to the rim.
 */

export class DotPainter {
  constructor() {
    /** @type {Map<number, DotMasks>} */
    this._masks = new Map();
    this._canvas = document.createElement('canvas');
    /** @type {ImageData|null} */
    this._image = null;
    this._isEmpty = true;
  }

  /** @param {number} size Pixels per side of the tile. */
  begin(size) {
    if (this._canvas.width !== size || !this._image) {
      this._canvas.width = size;
      this._canvas.height = size;
      this._image = new ImageData(size, size);
    } else if (!this._isEmpty) {
      this._image.data.fill(0);
    }
    this._isEmpty = true;
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} radius
   * @param {number} color RGBA, the first byte is red.
   * @param {number} alpha 0 to 1.
   * @param {number} most What all dots together may hide, 0 to 1.
   * @param {number} [shape] Number in the order of `SHAPES`.
   */
  stamp(x, y, radius, color, alpha, most, shape = 0) {
    const image = /** @type {ImageData} */ (this._image);
    const { data, width: size } = image;
    const { reach, side, cover, rim } = this._masksOf(radius, shape);
    const column = Math.floor(x);
    const row = Math.floor(y);
    const place = Math.floor((y - row) * QUARTERS) * QUARTERS + Math.floor((x - column) * QUARTERS);
    const covers = cover[place];
    const rims = rim[place];
    const limit = most * 255;
    // In a crowd most dots fall where no more can be hidden anyway.
    if (row >= 0 && row < size && column >= 0 && column < size) {
      if (most < 1 && data[(row * size + column) * 4 + 3] > limit) return;
    }
    const opacity = ((color >>> 24) * alpha) / 255;
    const red = color & 255;
    const green = (color >> 8) & 255;
    const blue = (color >> 16) & 255;
    const edge = red + green + blue > 2 * 255 ? DARK_RIM : 255;
    for (let ky = 0; ky < side; ky++) {
      const py = row - reach + ky;
      if (py < 0 || py >= size) continue;
      for (let kx = 0; kx < side; kx++) {
        const px = column - reach + kx;
        const hidden = covers[ky * side + kx] * opacity;
        if (hidden < 1 || px < 0 || px >= size) continue;
        const at = (py * size + px) * 4;
        const before = data[at + 3];
        if (before > limit) continue;
        const under = before * (1 - hidden / 255);
        const total = hidden + under;
        const share = rims[ky * side + kx] / 255;
        data[at] = ((red + (edge - red) * share) * hidden + data[at] * under) / total;
        data[at + 1] = ((green + (edge - green) * share) * hidden + data[at + 1] * under) / total;
        data[at + 2] = ((blue + (edge - blue) * share) * hidden + data[at + 2] * under) / total;
        data[at + 3] = total;
      }
    }
    this._isEmpty = false;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @returns {boolean} Whether there was any dot.
   */
  finish(context) {
    if (this._isEmpty || !this._image) return false;
    this._canvas.getContext('2d')?.putImageData(this._image, 0, 0);
    context.drawImage(this._canvas, 0, 0);
    return true;
  }

  /**
   * @param {number} radius
   * @param {number} shape
   */
  _masksOf(radius, shape) {
    const steps = Math.max(1, Math.round(radius * RADIUS_STEPS));
    const key = steps * SHAPES.length + shape;
    let found = this._masks.get(key);
    if (!found) {
      found = makeMasks(steps / RADIUS_STEPS, SHAPES[shape] ?? SHAPES[0]);
      this._masks.set(key, found);
    }
    return found;
  }
}

/**
 * @param {number} radius
 * @param {Distance} distance
 * @returns {DotMasks}
 */
function makeMasks(radius, distance) {
  const reach = Math.ceil(radius * 1.2 + 0.5);
  const side = 2 * reach + 1;
  const core = radius >= FIRST_RIM_RADIUS ? radius - Math.min(1.1, radius * 0.3) : radius + 1;
  const cover = [];
  const rim = [];
  for (let place = 0; place < QUARTERS * QUARTERS; place++) {
    const covers = new Uint8Array(side * side);
    const rims = new Uint8Array(side * side);
    for (let i = 0; i < covers.length; i++) {
      const dx = (i % side) - reach + 0.5 - ((place % QUARTERS) + 0.5) / QUARTERS;
      const dy = Math.floor(i / side) - reach + 0.5 - (Math.floor(place / QUARTERS) + 0.5) / QUARTERS;
      const away = distance(dx, dy, radius);
      covers[i] = 255 * Math.min(1, Math.max(0, radius + 0.5 - away));
      rims[i] = 255 * Math.min(1, Math.max(0, away - core + 0.5));
    }
    cover.push(covers);
    rim.push(rims);
  }
  return { reach, side, cover, rim };
}
