/* The timeline, looked at more closely: the brush says which days fill the picture. */
(() => {
  "use strict";
  const svg = document.querySelector("svg.timeline");
  if (!svg) return;
  const WIDTH = 1000;
  const NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
  const low = Number(svg.dataset.low);
  const high = Number(svg.dataset.high);
  const items = [...svg.querySelectorAll(".item")].map((item) => ({
    item, from: Number(item.dataset.from), to: Number(item.dataset.to), dot: item.querySelector("circle"), bar: item.querySelector("rect"),
    text: item.querySelector("text"),
  }));
  /* Lanes of many events: the days, written by their distance from the one before, are counted anew in every stretch. */
  const BINS = 120;
  const HIGH = 60;
  const many = [...svg.querySelectorAll(".lane[data-days]")].map((lane) => {
    let day = 0;
    const days = lane.dataset.days.split(" ").map((step) => (day += Number(step)));
    const [bin] = lane.querySelectorAll(".bin");
    return { lane, days, bin: bin.cloneNode(true), foot: Number(lane.dataset.foot) };
  });
  const rules = svg.querySelectorAll(".lane");
  const tops = [...rules].map((lane) => { const rule = lane.querySelector(".top"); const old = lane.querySelector(".rule"); return [Number(rule.getAttribute("y1")), old ? Number(old.getAttribute("y2")) : 0]; });
  const first = svg.cloneNode(true);

  const element = (name, attributes, text) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text) made.textContent = text;
    return made;
  };

  const ticks = (a, b) => {
    const date = (n) => new Date((n - 719163) * 86400000);
    const found = [];
    const days = b - a;
    const step = [1, 2, 5, 10].find((s) => days / s <= 9);
    if (step) {
      for (let n = Math.ceil(a); n <= b; n += 1) if (n % step === 0) found.push([n, date(n).getUTCDate() + " " + NAMES[date(n).getUTCMonth()] + " " + date(n).getUTCFullYear()]);
      return found;
    }
    const months = days / 30.4;
    const by = [1, 2, 3, 6].find((s) => months / s <= 9) || 12 * ([1, 2, 5, 10, 20, 50, 100].find((s) => months / 12 / s <= 9) || 500);
    const begin = date(a).getUTCFullYear() * 12 + date(a).getUTCMonth() + 1;
    for (let n = Math.ceil(begin / by) * by; ; n += by) {
      const at = Date.UTC(Math.floor(n / 12), n % 12, 1) / 86400000 + 719163;
      if (at > b) return found;
      found.push([at, by >= 12 ? String(n / 12) : NAMES[n % 12] + " " + Math.floor(n / 12)]);
    }
  };

  const iso = (day) => new Date((day - 719163) * 86400000).toISOString().slice(0, 10);
  const count = ({ lane, days, bin, foot }, a, b) => {
    const held = new Map();
    for (const day of days) {
      if (day < a || day > b) continue;
      const at = Math.min(BINS - 1, Math.floor((day - a) / (b - a) * BINS));
      const there = held.get(at) || { times: 0, since: day, until: day };
      held.set(at, { times: there.times + 1, since: Math.min(there.since, day), until: Math.max(there.until, day) });
    }
    const most = Math.max(1, ...[...held.values()].map((there) => there.times));
    for (const old of lane.querySelectorAll(".bin")) old.remove();
    let seen = 0;
    for (const [at, { times, since, until }] of held) {
      const made = bin.cloneNode(true);
      const says = times + " event" + (times === 1 ? "" : "s") + ", " + iso(since) + " to " + iso(until);
      const high = Math.max(3, Math.round(times / most * HIGH));
      const rect = made.querySelector("rect");
      for (const [name, value] of Object.entries({ x: at * WIDTH / BINS, y: foot - high, width: WIDTH / BINS - 1, height: high })) rect.setAttribute(name, value);
      made.querySelector("title").textContent = says;
      if (made.hasAttribute("aria-label")) made.setAttribute("aria-label", says);
      const href = made.getAttribute("href");
      if (href && href.includes("since=")) made.setAttribute("href", href.replace(/since=[^&]*/, "since=" + iso(since)).replace(/until=[^&]*/, "until=" + iso(until)));
      lane.append(made);
      seen += times;
    }
    return seen;
  };

  const show = (days) => {
    const [a, b] = days ? [days[0] - 1, Math.max(days[1], days[0] + 6) + 1] : [low, high];
    const x = (day) => (day - a) / (b - a) * WIDTH;
    let seen = 0;
    for (const { item, from, to, dot, bar, text } of items) {
      const outside = to < a || from > b;
      item.toggleAttribute("hidden", outside);
      item.style.display = outside ? "none" : "";
      if (outside) continue;
      seen += 1;
      const left = Math.max(-4, x(from));
      const right = Math.max(left + (bar ? 6 : 0), Math.min(WIDTH + 4, x(to)));
      if (dot) dot.setAttribute("cx", left);
      if (bar) { bar.setAttribute("x", left); bar.setAttribute("width", right - left); }
      if (text) {
        const room = right + 9 + text.textContent.length * 7 < WIDTH;
        text.setAttribute("text-anchor", room ? "start" : "end");
        text.setAttribute("x", room ? right + 9 : Math.max(left - 9, text.textContent.length * 7));
      }
    }
    for (const held of many) seen += count(held, a, b);
    const marks = ticks(a, b);
    svg.querySelector(".ticks").replaceChildren(...marks.filter(([n]) => x(n) > 20 && x(n) < WIDTH - 20).map(([n, words]) => element("text", { x: x(n), y: 15, "text-anchor": "middle", "font-size": 12 }, words)));
    rules.forEach((lane, number) => {
      for (const old of lane.querySelectorAll(".rule")) old.remove();
      const top = lane.querySelector(".top");
      for (const [n] of marks) top.after(element("line", { class: "rule", x1: x(n), x2: x(n), y1: tops[number][0], y2: tops[number][1] }));
    });
    document.getElementById("announce").textContent = seen + " events shown";
  };

  let drawn = false;
  window.sourcebookBrush((days) => {
    if (!days && !drawn) return;
    drawn = true;
    if (days) show(days);
    else location.search.includes("days=") ? show(null) : restore();
  });

  /* The whole again as it was laid out, names on their own sides. */
  function restore() {
    show(null);
    const before = [...first.querySelectorAll(".item text")];
    [...svg.querySelectorAll(".item text")].forEach((text, n) => {
      text.setAttribute("x", before[n].getAttribute("x"));
      text.setAttribute("text-anchor", before[n].getAttribute("text-anchor"));
    });
  }
})();
