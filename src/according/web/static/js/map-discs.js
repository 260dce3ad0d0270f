// Which discs stand on the map now: those of the marks that stand alone, as a cluster tells of many places at once, and of holdings; each once
// it is wider than its mark. Chosen anew when the map has come to rest: thousands of wide discs over one another say nothing and are slow.

import { discs, heldDiscs } from "./map-places.js";

const MOST = 120; // the smaller first: they say most of where it was
const ALONE = 11; // from this zoom on nothing is in a cluster
const WIDER = 14; // pixels of radius

/** Keep the discs in step with the view. `state` has `places`, `heldPlaces` and `holders`. */
export function follows(map, state) {
  const shown = { discs: "", "held-discs": "" };
  const put = (source, found, made) => {
    const key = found.join();
    if (shown[source] === key || !map.getSource(source)) return;
    shown[source] = key;
    map.getSource(source).setData(made(found));
  };
  map.on("idle", () => {
    put("discs", chosen(map, state.places, alone(map)), (found) => discs(state.places, found));
    put("held-discs", chosen(map, state.heldPlaces, null), (found) => heldDiscs(state.heldPlaces, found, state.holders));
  });
  return () => Object.assign(shown, { discs: "", "held-discs": "" });
}

/** Numbers of the places whose marks stand alone; null for all of them. */
function alone(map) {
  if (map.getZoom() >= ALONE || !map.getSource("events")) return null;
  return new Set(map.querySourceFeatures("events", { filter: ["!", ["has", "point_count"]] }).map((one) => one.properties.at));
}

function chosen(map, places, among) {
  const view = map.getBounds();
  const perPixel = (lat) => (40_075 * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** map.getZoom());
  const seen = ({ lon, lat, km }) => {
    if (!km || km / perPixel(lat) < WIDER) return false;
    const up = km / 110.6, side = km / (111.3 * Math.max(0.05, Math.cos((lat * Math.PI) / 180)));
    return lon + side >= view.getWest() && lon - side <= view.getEast() && lat + up >= view.getSouth() && lat - up <= view.getNorth();
  };
  const found = [];
  places.forEach((place, at) => { if ((!among || among.has(at)) && seen(place)) found.push(at); });
  return found.sort((a, b) => places[a].km - places[b].km).slice(0, MOST).sort((a, b) => a - b);
}
