// SPDX-License-Identifier: MIT
/** Links: dashed lines between areas that a bridge or ferry joins. */
import { LIGHT } from './theme.js';

/**
 * @typedef {object} Link
 * @property {[number, number]} from Latitude and longitude of one end.
 * @property {[number, number]} to The other end.
 */

const END_RADIUS = 3;

export class LinkLayer {
  constructor() {
    /** @type {Link[]} */
    this.links = [];
    this.theme = LIGHT;
  }

  /** @param {Link[]} links */
  setLinks(links) {
    this.links = links;
  }

  /** @param {import('./viewport_canvas.js').Viewport} view */
  paintViewport(view) {
    const { context } = view;
    for (const { from, to } of this.links) {
      const a = view.place(from[0], from[1]);
      const b = view.place(to[0], shortWay(from[1], to[1]));
      context.beginPath();
      context.moveTo(a.x, a.y);
      context.lineTo(b.x, b.y);
      context.strokeStyle = this.theme.halo;
      context.lineWidth = 4;
      context.stroke();
      context.setLineDash([6, 4]);
      context.strokeStyle = this.theme.text;
      context.lineWidth = 1.8;
      context.stroke();
      context.setLineDash([]);
      for (const { x, y } of [a, b]) {
        context.beginPath();
        context.arc(x, y, END_RADIUS, 0, 2 * Math.PI);
        context.fillStyle = this.theme.text;
        context.fill();
      }
    }
  }
}

/**
 * The longitude of the other end that is nearest to the first one, across 180 degrees if need be.
 * @param {number} from
 * @param {number} to
 */
function shortWay(from, to) {
  return from + ((((to - from + 180) % 360) + 360) % 360) - 180;
}
