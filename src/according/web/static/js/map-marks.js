// Marks on the map: what each type looks like, drawn on a canvas when the map asks for it. A type has letters, a shape and a colour, so that
// nothing rests on colour alone. A filled mark stands on an exact spot; a hollow, dashed one somewhere within a disc.

const FIRE = { shape: "circle", colour: "#b3480f", name: "fighting and strikes" };
const HARM = { shape: "square", colour: "#6a3d9a", name: "harm to people and places" };
const GROUND = { shape: "diamond", colour: "#0b4f8a", name: "ground and forces" };
const WORDS = { shape: "hexagon", colour: "#1d6b34", name: "words and help" };
const OTHER = { shape: "circle", colour: "#4d5a68", name: "other" };
export const GROUPS = [FIRE, HARM, GROUND, WORDS];

const TYPES = {
  air_strike: ["As", FIRE], shelling: ["Sh", FIRE], bombing: ["Bo", FIRE], chemical_attack: ["Ch", FIRE], attack: ["At", FIRE],
  armed_clash: ["Cl", FIRE],
  casualties: ["Ca", HARM], destruction: ["De", HARM], abduction_detention: ["Ab", HARM], displacement: ["Di", HARM], siege: ["Si", HARM],
  takes_territory: ["Ta", GROUND], leaves_territory: ["Le", GROUND], control: ["Co", GROUND], deployment: ["Dp", GROUND],
  agreement: ["Ag", WORDS], talks: ["Tk", WORDS], aid: ["Ai", WORDS], protest: ["Pr", WORDS],
};
const HOLDERS = ["#0b4f8a", "#9a4a00", "#6a3d9a", "#1d6b34", "#8a1f5c", "#0b6e6e", "#7a5c00", "#a11616"];
const SIZE = 26; // css pixels

export const told = (type) => type.replaceAll("_", " ");
export const ofType = (type) => TYPES[type] ?? [type.slice(0, 2), OTHER];

/** Holders by how often they are told, each with a colour, a pattern and letters that no other has. */
export function holders(rows) {
  const count = new Map();
  for (const [, , , holder] of rows) count.set(holder, (count.get(holder) ?? 0) + 1);
  const taken = new Set();
  const sorted = [...count].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return new Map(sorted.map(([holder, n], at) => [holder, { n, at, colour: HOLDERS[at % HOLDERS.length], letters: letters(holder, taken) }]));
}

function letters(name, taken) {
  const words = name.normalize("NFC").replace(/^the\s+/i, "").split(/[\s\-–]+/u).map((word) => Array.from(word.replace(/[^\p{L}\p{N}]/gu, ""))).filter((word) => word.length);
  const all = words.flat();
  const first = words.length > 1 ? words[0][0] + words[1][0] : all.slice(0, 2).join("");
  const tries = [first, ...all.slice(1).map((letter) => all[0] + letter), ...Array.from({ length: 90 }, (_, n) => String(n + 1))];
  const found = tries.find((one) => one && !taken.has(one.toUpperCase())) ?? "?";
  taken.add(found.toUpperCase());
  return found;
}

/** Draw a mark. `filled`: an exact spot; else hollow. */
export function mark({ letters, shape, colour }, filled, ground) {
  const size = shape === "diamond" ? SIZE + 6 : SIZE; // room for its letters
  const [canvas, pen] = drawing(size);
  outline(pen, shape, size);
  pen.lineWidth = 2;
  pen.fillStyle = filled ? colour : "#fff";
  pen.fill();
  if (!filled) pen.setLineDash([4, 2.5]);
  pen.strokeStyle = filled ? ground : colour;
  pen.stroke();
  pen.fillStyle = filled ? "#fff" : colour;
  pen.font = `600 ${shape === "diamond" ? 10 : 11}px system-ui, "Noto Sans", sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(letters, size / 2, size / 2 + 0.5);
  return canvas;
}

/** What fills the disc of a holder: dots, or stripes of a direction of its own; where it is contested, hatched both ways. */
export function pattern({ colour, at }, contested) {
  const [canvas, pen] = drawing(16);
  pen.globalAlpha = 0.22;
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 16, 16);
  pen.globalAlpha = contested ? 0.9 : 0.55;
  pen.strokeStyle = colour;
  pen.lineWidth = contested ? 2 : 1;
  const ways = contested ? [1, -1] : [[1], [-1], [0], [2], []][at % 5];
  for (const way of ways) stripes(pen, way);
  if (!ways.length) for (const [x, y] of [[4, 4], [12, 12]]) dot(pen, x, y);
  return canvas;
}

function stripes(pen, way) {
  pen.beginPath();
  for (let at = -16; at <= 32; at += 8) {
    if (way === 0) { pen.moveTo(0, at + 4); pen.lineTo(16, at + 4); }
    else if (way === 2) { pen.moveTo(at + 4, 0); pen.lineTo(at + 4, 16); }
    else { pen.moveTo(at, way > 0 ? 16 : 0); pen.lineTo(at + 16, way > 0 ? 0 : 16); }
  }
  pen.stroke();
}

function dot(pen, x, y) {
  pen.beginPath();
  pen.arc(x, y, 2, 0, 2 * Math.PI);
  pen.fill();
}

function outline(pen, shape, size) {
  const r = size / 2 - 2, c = size / 2;
  pen.beginPath();
  if (shape === "circle") pen.arc(c, c, r, 0, 2 * Math.PI);
  else if (shape === "square") pen.rect(c - r + 1, c - r + 1, 2 * r - 2, 2 * r - 2);
  else {
    const corners = shape === "diamond" ? 4 : 6;
    for (let n = 0; n < corners; n += 1) {
      const angle = (2 * Math.PI * n) / corners;
      pen.lineTo(c + (r + 1) * Math.cos(angle), c + (r + 1) * Math.sin(angle));
    }
    pen.closePath();
  }
}

/** A canvas twice as fine as its size in css pixels. */
function drawing(size) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 2 * size;
  canvas.style.width = canvas.style.height = `${size}px`;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.scale(2, 2);
  return [canvas, pen];
}

/** The pixels of a drawing, for the map. */
export function pixels(canvas) {
  return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
}
