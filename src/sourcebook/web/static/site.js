/* What the site needs instead of a server: evidence and search from script files beside the pages. */
(() => {
  "use strict";
  const held = new Map();
  const loading = new Map();
  const input = document.getElementById("search");
  const folder = input.dataset.index.replace(/search\.js$/, "");
  let rows = null;

  window.sourcebookHold = (cards) => { for (const id of Object.keys(cards)) held.set(id, cards[id]); };
  window.sourcebookIndex = (found) => { rows = found; };

  const load = (name) => {
    if (!loading.has(name)) {
      loading.set(name, new Promise((done) => {
        const script = document.createElement("script");
        script.src = folder + name;
        script.onload = done;
        script.onerror = done;
        document.head.append(script);
      }));
    }
    return loading.get(name);
  };

  window.sourcebookCards = async (ids) => {
    const digits = Number(input.dataset.digits);
    await Promise.all(ids.map((id) => load("cards-" + id.slice(2, 2 + digits) + ".js")));
    return ids.map((id) => held.get(id) || "").join("");
  };

  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const hits = document.getElementById("hits");

  const search = async () => {
    const words = folded(input.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    if (!words.length) { hits.hidden = true; return; }
    await load("search.js");
    const found = (rows || []).filter((row) => {
      const text = folded(row[1] + " " + row[3]);
      return words.every((word) => text.includes(word));
    });
    hits.replaceChildren();
    const head = document.createElement("p");
    head.setAttribute("role", "status");
    head.textContent = found.length ? found.length + " found" : "Nothing has all of these words.";
    hits.append(head);
    const list = document.createElement("ul");
    list.className = "plain";
    for (const [kind, title, href, text] of found.slice(0, 40)) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = href;
      link.textContent = title;
      const more = document.createElement("small");
      const at = Math.max(0, folded(text).indexOf(words[0]) - 60);
      more.textContent = " " + kind + (kind === "text" ? ": … " + text.slice(at, at + 160) + " …" : "");
      item.append(link, more);
      list.append(item);
    }
    hits.append(list);
    hits.hidden = false;
  };

  let waiting = 0;
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 120); });
  input.closest(".search").addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !hits.hidden) { hits.hidden = true; input.focus(); event.stopPropagation(); }
  });
})();
