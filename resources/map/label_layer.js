// SPDX-License-Identifier: MIT
/** Names on the map: territories, states, cities. Drawn as canvas text, never as markup. */
import { LIGHT } from './theme.js';

/**
 * @typedef {object} Label
 * @property {[number, number]} at Latitude and longitude.
 * @property {string} text
 * @property {string} [sub] A second, quieter line.
 * @property {string[]} [figures] Further lines, shown where there is room.
 * @property {'territory'|'country'|'state'|'area'|'city'} kind
 * @property {number} [minZoom]
 * @property {number} [maxZoom]
 * @property {number} [rank] Smaller comes first.
 * @property {number} [tier] Of a city, 0 for the largest.
 */
/** @typedef {import('./viewport_canvas.js').Box} Box */
/** @typedef {import('./viewport_canvas.js').Viewport} Viewport */

const FAMILY = '"Inter", "Segoe UI", "Helvetica Neue", "DejaVu Sans", Arial, sans-serif';
const ORDER = { territory: 0, country: 1, state: 2, area: 4, city: 5 };
/** Cities of these tiers are written before the areas' own names. */
const LARGE_TIER = 2;
const LARGE_CITY = 3;
const LONGEST = 34;
/** How far a territory's name may move out of the way, the shortest way first. */
const NUDGES = [0, 16, 28, 42].flatMap((far) =>
  far
    ? [[0, -far], [0, far], [-far, 0], [far, 0], [-far, -far], [far, -far], [-far, far], [far, far]]
    : [[0, 0]],
);
/** Below this zoom the same way leads much farther away from the territory. */
const NEAR_ZOOM = 3.25;
const FAR_NUDGES = 5;
/** From this zoom on names have their figures with them. */
const FIGURE_ZOOM = 3.25;
/** First zoom at which cities of a tier show; where they crowd, the larger ones win. */
const CITY_ZOOMS = [4, 5.5, 6.5, 8, 9, 9.75, 10.5];

export class LabelLayer {
  constructor() {
    /** @type {Map<string, Label[]>} */
    this.sets = new Map();
    this.theme = LIGHT;
    /** Strength of names of territories, and of all others; 0 hides them. */
    this.strength = { territory: 1, other: 1 };
  }

  /**
   * @param {string} set Labels of a set are replaced together.
   * @param {Label[]} labels
   */
  setLabels(set, labels) {
    this.sets.set(set, labels);
    this._ordered = [...this.sets.values()]
      .flat()
      .sort((a, b) => turnOf(a) - turnOf(b) || (a.rank ?? 0) - (b.rank ?? 0));
  }

  /**
   * @param {Viewport} view
   * @param {Box[]} taken
   */
  paintViewport(view, taken) {
    view.context.textBaseline = 'middle';
    view.context.lineJoin = 'round';
    for (const label of this._ordered ?? []) {
      const strength = label.kind === 'territory' ? this.strength.territory : this.strength.other;
      if (strength <= 0) continue;
      view.context.globalAlpha = strength;
      if (view.zoom < (label.minZoom ?? 0) || view.zoom > (label.maxZoom ?? 99)) continue;
      const point = view.place(label.at[0], label.at[1]);
      const outside =
        point.x < -80 || point.y < -30 || point.x > view.width + 80 || point.y > view.height + 30;
      if (outside) continue;
      if (label.kind === 'city') this._paintCity(view, label, point, taken);
      else if (label.kind === 'territory') this._paintTerritory(view, label, point, taken);
      else this._paintCentered(view, label, point, taken);
    }
    view.context.globalAlpha = 1;
  }

  /**
   * A territory's name gives up its figures for room, steps aside for homes and other names, gives
   * up its rep, and at last covers homes, before it is left out.
   * @param {Viewport} view
   * @param {Label} label
   * @param {{x: number, y: number}} point
   * @param {Box[]} taken
   */
  _paintTerritory(view, label, point, taken) {
    const plain = { ...label, figures: [] };
    const bare = { ...plain, sub: '' };
    const far = !label.figures?.length || view.zoom < FIGURE_ZOOM;
    const nudges = view.zoom < NEAR_ZOOM ? NUDGES.slice(0, FAR_NUDGES) : NUDGES;
    const firm = taken.filter((box) => !box.soft);
    /** @type {Array<[Label, Box[]]>} */
    const forms = [[plain, taken], [bare, taken], [bare, firm]];
    if (!far) forms.unshift([label, taken]);
    for (const [form, blocked] of forms) {
      // With its figures a name is large: it steps aside a little, and rather gives them up.
      for (const [dx, dy] of form === label ? nudges.slice(0, FAR_NUDGES) : nudges) {
        const box = this._paintCentered(view, form, { x: point.x + dx, y: point.y + dy }, blocked);
        if (!box) continue;
        if (blocked !== taken) taken.push(box);
        return;
      }
    }
  }

  /**
   * @param {Viewport} view
   * @param {Label} label
   * @param {{x: number, y: number}} point
   * @param {Box[]} taken
   * @returns {Box|null} The room it took, or null where there is none.
   */
  _paintCentered(view, label, point, taken) {
    const { context } = view;
    const style = centeredStyle(label.kind, view.zoom, this.theme);
    const lines = linesOf(label, style);
    context.textAlign = 'center';
    let half = 0;
    for (const line of lines) {
      context.font = line.font;
      context.letterSpacing = line.spacing;
      half = Math.max(half, context.measureText(line.text).width / 2 + 3);
    }
    const height = lines.reduce((sum, line) => sum + line.height, 0);
    const rise = height / 2 + 2;
    const box = {
      left: point.x - half, right: point.x + half, top: point.y - rise, bottom: point.y + rise,
    };
    if (collides(box, taken)) return null;
    taken.push(box);
    let y = point.y - height / 2;
    for (const line of lines) {
      context.font = line.font;
      context.letterSpacing = line.spacing;
      this._write(context, line.text, point.x, y + line.height / 2, line.color, line.halo);
      y += line.height;
    }
    context.letterSpacing = '0px';
    return box;
  }

  /**
   * @param {Viewport} view
   * @param {Label} label
   * @param {{x: number, y: number}} point
   * @param {Box[]} taken
   */
  _paintCity(view, label, point, taken) {
    const { context } = view;
    const { size, weight } = cityStyle(label.tier ?? CITY_ZOOMS.length, view.zoom);
    context.font = `${weight} ${size}px ${FAMILY}`;
    context.letterSpacing = '0px';
    const text = shortened(label.text);
    const wide = context.measureText(text).width;
    const dot = { left: point.x - 3, right: point.x + 3, top: point.y - 3, bottom: point.y + 3 };
    // The sign of a home may hide the dot of a large city, whose name matters more.
    const firm = (label.tier ?? 9) <= 1 ? taken.filter((box) => !box.soft) : taken;
    if (collides(dot, firm)) return;
    const rise = size * 0.95;
    const middle = point.x - wide / 2;
    const places = [
      { x: point.x + 6, y: point.y, align: 'left', left: point.x + 4 },
      { x: point.x - 6, y: point.y, align: 'right', left: point.x - 8 - wide },
      { x: point.x, y: point.y - rise, align: 'center', left: middle - 2 },
      { x: point.x, y: point.y + rise, align: 'center', left: middle - 2 },
    ];
    // Small places that find no room beside them are better left out.
    for (const { x, y, align, left } of (label.tier ?? 9) <= 1 ? places : places.slice(0, 2)) {
      const box = { left, right: left + wide + 4, top: y - size * 0.7, bottom: y + size * 0.7 };
      if (collides(box, taken)) continue;
      taken.push(box, dot);
      context.textAlign = /** @type {CanvasTextAlign} */ (align);
      this._dot(context, point);
      this._write(context, text, x, y, this.theme.quietText, 3);
      return;
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {{x: number, y: number}} point
   */
  _dot(context, point) {
    context.beginPath();
    context.arc(point.x, point.y, 2.1, 0, 2 * Math.PI);
    context.fillStyle = this.theme.halo;
    context.strokeStyle = this.theme.quietText;
    context.lineWidth = 1.1;
    context.fill();
    context.stroke();
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {string} text
   * @param {number} x
   * @param {number} y
   * @param {string} color
   * @param {number} halo
   */
  _write(context, text, x, y, color, halo) {
    context.strokeStyle = this.theme.halo;
    context.lineWidth = halo;
    context.strokeText(text, x, y);
    context.fillStyle = color;
    context.fillText(text, x, y);
  }
}

/** @param {Label} label */
function turnOf(label) {
  const isLarge = label.kind === 'city' && (label.tier ?? CITY_ZOOMS.length) <= LARGE_TIER;
  return isLarge ? LARGE_CITY : ORDER[label.kind];
}

/**
 * The lines of a label from top to bottom.
 * @param {Label} label
 * @param {ReturnType<typeof centeredStyle>} style
 */
function linesOf(label, style) {
  const { size, font, subFont, color, subColor, spacing } = style;
  const text = shortened(label.kind === 'state' ? label.text.toUpperCase() : label.text);
  const lines = [{ text, font, color, spacing, height: size * 1.1, halo: 3 }];
  for (const each of [label.sub, ...(label.figures ?? [])]) {
    if (!each) continue;
    const quiet = { font: subFont, color: subColor, spacing: '0px', height: size * 1.08, halo: 2.6 };
    lines.push({ text: shortened(each), ...quiet });
  }
  return lines;
}

/**
 * @param {Label['kind']} kind
 * @param {number} zoom
 * @param {import('./theme.js').Theme} theme
 */
function centeredStyle(kind, zoom, theme) {
  const near = Math.min(1, Math.max(0, (zoom - 4) / 5));
  if (kind === 'territory') {
    const size = 12 + 3 * near;
    return {
      size, spacing: '0px', color: theme.text, subColor: theme.text,
      font: `600 ${size}px ${FAMILY}`, subFont: `400 ${size - 1.5}px ${FAMILY}`,
    };
  }
  if (kind === 'area') {
    const font = `400 10.5px ${FAMILY}`;
    return { size: 10.5, spacing: '0.3px', color: theme.quietText, subColor: theme.quietText, font, subFont: font };
  }
  const size = kind === 'country' ? 12 + 2 * near : 10 + 2 * near;
  return {
    size, spacing: kind === 'state' ? '1.5px' : '0.5px', color: theme.quietText, subColor: theme.quietText,
    font: `${kind === 'country' ? 600 : 400} ${size}px ${FAMILY}`, subFont: `${size}px ${FAMILY}`,
  };
}

/**
 * Larger cities are written larger, the more so the closer one looks.
 * @param {number} tier
 * @param {number} zoom
 */
function cityStyle(tier, zoom) {
  const near = Math.min(1, Math.max(0, (zoom - 5) / 4));
  if (tier === 0) return { size: 12 + 2.5 * near, weight: near > 0.4 ? 600 : 400 };
  if (tier === 1) return { size: 11 + 2 * near, weight: 400 };
  return { size: tier === 2 ? 11 + 0.8 * near : 11, weight: 400 };
}

/**
 * Labels of cities.
 * @param {Array<[string, number, number, number]>} places Name, longitude, latitude, tier.
 * @returns {Label[]}
 */
export function cityLabels(places) {
  return places.map(([text, lon, lat, tier], rank) => ({
    at: [lat, lon],
    text,
    kind: 'city',
    minZoom: CITY_ZOOMS[tier] ?? CITY_ZOOMS[CITY_ZOOMS.length - 1],
    rank,
    tier,
  }));
}

/** @param {string} text */
function shortened(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}\u2026` : text;
}

/**
 * @param {Box} box
 * @param {Box[]} taken
 */
export function collides(box, taken) {
  return taken.some(
    (each) =>
      box.left < each.right && box.right > each.left &&
      box.top < each.bottom && box.bottom > each.top,
  );
}
