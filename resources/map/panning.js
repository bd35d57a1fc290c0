// SPDX-License-Identifier: MIT
/** Moves the map while a tool has the left button: by the right or middle one, or with Space. */

/** @typedef {{x: number, y: number}} Point */

const CLICK_SLACK = 4;

export class Panning {
  /** @param {any} map */
  constructor(map) {
    this._map = map;
    /** @type {Point|null} */
    this._from = null;
    this._way = 0;
    this.isSpaceHeld = false;
  }

  get isUnderWay() {
    return this._from !== null;
  }

  /** @param {Point} point */
  start(point) {
    this._from = point;
    this._way = 0;
  }

  /** @param {Point} point */
  move(point) {
    if (!this._from) return;
    const dx = point.x - this._from.x;
    const dy = point.y - this._from.y;
    this._way += Math.abs(dx) + Math.abs(dy);
    if (this._way < CLICK_SLACK) return;
    this._map.panBy([-dx, -dy], { animate: false });
    this._from = point;
  }

  /** @returns {boolean} Whether the button was only clicked. */
  end() {
    this._from = null;
    return this._way < CLICK_SLACK;
  }

  /** @param {boolean} held Whether the space bar is, with a tool that draws. */
  holdSpace(held) {
    this.isSpaceHeld = held;
    this._map.getContainer().classList.toggle('panning', held);
  }

  stop() {
    this._from = null;
    this.holdSpace(false);
  }
}
