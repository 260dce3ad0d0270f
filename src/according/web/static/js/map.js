// The map of a page: `<div class="map" data-points=… data-holdings=… data-basemap=… data-kind=…>`. Without WebGL 2, and without this file,
// the list on the page has all that the map shows.

import { base } from "./map-base.js";
import { ASKED, colours, draws, style } from "./map-layers.js";
import { follows } from "./map-discs.js";
import { bounds, heldMarks, marks, places } from "./map-places.js";
import { holders } from "./map-marks.js";
import { legend, make, ofEvents, ofHoldings, summary } from "./map-telling.js";

const KEYS = "Arrow keys move the map, + and − zoom, Enter tells what stands in its middle, Escape closes that.";
const PADDING = { top: 40, bottom: 40, left: 40, right: 70 }; // the buttons stand on the right
const WORLD = [[-20, -35], [60, 60]];

/** Start every map that is not started, and again when the page brings another one. */
function look() {
  for (const element of document.querySelectorAll(".map:not([data-started])")) {
    element.dataset.started = "";
    start(element).catch((error) => say(element, `The map cannot be drawn (${error.message}). The list has everything that it would show.`));
  }
}
new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
look();

function say(element, words) {
  const told = element.querySelector(".map-status") ?? element.appendChild(make("p", { class: "map-status", role: "status" }));
  told.textContent = words;
}

async function start(element) {
  if (!document.createElement("canvas").getContext("webgl2")) {
    element.classList.add("map-off");
    say(element, "This browser draws no maps here: it has no WebGL 2. The list has everything that the map would show.");
    return;
  }
  const inset = "inset" in element.dataset;
  const parts = frame(element, inset);
  say(element, "The map is loading.");
  const [maplibre, first] = await Promise.all([import("../vendor/maplibre-gl.mjs"), loaded(element)]);
  const state = { ...first, paint: colours(element), base: null };
  const ground = async () => base(element.dataset.basemap, element.dataset.kind ?? "world", element.dataset.basemapName ?? "", state.paint);
  state.base = await ground();
  parts.notice.textContent = inset || !state.base.missing ? state.base.notice : `${state.base.notice} ${state.base.missing}`;

  const map = made(maplibre, element, parts.view, state, inset);
  const anew = follows(map, state);
  let offer = () => {};
  const again = () => {
    anew();
    map.setStyle(style(state.base, state.drawn, state.paint), { diff: false });
    parts.legend.replaceChildren(...(inset ? [] : [legend(state.points, state.holders, state.paint)]));
    say(element, summary(state.points, state.places, state.holdings));
    offer();
  };
  draws(map, () => state.holders, () => state.paint);
  answers(maplibre, map, element, state);
  if (!inset) {
    remembers(map);
    offer = tools(map, element, parts.tools);
  }
  again();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", async () => {
    state.paint = colours(element);
    state.base = await ground();
    again();
  });
  let turn = 0;
  const watch = new MutationObserver(async () => {
    const own = (turn += 1);
    try {
      const later = await loaded(element);
      if (own !== turn) return; // asked for something else meanwhile
      Object.assign(state, later);
    } catch (error) {
      say(element, `What the map shows is not of this filter: ${error.message}.`);
      return;
    }
    again();
    goes(map, state);
  });
  watch.observe(element, { attributes: true, attributeFilter: ["data-points", "data-holdings", "data-given"] });
  new MutationObserver((_, gone) => {
    if (element.isConnected) return;
    gone.disconnect();
    watch.disconnect();
    map.remove();
  }).observe(document.body, { childList: true, subtree: true });
  element.map = map; // for whoever looks at it from outside, tests among them
}

/** The parts of the element: the view, tools below it, the status, the legend, the notice. */
function frame(element, inset) {
  const view = make("div", { class: "map-view" });
  const middle = make("div", { class: "map-middle", "aria-hidden": "true" });
  const tools = make("div", { class: "map-tools" });
  const legend = make("div", { class: "map-key" });
  const notice = make("p", { class: "map-notice" });
  element.replaceChildren(view, tools, make("p", { class: "map-status", role: "status" }), legend);
  if (!inset) element.append(make("p", { class: "map-keys" }, KEYS));
  element.append(notice);
  view.append(middle);
  return { view, tools, legend, notice };
}

/** What the page's addresses tell, and what of it is drawn. */
async function loaded(element) {
  const { points: events, holdings: held_, given } = element.dataset;
  const [points, told] = await Promise.all([given ? JSON.parse(given) : events ? json(events) : null, held_ ? json(held_) : null]);
  const found = points ? places(points.points) : [];
  const holdings = told?.holdings ?? null;
  const who = holders(holdings ?? []);
  const heldPlaces = places(holdings ?? []);
  const drawn = { marks: marks(found, points?.types ?? []), held: heldMarks(heldPlaces, who) };
  return { points, places: found, holdings, holders: who, heldPlaces, drawn };
}

async function json(address) {
  const answer = await fetch(address, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`${address.split("?")[0]} answered ${answer.status}`);
  return answer.json();
}

function made(maplibre, element, view, state, inset) {
  const name = element.dataset.name ?? "Map of events";
  const narrow = matchMedia("(max-width: 40rem)").matches;
  const map = new maplibre.Map({
    container: view,
    style: style({ sources: {}, layers: [] }, {}, state.paint),
    locale: { "Map.Title": `${name}. ${KEYS} Everything on it is in the list too.` },
    attributionControl: false,
    cooperativeGestures: inset || narrow,
    dragRotate: false, pitchWithRotate: false, touchPitch: false, rollEnabled: false,
    maxZoom: 14, minZoom: 0.5, renderWorldCopies: false, fadeDuration: 0,
    ...viewed(state, inset),
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibre.ScaleControl({ maxWidth: 110, unit: "metric" }), "bottom-left");
  return map;
}

/** The view the address tells, else all that is drawn. */
function viewed(state, inset) {
  const [lat, lon, zoom] = (new URLSearchParams(location.search).get("map") ?? "").split(",").map(Number);
  if (!inset && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && zoom >= 0) return { center: [lon, lat], zoom };
  const around = bounds([...(state.points?.points ?? []), ...(state.holdings ?? [])]);
  return { bounds: around ?? WORLD, fitBoundsOptions: { padding: PADDING, maxZoom: inset ? 8 : 9 } };
}

/** Where nothing of what is drawn now is in view, show all of it. */
function goes(map, state) {
  const rows = [...(state.points?.points ?? []), ...(state.holdings ?? [])];
  const view = map.getBounds();
  if (rows.length && !rows.some(([lon, lat]) => view.contains([lon, lat]))) map.fitBounds(bounds(rows), { padding: PADDING, maxZoom: 9, duration: 0 });
}

function remembers(map) {
  map.on("moveend", () => {
    const { lng, lat } = map.getCenter();
    const address = new URL(location.href);
    address.searchParams.set("map", `${lat.toFixed(4)},${lng.toFixed(4)},${map.getZoom().toFixed(2)}`);
    history.replaceState(history.state, "", address.href.replaceAll("%2C", ","));
  });
}

/** A click or Enter on a mark tells of it; on a cluster goes nearer, or tells of all its events where nothing is gained by that. */
function answers(maplibre, map, element, state) {
  const event = element.dataset.event ?? "/event/";
  let open = null;
  const show = (at, content) => {
    open?.remove();
    open = new maplibre.Popup({ maxWidth: "min(22rem, 85vw)", closeOnClick: true }).setLngLat(at).setDOMContent(content).addTo(map);
    open.on("close", () => map.getCanvas().focus({ preventScroll: true }));
  };
  const tell = async (feature) => {
    const at = feature.geometry.coordinates;
    if (feature.layer.id === "held-marks") return show(at, ofHoldings(state.heldPlaces[feature.properties.at], element.dataset.place));
    if (feature.layer.id === "marks") return show(at, ofEvents([state.places[feature.properties.at]], state.points.types, event));
    const source = map.getSource("events");
    const zoom = await source.getClusterExpansionZoom(feature.properties.cluster_id);
    if (zoom <= 10.5) return map.easeTo({ center: at, zoom: zoom + 0.2 });
    const leaves = await source.getClusterLeaves(feature.properties.cluster_id, 500, 0);
    return show(at, ofEvents(leaves.map((leaf) => state.places[leaf.properties.at]), state.points.types, event));
  };
  const nearest = ({ x, y }, reach) => {
    const layers = ASKED.filter((id) => map.getLayer(id));
    const seen = map.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]], { layers });
    const away = ({ geometry }) => { const at = map.project(geometry.coordinates); return Math.hypot(at.x - x, at.y - y); };
    return seen.sort((a, b) => away(a) - away(b))[0];
  };
  map.on("click", ({ point }) => { const found = nearest(point, 6); if (found) tell(found); });
  map.on("mousemove", ({ point }) => { map.getCanvas().style.cursor = nearest(point, 3) ? "pointer" : ""; });
  map.getCanvas().addEventListener("keydown", (key) => {
    if (key.key !== "Enter" || key.ctrlKey || key.metaKey || key.altKey) return;
    const canvas = map.getCanvas();
    const found = nearest({ x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 }, 40);
    if (found) tell(found);
    else say(element, "Nothing stands in the middle of the map.");
  });
  element.addEventListener("keydown", (key) => { if (key.key === "Escape" && open?.isOpen()) open.remove(); });
}

/** "Only what the map shows": the box goes into the filter's form, which is sent. And a switch for each layer where there are two. Returns what
 *  shows those that are of use now. */
function tools(map, element, bed) {
  const form = document.querySelector(element.dataset.form ?? "form[data-filter]");
  const only = make("button", { type: "button", class: "quiet" }, "Only what the map shows");
  const all = make("button", { type: "button", class: "quiet" }, "Not only this part of the map");
  only.addEventListener("click", () => boxed(form, shown(map)));
  all.addEventListener("click", () => boxed(form, null));
  const switches = [
    layer(map, "Events", ["discs", "disc-edges", "clusters", "cluster-counts", "marks"]),
    layer(map, "Who held what", ["held-discs", "held-edges", "held-dots", "held-marks"]),
  ];
  bed.append(only, all, ...switches);
  return () => {
    const box = form?.elements.namedItem("box");
    only.hidden = !form;
    all.hidden = !box?.value || box.disabled;
    for (const one of switches) one.hidden = !(element.dataset.points && element.dataset.holdings);
  };
}

function shown(map) {
  const seen = map.getBounds();
  const [w, s, e, n] = [Math.max(seen.getWest(), -180), Math.max(seen.getSouth(), -90), Math.min(seen.getEast(), 180), Math.min(seen.getNorth(), 90)];
  return [w, s, e, n].map((degrees) => degrees.toFixed(4)).join(",");
}

function boxed(form, box) {
  let field = form.elements.namedItem("box");
  if (!field) {
    field = make("input", { type: "hidden", name: "box" });
    form.append(field);
  }
  field.value = box ?? "";
  field.disabled = box === null;
  form.requestSubmit();
}

function layer(map, name, ids) {
  const box = make("input", { type: "checkbox" });
  box.checked = true;
  const set = () => ids.forEach((id) => map.getLayer(id) && map.setLayoutProperty(id, "visibility", box.checked ? "visible" : "none"));
  box.addEventListener("change", set);
  map.on("style.load", set);
  return make("label", { class: "map-switch" }, box, ` ${name}`);
}
