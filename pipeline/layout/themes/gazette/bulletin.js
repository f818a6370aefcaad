/* Reading views, pairs of sentences, the dark page: by pointer and by keyboard. Without it the page is complete, but still. */
(function () {
  "use strict";
  const page = document.documentElement;
  const buttons = [...document.querySelectorAll(".controls [data-view]")];
  const dark = document.querySelector(".controls [data-dark]");
  const sentences = [...document.querySelectorAll(".s")];
  page.dataset.js = "yes";

  function show(view) {
    page.dataset.layout = view;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.view === view));
  }

  function darken(on) {
    page.dataset.dark = on ? "yes" : "no";
    if (dark) dark.setAttribute("aria-pressed", String(on));
  }

  function light(id) {
    for (const sentence of sentences) sentence.classList.toggle("lit", id !== undefined && sentence.dataset.s === id);
  }

  function sentenceOf(event) {
    const place = event.target.closest ? event.target.closest(".s") : null;
    return place ? place.dataset.s : undefined;
  }

  function visible(sentence) {
    return sentence.getClientRects().length > 0;
  }

  function step(by) {
    const shown = sentences.filter(visible);
    const here = shown.indexOf(document.activeElement);
    const next = shown[here < 0 ? (by > 0 ? 0 : shown.length - 1) : (here + by + shown.length) % shown.length];
    if (next) next.focus();
  }

  const keys = {
    "1": () => show("side-by-side"),
    "2": () => show("stacked"),
    "3": () => show("chinese"),
    "4": () => show("english"),
    d: () => darken(page.dataset.dark !== "yes"),
    j: () => step(1),
    k: () => step(-1),
  };

  for (const sentence of sentences) sentence.tabIndex = -1;
  for (const button of buttons) button.addEventListener("click", () => show(button.dataset.view));
  if (dark) dark.addEventListener("click", () => keys.d());
  document.addEventListener("mouseover", (event) => light(sentenceOf(event)));
  document.addEventListener("focusin", (event) => light(sentenceOf(event)));
  document.addEventListener("focusout", () => light(undefined));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
    if (Object.hasOwn(keys, event.key)) { event.preventDefault(); keys[event.key](); }
  });

  darken(window.matchMedia("(prefers-color-scheme: dark)").matches);
  show(page.dataset.layout === "facing" ? "side-by-side" : page.dataset.layout || "side-by-side");
})();
