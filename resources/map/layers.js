// SPDX-License-Identifier: MIT
/** Layers in the order and strength that the user chose. */

/**
 * @typedef {object} LayerLook
 * @property {boolean} shown
 * @property {number} opacity 0 to 1.
 */
/** @typedef {Record<string, LayerLook>} LayerLooks */

/** @type {LayerLook} */
const PLAIN = { shown: true, opacity: 1 };

/** Painters under their names; paints the lowest first, and leaves out what is hidden. */
export class LayerStack {
  /**
   * @param {Record<string, any[]>} painters By layer, the lowest layer first.
   * @param {any[]} [top] Always above all layers.
   */
  constructor(painters, top = []) {
    this._painters = painters;
    this._top = top;
    this._order = Object.keys(painters);
    /** @type {LayerLooks} */
    this._looks = {};
  }

  /**
   * @param {string[]} order Layers that are not in it stay below.
   * @param {LayerLooks} looks
   */
  arrange(order, looks) {
    const names = Object.keys(this._painters);
    const place = (/** @type {string} */ name) => order.indexOf(name);
    this._order = names.sort((a, b) => place(a) - place(b));
    this._looks = looks;
  }

  /** @param {string} name */
  isShown(name) {
    return (this._looks[name] ?? PLAIN).shown;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {import('./id_layer.js').TileArea} area
   * @returns {boolean} Whether anything was drawn.
   */
  paintTile(context, area) {
    let drawn = false;
    this._each(context, (painter) => {
      drawn = painter.paintTile(context, area) || drawn;
    });
    return drawn;
  }

  /**
   * @param {import('./viewport_canvas.js').Viewport} view
   * @param {import('./viewport_canvas.js').Box[]} taken
   */
  paintViewport(view, taken) {
    this._each(view.context, (painter) => painter.paintViewport(view, taken));
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {(painter: any) => void} work
   */
  _each(context, work) {
    for (const name of this._order) {
      const { shown, opacity } = this._looks[name] ?? PLAIN;
      if (!shown || opacity <= 0) continue;
      context.globalAlpha = opacity;
      for (const painter of this._painters[name]) work(painter);
    }
    context.globalAlpha = 1;
    for (const painter of this._top) work(painter);
  }
}
