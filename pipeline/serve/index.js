// The list of bulletins: how far the review of each is, kept up to date.
import { GONE, ask, el, hear, plural } from "./desk.js";

const trouble = el("p", { class: "rv-trouble", role: "alert", hidden: true });
const lines = new Map();
const standings = new Map();
document.querySelector("main").prepend(trouble);

for (const link of document.querySelectorAll(".bulletins a.bulletin")) {
  const slug = decodeURIComponent(link.getAttribute("href").split("/")[0]);
  const line = el("p", { class: "rv-line", lang: "en" });
  link.parentElement.append(line);
  lines.set(slug, line);
}

async function draw() {
  const progress = await ask("/api/progress");
  if (Object.keys(progress).some((slug) => !lines.has(slug))) return location.reload();
  for (const [slug, { sentences, approved, open }] of Object.entries(progress)) {
    const said = `${approved} of ${plural(sentences, "sentence")} approved${open ? `, ${open} to look at` : ""}`;
    const standing = standings.get(slug);
    const working = standing && standing.state !== "fresh" ? ` · ${standing.message || "being built…"}` : "";
    lines.get(slug).replaceChildren(el("progress", { max: sentences || 1, value: approved, "aria-label": said }), ` ${said}${working}`);
  }
}

function tell(news) {
  if (news.trouble !== undefined) { trouble.textContent = news.trouble; trouble.hidden = !news.trouble; }
  if (news.gone) return location.reload();
  for (const [slug, standing] of Object.entries(news.bulletins || {})) {
    standings.set(slug, standing);
    if (standing.state === "failed" && !lines.has(slug)) tell({ trouble: standing.message });
  }
  return draw().catch(lost);
}

function lost(refused) {
  trouble.textContent = refused?.message || GONE;
  trouble.hidden = false;
}

hear(tell, lost);
