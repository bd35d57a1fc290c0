// SPDX-License-Identifier: MIT
/** The legend: a small panel in a corner, built from text nodes only. */
import { L } from './leaflet.js';

/**
 * @typedef {object} LegendContent
 * @property {string} title
 * @property {Array<{rgba: number[], text: string, hatched?: boolean, round?: boolean}>} entries
 * @property {string} [note]
 */

export const Legend = L.Control.extend({
  options: { position: 'bottomright' },

  onAdd() {
    this._panel = L.DomUtil.create('section', 'legend');
    this._panel.setAttribute('aria-label', 'Legend');
    L.DomEvent.disableClickPropagation(this._panel);
    L.DomEvent.disableScrollPropagation(this._panel);
    this.show({ title: '', entries: [] });
    return this._panel;
  },

  /** @param {LegendContent} content */
  show({ title, entries, note }) {
    this._panel.replaceChildren();
    this._panel.scrollTop = 0;
    this._panel.hidden = entries.length === 0;
    if (title) this._panel.append(textElement('h2', title));
    const list = document.createElement('ul');
    for (const entry of entries) {
      const item = document.createElement('li');
      const swatch = document.createElement('i');
      const [red, green, blue, alpha = 255] = entry.rgba;
      swatch.style.backgroundColor = `rgba(${red}, ${green}, ${blue}, ${alpha / 255})`;
      if (entry.hatched) swatch.classList.add('hatched');
      if (entry.round) swatch.classList.add('round');
      item.title = entry.text;
      item.append(swatch, textElement('span', entry.text));
      list.append(item);
    }
    this._panel.append(list);
    if (note) this._panel.append(textElement('p', note));
  },
});

/**
 * @param {string} tag
 * @param {string} text
 */
export function textElement(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
