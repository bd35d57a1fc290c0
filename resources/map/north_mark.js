// SPDX-License-Identifier: MIT
/** A calm mark that says where north is: the map is never turned, so it is up. */
import { L } from './leaflet.js';

const SVG = 'http://www.w3.org/2000/svg';

export const NorthMark = L.Control.extend({
  options: { position: 'bottomleft' },

  onAdd() {
    const mark = L.DomUtil.create('div', 'north-mark');
    mark.setAttribute('role', 'img');
    mark.setAttribute('aria-label', 'North is up');
    const drawing = document.createElementNS(SVG, 'svg');
    drawing.setAttribute('viewBox', '0 0 16 24');
    const needle = document.createElementNS(SVG, 'path');
    needle.setAttribute('d', 'M8 1 L13 13 L8 10.2 L3 13 Z');
    const letter = document.createElementNS(SVG, 'text');
    letter.setAttribute('x', '8');
    letter.setAttribute('y', '23');
    letter.textContent = 'N';
    drawing.append(needle, letter);
    mark.append(drawing);
    return mark;
  },
});
