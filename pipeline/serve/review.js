// The bulletin under review: choose a sentence by pointer or key, correct it, approve it; the page follows what is saved.
import { GONE, Refused, ask, el, hear } from "./desk.js";
import { Editor, drafts } from "./editor.js";

const slug = decodeURIComponent(location.pathname.split("/")[1]);
const base = `/api/${encodeURIComponent(slug)}`;
const { nonce, dataset } = document.getElementById("review");
let version = dataset.version;
let sentences = new Map(); // by id, in reading order
let [loads, loading] = [0, false];
let here = ""; // the id that keys act upon
let undoable = JSON.parse(sessionStorage.getItem(`undo ${slug}`) || "[]");

const FILTERS = {
  all: ["All sentences", () => true],
  open: ["Needs a look", (s) => s.open],
  unapproved: ["Not approved", (s) => !s.approved],
  findings: ["With findings", (s) => s.findings.length > 0],
  forced: ["Forced", (s) => s.origin === "forced"],
  doubtful: ["Doubtful", (s) => s.findings.some((f) => ["doubtful", "length", "repetition"].includes(f.check))],
  approved: ["Approved", (s) => Boolean(s.approved)],
};

// The bar

const bar = {
  progress: el("progress", { max: 1, value: 0, "aria-label": "Approved" }),
  count: el("span", { class: "rv-count", role: "status" }),
  filter: el("select", { id: "rv-filter", "aria-label": "Which sentences", title: "Which sentences (F)", "aria-keyshortcuts": "f" }, ...Object.entries(FILTERS).map(([value, [text]]) => el("option", { value }, text))),
  undo: el("button", { type: "button", title: "Take the last save of this tab back (U)", "aria-keyshortcuts": "u" }, "Undo"),
  hint: el("span", { class: "rv-hint", id: "rv-hint" }, "Click a sentence, or J, K and Enter; A approves it"),
  pdf: el("a", { class: "rv-pdf", href: `/${encodeURIComponent(slug)}/${encodeURIComponent(slug)}.pdf`, target: "_blank" }),
  trouble: el("p", { class: "rv-trouble", role: "alert", hidden: true }),
};
const editor = new Editor({ address: (id, what) => `${base}/${encodeURIComponent(id)}/${what}`, edit, saved, step: stepInEditor, closed, again });
const panel = el("aside", { class: "rv", lang: "en", "aria-label": "Review" }, bar.trouble, editor.form,
  el("div", { class: "rv-bar" }, bar.progress, bar.count, bar.filter, bar.undo, bar.hint, el("span", { class: "rv-built", role: "status" }, bar.pdf), el("a", { class: "rv-home", href: "/" }, "All bulletins")));
document.body.append(panel);

function drawBar(progress) {
  bar.progress.max = progress.sentences || 1;
  bar.progress.value = progress.approved;
  bar.count.textContent = `${progress.approved} of ${progress.sentences} approved${progress.open ? `, ${progress.open} to look at` : ""}`;
  bar.undo.disabled = undoable.length === 0;
  sessionStorage.setItem(`undo ${slug}`, JSON.stringify(undoable));
  for (const option of bar.filter.options) {
    const [text, fits] = FILTERS[option.value];
    option.textContent = `${text} (${[...sentences.values()].filter(fits).length})`;
  }
}

function standing({ state, message, version: built }) {
  const stages = { building: "PDF follows…", waiting: "PDF follows…", failed: "PDF as it was before" };
  bar.pdf.textContent = stages[state] || "PDF up to date";
  bar.pdf.dataset.state = state;
  trouble(state === "failed" ? message : "");
  if (state !== "waiting" && state !== "building" && built !== version) refresh(built);
}

let general = "";
function trouble(sentence) {
  bar.trouble.textContent = sentence || general;
  bar.trouble.hidden = !(sentence || general);
}

// The sentences on the page

const english = (id) => document.getElementById(`${id}-en`);
const places = (id) => [document.getElementById(id), english(id)].filter(Boolean);
const shown = (id) => places(id).reverse().find((place) => place.getClientRects().length > 0);

/** Puts the English of a sentence on the page where it is another than what was built; the built page comes later. */
function write({ id, english: text }) {
  const place = english(id);
  if (!place) return;
  const bare = place.cloneNode(true);
  bare.querySelectorAll(".no, .marks").forEach((sign) => sign.remove());
  if (bare.textContent === text) return;
  place.replaceChildren(...place.querySelectorAll(":scope > .no"), text);
}

function mark() {
  const filtered = bar.filter.value !== "all";
  for (const s of sentences.values()) {
    const wanted = FILTERS[bar.filter.value][1](s);
    for (const place of places(s.id)) {
      place.classList.toggle("rv-wanted", filtered && wanted);
      place.classList.toggle("rv-here", editor.isOpen && s.id === editor.sentence.id);
      place.classList.toggle("rv-draft", drafts.read(s.source) !== null);
    }
  }
}

async function load() {
  const turn = ++loads;
  loading = true;
  const told = await ask(`${base}/sentences`);
  if (turn !== loads) return; // a later one knows better
  loading = false;
  sentences = new Map(told.sentences.map((s) => [s.id, s]));
  told.sentences.forEach(write);
  if (!sentences.has(here)) here = "";
  rove();
  if (editor.isOpen && sentences.has(editor.sentence.id)) editor.follow(sentences.get(editor.sentence.id));
  drawBar(told.progress);
  mark();
}

/** One sentence can be reached by Tab: the one that keys act upon, at first the first. */
function rove() {
  for (const id of sentences.keys()) for (const place of places(id)) place.tabIndex = -1;
  const place = shown(here || sentences.keys().next().value);
  if (!place) return;
  place.tabIndex = 0;
  place.setAttribute("aria-describedby", bar.hint.id);
}

function go(id) {
  here = id;
  rove();
  const place = shown(id);
  place?.focus({ preventScroll: true });
  reveal(id);
}

/** Scrolls so that the sentence stands in what the panel leaves free. */
function reveal(id) {
  const place = shown(id);
  if (!place) return;
  const { top, bottom } = place.getBoundingClientRect();
  const [above, below] = [(document.querySelector(".controls")?.offsetHeight || 0) + 16, panel.getBoundingClientRect().top];
  if (top < above || bottom > below - 16) window.scrollBy({ top: top - Math.max(above, (above + below - (bottom - top)) / 2) });
}

new ResizeObserver(() => { if (editor.isOpen) reveal(editor.sentence.id); }).observe(panel);

/** The id of the next or the last sentence that the filter shows; from none, the first or the last. */
function next(by, from) {
  const order = [...sentences.keys()];
  const at = order.indexOf(from);
  const fits = (id) => FILTERS[bar.filter.value][1](sentences.get(id));
  return by > 0 ? order.slice(at + 1).find(fits) : order.slice(0, at < 0 ? order.length : at).findLast(fits);
}

function edit(id) {
  if (!sentences.has(id)) return;
  here = id;
  editor.open(sentences.get(id));
  sessionStorage.setItem(`open ${slug}`, id);
  rove();
  mark();
  reveal(id);
}

// What the editor tells

function saved(answer, id, what) {
  keep(answer, id);
  if (editor.sentence?.id !== id) return; // closed, or gone on, while the answer was on its way
  const after = what === "withdraw" ? id : next(1, id);
  if (!after) { editor.close(); return; }
  edit(after);
  editor.say(`Sentence ${sentences.get(id).label} is ${what === "withdraw" ? "no longer approved" : "approved and saved"}.`);
}

function keep(answer, id) {
  undoable.push({ change: answer.change, id });
  changed(answer);
}

function changed({ sentences: told, progress }) {
  for (const s of told) { sentences.set(s.id, s); write(s); }
  drawBar(progress);
  mark();
  if (loading) load(); // what is on its way was told before this
}

function stepInEditor(by) {
  const id = next(by, editor.sentence.id);
  if (id) edit(id);
}

function closed(id) {
  sessionStorage.removeItem(`open ${slug}`);
  mark();
  go(id);
}

async function again(id) {
  await load();
  edit(id);
}

async function undo() {
  const last = undoable.pop();
  if (!last) return;
  try {
    changed(await ask(`${base}/undo/${last.change}`, {}));
    if (editor.isOpen) edit(last.id); else go(last.id);
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    if (refused.status === 0) undoable.push(last); else await load();
    trouble(refused.message);
  }
}

/** Approves what stands there without opening the editor, unless something is against it. */
async function approveAsIs(id) {
  const s = sentences.get(id);
  if (!s || s.approved) return step(1);
  const wish = { source: s.source, english: s.english, version: s.version, accepted: [] };
  try {
    keep(await ask(`${base}/${encodeURIComponent(id)}/approve`, wish), id);
    return step(1);
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    edit(id);
    return editor.refused(refused, "approve", wish);
  }
}

function step(by) {
  const id = next(by, here);
  if (id) go(id);
}

// The page follows what was built

/** Takes over what was built anew, in place; a page with other sentences is loaded again. */
async function refresh(built) {
  version = built;
  const text = await (await fetch(location.pathname)).text();
  const inert = text.replace(/<(\/?)style/g, "<$1x-style"); // the policy would complain of styles, which are not used here
  const fresh = new DOMParser().parseFromString(inert, "text/html");
  const ids = (page) => [...page.querySelectorAll(".s")].map((s) => s.id).join(" ");
  const [fonts, ...styles] = document.querySelectorAll("head style");
  const [newer, ...others] = fresh.querySelectorAll("x-style");
  const all = (list) => list.map((style) => style.textContent).join();
  if (ids(fresh) !== ids(document) || all(others) !== all(styles)) { location.reload(); return; }
  if (fonts.textContent !== newer.textContent) fonts.replaceWith(el("style", { nonce, textContent: newer.textContent }));
  for (const old of document.querySelectorAll(".s")) {
    const now = fresh.getElementById(old.id);
    if (old.innerHTML !== now.innerHTML) old.replaceChildren(...now.childNodes);
  }
  for (const where of [".contents", ".terms", ".colophon"]) document.querySelector(where)?.replaceWith(...[fresh.querySelector(where)].filter(Boolean));
  for (const article of document.querySelectorAll("article")) {
    article.querySelector(".notes")?.remove();
    article.append(...[fresh.getElementById(article.id)?.querySelector(".notes")].filter(Boolean));
  }
  await load();
}

function tell(news) {
  if (news.trouble !== undefined) { general = news.trouble; trouble(""); }
  if (news.trouble !== undefined && news.bulletins) load(); // the first word after a while of not listening
  if (news.bulletins?.[slug]) standing(news.bulletins[slug]);
  if (news.gone === slug) location.assign("/");
  // What is being saved here comes with the answer.
  if (news.approved && news.approved !== editor.sending && [...sentences.values()].some((s) => s.source.trim() === news.approved)) load();
}

// Pointer and keys

document.addEventListener("click", (event) => {
  const place = event.target.closest(".s");
  if (!place || event.ctrlKey || event.metaKey || event.shiftKey || !getSelection().isCollapsed) return;
  event.preventDefault();
  edit(place.dataset.s);
});
document.addEventListener("focusin", (event) => { const place = event.target.closest(".s"); if (place) here = place.dataset.s; });
window.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(".rv-editor, input, textarea, select")) return;
  const focused = event.target.closest(".s");
  const keys = { j: () => step(1), k: () => step(-1), u: undo, f: () => bar.filter.focus(), Escape: () => editor.isOpen && editor.close() };
  if (focused) Object.assign(keys, { Enter: () => edit(focused.dataset.s), a: () => approveAsIs(focused.dataset.s), ArrowDown: () => step(1), ArrowUp: () => step(-1) });
  if (!Object.hasOwn(keys, event.key)) return;
  event.preventDefault();
  event.stopPropagation(); // the page's own j and k go through both languages
  keys[event.key]();
}, true);
bar.undo.addEventListener("click", undo);
bar.filter.addEventListener("change", () => { mark(); const id = next(1, "") ; if (id && bar.filter.value !== "all") { here = id; rove(); reveal(id); } });

load().then(() => {
  hear(tell, () => trouble(GONE));
  const open = sessionStorage.getItem(`open ${slug}`);
  const named = location.hash.slice(1).replace(/-en$/, ""); // by the quality report
  if (open && sentences.has(open)) edit(open);
  else if (sentences.has(named)) go(named);
}).catch((refused) => trouble(refused.message));
