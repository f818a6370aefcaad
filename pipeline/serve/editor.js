// The editor of one sentence, at the foot of the window: the Chinese, the English, what is said against it, what is like it.
import { Refused, ask, differing, el } from "./desk.js";

const PAUSE = 250; // milliseconds without a key after which the English is checked
const drafts = {
  read: (source) => JSON.parse(sessionStorage.getItem(`draft ${source}`) || "null"),
  keep: (source, draft) => sessionStorage.setItem(`draft ${source}`, JSON.stringify(draft)),
  drop: (source) => sessionStorage.removeItem(`draft ${source}`),
};
export { drafts };

export class Editor {
  /** `desk` has address(id), and what the page does: edit(id), saved(answer, id, what), step(by), closed(id), again(id). */
  constructor(desk) {
    this.desk = desk;
    this.sentence = null;
    this.sending = ""; // the Chinese of what is being saved
    this.breaches = [];
    this.title = el("h2", { id: "rv-title" });
    this.state = el("span", { class: "rv-state" });
    this.chinese = el("p", { class: "rv-zh", lang: "zh-Hans" });
    this.english = el("textarea", { lang: "en", spellcheck: true, rows: 3, maxLength: 8000, id: "rv-english", "aria-describedby": "rv-message" });
    this.message = el("p", { class: "rv-message", id: "rv-message", role: "status" });
    this.conflict = el("div", { class: "rv-conflict", role: "alert", hidden: true });
    this.accept = el("input", { type: "checkbox", id: "rv-accept" });
    this.acceptance = el("p", { class: "rv-acceptance", hidden: true }, this.accept, el("label", { for: "rv-accept" }, "I accept what is said against it"));
    this.findings = el("ul", { class: "rv-findings", "aria-live": "polite" });
    this.terms = el("ul", { class: "rv-terms" });
    this.matches = el("ul", { class: "rv-matches" });
    this.saving = el("button", { type: "submit", class: "rv-main", "aria-keyshortcuts": "Control+Enter" }, "Save");
    this.withdrawal = this.button("Withdraw approval", () => this.send("withdraw", { version: this.version }));
    this.form = this.draw();
    this.listen();
  }

  button(text, act, more = {}) {
    const made = el("button", { type: "button", ...more }, text);
    made.addEventListener("click", act);
    return made;
  }

  draw() {
    const head = el("header", {}, this.title, this.state,
      this.button("↑", () => this.desk.step(-1), { "aria-label": "Previous sentence", title: "Previous (Alt ↑)" }),
      this.button("↓", () => this.desk.step(1), { "aria-label": "Next sentence", title: "Next (Alt ↓)" }),
      this.button("×", () => this.close(), { "aria-label": "Close the editor", title: "Close (Esc)" }));
    this.back = this.button("Start over", () => this.write(this.sentence.english), { title: "Back to the English as it stands" });
    const acts = el("p", { class: "rv-acts" }, this.saving, this.back, this.withdrawal);
    const left = el("div", { class: "rv-left" }, this.chinese, el("label", { for: "rv-english", class: "rv-label" }, "English"), this.english,
      this.conflict, this.acceptance, acts, this.message);
    this.sections = { findings: this.section("Findings", this.findings), matches: this.section("Approved before, much like it", this.matches), terms: this.section("To be kept", this.terms) };
    const right = el("div", { class: "rv-right", role: "region", "aria-label": "About this sentence", tabIndex: 0 }, ...Object.values(this.sections));
    return el("form", { class: "rv-editor", hidden: true, noValidate: true, "aria-labelledby": "rv-title" }, head, el("div", { class: "rv-columns" }, left, right));
  }

  section(title, list) {
    return el("section", { hidden: true }, el("h3", {}, title), list);
  }

  listen() {
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.approve(this.english.value); });
    this.english.addEventListener("input", () => this.typed());
    this.form.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const act = event.key === "Escape" ? () => this.close()
        : event.key === "Enter" && (event.ctrlKey || event.metaKey) ? () => this.approve(this.english.value)
        : event.altKey && event.key === "ArrowDown" ? () => this.desk.step(1)
        : event.altKey && event.key === "ArrowUp" ? () => this.desk.step(-1) : null;
      if (act) { event.preventDefault(); act(); }
      event.stopPropagation(); // the page's own keys are for reading
    });
  }

  get isOpen() { return this.sentence !== null; }
  get isChanged() { return this.isOpen && this.english.value.trim() !== this.sentence.english; }

  open(sentence) {
    const draft = drafts.read(sentence.source);
    this.sentence = sentence;
    this.version = draft ? draft.version : sentence.version;
    this.english.value = draft ? draft.english : sentence.english;
    this.form.hidden = false;
    this.conflict.hidden = true;
    this.accept.checked = false;
    this.say(draft ? "This is the draft that you left." : "");
    this.show();
    this.found(sentence);
    this.against([]);
    this.like(sentence.id);
    this.check();
    this.english.focus({ preventScroll: true });
  }

  /** The sentence as it stands now, while the editor is open: the text follows unless something was typed. */
  follow(sentence) {
    const typed = this.isChanged;
    this.sentence = sentence;
    if (!typed) { this.version = sentence.version; this.english.value = sentence.english; }
    this.show();
    this.check(); // its terms may be others now
  }

  close() {
    const id = this.sentence?.id;
    this.sentence = null;
    this.form.hidden = true;
    this.unasked();
    if (id) this.desk.closed(id);
  }

  show() {
    const { label, approved, origin, source, terms } = this.sentence;
    this.title.textContent = `Sentence ${label}`;
    this.state.textContent = approved ? `approved${approved.by ? ` by ${approved.by}` : ""}${day(approved.when)}` : ORIGINS[origin] || origin;
    const pieces = [];
    let at = 0;
    for (const { start, stop, term } of terms) {
      if (!term) continue;
      pieces.push(source.slice(at, start), el("span", { class: "rv-term" }, source.slice(start, stop)));
      at = stop;
    }
    this.chinese.replaceChildren(...pieces, source.slice(at));
    this.withdrawal.hidden = !approved;
    this.changed();
  }

  changed() {
    this.back.hidden = !this.isChanged;
    this.saving.textContent = this.sentence.approved || this.isChanged ? "Save" : "Approve as is";
  }

  write(english) {
    this.english.value = english;
    this.english.dispatchEvent(new Event("input"));
    this.english.focus();
  }

  typed() {
    if (this.isChanged) drafts.keep(this.sentence.source, { english: this.english.value, version: this.version });
    else drafts.drop(this.sentence.source);
    this.changed();
    this.say("");
    this.unasked();
    this.pause = setTimeout(() => this.check(), PAUSE);
  }

  /** No answer of the checks comes any more to what was in the field until now. */
  unasked() {
    clearTimeout(this.pause);
    this.asked?.abort();
  }

  async check() {
    this.unasked();
    this.asked = new AbortController();
    try {
      const said = await ask(this.desk.address(this.sentence.id, "check"), { english: this.english.value }, this.asked.signal);
      if (!this.isOpen) return;
      this.found(this.isChanged ? said : { ...said, findings: merged(said.findings, this.sentence.findings) });
      this.against(said.against);
    } catch (refused) {
      if (refused.name !== "AbortError") this.say(refused.message, true);
    }
  }

  found({ findings, terms }) {
    fill(this.sections.findings, this.findings, findings.map((f) => el("li", { class: `rv-${f.severity}` }, f.message)));
    fill(this.sections.terms, this.terms, terms.map((t) => el("li", { class: t.said ? "rv-kept" : "rv-missing", title: [t.from, t.note].filter(Boolean).join(": ") },
      el("span", { lang: "zh-Hans" }, t.source), el("span", { "aria-hidden": "true" }, " → "), el("span", { lang: "en" }, t.target),
      t.said ? "" : el("em", {}, " not in the English"))));
  }

  /** What must be accepted before this is saved; a tick is for what it was set under, and for nothing else. */
  against(messages) {
    if (messages.join() !== this.breaches.join()) this.accept.checked = false;
    this.breaches = messages;
    this.acceptance.hidden = messages.length === 0;
  }

  async like(id) {
    this.sections.matches.hidden = true;
    const matches = await ask(this.desk.address(id, "matches")).catch(() => []);
    if (this.sentence?.id !== id) return;
    fill(this.sections.matches, this.matches, matches.map((m) => el("li", {},
      el("p", { lang: "zh-Hans" }, el("b", { lang: "en" }, `${m.percent} %`), " ", ...differing(m.difference)),
      el("p", { lang: "en" }, m.english, " ", this.button("Use this", () => this.write(m.english))))));
  }

  approve(english) {
    return this.send("approve", { english, version: this.version, accepted: this.accept.checked ? this.breaches : [] });
  }

  async send(what, said) {
    const { id, source } = this.sentence;
    if (this.sending) return;
    this.unasked();
    this.sending = source.trim();
    this.saving.disabled = this.english.readOnly = true;
    try {
      const answer = await ask(this.desk.address(id, what), { source, ...said });
      drafts.drop(source);
      this.desk.saved(answer, id, what);
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      if (this.sentence?.id !== id) this.desk.edit(id); // who went on must know
      this.refused(refused, what, said);
    } finally {
      this.sending = "";
      this.saving.disabled = this.english.readOnly = false;
    }
  }

  refused({ status, said, message }, what, asked) {
    this.say(message, true);
    if (status === 422 && said.against) { this.found(said); this.against(said.against); this.accept.focus(); }
    if (status === 409) this.choose(said, what, asked);
  }

  /** Someone else was faster: both texts, and whose shall stand. */
  choose({ message, theirs }, what, asked) {
    const ours = () => { this.conflict.hidden = true; this.version = theirs.version; this.send(what, { ...asked, version: theirs.version }); };
    const kept = () => { drafts.drop(this.sentence.source); this.conflict.hidden = true; this.desk.again(this.sentence.id); };
    this.conflict.replaceChildren(
      el("p", {}, message, theirs.english ? ` Struck out is what ${theirs.by || "they"} wrote, underlined is yours:` : ""),
      theirs.english ? el("p", {}, ...differing(theirs.difference)) : "",
      el("p", { class: "rv-acts" }, this.button("Keep theirs", kept), this.button("Save mine", ours)));
    this.conflict.hidden = false;
    this.say("");
    this.conflict.querySelector("button").focus();
  }

  /** A word on what was done, or on what could not be. */
  say(text, bad = false) { this.message.textContent = text; this.message.dataset.bad = bad; }
}

const ORIGINS = { model: "by the model, not reviewed", fixed: "by the terms alone, not reviewed", forced: "a term was forced in, not reviewed", pending: "withdrawn; it is translated again", reviewed: "approved" };

function fill(section, list, items) {
  list.replaceChildren(...items);
  section.hidden = items.length === 0;
}

function merged(said, printed) {
  return [...said.filter((f) => !printed.some((p) => p.message.endsWith(f.message))), ...printed];
}

function day(when) {
  const parts = /^(\d{4})(\d\d)(\d\d)/.exec(when);
  return parts ? ` on ${parts.slice(1).join("-")}` : "";
}
