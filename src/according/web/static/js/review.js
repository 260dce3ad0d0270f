// Review by the keyboard, words of the report taken into fields by selecting them, and fields that light up with their words.

const typing = (element) => element.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
const dialog = document.getElementById("keys");
const on = document.getElementById("keys-on");
const KEPT = "according-review-keys";

/** What the browser keeps may be forbidden to keep. */
function kept() {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true;
  }
}

let awake = kept();
if (on) {
  on.checked = awake;
  on.addEventListener("change", () => {
    awake = on.checked;
    try {
      localStorage.setItem(KEPT, awake ? "on" : "off");
    } catch {
      // it holds for this page
    }
  });
}

const opener = document.getElementById("keys-open");
if (opener) {
  opener.hidden = false;
  opener.addEventListener("click", () => dialog.showModal());
}

function edit() {
  const details = document.getElementById("edit");
  details.open = true;
  details.querySelector("[aria-invalid], select").focus();
}

document.querySelector("[data-edit]")?.addEventListener("click", (event) => {
  event.preventDefault();
  edit();
});

let going = false;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && typing(event.target)) {
    event.target.blur();
    return;
  }
  if (dialog?.open || typing(event.target) || going || event.repeat) return;
  if (!awake && event.key !== "?") return;
  const element = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!element) return;
  event.preventDefault();
  if (element.dataset.focus !== undefined) {
    element.closest("details").open = true;
    element.focus();
  } else element.click();
});

// One decision once: a second press while the next page is on its way is none on that page's claim.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (going) event.preventDefault();
    going = true;
  });
}
window.addEventListener("pageshow", () => {
  going = false;
});

// Words of the report for the field that had the focus last.
const source = document.getElementById("source");
let field = null;

for (const input of document.querySelectorAll("[data-words]")) {
  input.addEventListener("focus", () => {
    field?.classList.remove("taking");
    field = input;
    field.classList.add("taking");
  });
  input.addEventListener("input", () => {
    input.nextElementSibling.value = "";
  });
}

/** The offset of a place in the page within the report's text, in code points. */
function offset(node, at) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const segment = element.closest("[data-start]");
  if (!segment) return null;
  const start = Number(segment.dataset.start);
  if (segment.dataset.sign !== undefined) return start;
  const before = document.createRange();
  before.selectNodeContents(segment);
  before.setEnd(node, at);
  return start + [...before.toString()].length;
}

/** The words that are selected in the source, without white space about them. */
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!source.contains(range.commonAncestorContainer)) return null;
  const text = range.toString();
  const words = text.trim();
  const start = offset(range.startContainer, range.startOffset);
  if (!words || start === null) return null;
  const first = start + [...text.slice(0, text.indexOf(words))].length;
  return { words: words.replace(/\s+/g, " "), start: first, end: first + [...words].length };
}

source?.addEventListener("mouseup", () => {
  const found = field && document.getElementById("edit").open ? selected() : null;
  if (!found) return;
  field.value = found.words;
  field.nextElementSibling.value = `${found.start}-${found.end}`;
  field.focus({ preventScroll: true });
});

// Where the text scrolls by itself, what the claim rests on is in sight.
const trigger = source?.querySelector(".trigger");
if (trigger) source.scrollTop += trigger.getBoundingClientRect().top - source.getBoundingClientRect().top - source.clientHeight / 3;

// Fields and their words light up together.
const facts = [...document.querySelectorAll("[data-part]")];
const words = [...document.querySelectorAll("#source [data-field]")];

function light(part) {
  for (const element of words) element.classList.toggle("lit", part !== null && element.dataset.field.split(" ").includes(part));
  for (const element of facts) element.classList.toggle("lit", element.dataset.part === part);
}

for (const fact of facts) {
  for (const kind of ["pointerenter", "focus"]) fact.addEventListener(kind, () => light(fact.dataset.part));
  for (const kind of ["pointerleave", "blur"]) fact.addEventListener(kind, () => light(null));
}
source?.addEventListener("pointerover", (event) => {
  const told = event.target.closest("[data-field]")?.dataset.field.split(" ").filter((part) => part && part !== "sentence");
  light(told?.[0] ?? null);
});
source?.addEventListener("pointerleave", () => light(null));
