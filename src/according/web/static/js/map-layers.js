// The whole style of the map: the base below, discs, clusters and marks above. One function of the data and the page's colours, so that a
// change of either draws it anew.

import { GROUPS, mark, ofType, pattern, pixels } from "./map-marks.js";

const FONT = ["system-ui", "Noto Sans", "sans-serif"];
const EMPTY = { type: "FeatureCollection", features: [] };
/** What a click, or Enter, asks about. */
export const ASKED = ["clusters", "marks", "held-marks"];

/** Colours of the page, from its style sheet. */
export function colours(element) {
  const style = getComputedStyle(element);
  return Object.fromEntries(["sea", "land", "border", "soft", "ink", "ground", "disc"].map((name) => [name, style.getPropertyValue(`--map-${name}`).trim()]));
}

/** The style of the map over a base. */
export function style(base, data, paint) {
  return {
    version: 8,
    sources: {
      ...base.sources,
      discs: { type: "geojson", data: EMPTY, tolerance: 0.2 },
      events: {
        type: "geojson", data: data.marks ?? EMPTY, cluster: true, clusterRadius: 42, clusterMaxZoom: 10, maxzoom: 12,
        clusterProperties: { events: ["+", ["get", "n"]] },
      },
      "held-discs": { type: "geojson", data: EMPTY, tolerance: 0.2 },
      held: { type: "geojson", data: data.held ?? EMPTY },
    },
    layers: [{ id: "sea", type: "background", paint: { "background-color": paint.sea } }, ...base.layers, ...holdingLayers(paint), ...eventLayers(paint)],
  };
}

function eventLayers(paint) {
  const cluster = ["has", "point_count"];
  return [
    { id: "discs", type: "fill", source: "discs", paint: { "fill-color": paint.disc, "fill-opacity": 0.07 } },
    {
      id: "disc-edges", type: "line", source: "discs",
      paint: { "line-color": paint.disc, "line-width": 1.2, "line-opacity": 0.8, "line-dasharray": [4, 3] },
    },
    {
      id: "clusters", type: "circle", source: "events", filter: cluster,
      paint: {
        "circle-color": paint.ink, "circle-stroke-color": paint.ground, "circle-stroke-width": 2,
        "circle-radius": ["interpolate", ["linear"], ["log10", ["get", "events"]], 0.3, 13, 2, 19, 4, 28],
      },
    },
    {
      id: "cluster-counts", type: "symbol", source: "events", filter: cluster,
      layout: { "text-field": ["number-format", ["get", "events"], { locale: "en" }], "text-font": FONT, "text-size": 12, "text-allow-overlap": true, "text-ignore-placement": true },
      paint: { "text-color": paint.ground },
    },
    {
      id: "marks", type: "symbol", source: "events", filter: ["!", cluster],
      layout: {
        "icon-image": ["get", "icon"], "icon-allow-overlap": true, "icon-ignore-placement": true, "symbol-sort-key": ["get", "n"],
        "text-field": ["get", "told"], "text-font": FONT, "text-size": 11, "text-offset": [1.1, -0.9], "text-anchor": "left", "text-optional": true, "text-allow-overlap": true, "text-ignore-placement": true,
      },
      paint: { "text-color": paint.ink, "text-halo-color": paint.land, "text-halo-width": 1.6 },
    },
  ];
}

function holdingLayers(paint) {
  return [
    { id: "held-discs", type: "fill", source: "held-discs", paint: { "fill-pattern": ["get", "fill"] } },
    {
      id: "held-edges", type: "line", source: "held-discs",
      paint: { "line-color": ["get", "colour"], "line-width": ["case", ["get", "contested"], 2, 1] },
    },
    {
      id: "held-dots", type: "circle", source: "held",
      paint: { "circle-color": ["get", "colour"], "circle-radius": 3.5, "circle-stroke-color": paint.ground, "circle-stroke-width": 1 },
    },
    {
      id: "held-marks", type: "symbol", source: "held",
      layout: { "icon-image": ["get", "icon"], "icon-padding": 0, "symbol-sort-key": ["-", ["get", "n"]] },
    },
  ];
}

/** Draws a mark or a pattern when the map first asks for it by name: `t:<type>:filled`, `h:<holder>:hollow`, `f:<holder>:<contested>`. */
export function draws(map, holders, paint) {
  map.setMissingStyleImageResolver((id) => {
    const canvas = drawn(id, holders(), paint());
    if (canvas && !map.hasImage(id)) map.addImage(id, pixels(canvas), { pixelRatio: 2 });
  });
}

export function drawn(id, holders, paint) {
  const [kind, name, how] = id.split(":");
  if (kind === "t") return mark(typed(name), how === "filled", paint.ground);
  const holder = [...holders.values()].find((one) => String(one.at) === name);
  if (kind === "h" && holder) return mark({ ...holder, shape: "square" }, how === "filled", paint.ground);
  if (kind === "f" && holder) return pattern(holder, how === "1");
  return null;
}

export function typed(type) {
  if (type === "several") return { letters: "+", shape: "circle", colour: "#4d5a68" };
  const [letters, group] = ofType(type);
  return { letters, shape: group.shape, colour: group.colour };
}

export { GROUPS };
