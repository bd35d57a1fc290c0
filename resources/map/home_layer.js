// SPDX-License-Identifier: MIT
/** Homes of the reps: a round sign with a house, ringed in the territory's colour. */
import { LIGHT } from './theme.js';

/**
 * @typedef {object} Home
 * @property {[number, number]} at Latitude and longitude.
 * @property {string} name
 * @property {number[]} rgba
 */

const RADIUS = 9;

export class HomeLayer {
  constructor() {
    /** @type {Home[]} */
    this.homes = [];
    this.theme = LIGHT;
  }

  /** @param {Home[]} homes */
  setHomes(homes) {
    this.homes = homes;
  }

  /**
   * @param {import('./viewport_canvas.js').Viewport} view
   * @param {import('./viewport_canvas.js').Box[]} taken
   */
  paintViewport(view, taken) {
    const { context } = view;
    const radius = view.zoom < 5 ? RADIUS * 0.72 : RADIUS;
    for (const home of this.homes) {
      const { x, y } = view.place(home.at[0], home.at[1]);
      if (x < -20 || y < -20 || x > view.width + 20 || y > view.height + 20) continue;
      const [left, top] = [x - radius, y - radius];
      taken.push({ left, top, right: x + radius, bottom: y + radius, soft: true });
      const isDark = this.theme !== LIGHT;
      disc(context, x, y, radius + 1.2, isDark ? '#0d1014' : '#ffffff');
      disc(context, x, y, radius, `rgb(${home.rgba[0]}, ${home.rgba[1]}, ${home.rgba[2]})`);
      disc(context, x, y, radius - 2.2, isDark ? '#20262d' : '#ffffff');
      house(context, x, y, radius * 0.5, isDark ? '#e6ebf0' : '#2b3138');
    }
  }

  /**
   * @param {{x: number, y: number}} point In container pixels.
   * @param {(at: [number, number]) => {x: number, y: number}} place
   * @returns {number} Index of the home there, or -1.
   */
  homeAt(point, place) {
    for (let i = this.homes.length - 1; i >= 0; i--) {
      const at = place(this.homes[i].at);
      if (Math.hypot(at.x - point.x, at.y - point.y) <= RADIUS + 1) return i;
    }
    return -1;
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {string} color
 */
function disc(context, x, y, radius, color) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = color;
  context.fill();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} half
 * @param {string} color
 */
function house(context, x, y, half, color) {
  context.beginPath();
  context.moveTo(x - half, y);
  context.lineTo(x, y - half);
  context.lineTo(x + half, y);
  context.lineTo(x + half * 0.7, y);
  context.lineTo(x + half * 0.7, y + half * 0.85);
  context.lineTo(x - half * 0.7, y + half * 0.85);
  context.lineTo(x - half * 0.7, y);
  context.closePath();
  context.fillStyle = color;
  context.fill();
}
