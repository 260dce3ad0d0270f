// From rows to what the map draws. Events that stand at one spot with one radius are one place: a mark more on the same spot would hide the
// others, and no zoom would part them.

const EARTH_KM = 6371.0088;
const CORNERS = 64;

/** Places of events: [{lon, lat, km, rows}], most events first. `km` is 0 for an exact spot. */
export function places(points) {
  const found = new Map();
  for (const row of points) {
    const [lon, lat, km] = row;
    const key = `${lon},${lat},${km ?? 0}`;
    const place = found.get(key);
    if (place) place.rows.push(row);
    else found.set(key, { lon, lat, km: km ?? 0, rows: [row] });
  }
  return [...found.values()].sort((a, b) => b.rows.length - a.rows.length);
}

/** The marks, one a place. `n` is how many events it has; `icon` tells the map which mark to draw. */
export function marks(found, types) {
  return collection(found.map((place, at) => {
    const n = place.rows.length;
    const kinds = new Set(place.rows.map((row) => row[3]));
    const icon = kinds.size === 1 ? `t:${types[[...kinds][0]]}` : "t:several";
    return point(place, { at, n, icon: `${icon}:${place.km ? "hollow" : "filled"}`, told: n > 1 ? String(n) : "" });
  }));
}

/** The discs of some places, told by their numbers: as wide as each says. */
export function discs(found, numbers) {
  return collection(numbers.map((at) => disc(found[at], { at })));
}

/** The marks of holdings. A place that several hold, or are said to, is one mark, contested. */
export function heldMarks(found, holders) {
  return collection(found.map((place, at) => {
    const { first } = holding(place, holders);
    return point(place, { at, n: place.rows.length, colour: first.colour, icon: `h:${first.at}:${place.km ? "hollow" : "filled"}` });
  }));
}

export function heldDiscs(found, numbers, holders) {
  return collection(numbers.map((at) => {
    const { first, contested } = holding(found[at], holders);
    return disc(found[at], { at, colour: first.colour, contested, fill: `f:${first.at}:${contested ? 1 : 0}` });
  }));
}

function holding(place, holders) {
  const names = new Set(place.rows.map((row) => row[3]));
  return { first: holders.get(place.rows[0][3]), contested: names.size > 1 || place.rows.some((row) => row[4]) };
}

/** A polygon round a point: every corner lies `km` from it along the globe. */
export function ring({ lon, lat, km }) {
  const rad = Math.PI / 180, far = km / EARTH_KM, sin = Math.sin(lat * rad), cos = Math.cos(lat * rad);
  const corners = Array.from({ length: CORNERS }, (_, n) => {
    const way = (2 * Math.PI * n) / CORNERS;
    const up = Math.asin(sin * Math.cos(far) + cos * Math.sin(far) * Math.cos(way));
    const across = Math.atan2(Math.sin(way) * Math.sin(far) * cos, Math.cos(far) - sin * Math.sin(up));
    return [lon + across / rad, up / rad];
  });
  return [...corners, corners[0]];
}

/** [[west, south], [east, north]] of rows, or null where there are none. */
export function bounds(rows) {
  if (!rows.length) return null;
  let [w, s, e, n] = [180, 90, -180, -90];
  for (const [lon, lat] of rows) {
    w = Math.min(w, lon); e = Math.max(e, lon); s = Math.min(s, lat); n = Math.max(n, lat);
  }
  return [[w, s], [e, n]];
}

const collection = (features) => ({ type: "FeatureCollection", features });
const point = ({ lon, lat }, properties) => ({ type: "Feature", properties, geometry: { type: "Point", coordinates: [lon, lat] } });
const disc = (place, properties) => ({ type: "Feature", properties, geometry: { type: "Polygon", coordinates: [ring(place)] } });
