// SPDX-License-Identifier: MIT
/** One map with all its layers; what the program and the exported file both drive. */
import { ChartLayer } from './chart_layer.js';
import { ClusterLayer } from './cluster_layer.js';
import { HeatLayer } from './heat_layer.js';
import { HomeLayer } from './home_layer.js';
import { cityLabels, LabelLayer } from './label_layer.js';
import { LayerStack } from './layers.js';
import { L } from './leaflet.js';
import { Legend } from './legend.js';
import { LineLayer } from './line_layer.js';
import { NorthMark } from './north_mark.js';
import { PointLayer } from './point_layer.js';
import { LinkLayer } from './link_layer.js';
import { RingLayer } from './ring_layer.js';
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
    this._makeLayers();
    const pane = map.getPane('labels') ?? map.createPane('labels');
    pane.style.zIndex = LABEL_PANE_LEVEL;
    pane.style.pointerEvents = 'none';
    this.sky = new ViewportCanvas([this.signs]).addTo(map);
    new NorthMark().addTo(map);
    this.legend = new Legend().addTo(map);
    map.on('legendfolded', () => this.sky.redraw());
    this.tooltip = new Tooltip(map.getContainer());
    this.scale = null;
    this.setTheme(false, true);
    this._keepFitted();
    followKeyboard(map.getContainer());
    for (const weight of [400, 600]) {
      document.fonts.load(`${weight} 12px Inter`).then(() => this.sky.redraw());
    }
  }

  _makeLayers() {
    this.water = new LineLayer(['lake', 'river']);
    this.lines = new LineLayer(['county', 'state', 'country']);
    this.points = new PointLayer();
    this.circles = new PointLayer();
    this.heat = new HeatLayer(this.points);
    this.clusters = new ClusterLayer(this.points);
    this.rings = new RingLayer();
    this.links = new LinkLayer();
    this.charts = new ChartLayer();
    this.homes = new HomeLayer();
    this.labels = new LabelLayer();
    /** What lies on the areas, painted into their tiles. */
    this.ground = new LayerStack({
      water: [this.water],
      lines: [this.lines],
      circles: [this.circles],
      accounts: [this.heat, this.points],
    });
    /** What stands above the map; names last, since they make room for the rest. */
    this.signs = new LayerStack(
      { links: [this.links], rings: [this.rings], charts: [this.charts], homes: [this.homes] },
      [this.clusters, this.labels],
    );
    this.areas.addOverlay(this.ground);
  }

  /**
   * @param {boolean} dark
   * @param {boolean} metric
   */
  setTheme(dark, metric) {
    const theme = dark ? DARK : LIGHT;
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    const { water, lines, heat, clusters, rings, links, charts, homes, labels } = this;
    for (const each of [water, lines, heat, clusters, rings, links, charts, homes, labels]) each.theme = theme;
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
    this._arrive();
    this.map.fitBounds(bounds, options);
  }

  /** Ends a flight that is under way: Leaflet drops every wish to look elsewhere before its end. */
  _arrive() {
    if (this.map._animatingZoom) this.map._onZoomTransitionEnd();
  }

  _keepFitted() {
    this.map.on('resize', () => {
      if (!this._fitted) return;
      const { bounds, options } = this._fitted;
      this._arrive();
      this.map.fitBounds(bounds, { ...options, animate: false });
    });
    for (const gesture of ['pointerdown', 'wheel', 'keydown']) {
      this.map.getContainer().addEventListener(gesture, () => (this._fitted = null), true);
    }
  }

  /**
   * @param {ArrayBuffer} buffer
   * @param {import('./point_layer.js').PointForm} [form]
   */
  setPoints(buffer, form) {
    this.points.setPoints(buffer, form);
    this.heat.forget();
    this.areas.redrawOverlays();
    this.sky.redraw();
  }

  /** @param {ArrayBuffer} buffer Circles of areas or territories, as records of points. */
  setCircles(buffer) {
    this.circles.setPoints(buffer, { style: 'sized' });
    this.areas.redrawOverlays();
  }

  /** @param {import('./chart_layer.js').Chart[]} charts */
  setCharts(charts) {
    this.charts.setCharts(charts);
    this.sky.redraw();
  }

  /** @param {import('./link_layer.js').Link[]} links */
  setLinks(links) {
    this.links.setLinks(links);
    this.sky.redraw();
  }

  /** @param {import('./ring_layer.js').Ring[]} rings */
  setRings(rings) {
    this.rings.setRings(rings);
    this.sky.redraw();
  }

  /**
   * Hides, fades and orders layers.
   * @param {string[]} order The lowest first.
   * @param {import('./layers.js').LayerLooks} looks Those that are not as usual.
   */
  setLayers(order, looks) {
    const strength = (/** @type {string} */ name) => {
      const { shown, opacity } = looks[name] ?? { shown: true, opacity: 1 };
      return shown ? opacity : 0;
    };
    this.ground.arrange(order, looks);
    this.signs.arrange(order, looks);
    this.clusters.strength = strength('accounts');
    this.labels.strength = { territory: strength('labels'), other: strength('cities') };
    const drawn = this.map.getPane('drawn');
    if (drawn) drawn.style.opacity = String(strength('drawn'));
    this.areas.setStrength({
      fill: strength('fill'), units: strength('units'), territories: strength('territories'),
    });
    this.sky.redraw();
  }

  /**
   * Looks closer at a cluster.
   * @param {{x: number, y: number}} point Of the container.
   * @returns {boolean} Whether there is one.
   */
  openCluster(point) {
    const found = this.clusters.clusterAt(this.sky.fromContainer(point));
    if (!found) return false;
    const zoom = Math.min(this.map.getZoom() + 2, this.map.getMaxZoom());
    this.map.setView(this.map.containerPointToLatLng(this.sky.toContainer(found)), zoom);
    return true;
  }

  /** @param {boolean} visible */
  showPoints(visible) {
    if (visible === this.points.visible) return;
    this.points.visible = visible;
    this.areas.redrawOverlays();
    this.sky.redraw();
  }

  /** @param {Parameters<LineLayer['setLines']>[0]} sources */
  setLines(sources) {
    this.water.setLines(sources);
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
    const account = this.points.pointAt(world.x / 256, world.y / 256, this.map.getZoom());
    return {
      feature: this.areas.unitAt(point),
      point: this.ground.isShown('accounts') ? account : -1,
      home: this.signs.isShown('homes') ? this.homes.homeAt(point, place) : -1,
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
