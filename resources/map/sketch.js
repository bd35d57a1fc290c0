// SPDX-License-Identifier: MIT
/** What a tool draws over the map while it works: ring, outline, corners, and a word beside it. */

const SVG = 'http://www.w3.org/2000/svg';
const WORD_OFFSET = 14;

/** @typedef {{x: number, y: number}} Point */

export class Sketch {
  /** @param {HTMLElement} container */
  constructor(container) {
    this._root = shape('svg');
    this._root.classList.add('sketch');
    this._root.setAttribute('aria-hidden', 'true');
    this._ring = shape('circle');
    this._path = shape('path');
    this._corners = shape('g');
    this._grips = shape('g');
    this._spot = shape('circle');
    this._spot.classList.add('spot');
    this._word = shape('text');
    this._root.append(this._path, this._corners, this._grips, this._ring, this._spot, this._word);
    container.append(this._root);
    this.clear();
    this.hideRing();
  }

  /**
   * @param {Point} center
   * @param {number} radius
   */
  showRing(center, radius) {
    place(this._ring, center, Math.max(3, radius));
    this._ring.setAttribute('visibility', 'visible');
  }

  hideRing() {
    this._ring.setAttribute('visibility', 'hidden');
  }

  /** @param {Point[]} points */
  showOutline(points) {
    if (points.length < 2) return this.clear();
    this._path.setAttribute('d', pathOf(points, true));
  }

  /**
   * A line that is drawn corner by corner.
   * @param {Point[]} points
   * @param {boolean} closes
   * @param {Point[]} corners
   */
  showPath(points, closes, corners) {
    this._path.setAttribute('d', points.length > 1 ? pathOf(points, closes && points.length > 2) : '');
    this._path.classList.toggle('line', !closes);
    this._corners.replaceChildren(...corners.map((each) => dot(each, 3.5)));
  }

  /** @param {Point[]} points The corners that can be dragged. */
  showGrips(points) {
    this._grips.replaceChildren(...points.map((each) => dot(each, 5)));
  }

  /** @param {Point|null} point The border place to which the pointer snaps. */
  showSpot(point) {
    this._spot.setAttribute('visibility', point ? 'visible' : 'hidden');
    if (point) place(this._spot, point, 5);
  }

  /**
   * @param {Point} point
   * @param {string} text
   */
  showWord(point, text) {
    this._word.textContent = text;
    this._word.setAttribute('x', String(point.x + WORD_OFFSET));
    this._word.setAttribute('y', String(point.y - WORD_OFFSET));
  }

  clear() {
    this._path.setAttribute('d', '');
    this._path.classList.remove('line');
    this._corners.replaceChildren();
    this._word.textContent = '';
    this.showSpot(null);
  }
}

/** @param {string} name */
function shape(name) {
  return /** @type {SVGElement} */ (document.createElementNS(SVG, name));
}

/**
 * @param {Point} at
 * @param {number} radius
 */
function dot(at, radius) {
  const made = shape('circle');
  made.classList.add('corner');
  place(made, at, radius);
  return made;
}

/**
 * @param {SVGElement} circle
 * @param {Point} center
 * @param {number} radius
 */
function place(circle, center, radius) {
  circle.setAttribute('cx', String(center.x));
  circle.setAttribute('cy', String(center.y));
  circle.setAttribute('r', String(radius));
}

/**
 * @param {Point[]} points
 * @param {boolean} closes
 */
function pathOf(points, closes) {
  return `M${points.map(({ x, y }) => `${x},${y}`).join('L')}${closes ? 'Z' : ''}`;
}
