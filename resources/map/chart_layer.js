// SPDX-License-Identifier: MIT
/** Pies and circles of territories: few, so they are drawn above the map. */
import { LIGHT } from './theme.js';

/**
 * @typedef {object} Chart
 * @property {[number, number]} at Latitude and longitude.
 * @property {number} radius Page pixels.
 * @property {Array<[number[], number]>} slices Colour and share of each.
 */

const FAR_ZOOM = 5;

export class ChartLayer {
  constructor() {
    /** @type {Chart[]} */
    this.charts = [];
    this.theme = LIGHT;
  }

  /** @param {Chart[]} charts */
  setCharts(charts) {
    // The smallest on top, so that none is hidden by a larger one.
    this.charts = [...charts].sort((a, b) => b.radius - a.radius);
  }

  /**
   * @param {import('./viewport_canvas.js').Viewport} view
   * @param {import('./viewport_canvas.js').Box[]} taken
   */
  paintViewport(view, taken) {
    const { context } = view;
    const factor = view.zoom < FAR_ZOOM ? 0.75 : 1;
    for (const { at, radius, slices } of this.charts) {
      const { x, y } = view.place(at[0], at[1]);
      const size = radius * factor;
      if (size <= 0 || x < -size || y < -size || x > view.width + size || y > view.height + size) continue;
      pie(context, x, y, size, slices, this.theme.chartEdge);
      taken.push({ left: x - size, right: x + size, top: y - size, bottom: y + size, soft: true });
    }
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {Chart['slices']} slices
 * @param {string} edge
 */
function pie(context, x, y, radius, slices, edge) {
  let from = -Math.PI / 2;
  context.strokeStyle = edge;
  for (const [rgba, share] of slices) {
    const to = from + share * 2 * Math.PI;
    context.beginPath();
    if (share < 1) context.moveTo(x, y);
    context.arc(x, y, radius, from, to);
    context.closePath();
    context.fillStyle = `rgba(${rgba[0]}, ${rgba[1]}, ${rgba[2]}, ${rgba[3] / 255})`;
    context.lineWidth = 0.8;
    context.fill();
    if (share < 1) context.stroke();
    from = to;
  }
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.lineWidth = 1.6;
  context.stroke();
}
