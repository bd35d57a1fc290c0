// SPDX-License-Identifier: MIT
/** Leaflet as the page loads it, before this bundle. */
// @ts-ignore Leaflet's own script puts it there
export const L = globalThis.L;
