// SPDX-License-Identifier: MIT
/** The small panel that follows the pointer; its lines are text, never markup. */
import { textElement } from './legend.js';

const OFFSET = 16;

export class Tooltip {
  /** @param {HTMLElement} container */
  constructor(container) {
    this._container = container;
    this._panel = document.createElement('div');
    this._panel.className = 'map-tooltip';
    this._panel.hidden = true;
    container.append(this._panel);
  }

  /** @param {string[]} lines */
  show(lines) {
    this._panel.replaceChildren();
    this._panel.hidden = lines.length === 0;
    lines.forEach((line, i) => this._panel.append(textElement(i ? 'p' : 'h3', line)));
    this._place();
  }

  hide() {
    this._panel.hidden = true;
  }

  /** @param {{x: number, y: number}} point */
  moveTo(point) {
    this._at = point;
    this._place();
  }

  _place() {
    if (!this._at || this._panel.hidden) return;
    const { clientWidth, clientHeight } = this._container;
    const { offsetWidth, offsetHeight } = this._panel;
    const right = this._at.x + OFFSET + offsetWidth > clientWidth;
    const low = this._at.y + OFFSET + offsetHeight > clientHeight;
    const x = right ? this._at.x - OFFSET - offsetWidth : this._at.x + OFFSET;
    const y = low ? this._at.y - OFFSET - offsetHeight : this._at.y + OFFSET;
    this._panel.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
  }
}
