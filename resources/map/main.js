// SPDX-License-Identifier: MIT
/** Entry of the bundle: what the document's own script calls. */
import { FROM_PAGE, TO_PAGE } from './bridge.js';
import { startExported } from './exported.js';
import { IdLayer } from './id_layer.js';
import { startLive } from './live.js';

/** @param {object} options */
export function areaLayer(options) {
  return new IdLayer(options);
}

export const messages = { toPage: TO_PAGE, fromPage: FROM_PAGE };

export { startExported, startLive };
