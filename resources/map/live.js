// SPDX-License-Identifier: MIT
/** The page inside the program: applies its messages and reports what the user does. */
import { connect } from './bridge.js';
import { MapPage } from './page.js';
import { modifiersOf, Tools } from './tools.js';

/**
 * Starts the page.
 * @param {any} map
 * @param {any} areas The `IdLayer`.
 */
export async function startLive(map, areas) {
  const page = new MapPage(map, areas);
  /** @type {import('./bridge.js').Send} */
  let send = () => {};
  const tools = new Tools(map, areas, (name, payload) => send(name, payload));
  const found = await connect(handlersFor(page, tools), (payload) => {
    areas.whenIdle().then(() => afterFrame(() => send('painted', { serial: payload.serial })));
  });
  if (!found) return;
  send = found;
  reportPointer(page, tools, send);
  send('ready', {});
  reportView(map, send);
}

/**
 * @param {MapPage} page
 * @param {Tools} tools
 * @returns {import('./bridge.js').Handlers}
 */
function handlersFor(page, tools) {
  const { map, areas } = page;
  let shownView = '';
  return {
    viewLayerChanged: ({ view, unitCount }, [buffer, units]) => {
      // The numbers of a stroke are those of the areas before; the same areas in other polygons
      // keep theirs.
      if (view !== shownView) tools.cancel();
      shownView = view;
      return areas.setPolygons(buffer, units && { unitOf: new Int32Array(units), count: unitCount });
    },
    linesChanged: ({ kinds }, buffers) =>
      page.setLines(kinds.map((/** @type {any} */ kind, /** @type {number} */ i) => ({ kind, buffer: buffers[i] }))),
    colorsChanged: ({ patch, count }, [buffer]) => {
      if (patch) areas.patchColors(patch);
      else areas.setColors(new Uint8Array(buffer, 0, count * 4), new Int32Array(buffer, count * 4, count));
    },
    pointsChanged: ({ visible, form }, [buffer]) => {
      page.showPoints(visible);
      if (buffer) page.setPoints(buffer, form);
    },
    circlesChanged: (_, [buffer]) => page.setCircles(buffer ?? new ArrayBuffer(0)),
    chartsChanged: ({ charts }) => page.setCharts(charts),
    ringsChanged: ({ rings }) => page.setRings(rings),
    linksChanged: ({ links }) => page.setLinks(links),
    layersChanged: ({ order, looks }) => page.setLayers(order, looks),
    labelsChanged: ({ set, labels }) => page.setLabels(set, labels),
    placesChanged: (_, [buffer]) => page.setPlaces(JSON.parse(new TextDecoder().decode(buffer))),
    homesChanged: ({ homes }) => page.setHomes(homes),
    legendChanged: (content) => page.legend.show(content),
    overlayLegendChanged: ({ sections }) => page.legend.showMore(sections),
    toolChanged: (options) => {
      areas.table.preview = options.preview;
      tools.setTool(options);
    },
    parentsChanged: (_, [buffer]) => void (tools.parents = buffer ? new Int32Array(buffer) : null),
    drawnAreasChanged: ({ areas: drawn }) => tools.drawn.setAreas(drawn),
    selectWithin: (wanted) => tools.selectWithin(wanted),
    criticalChanged: ({ features }) => areas.marks.setCritical(features),
    baselineChanged: ({ count }, [buffer]) =>
      areas.setBaseline(buffer && new Uint8Array(buffer, 0, count * 4), buffer && new Int32Array(buffer, count * 4, count)),
    selectionChanged: ({ features }) => areas.marks.setSelected(features),
    tooltipChanged: ({ lines }) => page.tooltip.show(lines),
    themeChanged: ({ dark, metric }) => {
      tools.frame.isMetric = metric;
      page.setTheme(dark, metric);
    },
    flyTo: ({ bounds, animate, maxZoom, padding }) => page.fit(bounds, { animate, maxZoom, padding }),
    jumpTo: ({ at, zoom }) => void map.setView(at, zoom, { animate: false }),
    cancelStroke: () => tools.cancel(),
  };
}

/**
 * @param {MapPage} page
 * @param {Tools} tools
 * @param {import('./bridge.js').Send} send
 */
function reportPointer(page, tools, send) {
  const { map, areas } = page;
  let hovered = -1;
  const hover = (/** @type {number} */ feature) => {
    if (feature === hovered) return;
    hovered = feature;
    areas.marks.setHovered(feature);
    page.tooltip.hide();
    send('featureHovered', { feature });
  };
  const report = onceAFrame((/** @type {any} */ event) => {
    page.tooltip.moveTo(event.containerPoint);
    // What an outline will hold is told beside it; one area under the pointer says nothing.
    hover(tools.stroke && !tools.brushes ? -1 : areas.unitAt(event.containerPoint));
  });
  map.on('mousemove', report);
  // A stroke keeps the browser from making mouse events of the pointer's.
  map.getContainer().addEventListener('pointermove', (/** @type {PointerEvent} */ event) => {
    if (tools.stroke) report({ containerPoint: map.mouseEventToContainerPoint(event) });
  });
  map.on('mouseout', () => hover(-1));
  tools.onContext = (point) => {
    const { feature, point: row, home, lon, lat } = page.hit(point);
    const dot = page.points.isPickable(map.getZoom()) ? row : -1;
    send('contextRequested', { feature, row: dot, home, x: point.x, y: point.y, lon, lat });
  };
  map.on('click', (/** @type {any} */ event) => {
    if (tools.draws || tools.draftsPath) return;
    const found = page.hit(event.containerPoint);
    const { feature, lon, lat } = found;
    const modifiers = modifiersOf(event.originalEvent);
    const single = !modifiers.ctrl && !modifiers.shift && !modifiers.alt;
    const isDot = found.point >= 0 && page.points.isPickable(map.getZoom());
    if (single && found.home >= 0) send('homeClicked', { index: found.home });
    else if (single && page.openCluster(event.containerPoint)) return;
    else if (single && isDot) send('pointClicked', { row: found.point, modifiers });
    else send('featureClicked', { feature, modifiers, lon, lat });
  });
}

/**
 * @param {any} map
 * @param {import('./bridge.js').Send} send
 */
function reportView(map, send) {
  const report = () => {
    const { lng: lon, lat } = map.getCenter();
    const box = map.getBounds();
    const bounds = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()];
    send('viewChanged', { lon, lat, zoom: map.getZoom(), bounds });
  };
  map.on('moveend', report);
  report();
}

/**
 * @template T
 * @param {(value: T) => void} work
 * @returns {(value: T) => void} Runs `work` at most once a frame, with the last value.
 */
function onceAFrame(work) {
  /** @type {T|undefined} */
  let latest;
  let asked = false;
  return (value) => {
    latest = value;
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      work(/** @type {T} */ (latest));
    });
  };
}

/** @param {() => void} work Runs as soon as the next frame is on its way to the screen. */
function afterFrame(work) {
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      work();
    };
    channel.port2.postMessage(null);
  });
}
