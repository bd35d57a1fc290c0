// SPDX-License-Identifier: MIT
/** The exported file: everything comes from data blocks in the document itself. */
import { MapPage } from './page.js';
import { textElement } from './legend.js';

/**
 * @typedef {object} Facts What the document's JSON block holds.
 * @property {string} title
 * @property {string} subtitle
 * @property {boolean} metric
 * @property {[[number, number], [number, number]]} bounds South-west and north-east.
 * @property {{count: number, rings: number, points: number, grid: number}} shapes
 * @property {Array<{kind: import('./line_layer.js').LineKind, block: string,
 *   shapes: Facts['shapes']}>} lines
 * @property {import('./label_layer.js').Label[]} labels
 * @property {Array<[string, number, number, number]>} cities
 * @property {import('./home_layer.js').Home[]} homes
 * @property {import('./legend.js').LegendContent} legend
 * @property {number[]} owners For each area the number of its sentence, or -1.
 * @property {string[]} owned Sentences about who serves an area.
 * @property {string[]} names Names of the areas.
 * @property {string[]} pointNames
 * @property {string} note
 */

/**
 * @param {any} map
 * @param {any} areas The `IdLayer`.
 */
export async function startExported(map, areas) {
  const facts = /** @type {Facts} */ (JSON.parse(blockText('facts')));
  document.title = facts.title;
  document.documentElement.classList.add('exported');
  const page = new MapPage(map, areas);
  page.setTheme(false, facts.metric); // light always: the file is printed and its colours are fixed
  titlePanel(map, facts);
  if (typeof DecompressionStream === 'undefined') {
    page.tooltip.moveTo({ x: 60, y: 100 });
    page.tooltip.show(['This browser is too old to draw the map.', 'Please open the file in a newer one.']);
    return;
  }
  page.fit(facts.bounds, { animate: false });
  page.legend.show(facts.legend);
  page.setLabels('territories', facts.labels);
  page.setPlaces(facts.cities);
  page.setHomes(facts.homes);
  const colors = await blockBytes('colors');
  await areas.setPolygons(unpacked(await blockBytes('shapes'), facts.shapes));
  const { count } = facts.shapes;
  areas.setColors(new Uint8Array(colors, 0, count * 4), new Int32Array(colors, count * 4, count));
  const lines = [];
  for (const { kind, block, shapes } of facts.lines) {
    lines.push({ kind, buffer: unpacked(await blockBytes(block), shapes) });
  }
  page.setLines(lines);
  if (document.getElementById('points')) page.setPoints(await blockBytes('points'));
  followPointer(page, facts);
  document.documentElement.dataset.state = 'ready';
}

/** @param {string} id */
function blockText(id) {
  return document.getElementById(id)?.textContent ?? '';
}

/**
 * @param {string} id
 * @returns {Promise<ArrayBuffer>}
 */
async function blockBytes(id) {
  const text = atob(blockText(id).trim());
  const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
}

/**
 * Undoes the compact form of a file: counts, then differences of whole grid steps.
 * @param {ArrayBuffer} buffer u32 rings per feature, u32 points per ring, i32 x and then i32 y steps.
 * @param {Facts['shapes']} shapes
 * @returns {ArrayBuffer} As `readPack` wants it.
 */
export function unpacked(buffer, { count, rings, points, grid }) {
  const source = new Int32Array(buffer);
  const out = new ArrayBuffer(16 + 4 * (count + 1 + rings + 1 + points * 2));
  const words = new Uint32Array(out);
  words.set([0x31594c50, count, rings, points]);
  let at = 4;
  for (const [from, length] of [[0, count], [count, rings]]) {
    let sum = 0;
    words[at++] = 0;
    for (let i = 0; i < length; i++) {
      sum += source[from + i];
      words[at++] = sum;
    }
  }
  const xy = new Float32Array(out, at * 4);
  let x = 0;
  let y = 0;
  const steps = count + rings;
  for (let i = 0; i < points; i++) {
    x += source[steps + i];
    y += source[steps + points + i];
    xy[i * 2] = x / grid;
    xy[i * 2 + 1] = y / grid;
  }
  return out;
}

/**
 * @param {any} map
 * @param {Facts} facts
 */
function titlePanel(map, facts) {
  const panel = document.createElement('header');
  panel.className = 'title-panel';
  panel.append(textElement('h1', facts.title));
  if (facts.subtitle) panel.append(textElement('p', facts.subtitle));
  map.getContainer().append(panel);
  const note = textElement('footer', facts.note);
  note.className = 'note-panel';
  map.getContainer().append(note);
}

/**
 * @param {MapPage} page
 * @param {Facts} facts
 */
function followPointer(page, facts) {
  const { map, areas, tooltip } = page;
  map.on('mousemove click', (/** @type {any} */ event) => {
    tooltip.moveTo(event.containerPoint);
    const found = page.hit(event.containerPoint);
    areas.marks.setHovered(found.feature);
    if (found.point >= 0 && facts.pointNames.length) {
      tooltip.show(facts.pointNames[found.point].split('\n'));
    } else if (found.home >= 0) tooltip.show([facts.homes[found.home].name]);
    else if (found.feature >= 0 && facts.names[found.feature]) {
      const owner = facts.owned[facts.owners[found.feature]];
      tooltip.show([facts.names[found.feature], ...(owner ? owner.split('\n') : [])]);
    } else tooltip.hide();
  });
  map.on('mouseout', () => {
    tooltip.hide();
    areas.marks.setHovered(-1);
  });
}
