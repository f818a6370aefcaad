// What both pages need: asking the server, hearing its news, making elements.

export class Refused extends Error {
  constructor(status, said) {
    super(said.message || "The server did not answer as it should.");
    this.status = status;
    this.said = said;
  }
}

/** What is told where no server answers. */
export const GONE = "The server is not there: start “bulletin serve” again, and open the address that it prints. What you typed is kept in this tab.";

/** Asks the server; with `said` as a change, in JSON. Throws Refused, or Refused 0 where there is no server. */
export async function ask(path, said, signal) {
  const posted = said === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(said) };
  let response;
  try {
    response = await fetch(path, { ...posted, signal });
  } catch (gone) {
    if (gone.name === "AbortError") throw gone;
    throw new Refused(0, { message: GONE });
  }
  const text = await response.text();
  let answer = {};
  try { answer = JSON.parse(text); } catch { answer = { message: text.trim() }; }
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
}

/** Hears the server's news while the page can be seen: a browser allows few connections, and hidden tabs need none. */
export function hear(tell, lost) {
  let source;
  const follow = () => {
    if (document.hidden) { source?.close(); source = undefined; return; }
    if (source) return;
    source = new EventSource("/api/news");
    source.onmessage = (event) => tell(JSON.parse(event.data));
    source.onerror = () => {
      lost();
      if (source?.readyState === EventSource.CLOSED) { source = undefined; setTimeout(follow, 2000); }
    };
  };
  document.addEventListener("visibilitychange", follow);
  follow();
}

/** An element with properties and children; `class`, `lang`, `aria-…`, `data-…`, `for` and `role` are attributes. */
export function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (/^(class|lang|for|role|aria-.*|data-.*)$/.test(name)) made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** Pieces of a difference as <del>, <ins> and text, what is gone before what came. */
export function differing(pieces) {
  pieces = [...pieces];
  for (let i = 1; i < pieces.length; i++) {
    if (pieces[i - 1][0] === "new" && pieces[i][0] === "old") [pieces[i - 1], pieces[i]] = [pieces[i], pieces[i - 1]];
  }
  const tags = { old: "del", new: "ins" };
  return pieces.map(([kind, text]) => (tags[kind] ? el(tags[kind], {}, text) : text));
}

export const plural = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
