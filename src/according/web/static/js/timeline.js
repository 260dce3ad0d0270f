// The brush on a timeline: `<figure class="timeline" data-from="2016-01-01" data-to="2020-12-31">` round bars in an svg whose plot is 1000 units
// wide, the first day at 0, the end of the last at 1000. A stretch is chosen by dragging, by the keys on its two edges, or in two fields for
// days; then the filter's form gets it as `since` and `until`, and is sent.

const DAY = 86_400_000;
const WIDE = 1000;
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -30, PageUp: 30 };
const words = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

const number = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const spoken = (day) => words.format(new Date(day * DAY));

function look() {
  for (const figure of document.querySelectorAll("figure.timeline:not([data-started])")) {
    figure.dataset.started = "";
    start(figure);
  }
}
new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
look();

function start(figure) {
  const svg = figure.querySelector("svg");
  const form = document.querySelector(figure.dataset.form ?? "form[data-filter]") ?? document.querySelector("form:has([name=since])");
  const [from, to] = [number(figure.dataset.from), number(figure.dataset.to)];
  if (!svg || !form || !(from <= to)) return;
  const state = { from, to, ...chosen(form, from, to) };
  const parts = drawn(figure, svg);
  const show = () => place(svg, parts, state);
  const set = (since, until) => {
    [state.since, state.until] = [since, until].map((day) => Math.min(to, Math.max(from, day))).sort((a, b) => a - b);
    show();
  };
  const send = () => sent(form, state);
  drags(svg, parts, state, set, send);
  keys(parts, state, set, send);
  const fields = dated(figure, form, state, set, send);
  parts.changed = () => fields(state);
  show();
  new ResizeObserver(show).observe(svg);
}

/** What the form has now; all of it where nothing is chosen. */
function chosen(form, from, to) {
  const day = (name, otherwise) => {
    const value = form.elements.namedItem(name)?.value;
    const told = value ? number(value) : NaN;
    return Number.isFinite(told) ? Math.min(to, Math.max(from, told)) : otherwise;
  };
  return { since: day("since", from), until: day("until", to) };
}

/** The stretch and its two edges, laid over the bars: in html, as an svg that is a picture hides what is in it from those who listen. */
function drawn(figure, svg) {
  const layer = element("div", "timeline-brush");
  const stretch = layer.appendChild(element("div", "timeline-stretch"));
  const edges = ["First day", "Last day"].map((name) => {
    const edge = layer.appendChild(element("div", "timeline-edge"));
    for (const [key, value] of Object.entries({ role: "slider", tabindex: "0", "aria-label": name, "aria-orientation": "horizontal" })) edge.setAttribute(key, value);
    return edge;
  });
  const bed = element("div", "timeline-bed");
  svg.replaceWith(bed);
  bed.append(svg, layer);
  return { layer, stretch, edges, changed: () => {} };
}

/** Where the plot's units lie on the screen, in pixels from the svg's own left edge. */
function scale(svg) {
  const seen = svg.getScreenCTM();
  return { left: seen.e - svg.getBoundingClientRect().left, unit: seen.a };
}

function place(svg, parts, state) {
  const { left, unit } = scale(svg);
  const all = state.to - state.from + 1;
  const at = (days) => left + ((days * WIDE) / all) * unit;
  const [a, b] = [at(state.since - state.from), at(state.until + 1 - state.from)];
  Object.assign(parts.stretch.style, { left: `${a}px`, width: `${b - a}px` });
  [[0, a, state.since], [1, b, state.until]].forEach(([n, x, day]) => {
    const edge = parts.edges[n];
    edge.style.left = `${x}px`;
    edge.setAttribute("aria-valuemin", String(state.from));
    edge.setAttribute("aria-valuemax", String(state.to));
    edge.setAttribute("aria-valuenow", String(day));
    edge.setAttribute("aria-valuetext", spoken(day));
  });
  parts.layer.classList.toggle("all", state.since === state.from && state.until === state.to);
  parts.changed();
}

function drags(svg, parts, state, set, send) {
  const dayAt = (x) => {
    const { left, unit } = scale(svg);
    const units = (x - svg.getBoundingClientRect().left - left) / unit;
    return state.from + Math.floor((units / WIDE) * (state.to - state.from + 1));
  };
  let held = null; // {x, fixed, before, moved}
  const begins = (event, fixed) => {
    if (event.button !== 0) return;
    held = { x: event.clientX, fixed, before: [state.since, state.until], moved: false, on: event.currentTarget, pointer: event.pointerId };
  };
  svg.addEventListener("pointerdown", (event) => begins(event, dayAt(event.clientX)));
  parts.edges.forEach((edge, n) => edge.addEventListener("pointerdown", (event) => begins(event, n === 0 ? state.until : state.since)));
  const moves = (event) => {
    if (!held || (!held.moved && Math.abs(event.clientX - held.x) < 4)) return;
    if (!held.moved) held.on.setPointerCapture(held.pointer); // only now: a plain click on a bar is the bar's
    held.moved = true;
    set(held.fixed, dayAt(event.clientX));
  };
  const ends = () => {
    if (held?.moved) {
      svg.addEventListener("click", (event) => event.preventDefault(), { once: true, capture: true });
      setTimeout(() => send());
    }
    held = null;
  };
  const gone = () => {
    if (held) set(...held.before);
    held = null;
  };
  for (const on of [svg, ...parts.edges]) {
    on.addEventListener("pointermove", moves);
    on.addEventListener("pointerup", ends);
    on.addEventListener("pointercancel", gone);
  }
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") gone(); });
}

/** Arrows move an edge by a day, Page keys by thirty, Home and End to the ends; Enter takes it. */
function keys(parts, state, set, send) {
  parts.edges.forEach((edge, n) => edge.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [own, low, high] = n === 0 ? [state.since, state.from, state.until] : [state.until, state.since, state.to];
    const to = event.key in STEPS ? own + STEPS[event.key] * (event.shiftKey ? 30 : 1) : { Home: low, End: high }[event.key];
    if (event.key === "Enter") send();
    else if (to === undefined) return;
    else {
      const day = Math.min(high, Math.max(low, to));
      set(n === 0 ? day : state.since, n === 0 ? state.until : day);
    }
    event.preventDefault();
  }));
}

/** Two fields for days: those of the form where it shows them, else a pair of our own below the bars. Returns what keeps them in step. */
function dated(figure, form, state, set, send) {
  const theirs = ["since", "until"].map((name) => form.elements.namedItem(name));
  if (theirs.every((field) => field instanceof HTMLInputElement && field.type === "date")) {
    return ({ since, until, from, to }) => {
      const all = since === from && until === to;
      if (!all || theirs.some((field) => field.value)) [theirs[0].value, theirs[1].value] = all ? ["", ""] : [iso(since), iso(until)];
    };
  }
  const row = element("div", "timeline-days");
  const fields = ["From", "To"].map((name) => {
    const label = row.appendChild(element("label"));
    const field = element("input");
    Object.assign(field, { type: "date", min: iso(state.from), max: iso(state.to) });
    label.append(`${name} `, field);
    field.addEventListener("change", () => {
      if (fields.every((one) => one.value)) set(number(fields[0].value), number(fields[1].value));
    });
    return field;
  });
  const only = element("button", "quiet");
  Object.assign(only, { type: "button", textContent: "Only these days" });
  only.addEventListener("click", send);
  row.append(only);
  figure.append(row);
  return ({ since, until }) => { [fields[0].value, fields[1].value] = [iso(since), iso(until)]; };
}

function sent(form, { since, until, from, to }) {
  const all = since === from && until === to;
  for (const [name, day] of [["since", since], ["until", until]]) {
    let field = form.elements.namedItem(name);
    if (!field) {
      field = element("input");
      Object.assign(field, { type: "hidden", name });
      form.append(field);
    }
    field.value = all ? "" : iso(day);
  }
  form.requestSubmit();
}

function element(name, style) {
  const made = document.createElement(name);
  if (style) made.className = style;
  return made;
}
