// The filter of Explore: sliders for its two days of who held what, short addresses, and what the map and the total are told when htmx brought
// the part of the page that changed. Without this the form is sent and the page comes whole.

const DAY = 86_400_000;
const number = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const spoken = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

const form = document.querySelector("form[data-filter]");

if (matchMedia("(max-width: 56rem)").matches) form.closest("details").open = false;

// What is empty is not asked for; where the map stands goes along.
form.addEventListener("formdata", ({ formData }) => {
  for (const name of new Set(formData.keys())) {
    const told = formData.getAll(name).filter((value) => value.trim());
    formData.delete(name);
    told.forEach((value) => formData.append(name, value));
  }
  const map = new URLSearchParams(location.search).get("map");
  if (map) formData.set("map", map);
});

document.addEventListener("htmx:after:swap", () => {
  const view = document.getElementById("view"), map = document.querySelector(".map"), total = document.getElementById("total");
  if (!view) return;
  const asked = view.querySelector("template[data-asked]");
  if (asked) document.getElementById("asked").replaceChildren(asked.content);
  if (total.textContent !== view.dataset.sentence) total.textContent = view.dataset.sentence;
  if (!map) return;
  for (const name of ["points", "holdings"]) {
    if (view.dataset[name] === undefined) delete map.dataset[name];
    else if (map.dataset[name] !== view.dataset[name]) map.dataset[name] = view.dataset[name];
  }
});

for (const field of form.querySelectorAll("input[type=date][data-first]")) {
  const [first, last] = [number(field.dataset.first), number(field.dataset.last)];
  if (!(first < last)) continue;
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", min: first, max: last, step: 1, value: field.value ? number(field.value) : last });
  slider.setAttribute("aria-label", `${field.labels[0].textContent.trim()}: slider`);
  const tell = () => slider.setAttribute("aria-valuetext", field.value ? spoken.format(new Date(number(field.value) * DAY)) : "not set");
  slider.addEventListener("input", () => { field.value = iso(Number(slider.value)); tell(); });
  field.addEventListener("change", () => { if (field.value) slider.value = number(field.value); tell(); });
  tell();
  field.after(slider);
}
