// SPDX-License-Identifier: MIT
/** Rings by distance around homes: geodesic circles on the sphere. */
import { collides } from './label_layer.js';
import { circleAround } from './polygon.js';
import { LIGHT } from './theme.js';

/**
 * @typedef {object} Ring
 * @property {[number, number]} at Latitude and longitude of the middle.
 * @property {number} km
 * @property {string} text
 * @property {number[]} rgba
 */

const FAMILY = '"Inter", "Segoe UI", "Helvetica Neue", "DejaVu Sans", Arial, sans-serif';
const SMALLEST_LABELED = 26;

export class RingLayer {
  constructor() {
    /** @type {Array<Ring & {points: Array<[number, number]>}>} */
    this.rings = [];
    this.theme = LIGHT;
  }

  /** @param {Ring[]} rings */
  setRings(rings) {
    this.rings = rings.map((ring) => ({ ...ring, points: circleAround(ring.at[1], ring.at[0], ring.km) }));
  }

  /**
   * @param {import('./viewport_canvas.js').Viewport} view
   * @param {import('./viewport_canvas.js').Box[]} taken
   */
  paintViewport(view, taken) {
    const { context } = view;
    for (const ring of this.rings) {
      const at = ring.points.map(([lon, lat]) => view.place(lat, lon));
      const top = Math.min(...at.map((each) => each.y));
      const left = Math.min(...at.map((each) => each.x));
      const right = Math.max(...at.map((each) => each.x));
      const low = Math.max(...at.map((each) => each.y));
      if (right < 0 || low < 0 || left > view.width || top > view.height) continue;
      context.beginPath();
      at.forEach(({ x, y }, i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
      context.closePath();
      context.setLineDash([]);
      context.strokeStyle = this.theme.halo;
      context.lineWidth = 3.2;
      context.stroke();
      context.setLineDash([7, 4]);
      context.strokeStyle = `rgb(${ring.rgba[0]}, ${ring.rgba[1]}, ${ring.rgba[2]})`;
      context.lineWidth = 1.6;
      context.stroke();
      context.setLineDash([]);
      if (right - left > SMALLEST_LABELED) this._label(context, ring.text, (left + right) / 2, top, taken);
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {string} text
   * @param {number} x
   * @param {number} y
   * @param {import('./viewport_canvas.js').Box[]} taken
   */
  _label(context, text, x, y, taken) {
    context.font = `500 10.5px ${FAMILY}`;
    const half = context.measureText(text).width / 2 + 3;
    const box = { left: x - half, right: x + half, top: y - 7, bottom: y + 7 };
    if (collides(box, taken)) return;
    taken.push(box);
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.strokeStyle = this.theme.halo;
    context.lineWidth = 3;
    context.strokeText(text, x, y);
    context.fillStyle = this.theme.text;
    context.fillText(text, x, y);
  }
}
