// SPDX-License-Identifier: MIT
/** What a tool draws over the map while it works: the brush ring, the lasso, the box. */

const SVG = 'http://www.w3.org/2000/svg';

/** @typedef {{x: number, y: number}} Point */

export class Sketch {
  /** @param {HTMLElement} container */
  constructor(container) {
    this._root = document.createElementNS(SVG, 'svg');
    this._root.classList.add('sketch');
    this._root.setAttribute('aria-hidden', 'true');
    this._ring = document.createElementNS(SVG, 'circle');
    this._path = document.createElementNS(SVG, 'path');
    this._root.append(this._path, this._ring);
    container.append(this._root);
    this.clear();
    this.hideRing();
  }

  /**
   * @param {Point} center
   * @param {number} radius
   */
  showRing(center, radius) {
    this._ring.setAttribute('cx', String(center.x));
    this._ring.setAttribute('cy', String(center.y));
    this._ring.setAttribute('r', String(Math.max(3, radius)));
    this._ring.setAttribute('visibility', 'visible');
  }

  hideRing() {
    this._ring.setAttribute('visibility', 'hidden');
  }

  /** @param {Point[]} points */
  showOutline(points) {
    if (points.length < 2) return this.clear();
    this._path.setAttribute('d', `M${points.map(({ x, y }) => `${x},${y}`).join('L')}Z`);
  }

  clear() {
    this._path.setAttribute('d', '');
  }
}
