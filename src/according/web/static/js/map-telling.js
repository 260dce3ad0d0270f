// What the map says in words: popups, the legend, the line of what is drawn and what is not. All by textContent: nothing of a report is markup.

import { GROUPS, ofType, told } from "./map-marks.js";
import { drawn } from "./map-layers.js";

const SHOWN = 12; // events in a popup; the list on the page has all
const number = new Intl.NumberFormat("en");
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** An element: `make("a", {href}, "text", child)`. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== undefined) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

export const many = (n, one, more = `${one}s`) => `${number.format(n)} ${n === 1 ? one : more}`;
const days = (iso) => (iso ? day.format(new Date(`${iso}T00:00:00Z`)) : "day not told");
const bdi = (text) => make("bdi", {}, text);

/** What stands where: precisely, or somewhere within so many kilometres. */
function precision(km) {
  if (!km) return "At this spot.";
  const wide = km < 10 ? Math.round(km * 10) / 10 : Math.round(km);
  return `Somewhere within ${number.format(wide)} km of the middle of the disc; the spot is not told.`;
}

/** The events of one place, or of several that no zoom parts. */
export function ofEvents(found, types, event) {
  const rows = found.flatMap((place) => place.rows).sort((a, b) => ((a[5] ?? "9") < (b[5] ?? "9") ? -1 : 1));
  const list = make("ul", {});
  for (const [, , , type, id, first, killed, label] of rows.slice(0, SHOWN)) {
    const deaths = killed === null || killed === undefined ? "killed: not told" : `killed: ${number.format(killed)}`;
    list.append(make("li", {}, make("a", { href: `${event}${encodeURIComponent(id)}` }, told(types[type]), ...(label ? [", ", bdi(label)] : [])), make("span", {}, `${days(first)} · ${deaths}`)));
  }
  const box = make("div", { class: "map-popup" }, make("p", { class: "what" }, many(rows.length, "event")), make("p", {}, precision(Math.max(...found.map((place) => place.km)))), list);
  if (rows.length > SHOWN) box.append(make("p", {}, `And ${number.format(rows.length - SHOWN)} more: `, make("a", { href: around(found) }, "all of these in the list")));
  return box;
}

/** The page's address with the filter narrowed to one spot. */
function around(found) {
  const query = new URLSearchParams(location.search);
  for (const name of ["box", "near", "after", "map"]) query.delete(name);
  const [lon, lat] = found.reduce(([x, y], place) => [x + place.lon / found.length, y + place.lat / found.length], [0, 0]);
  const far = Math.max(...found.map((place) => Math.hypot((place.lon - lon) * 111.3 * Math.cos((lat * Math.PI) / 180), (place.lat - lat) * 111.3)));
  query.set("near", `${lat.toFixed(4)},${lon.toFixed(4)},${(far + 0.1).toFixed(2)}`);
  return `?${query}`;
}

/** Who is told to hold one place. */
export function ofHoldings(place, address) {
  const list = make("ul", {});
  for (const [, , , holder, contested, , since] of place.rows) {
    list.append(make("li", {}, make("strong", {}, bdi(holder)), make("span", {}, `${since ? `since ${days(since)}` : "since when is not told"}${contested ? " · contested" : ""}`)));
  }
  const [, , , , , name, , key] = place.rows[0];
  const title = address ? make("a", { href: `${address}${encodeURIComponent(key)}` }, bdi(name)) : bdi(name);
  return make("div", { class: "map-popup" }, make("p", { class: "what" }, title), make("p", {}, "Who held it, as told:"), list);
}

/** What is drawn and what is not. */
export function summary(data, found, holdings) {
  const parts = [];
  if (data) {
    const placed = data.points.length;
    parts.push(`${many(data.events, "event")}: ${number.format(placed)} drawn at ${many(found.length, "place")}.`);
    const away = data.unplaced ?? 0;
    if (away) parts.push(`${number.format(away)} ${away === 1 ? "has" : "have"} no place on it (a country and no more, or nothing told): the list has them.`);
  }
  if (holdings) parts.push(`${many(holdings.length, "holding")}.`);
  return parts.join(" ");
}

/** The legend: how precision looks, then the types and the holders that are drawn. */
export function legend(data, holders, paint) {
  const box = make("details", { class: "map-legend" }, make("summary", {}, "Legend"));
  box.open = matchMedia("(min-width: 40rem)").matches;
  if (data?.points.length) {
    box.append(rows("Where", [
      [icon("t:several:filled", holders, paint), "filled: at this spot"],
      [icon("t:several:hollow", holders, paint), "hollow: somewhere within a disc of its true size, which is drawn once it is wider than the mark"],
      [make("span", { class: "map-cluster" }, "9"), "so many events near one another: choose it, and it opens; a number beside a mark: so many at one place"],
    ]));
    const counts = new Map();
    for (const row of data.points) counts.set(data.types[row[3]], (counts.get(data.types[row[3]]) ?? 0) + 1);
    for (const group of [...GROUPS, null]) {
      const types = [...counts].filter(([type]) => (group ? ofType(type)[1] === group : !GROUPS.includes(ofType(type)[1])));
      if (types.length) box.append(rows(group ? group.name : "other", types.map(([type, n]) => [icon(`t:${type}:filled`, holders, paint), `${told(type)} (${number.format(n)})`])));
    }
    if (counts.size > 1) box.append(rows("", [[icon("t:several:filled", holders, paint), "events of several types at one place"]]));
  }
  if (holders.size) {
    const listed = [...holders].slice(0, 16).map(([name, { at, n }]) => [icon(`h:${at}:filled`, holders, paint), bdi(name), ` (${many(n, "place")})`]);
    box.append(rows("Who holds, as told", [...listed, [icon("f:0:1", holders, paint), "cross-hatched: contested, another account gives it to another side"]]));
    if (holders.size > listed.length) box.append(make("p", {}, `And ${many(holders.size - listed.length, "other holder")}.`));
  }
  return box;
}

function rows(title, told) {
  const list = make("ul", {}, ...told.map(([picture, ...text]) => make("li", {}, picture, make("span", {}, ...text))));
  return title ? make("div", {}, make("h3", {}, title), list) : make("div", {}, list);
}

function icon(id, holders, paint) {
  const canvas = drawn(id, holders, paint) ?? document.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  return canvas;
}
