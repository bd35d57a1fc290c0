// SPDX-License-Identifier: MIT
/** One map with all its layers; what the program and the exported file both drive. */
import { HomeLayer } from './home_layer.js';
import { cityLabels, LabelLayer } from './label_layer.js';
import { L } from './leaflet.js';
import { Legend } from './legend.js';
import { LineLayer } from './line_layer.js';
import { PointLayer } from './point_layer.js';
import { DARK, LIGHT } from './theme.js';
import { Tooltip } from './tooltip.js';
import { ViewportCanvas } from './viewport_canvas.js';

const LABEL_PANE_LEVEL = '450';
const PADDING = 24;

export class MapPage {
  /**
   * @param {any} map
   * @param {any} areas The `IdLayer`.
   */
  constructor(map, areas) {
    this.map = map;
    this.areas = areas;
    map.getContainer().setAttribute('role', 'application');
    map.getContainer().setAttribute('aria-label', 'Map of territories');
    this.lines = new LineLayer();
    this.points = new PointLayer();
    this.labels = new LabelLayer();
    this.homes = new HomeLayer();
    areas.addOverlay(this.lines);
    areas.addOverlay(this.points);
    const pane = map.getPane('labels') ?? map.createPane('labels');
    pane.style.zIndex = LABEL_PANE_LEVEL;
    pane.style.pointerEvents = 'none';
    this.sky = new ViewportCanvas([this.homes, this.labels]).addTo(map);
    this.legend = new Legend().addTo(map);
    this.tooltip = new Tooltip(map.getContainer());
    this.scale = null;
    this.setTheme(false, true);
    this._keepFitted();
    followKeyboard(map.getContainer());
    for (const weight of [400, 600]) {
      document.fonts.load(`${weight} 12px Inter`).then(() => this.sky.redraw());
    }
  }

  /**
   * @param {boolean} dark
   * @param {boolean} metric
   */
  setTheme(dark, metric) {
    const theme = dark ? DARK : LIGHT;
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    for (const each of [this.lines, this.labels, this.homes]) each.theme = theme;
    this.areas.setTheme(theme);
    this.sky.redraw();
    this.scale?.remove();
    this.scale = L.control
      .scale({ position: 'bottomleft', metric, imperial: !metric, maxWidth: 120 })
      .addTo(this.map);
  }

  /**
   * Shows bounds, and shows them again when the window changes before the user looks elsewhere.
   * @param {[[number, number], [number, number]]} bounds South-west and north-east.
   * @param {{animate: boolean, maxZoom?: number, padding?: number}} wanted Padding in pixels.
   */
  fit(bounds, { animate, maxZoom, padding = PADDING }) {
    const options = { animate, maxZoom, padding: [padding, padding] };
    this._fitted = { bounds, options };
    this.map.fitBounds(bounds, options);
  }

  _keepFitted() {
    this.map.on('resize', () => {
      if (!this._fitted) return;
      const { bounds, options } = this._fitted;
      this.map.fitBounds(bounds, { ...options, animate: false });
    });
    for (const gesture of ['pointerdown', 'wheel', 'keydown']) {
      this.map.getContainer().addEventListener(gesture, () => (this._fitted = null), true);
    }
  }

  /** @param {ArrayBuffer} buffer */
  setPoints(buffer) {
    this.points.setPoints(buffer);
    this.areas.redrawOverlays();
  }

  /** @param {boolean} visible */
  showPoints(visible) {
    if (visible === this.points.visible) return;
    this.points.visible = visible;
    this.areas.redrawOverlays();
  }

  /** @param {Parameters<LineLayer['setLines']>[0]} sources */
  setLines(sources) {
    this.lines.setLines(sources);
    this.areas.redrawOverlays();
  }

  /**
   * @param {string} set
   * @param {import('./label_layer.js').Label[]} labels
   */
  setLabels(set, labels) {
    this.labels.setLabels(set, labels);
    this.sky.redraw();
  }

  /** @param {Parameters<typeof cityLabels>[0]} places Cities, the largest first. */
  setPlaces(places) {
    this.setLabels('places', cityLabels(places));
  }

  /** @param {import('./home_layer.js').Home[]} homes */
  setHomes(homes) {
    this.homes.setHomes(homes);
    this.sky.redraw();
  }

  /**
   * What lies under a place of the container; `feature` is a unit's number.
   * @param {{x: number, y: number}} point
   */
  hit(point) {
    const at = this.map.containerPointToLatLng(point);
    const world = this.map.project(at, 0);
    const place = (/** @type {[number, number]} */ each) => this.map.latLngToContainerPoint(each);
    return {
      feature: this.areas.unitAt(point),
      point: this.points.pointAt(world.x / 256, world.y / 256, this.map.getZoom()),
      home: this.homes.homeAt(point, place),
      lon: at.lng,
      lat: at.lat,
    };
  }
}

/**
 * Marks the map while the keyboard moves it. The browser's own `:focus-visible` is no help: it
 * also holds after a click whose handler moves the focus.
 * @param {HTMLElement} container
 */
function followKeyboard(container) {
  const mark = (/** @type {boolean} */ on) => container.classList.toggle('by-keyboard', on);
  window.addEventListener('pointerdown', () => mark(false), true);
  window.addEventListener('keydown', (event) => event.key === 'Tab' && mark(true), true);
  window.addEventListener('keydown', (event) => event.key.startsWith('Arrow') && mark(true), true);
}
