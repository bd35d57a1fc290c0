// SPDX-License-Identifier: MIT
/**
 * The page's end of the channel. The names are those of `map_messages.py`; a test compares them.
 * Each message carries one JSON object.
 */

/** What the program tells the page. */
export const TO_PAGE = [
  'viewLayerChanged',
  'linesChanged',
  'colorsChanged',
  'pointsChanged',
  'circlesChanged',
  'chartsChanged',
  'ringsChanged',
  'layersChanged',
  'linksChanged',
  'labelsChanged',
  'placesChanged',
  'homesChanged',
  'legendChanged',
  'overlayLegendChanged',
  'toolChanged',
  'selectionChanged',
  'tooltipChanged',
  'themeChanged',
  'flyTo',
  'jumpTo',
  'cancelStroke',
  'parentsChanged',
  'drawnAreasChanged',
  'selectWithin',
  'criticalChanged',
  'baselineChanged',
];

/** What the page tells the program. */
export const FROM_PAGE = [
  'ready',
  'painted',
  'strokeMoved',
  'strokeFinished',
  'strokeCancelled',
  'featureClicked',
  'featureHovered',
  'pointClicked',
  'homeClicked',
  'contextRequested',
  'lassoFinished',
  'viewChanged',
  'brushChanged',
  'lineDrawn',
  'areaDrawn',
  'areaChanged',
  'areaRemoved',
];

/**
 * @typedef {Record<string, (payload: any, buffers: ArrayBuffer[]) => void|Promise<void>>} Handlers
 * @typedef {(name: string, payload: object) => void} Send
 */

/**
 * Connects to the program, if the page is inside it.
 * @param {Handlers} handlers One for each name of `TO_PAGE`.
 * @param {(payload: any) => void} applied Called after each message was applied.
 * @returns {Promise<Send|null>} null outside the program.
 */
export function connect(handlers, applied) {
  const { qt, QWebChannel } = /** @type {any} */ (globalThis);
  if (!qt?.webChannelTransport || !QWebChannel) return Promise.resolve(null);
  return new Promise((resolve) => {
    new QWebChannel(qt.webChannelTransport, (/** @type {any} */ channel) => {
      const { bridge } = channel.objects;
      const queue = new MessageQueue(handlers, applied);
      for (const name of TO_PAGE) {
        bridge[name].connect((/** @type {string} */ text) => queue.take(name, text));
      }
      resolve((name, payload) => bridge[name](JSON.stringify(payload)));
    });
  });
}

/** Fetches at once but applies in the order of arrival. */
class MessageQueue {
  /**
   * @param {Handlers} handlers
   * @param {(payload: any) => void} applied
   */
  constructor(handlers, applied) {
    this._handlers = handlers;
    this._applied = applied;
    this._last = Promise.resolve();
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  take(name, text) {
    const payload = JSON.parse(text);
    const urls = payload.urls ?? (payload.url ? [payload.url] : []);
    const buffers = Promise.all(urls.map(fetchBuffer));
    buffers.catch(() => {}); // reported when its turn comes
    this._last = this._last
      .then(async () => {
        const arrived = await buffers;
        if (!arrived.some(isSuperseded)) await this._handlers[name](payload, arrived);
      })
      .then(() => this._applied(payload))
      .catch((error) => console.error(`${name}: ${error.message}`));
  }
}

/**
 * Whether the program has newer content by now; its message is on the way.
 * @param {ArrayBuffer} buffer
 */
function isSuperseded(buffer) {
  return buffer.byteLength === 1;
}

/** @param {string} url */
async function fetchBuffer(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.arrayBuffer();
}
