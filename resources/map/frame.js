// SPDX-License-Identifier: MIT
/** Between the screen, the map's own coordinates and degrees, for tools. */
import { lonLatOf } from './polygon.js';

/** @typedef {{x: number, y: number}} Point */

const SNAP_PIXELS = 10;
const KM_PER_MILE = 1.609344;

export class Frame {
  /**
   * @param {any} map
   * @param {any} areas The `IdLayer`.
   */
  constructor(map, areas) {
    this.map = map;
    this.isMetric = false;
    this._areas = areas;
  }

  /**
   * The border near a point of the screen.
   * @param {Point} point
   * @returns {Promise<Point|null>} In normalised Mercator.
   */
  snap(point) {
    return this._areas.host.snap(this.world(point), SNAP_PIXELS / (256 * 2 ** this.map.getZoom()));
  }

  /**
   * @param {Point} point Of the screen.
   * @returns {Point} In normalised Mercator.
   */
  world({ x, y }) {
    const at = this.map.project(this.map.containerPointToLatLng([x, y]), 0);
    return { x: at.x / 256, y: at.y / 256 };
  }

  /** @param {Point} world */
  screen(world) {
    const [lon, lat] = lonLatOf(world.x, world.y);
    return this.map.latLngToContainerPoint([lat, lon]);
  }

  /** @param {Point} world */
  lonLatOfWorld(world) {
    return lonLatOf(world.x, world.y);
  }

  /** @param {Point[]} points Of the screen. */
  lonLat(points) {
    return points.map(({ x, y }) => {
      const at = this.map.containerPointToLatLng([x, y]);
      return [at.lng, at.lat];
    });
  }

  /** @param {number} km */
  distanceWords(km) {
    const value = this.isMetric ? km : km / KM_PER_MILE;
    const digits = value < 10 ? 1 : 0;
    return `${value.toFixed(digits)} ${this.isMetric ? 'km' : 'mi'}`;
  }

  /** @param {{clientX: number, clientY: number}} event */
  point(event) {
    const box = this.map.getContainer().getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }
}
