// What lies under the marks: the world that is shipped, or the user's own GeoJSON or PMTiles. Each gives {sources, layers, notice}; `missing`: what is not drawn.

const FONT = ["system-ui", "Noto Sans", "sans-serif"];

/** The base of a map. `colours` are those of the page, light or dark. */
export async function base(address, kind, name, colours) {
  if (kind === "pmtiles") return archive(address, name, colours);
  if (kind === "geojson") return own(address, name, colours);
  return world(await fetched(address), colours);
}

const cache = new Map();
function fetched(address) {
  if (!cache.has(address)) cache.set(address, fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(`${answer.status}`)))));
  return cache.get(address);
}

function world(told, colours) {
  const lines = (steps) => ({ type: "MultiLineString", coordinates: steps.map(unpacked) });
  const names = told.names.map(([lon, lat, area, name]) => feature({ type: "Point", coordinates: [lon, lat] }, { name, area }));
  return {
    notice: told.notice,
    missing: told.missing,
    sources: {
      land: shape({ type: "MultiPolygon", coordinates: told.land.map((rings) => rings.map(unpacked)) }),
      borders: shape(lines(told.borders)),
      disputed: shape(lines(told.disputed)),
      names: { type: "geojson", data: { type: "FeatureCollection", features: names } },
    },
    layers: [
      { id: "land", type: "fill", source: "land", paint: { "fill-color": colours.land } },
      { id: "borders", type: "line", source: "borders", paint: { "line-color": colours.border, "line-width": 1 } },
      { id: "disputed", type: "line", source: "disputed", paint: { "line-color": colours.border, "line-width": 1.4, "line-dasharray": [3, 3] } },
      {
        id: "names", type: "symbol", source: "names", minzoom: 1.5,
        layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 12, "text-max-width": 7, "text-padding": 12, "symbol-sort-key": ["-", ["get", "area"]] },
        paint: { "text-color": colours.soft, "text-halo-color": colours.land, "text-halo-width": 1.2 },
      },
    ],
  };
}

/** Whole thousandths of a degree, each pair from the one before it, as degrees. */
function unpacked(steps) {
  const line = [];
  for (let at = 0, x = 0, y = 0; at < steps.length; at += 2) {
    x += steps[at];
    y += steps[at + 1];
    line.push([x / 1000, y / 1000]);
  }
  return line;
}

async function own(address, name, colours) {
  return {
    notice: `Base map: ${name}, a file of your own.`,
    sources: { own: { type: "geojson", data: await fetched(address) } },
    layers: drawn("own", null, "", colours),
  };
}

async function archive(address, name, colours) {
  const { addProtocol } = await import("../vendor/maplibre-gl.mjs");
  const { PMTiles, Protocol } = await pmtiles();
  const file = new PMTiles(new URL(address, location.href).href);
  const header = await file.getHeader();
  const protocol = new Protocol();
  protocol.add(file);
  addProtocol("pmtiles", protocol.tile);
  const source = { type: "vector", url: `pmtiles://${file.source.getKey()}` };
  if (header.tileType !== 1) return { notice: `Base map: ${name}, a file of your own.`, sources: { own: { ...source, type: "raster" } }, layers: [{ id: "own", type: "raster", source: "own" }] };
  const told = (await file.getMetadata()).vector_layers ?? [];
  return {
    notice: `Base map: ${name}, a file of your own.`,
    sources: { own: source },
    layers: told.flatMap(({ id }) => drawn("own", id, id, colours)),
  };
}

/** Areas, lines and names of a source of which nothing is known but its shapes. */
function drawn(source, part, id, colours) {
  const of = part === null ? { source } : { source, "source-layer": part };
  const water = /water|ocean|sea/i.test(id);
  return [
    { ...of, id: `own-area-${id}`, type: "fill", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": water ? colours.sea : colours.land } },
    { ...of, id: `own-line-${id}`, type: "line", paint: { "line-color": colours.border, "line-width": 0.8 } },
    {
      ...of, id: `own-name-${id}`, type: "symbol", filter: ["==", ["geometry-type"], "Point"],
      layout: { "text-field": ["coalesce", ["get", "name"], ["get", "NAME"], ""], "text-font": FONT, "text-size": 12 },
      paint: { "text-color": colours.soft, "text-halo-color": colours.land, "text-halo-width": 1.2 },
    },
  ];
}

/** PMTiles comes as a plain script, which leaves its name on the window. */
function pmtiles() {
  return new Promise((done, failed) => {
    if (window.pmtiles) { done(window.pmtiles); return; }
    const script = document.createElement("script");
    script.src = new URL("../vendor/pmtiles.js", import.meta.url).href;
    script.onload = () => done(window.pmtiles);
    script.onerror = () => failed(new Error("pmtiles.js"));
    document.head.append(script);
  });
}

const feature = (geometry, properties = {}) => ({ type: "Feature", properties, geometry });
const shape = (geometry) => ({ type: "geojson", data: feature(geometry), tolerance: 0.2 });
