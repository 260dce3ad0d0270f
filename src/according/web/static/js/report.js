// Words of a report and the fields of its claims: what belongs together lights up together, by pointer and by keyboard.

const text = document.getElementById("text");
const cards = document.getElementById("cards");
const words = [...text.querySelectorAll(".w")];
const lit = new Set();

/** The claims that words are part of, each with its field; a sentence only where nothing narrower is there. */
function parts(element) {
  const claims = element.dataset.claim.split(" ");
  const all = element.dataset.field.split(" ").map((field, n) => [claims[n], field]);
  const narrow = all.filter(([, field]) => field !== "sentence");
  return narrow.length ? narrow : all;
}

const byPart = new Map();
for (const element of words) {
  const claims = element.dataset.claim.split(" ");
  element.dataset.field.split(" ").forEach((field, n) => {
    const name = `${claims[n]} ${field}`;
    byPart.set(name, [...(byPart.get(name) ?? []), element]);
  });
}

function dark() {
  for (const element of lit) element.classList.remove("lit", "near");
  lit.clear();
}

function light(elements, how = "lit") {
  for (const element of elements) {
    if (!element) continue;
    element.classList.add(how);
    lit.add(element);
  }
}

const card = (claim) => document.getElementById(`claim-${claim}`);
const fields = (claim) => [...card(claim).querySelectorAll(".fact")];
const wordsOf = (claim, field) => byPart.get(`${claim} ${field}`) ?? [];

function lightField(claim, field) {
  if (field !== "sentence") light(wordsOf(claim, field));
  light(wordsOf(claim, "sentence"), "near");
  light(fields(claim).filter((fact) => fact.dataset.field === field).map((fact) => fact.firstElementChild));
}

function lightClaim(claim) {
  light(wordsOf(claim, "sentence"), "near");
  for (const fact of fields(claim)) light(wordsOf(claim, fact.dataset.field));
  light([card(claim), ...text.querySelectorAll(`.ref[data-claim="${CSS.escape(claim)}"]`)]);
}

/** Light up what belongs to the element that is pointed at or has the focus. */
function show(target) {
  dark();
  const fact = target.closest(".fact");
  const ref = target.closest(".ref");
  const word = target.closest("#text .w");
  if (fact) lightField(fact.dataset.claim, fact.dataset.field);
  else if (ref) lightClaim(ref.dataset.claim);
  else if (word) {
    for (const [claim, field] of parts(word)) {
      lightField(claim, field);
      light([card(claim)]);
    }
  } else if (target.closest(".card")) lightClaim(target.closest(".card").dataset.claim);
}

for (const part of [text, cards]) {
  part.addEventListener("pointerover", (event) => show(event.target));
  part.addEventListener("pointerleave", dark);
  part.addEventListener("focusin", (event) => show(event.target));
  part.addEventListener("focusout", dark);
}

/** Scroll what holds the element, and no further than is needed to see it. */
function see(element) {
  element?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

text.addEventListener("click", (event) => {
  const word = event.target.closest(".w");
  if (word && getSelection().isCollapsed) see(card(parts(word)[0][0]));
});

// Marked words are one stop of the Tab key; the arrows go from one to the next.
const stops = words.filter((word) => word.className !== "w sentence");
stops.forEach((word, n) => {
  word.tabIndex = n ? -1 : 0;
});
text.addEventListener("keydown", (event) => {
  const at = stops.indexOf(document.activeElement);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (at < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Enter") {
    const claim = parts(stops[at])[0][0];
    card(claim).focus();
    see(card(claim));
    event.preventDefault();
  } else if (step && stops[at + step]) {
    stops[at].tabIndex = -1;
    stops[at + step].tabIndex = 0;
    stops[at + step].focus();
    event.preventDefault();
  }
});

/** A claim that the address asks for: its card and its words in view, and lit. */
function asked() {
  const [, kind, claim, field] = /^#(claim|words)-([^-]+)(?:-(.+))?$/.exec(decodeURIComponent(location.hash)) ?? [];
  if (!claim || !card(claim)) return;
  const [first] = wordsOf(claim, field ?? "trigger");
  first?.scrollIntoView({ block: "center" });
  dark();
  if (kind === "claim") {
    see(card(claim)); // after the page has moved, and its column with it
    card(claim).focus({ preventScroll: true });
    lightClaim(claim);
  } else lightField(claim, field);
}

addEventListener("hashchange", asked);
asked();
