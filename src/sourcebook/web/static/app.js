/* Evidence panel, keys, reader. A plain script, not a module: modules do not load from file://. */
(() => {
  "use strict";
  const panel = document.getElementById("evidence");
  const announce = document.getElementById("announce");
  const keys = document.getElementById("keys");
  const site = document.querySelector("[data-index]") !== null;
  let opener = null;

  const say = (text) => { announce.textContent = text; };

  /* The panel ------------------------------------------------------------------------------- */

  const cards = async (ids) => {
    if (site) return window.sourcebookCards(ids);
    const answer = await fetch("/cards?of=" + ids.map(encodeURIComponent).join(","));
    const text = await answer.text();
    if (answer.ok) return text;
    const shown = document.createElement("p");
    shown.className = "empty";
    shown.textContent = text || "The server does not answer. Is it still running?";
    return shown.outerHTML;
  };

  const show = async (ids, from) => {
    if (opener) opener.setAttribute("aria-expanded", "false");
    opener = from || null;
    let html;
    try { html = await cards(ids); } catch { html = '<p class="empty">The evidence cannot be loaded. Is the program still running?</p>'; }
    if (!html) return;
    /* Made by the server's templates, which escape every word of every document. */
    panel.innerHTML = '<div class="evidence-head"><h2 tabindex="-1">Evidence</h2><button type="button" class="small">Close <kbd>Esc</kbd></button></div>' + html;
    panel.querySelector("button").addEventListener("click", close);
    panel.hidden = false;
    panel.querySelector("h2").focus({ preventScroll: true });
    if (opener) {
      opener.setAttribute("aria-expanded", "true");
      if (window.innerWidth < 960) opener.scrollIntoView({ block: "start" });
    }
    history.replaceState(null, "", "#evidence=" + ids.join(","));
    say(panel.querySelectorAll("article").length + " passages");
    ready(panel);
  };

  const close = () => {
    if (panel.hidden) return false;
    panel.hidden = true;
    panel.textContent = "";
    history.replaceState(null, "", location.pathname + location.search);
    if (opener) { opener.setAttribute("aria-expanded", "false"); opener.focus(); }
    opener = null;
    return true;
  };

  const ready = (root) => {
    for (const value of root.querySelectorAll("a.value:not([role])")) {
      value.setAttribute("role", "button");
      value.setAttribute("aria-expanded", "false");
      value.setAttribute("aria-controls", "evidence");
      value.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        show(value.dataset.of.split(" "), panel.contains(value) ? opener : value);
      });
      value.addEventListener("keydown", (event) => {
        if (event.key === " ") { event.preventDefault(); event.stopPropagation(); value.click(); }
      });
    }
    for (const mark of root.querySelectorAll("mark[data-of]")) {
      mark.addEventListener("click", () => {
        const ids = mark.dataset.of.split(" ").filter((id) => /^[cm]-/.test(id));
        if (ids.length) show(ids, null);
      });
    }
  };

  /* The reader ------------------------------------------------------------------------------ */

  const stops = () => document.body.dataset.page === "reader"
    ? [...document.querySelectorAll(".claims li")]
    : [...document.querySelectorAll("main a.value")].filter((value) => value.checkVisibility());
  let at = -1;

  const marksOf = (id) => [...document.querySelectorAll("mark[data-of]")].filter((m) => m.dataset.of.split(" ").includes(id));

  const point = (id) => {
    for (const old of document.querySelectorAll(".here")) old.classList.remove("here");
    const marks = marksOf(id);
    for (const mark of marks) mark.classList.add("here");
    const row = document.getElementById("list-" + id);
    if (row) { row.classList.add("here"); row.scrollIntoView({ block: "nearest" }); }
    if (marks.length) marks[0].scrollIntoView({ block: "center" });
    return row;
  };

  const step = (by) => {
    const all = stops();
    if (!all.length) return;
    const focused = all.indexOf(document.activeElement.closest("li, a.value"));
    at = Math.max(0, Math.min(all.length - 1, (focused >= 0 ? focused : at) + by));
    const stop = all[at];
    if (stop.matches("li")) {
      point(stop.id.replace("list-", ""));
      stop.querySelector("a.value").focus({ preventScroll: true });
      say("Claim " + (at + 1) + " of " + all.length);
    } else {
      stop.focus();
    }
  };

  const fromAddress = () => {
    const hash = decodeURIComponent(location.hash.slice(1));
    if (hash.startsWith("evidence=")) {
      const ids = hash.slice(9).split(",").filter((id) => /^[cm]-[0-9a-f]+$/.test(id));
      const from = [...document.querySelectorAll("a.value")].find((v) => v.dataset.of === ids.join(" "));
      if (ids.length) show(ids, from);
    } else if (/^[cm]-[0-9a-f]+$/.test(hash)) {
      point(hash);
    } else if (hash === "found") {
      const found = document.querySelector("mark.found");
      if (found) { found.classList.add("here"); found.scrollIntoView({ block: "center" }); }
    }
  };

  /* Keys ------------------------------------------------------------------------------------ */

  const stored = (name, value) => {
    try { return value === undefined ? localStorage.getItem(name) : localStorage.setItem(name, value); } catch { return null; }
  };
  const keysOn = document.getElementById("keys-on");
  keysOn.checked = stored("sourcebook-keys") !== "off";
  keysOn.addEventListener("change", () => stored("sourcebook-keys", keysOn.checked ? "on" : "off"));

  const typing = (target) => target.matches("input, select, textarea") || target.isContentEditable;

  const press = (key) => {
    const wanted = document.querySelector('[data-key="' + CSS.escape(key) + '"]:not(:disabled)');
    if (wanted) wanted.click();
    return Boolean(wanted);
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !keys.open && close()) { event.preventDefault(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || keys.open || !keysOn.checked) return;
    const key = event.key.toLowerCase();
    if (key === "/") { event.preventDefault(); document.getElementById("search").focus(); }
    else if (key === "?") { event.preventDefault(); keys.showModal(); }
    else if (key === "j") step(1);
    else if (key === "k") step(-1);
    else if (key === " " && event.target.matches("button, a, summary")) return;
    else if (event.repeat) return; /* A key held down decides once. */
    else if (press(key)) event.preventDefault();
  });

  /* Rows of a list, narrowed where no server does it ------------------------------------------ */

  const narrowing = document.getElementById("rows-filter");
  if (narrowing) {
    const rows = [...document.querySelectorAll("#" + narrowing.dataset.filters + " tbody tr")];
    const narrow = () => {
      const words = narrowing.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
        if (!row.hidden) shown += 1;
      }
      say(shown + " of " + rows.length);
      history.replaceState(null, "", words.length ? "#rows=" + encodeURIComponent(narrowing.value) : location.pathname);
    };
    narrowing.addEventListener("input", narrow);
    if (location.hash.startsWith("#rows=")) { narrowing.value = decodeURIComponent(location.hash.slice(6)); narrow(); }
  }

  /* Decisions that are being worked into the record --------------------------------------------- */

  const watch = async () => {
    const state = document.querySelector("[data-state]");
    if (!state) return;
    let now;
    try { now = await (await fetch(state.dataset.state)).json(); } catch { return; }
    if (now.trouble) { state.textContent = now.trouble; say(now.trouble); return; }
    if (now.waiting) { follow(1000); return; }
    state.textContent = "The record is up to date.";
    say(state.textContent);
    /* A page that a decision was taken on shows what followed from it; a question under way stays. */
    if (location.search.includes("done=") && document.body.dataset.page !== "review") location.reload();
  };
  let watching = 0;
  const follow = (wait = 500) => { clearTimeout(watching); watching = setTimeout(watch, wait); };
  if (document.querySelector("[data-state]")) follow();

  /* For the scripts of single pages. */
  window.sourcebook = { ready, say, follow };

  const facets = document.querySelector("details.facets");
  if (facets && innerWidth < 704 && !location.search) facets.open = false;

  const focused = document.querySelector("[data-focus]");
  ready(document);
  if (focused && (document.body.dataset.page === "review" || location.search.includes("done="))) focused.focus({ preventScroll: true });
  fromAddress();
  addEventListener("hashchange", () => { if (!location.hash.startsWith("#evidence=")) fromAddress(); });
})();
