// SPDX-License-Identifier: MIT
/** The legend: a small panel in a corner, built from text nodes only. */
import { SHAPES } from './dot_painter.js';
import { L } from './leaflet.js';

/**
 * @typedef {object} LegendEntry
 * @property {number[]} rgba
 * @property {string} text
 * @property {string} [count] Stands at the right.
 * @property {boolean} [hatched]
 * @property {boolean} [round]
 * @property {number} [shape] Number of a symbol, see `SHAPES`.
 * @property {number} [radius] Of a circle that shows a size, in page pixels.
 */
/**
 * @typedef {object} LegendContent
 * @property {string} title
 * @property {LegendEntry[]} entries
 * @property {string} [note]
 */

const SYMBOL_SIDE = 16;
const SYMBOL_RADIUS = 5.4;

export const Legend = L.Control.extend({
  options: { position: 'bottomright' },

  onAdd() {
    this._panel = L.DomUtil.create('section', 'legend');
    this._panel.setAttribute('aria-label', 'Legend');
    L.DomEvent.disableClickPropagation(this._panel);
    L.DomEvent.disableScrollPropagation(this._panel);
    this._fold = foldButton(() => this._setFolded(!this._folded));
    this._folded = false;
    /** @type {LegendContent} */
    this._main = { title: '', entries: [] };
    /** @type {LegendContent[]} */
    this._more = [];
    this._build();
    return this._panel;
  },

  /** @param {LegendContent} content What the colours of the areas mean. */
  show(content) {
    this._main = content;
    this._build();
  },

  /** @param {LegendContent[]} sections What lies on the areas. */
  showMore(sections) {
    this._more = sections;
    this._build();
  },

  /** @param {boolean} folded */
  _setFolded(folded) {
    this._folded = folded;
    this._build();
    this._map?.fire('legendfolded');
  },

  _build() {
    const sections = [this._main, ...this._more].filter(({ entries }) => entries.length);
    this._panel.replaceChildren();
    this._panel.scrollTop = 0;
    this._panel.hidden = sections.length === 0;
    this._panel.classList.toggle('folded', this._folded);
    this._fold.setAttribute('aria-expanded', String(!this._folded));
    this._fold.textContent = this._folded ? 'Legend' : '\u2013';
    this._fold.setAttribute('aria-label', this._folded ? 'Show the legend' : 'Hide the legend');
    this._panel.append(this._fold);
    if (!this._folded) for (const section of sections) this._panel.append(...sectionParts(section));
  },
});

/** @param {() => void} onClick */
function foldButton(onClick) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'legend-fold';
  button.addEventListener('click', onClick);
  return button;
}

/**
 * @param {LegendContent} content
 * @returns {HTMLElement[]}
 */
function sectionParts({ title, entries, note }) {
  const list = document.createElement('ul');
  for (const entry of entries) {
    const item = document.createElement('li');
    item.title = entry.text;
    item.append(swatchOf(entry), textElement('span', entry.text));
    if (entry.count) {
      const count = textElement('span', entry.count);
      count.className = 'count';
      item.append(count);
    }
    list.append(item);
  }
  const parts = [list];
  if (title) parts.unshift(textElement('h2', title));
  if (note) parts.push(textElement('p', note));
  return parts;
}

/** @param {LegendEntry} entry */
function swatchOf(entry) {
  if (entry.shape !== undefined) return symbol(entry.shape, entry.rgba);
  const swatch = document.createElement('i');
  const [red, green, blue, alpha = 255] = entry.rgba;
  swatch.style.backgroundColor = `rgba(${red}, ${green}, ${blue}, ${alpha / 255})`;
  if (entry.hatched) swatch.classList.add('hatched');
  if (entry.round || entry.radius) swatch.classList.add('round');
  if (entry.radius) {
    swatch.style.width = swatch.style.height = `${2 * entry.radius}px`;
    swatch.classList.add('sized');
  }
  return swatch;
}

/**
 * A symbol as the map draws it.
 * @param {number} shape
 * @param {number[]} rgba
 */
function symbol(shape, rgba) {
  const canvas = document.createElement('canvas');
  const dense = Math.ceil(globalThis.devicePixelRatio || 1);
  const side = SYMBOL_SIDE * dense;
  canvas.width = canvas.height = side;
  canvas.className = 'symbol';
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  const image = context.createImageData(side, side);
  const radius = SYMBOL_RADIUS * dense;
  for (let i = 0; i < side * side; i++) {
    const x = (i % side) + 0.5 - side / 2;
    const y = Math.floor(i / side) + 0.5 - side / 2;
    const cover = Math.min(1, Math.max(0, radius + 0.5 - SHAPES[shape](x, y, radius)));
    image.data.set([rgba[0], rgba[1], rgba[2], 255 * cover], i * 4);
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/**
 * @param {string} tag
 * @param {string} text
 */
export function textElement(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
