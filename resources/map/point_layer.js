// SPDX-License-Identifier: MIT
/** Account dots, drawn into the tiles from a grid index. */

/** Cells per side of the world; a cell is about 10 km wide in the United States. */
const CELLS = 4096;
const RECORD_BYTES = 16;

export class PointLayer {
  constructor() {
    this.visible = true;
    this._take(new Float32Array(0), new Uint32Array(0), new Float32Array(0));
  }

  /**
   * Points as packed records: x, y (normalised Mercator), colour (RGBA), radius in page pixels.
   * @param {ArrayBuffer} buffer
   */
  setPoints(buffer) {
    const count = Math.floor(buffer.byteLength / RECORD_BYTES);
    const floats = new Float32Array(buffer, 0, count * 4);
    const words = new Uint32Array(buffer, 0, count * 4);
    const xy = new Float32Array(count * 2);
    const colors = new Uint32Array(count);
    const radii = new Float32Array(count);
    for (let i = 0; i < count; i++) {
      xy[i * 2] = floats[i * 4];
      xy[i * 2 + 1] = floats[i * 4 + 1];
      colors[i] = words[i * 4 + 2];
      radii[i] = floats[i * 4 + 3];
    }
    this._take(xy, colors, radii);
  }

  /**
   * @param {Float32Array} xy NaN for a point that is not placed.
   * @param {Uint32Array} colors
   * @param {Float32Array} radii
   */
  _take(xy, colors, radii) {
    this.count = colors.length;
    this.xy = xy;
    this.colors = colors;
    this.radii = radii;
    this.reach = radii.reduce((most, each) => Math.max(most, each), 0);
    const cellOf = new Int32Array(this.count);
    /** @type {Map<number, number>} */
    const sizes = new Map();
    for (let i = 0; i < this.count; i++) {
      const x = xy[i * 2];
      const y = xy[i * 2 + 1];
      const cell = x >= 0 && x < 1 && y >= 0 && y < 1
        ? Math.floor(y * CELLS) * CELLS + Math.floor(x * CELLS) : -1;
      cellOf[i] = cell;
      if (cell >= 0) sizes.set(cell, (sizes.get(cell) ?? 0) + 1);
    }
    this._index(cellOf, sizes);
  }

  /**
   * @param {Int32Array} cellOf
   * @param {Map<number, number>} sizes
   */
  _index(cellOf, sizes) {
    /** Cells that hold points, by row and column, and where each one's points start. */
    this.cells = Int32Array.from(sizes.keys()).sort();
    this.starts = new Int32Array(this.cells.length + 1);
    const next = new Map();
    this.cells.forEach((cell, i) => {
      next.set(cell, this.starts[i]);
      this.starts[i + 1] = this.starts[i] + (sizes.get(cell) ?? 0);
    });
    this.order = new Int32Array(this.starts[this.cells.length]);
    for (let i = 0; i < cellOf.length; i++) {
      if (cellOf[i] < 0) continue;
      const at = next.get(cellOf[i]);
      this.order[at] = i;
      next.set(cellOf[i], at + 1);
    }
  }

  /**
   * Calls back with runs of points whose cells meet a box.
   * @param {number} left
   * @param {number} top
   * @param {number} right
   * @param {number} bottom
   * @param {(point: number) => void} visit
   */
  _visit(left, top, right, bottom, visit) {
    const firstColumn = Math.max(0, Math.floor(left * CELLS));
    const lastColumn = Math.min(CELLS - 1, Math.floor(right * CELLS));
    const lastRow = Math.min(CELLS - 1, Math.floor(bottom * CELLS));
    for (let row = Math.max(0, Math.floor(top * CELLS)); row <= lastRow; row++) {
      const end = row * CELLS + lastColumn;
      let i = lowerBound(this.cells, row * CELLS + firstColumn);
      for (; i < this.cells.length && this.cells[i] <= end; i++) {
        for (let at = this.starts[i]; at < this.starts[i + 1]; at++) visit(this.order[at]);
      }
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {import('./id_layer.js').TileArea} area
   * @returns {boolean} Whether anything was drawn.
   */
  paintTile(context, area) {
    if (!this.visible || !this.count) return false;
    const scale = 2 ** area.z * area.step;
    const originX = area.x * area.step;
    const originY = area.y * area.step;
    const { factor, alpha, most } = zoomStyle(area.zoom, this.count);
    const slack = (this.reach * factor * area.ratio + 2) / scale;
    const { size } = area;
    /** @type {ImageData|null} */
    let image = null;
    /** @type {Uint8ClampedArray|null} */
    let pixels = null;
    this._visit(
      area.x / 2 ** area.z - slack, area.y / 2 ** area.z - slack,
      (area.x + 1) / 2 ** area.z + slack, (area.y + 1) / 2 ** area.z + slack,
      (i) => {
        image ??= context.getImageData(0, 0, size, size);
        pixels ??= image.data;
        const x = this.xy[i * 2] * scale - originX;
        const y = this.xy[i * 2 + 1] * scale - originY;
        const radius = Math.max(0.6, this.radii[i] * factor) * area.ratio;
        stampDot(pixels, size, x, y, radius, this.colors[i], alpha, most);
      },
    );
    if (!image) return false;
    context.putImageData(image, 0, 0);
    return true;
  }

  /**
   * @param {number} x Normalised Mercator.
   * @param {number} y
   * @param {number} zoom
   * @returns {number} Row of the nearest point within reach of the pointer, or -1.
   */
  pointAt(x, y, zoom) {
    if (!this.visible || !this.count) return -1;
    const world = 256 * 2 ** zoom;
    const { factor } = zoomStyle(zoom, this.count);
    const reach = (this.reach * factor + 3) / world;
    let best = -1;
    let nearest = Infinity;
    this._visit(x - reach, y - reach, x + reach, y + reach, (i) => {
      const away = Math.hypot(this.xy[i * 2] - x, this.xy[i * 2 + 1] - y) * world;
      if (away > Math.max(0.6, this.radii[i] * factor) + 3 || away >= nearest) return;
      nearest = away;
      best = i;
    });
    return best;
  }
}

/**
 * Dots shrink and fade on the small scales, where a whole list would cover the country; `most` is
 * how much of the map they may hide together.
 * @param {number} zoom
 * @param {number} count
 */
function zoomStyle(zoom, count) {
  const crowded = Math.min(1, Math.max(0, (Math.log10(Math.max(count, 1)) - 2.5) / 2.5));
  const far = Math.min(1, Math.max(0, (8 - zoom) / 5));
  return {
    factor: 1 - crowded * far * 0.68 + Math.max(0, zoom - 9) * 0.12,
    alpha: 1 - crowded * far * 0.78,
    most: 1 - crowded * far * 0.42,
  };
}

/**
 * Blends one smooth dot with a light rim into an image.
 * @param {Uint8ClampedArray} pixels
 * @param {number} size
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {number} color
 * @param {number} alpha
 * @param {number} most
 */
function stampDot(pixels, size, x, y, radius, color, alpha, most) {
  const reach = radius + 0.5;
  const left = Math.max(0, Math.floor(x - reach));
  const right = Math.min(size - 1, Math.ceil(x + reach));
  const top = Math.max(0, Math.floor(y - reach));
  const bottom = Math.min(size - 1, Math.ceil(y + reach));
  const opacity = ((color >>> 24) / 255) * alpha;
  const red = color & 255;
  const green = (color >> 8) & 255;
  const blue = (color >> 16) & 255;
  // Larger dots get a white rim that keeps them apart from each other and from the fill.
  const core = radius >= 2.4 ? radius - Math.min(1.1, radius * 0.3) : radius + 1;
  for (let py = top; py <= bottom; py++) {
    for (let px = left; px <= right; px++) {
      const away = Math.hypot(px + 0.5 - x, py + 0.5 - y);
      const cover = Math.min(1, reach - away) * opacity;
      if (cover <= 0) continue;
      const rim = Math.min(1, Math.max(0, away - core + 0.5));
      const at = (py * size + px) * 4;
      const under = (pixels[at + 3] / 255) * (1 - cover);
      const total = cover + under;
      if (total > most && under > 0) continue;
      pixels[at] = ((red + (255 - red) * rim) * cover + pixels[at] * under) / total;
      pixels[at + 1] = ((green + (255 - green) * rim) * cover + pixels[at + 1] * under) / total;
      pixels[at + 2] = ((blue + (255 - blue) * rim) * cover + pixels[at + 2] * under) / total;
      pixels[at + 3] = total * 255;
    }
  }
}

/**
 * @param {Int32Array} values Ascending.
 * @param {number} wanted
 * @returns {number} Index of the first value that is not smaller.
 */
function lowerBound(values, wanted) {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
