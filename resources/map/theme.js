// SPDX-License-Identifier: MIT
/** Colours of the base map, light and dark. */

/** @typedef {[number, number, number, number]} Rgba Each 0 to 255. */

/**
 * @typedef {object} Theme
 * @property {Rgba} land
 * @property {string} water
 * @property {string} river
 * @property {Rgba} unitBorder
 * @property {Rgba} coast
 * @property {Rgba} territoryBorder
 * @property {Rgba} selection
 * @property {Rgba} hatch
 * @property {string} stateLine
 * @property {string} countryLine
 * @property {string} farCountryLine Of a map of the world.
 * @property {string} countyLine
 * @property {string} text
 * @property {string} quietText
 * @property {string} halo
 * @property {string} chartEdge
 */

/** @type {Theme} */
export const LIGHT = {
  land: [246, 244, 239, 255],
  water: '#d3e0e8',
  river: 'rgba(158, 192, 212, 0.7)',
  unitBorder: [72, 70, 64, 92],
  coast: [120, 142, 156, 150],
  territoryBorder: [34, 38, 44, 235],
  selection: [16, 24, 40, 255],
  hatch: [46, 48, 54, 150],
  stateLine: 'rgba(70, 68, 64, 0.55)',
  countryLine: 'rgba(52, 50, 48, 0.8)',
  farCountryLine: 'rgba(80, 78, 74, 0.5)',
  countyLine: 'rgba(90, 88, 84, 0.32)',
  text: '#1c2126',
  quietText: '#4d565e',
  halo: 'rgba(255, 255, 255, 0.86)',
  chartEdge: '#ffffff',
};

/** @type {Theme} */
export const DARK = {
  land: [44, 49, 56, 255],
  water: '#181e25',
  river: 'rgba(20, 30, 40, 0.55)',
  unitBorder: [8, 10, 13, 120],
  coast: [88, 102, 116, 150],
  territoryBorder: [236, 240, 245, 225],
  selection: [255, 255, 255, 255],
  hatch: [14, 16, 20, 165],
  stateLine: 'rgba(200, 208, 218, 0.34)',
  countryLine: 'rgba(214, 222, 232, 0.55)',
  farCountryLine: 'rgba(200, 208, 218, 0.34)',
  countyLine: 'rgba(200, 208, 218, 0.16)',
  text: '#f2f5f8',
  quietText: '#b3bec9',
  halo: 'rgba(20, 24, 29, 0.84)',
  chartEdge: '#14181d',
};

/**
 * @param {Rgba} color
 * @returns {number} As one little-endian word of an image.
 */
export function packed(color) {
  return ((color[3] << 24) | (color[2] << 16) | (color[1] << 8) | color[0]) >>> 0;
}
