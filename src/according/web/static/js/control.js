// Sliders for the fields of days, and the part of the page that depends on them fetched anew. Without this the form is sent and the page comes whole.

const DAY = 86_400_000;
const days = (text) => Math.round(Date.parse(text + "T00:00:00Z") / DAY);
const text = (number) => new Date(number * DAY).toISOString().slice(0, 10);
const spoken = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

const form = document.querySelector("form[data-swaps]");
let newest = 0;

async function show() {
  const given = [...new FormData(form)].filter(([, value]) => value.trim());
  const address = `${form.action}?${new URLSearchParams(given)}`;
  const held = document.getElementById(form.dataset.swaps);
  const turn = ++newest;
  held.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(form.dataset.swaps);
    if (turn !== newest) return;
    if (!answer.ok || !fresh) throw new Error(answer.statusText);
    const drawn = document.querySelector(".map[data-holdings]"); // it stays, and looks again when its address changes
    if (drawn) drawn.dataset.holdings = page.querySelector(".map[data-holdings]").dataset.holdings;
    held.replaceChildren(...fresh.childNodes);
    history.replaceState(null, "", address);
  } catch {
    if (turn === newest) location.assign(address);
  } finally {
    if (turn === newest) held.removeAttribute("aria-busy");
  }
}

for (const field of form?.querySelectorAll("input[type=date][data-first]") ?? []) {
  const first = days(field.dataset.first), last = days(field.dataset.last);
  if (!(first < last)) continue;
  const slider = document.createElement("input");
  const tell = (number) => slider.setAttribute("aria-valuetext", spoken.format(new Date(number * DAY)));
  Object.assign(slider, { type: "range", min: first, max: last, step: 1 });
  slider.setAttribute("aria-label", `${field.labels[0].textContent.trim()}: slider`);
  slider.value = field.value ? days(field.value) : last;
  tell(Number(slider.value));
  slider.addEventListener("input", () => { field.value = text(Number(slider.value)); tell(Number(slider.value)); });
  slider.addEventListener("change", show);
  field.addEventListener("change", () => {
    if (field.value) { slider.value = days(field.value); tell(Number(slider.value)); }
    show();
  });
  field.after(slider);
}
form?.addEventListener("submit", (event) => { event.preventDefault(); show(); });
