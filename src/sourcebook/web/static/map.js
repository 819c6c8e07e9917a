/* The map, moved and zoomed: wheel, pinch, drag, buttons, keys. Until then the picture is the one that came with the page. */
(() => {
  "use strict";
  const frame = document.getElementById("map");
  if (!frame) return;
  const svg = frame.querySelector("svg");
  const folder = frame.dataset.geo;
  const WIDTH = 1000;
  const HEIGHT = 600;
  const PROVINCES = 1900;
  const BINNED = 2000;
  const RAD = Math.PI / 180;
  const mercator = (lat) => Math.log(Math.tan(Math.PI / 4 + Math.max(-83, Math.min(83, lat)) * RAD / 2));
  const latitude = (y) => (2 * Math.atan(Math.exp(y)) - Math.PI / 2) / RAD;
  const element = (name, attributes, text) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text) made.textContent = text;
    return made;
  };

  /* What is drawn ------------------------------------------------------------------------------ */

  const geo = {};
  const loading = {};
  window.sourcebookGeo = (name, held) => { geo[name] = held; };
  const load = (name) => {
    loading[name] = loading[name] || new Promise((done) => {
      const script = document.createElement("script");
      script.src = folder + name + ".js";
      script.onload = done;
      script.onerror = done;
      document.head.append(script);
    }).then(() => { if (geo[name]) prepare(name); });
    return loading[name];
  };

  const unpacked = (packed) => {
    const line = new Float64Array(packed.length);
    let lon = 0;
    let lat = 0;
    let west = Infinity, east = -Infinity, south = Infinity, north = -Infinity;
    for (let n = 0; n < packed.length; n += 2) {
      lon += packed[n];
      lat += packed[n + 1];
      line[n] = lon / 100 * RAD;
      line[n + 1] = mercator(lat / 100);
      west = Math.min(west, line[n]); east = Math.max(east, line[n]);
      south = Math.min(south, line[n + 1]); north = Math.max(north, line[n + 1]);
    }
    return { line, west, east, south, north };
  };
  const prepare = (name) => {
    if (name === "world") {
      geo.land = geo.world.countries.flatMap((c) => c.rings.map((r) => ({ ...unpacked(r), iso: c.iso })));
      geo.lakes = geo.world.lakes.map(unpacked);
      geo.held = geo.world.borders.filter((b) => !b.disputed).map((b) => unpacked(b.line));
      geo.disputed = geo.world.borders.filter((b) => b.disputed).map((b) => unpacked(b.line));
    } else if (name === "provinces") geo.lines = geo.provinces.map(unpacked);
  };

  const places = JSON.parse(frame.dataset.points).map(([number, name, glyph, lon, lat, events]) => ({ number, name, glyph, x: lon * RAD, y: mercator(lat), events }));
  const [lon, lat, scale] = svg.dataset.view.split(",").map(Number);
  const first = { x: lon * RAD, y: mercator(lat), k: scale };
  const areas = new Set(svg.dataset.areas.split(" ").filter(Boolean));
  let view = { ...first };
  let drawnAt = { ...first };
  let days = null;
  let touched = false;

  const at = (x, y) => [WIDTH / 2 + (x - view.x) * view.k, HEIGHT / 2 - (y - view.y) * view.k];
  const path = (shapes, close) => {
    const left = view.x - WIDTH / view.k, right = view.x + WIDTH / view.k;
    const foot = view.y - HEIGHT / view.k, top = view.y + HEIGHT / view.k;
    const parts = [];
    for (const shape of shapes) {
      if (shape.east < left || shape.west > right || shape.north < foot || shape.south > top) continue;
      let px = Infinity, py = Infinity;
      const last = shape.line.length - 2;
      for (let n = 0; n <= last; n += 2) {
        const [x, y] = at(shape.line[n], shape.line[n + 1]);
        if (n > 0 && n < last && Math.abs(x - px) < 0.8 && Math.abs(y - py) < 0.8) continue;
        parts.push(n ? "L" : "M", x.toFixed(1), " ", y.toFixed(1));
        px = x; py = y;
      }
      if (close) parts.push("Z");
    }
    return parts.join("");
  };

  const base = () => {
    const group = svg.querySelector(".base");
    const made = [
      element("path", { class: "land", d: path(geo.land, true) }),
      element("path", { class: "sea lake", d: path(geo.lakes, true) }),
      element("path", { class: "province", d: view.k > PROVINCES && geo.lines ? path(geo.lines, false) : "" }),
    ];
    if (areas.size) made.push(element("path", { class: "area", fill: "url(#hatch)", d: path(geo.land.filter((c) => areas.has(c.iso)), true) }));
    made.push(element("path", { class: "border", d: path(geo.held, false) }), element("path", { class: "border disputed", d: path(geo.disputed, false) }));
    group.replaceChildren(...made);
  };

  /* Names, none on top of another; text keeps its size on the screen. */
  const unit = () => WIDTH / Math.max(200, svg.clientWidth);
  let taken = [];
  const free = (box) => box[0] > 2 && box[1] > 2 && box[2] < WIDTH - 2 && box[3] < HEIGHT - 2 && !taken.some((t) => box[0] < t[2] && t[0] < box[2] && box[1] < t[3] && t[1] < box[3]);
  const label = (words, x, y, off, size, look) => {
    const wide = words.length * size * 0.58;
    const gap = off + 4;
    for (const [tx, ty, anchor, left] of [[x + gap, y + size * 0.35, "start", x + gap], [x - gap, y + size * 0.35, "end", x - gap - wide], [x, y - gap, "middle", x - wide / 2], [x, y + gap + size * 0.7, "middle", x - wide / 2]]) {
      const box = [left, ty - size * 0.9, left + wide, ty + size * 0.25];
      if (free(box)) { taken.push(box); return element("text", { class: look, x: tx, y: ty, "text-anchor": anchor, "font-size": size }, words); }
    }
    return null;
  };

  const lasting = (event) => !days || (event.length > 1 && event[2] >= days[0] && event[1] <= days[1]);
  const inside = (x, y) => x > 0 && x < WIDTH && y > 0 && y < HEIGHT;

  const glyphs = () => {
    const shown = places.map((p) => ({ p, times: p.events.filter(lasting).length })).filter((g) => g.times);
    const near = shown.map((g) => ({ ...g, at: at(g.p.x, g.p.y) })).filter((g) => inside(...g.at));
    const grid = near.length > BINNED ? 24 : 4 * unit();
    const bins = new Map();
    for (const g of near) {
      const key = [Math.round(g.at[0] / grid), Math.round(g.at[1] / grid), g.p.glyph].join();
      if (!bins.has(key)) bins.set(key, []);
      bins.get(key).push(g);
    }
    const u = unit();
    const made = [...bins.values()].map((there) => {
      const ids = new Set(there.flatMap((g) => g.p.events.filter(lasting).map((e) => e[0])));
      const ring = there[0].p.glyph === "ring";
      const one = there.length === 1;
      const x = one ? there[0].at[0] : there.reduce((sum, g) => sum + g.at[0], 0) / there.length;
      const y = one ? there[0].at[1] : there.reduce((sum, g) => sum + g.at[1], 0) / there.length;
      return { there, ring, x, y, times: ids.size, r: ((ring ? 14 : 5) + (ids.size > 1 ? Math.min(12, 2.5 * Math.sqrt(ids.size)) : 1)) * u, name: there[0].p.name + (one ? "" : " and " + (there.length - 1) + " more") };
    }).sort((a, b) => b.times - a.times);
    taken = made.map((g) => [g.x - g.r, g.y - g.r, g.x + g.r, g.y + g.r]);
    const group = svg.querySelector(".glyphs");
    group.replaceChildren(...made.map((g, n) => {
      const says = g.name + ": " + g.times + " event" + (g.times === 1 ? "" : "s");
      const link = element("a", { class: "glyph", href: "#place-" + g.there[0].p.number, "aria-label": says });
      link.append(element("title", {}, says), element("circle", { class: g.ring ? "ring" : "point", ...(g.ring ? { fill: "url(#hatch)" } : {}), cx: g.x, cy: g.y, r: g.r }));
      if (g.times > 1) link.append(element("text", { class: g.ring ? "many in-ring" : "many", x: g.x, y: g.y + 4.5 * u, "text-anchor": "middle", "font-size": 12.5 * u }, String(g.times)));
      const name = n < 60 ? label(g.name.length > 30 ? g.name.slice(0, 29) + "…" : g.name, g.x, g.y, g.r, 13 * u, "name") : null;
      if (name) link.append(name);
      return link;
    }));
    list(new Set(near.map((g) => g.p.number)));
  };

  const cities = () => {
    const u = unit();
    const made = [];
    for (const [name, east, north] of geo.cities) {
      const [x, y] = at(east / 100 * RAD, mercator(north / 100));
      if (!inside(x, y) || !free([x - 3, y - 3, x + 3, y + 3])) continue;
      const words = label(name, x, y, 2 * u, 11 * u, "city");
      if (!words) continue;
      taken.push([x - 26 * u, y - 13 * u, x + 26 * u, y + 13 * u]);
      made.push(element("circle", { class: "city", cx: x, cy: y, r: 1.8 * u }), words);
      if (made.length >= 80) break;
    }
    svg.querySelector(".cities").replaceChildren(...made);
  };

  /* The list beside: what is in view, of the days chosen. */
  const list = (seen) => {
    let count = 0;
    const drawn = new Set(places.map((p) => p.number));
    const kept = new Set(places.flatMap((p) => p.events.filter(lasting).map((e) => e[0])));
    for (const row of document.querySelectorAll(".places > ol > li")) {
      const number = Number(row.id.slice(6));
      for (const item of row.querySelectorAll("li[data-event]")) item.hidden = days !== null && drawn.has(number) && !kept.has(item.dataset.event);
      row.hidden = drawn.has(number) && !seen.has(number);
      if (!row.hidden) count += 1;
    }
    document.getElementById("announce").textContent = count + " places in the list";
  };

  const redraw = async () => {
    await Promise.all([load("world"), load("cities"), view.k > PROVINCES ? load("provinces") : null]);
    if (!geo.land) return;
    for (const name of ["base", "cities", "glyphs"]) svg.querySelector("." + name).removeAttribute("transform");
    drawnAt = { ...view };
    base();
    glyphs();
    if (geo.cities) cities();
    const same = ["x", "y", "k"].every((n) => Math.abs(view[n] - first[n]) < 1e-9);
    window.sourcebookState.set("at", same ? "" : [(view.x / RAD).toFixed(3), latitude(view.y).toFixed(3), Math.round(view.k)].join());
  };
  let waiting = 0;
  const moved = () => {
    touched = true;
    view.k = Math.max(150, Math.min(60000, view.k));
    view.y = Math.max(-3, Math.min(3, view.y));
    const z = view.k / drawnAt.k;
    const shift = [WIDTH / 2 * (1 - z) - (view.x - drawnAt.x) * view.k, HEIGHT / 2 * (1 - z) + (view.y - drawnAt.y) * view.k];
    for (const name of ["base", "cities", "glyphs"]) svg.querySelector("." + name).setAttribute("transform", "translate(" + shift + ") scale(" + z + ")");
    clearTimeout(waiting);
    waiting = setTimeout(redraw, 110);
  };

  /* How it is moved ---------------------------------------------------------------------------- */

  const zoom = (by, x = WIDTH / 2, y = HEIGHT / 2) => {
    const k = Math.max(150, Math.min(60000, view.k * by));
    view.x += (x - WIDTH / 2) * (1 / view.k - 1 / k);
    view.y -= (y - HEIGHT / 2) * (1 / view.k - 1 / k);
    view.k = k;
    moved();
  };
  const pan = (dx, dy) => { view.x -= dx / view.k; view.y += dy / view.k; moved(); };
  const inPicture = (event) => {
    const box = svg.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width * WIDTH, (event.clientY - box.top) / box.height * HEIGHT];
  };

  svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(Math.exp(-Math.max(-120, Math.min(120, event.deltaY)) * 0.004), ...inPicture(event));
  }, { passive: false });

  const fingers = new Map();
  let far = 0;
  svg.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    if (!fingers.size) far = 0;
    fingers.set(event.pointerId, inPicture(event));
  });
  addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = inPicture(event);
    const other = [...fingers].find(([id]) => id !== event.pointerId);
    fingers.set(event.pointerId, now);
    far += Math.hypot(now[0] - before[0], now[1] - before[1]);
    if (far < 4) return;
    if (other) {
      const [ox, oy] = other[1];
      zoom(Math.hypot(now[0] - ox, now[1] - oy) / Math.max(1, Math.hypot(before[0] - ox, before[1] - oy)), ox, oy);
    } else pan(now[0] - before[0], now[1] - before[1]);
  });
  for (const name of ["pointerup", "pointercancel"]) addEventListener(name, (event) => fingers.delete(event.pointerId));
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("click", (event) => { if (far >= 4) { event.preventDefault(); event.stopPropagation(); } }, true);

  const fit = () => { view = { ...first }; moved(); };
  const world = () => { view = { x: 0.15, y: 0.35, k: 170 }; moved(); };
  const acts = { in: () => zoom(1.6), out: () => zoom(1 / 1.6), fit, world };
  const tools = frame.querySelector(".map-tools");
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("[data-map]");
    if (button) acts[button.dataset.map]();
  });
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", "Map: arrow keys move it, plus and minus zoom, 0 shows all events");
  const KEYS = { ArrowLeft: () => pan(90, 0), ArrowRight: () => pan(-90, 0), ArrowUp: () => pan(0, 70), ArrowDown: () => pan(0, -70), "+": acts.in, "=": acts.in, "-": acts.out, 0: fit };
  frame.addEventListener("keydown", (event) => {
    const act = KEYS[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  svg.addEventListener("focusin", (event) => event.target.scrollIntoView({ block: "nearest" }));

  const kept = (window.sourcebookState.get("at") || "").split(",").map(Number);
  if (kept.length === 3 && kept.every(Number.isFinite)) { view = { x: kept[0] * RAD, y: mercator(kept[1]), k: kept[2] }; moved(); }
  window.sourcebookBrush((chosen) => {
    if (!chosen && !touched) return;
    touched = true;
    days = chosen;
    clearTimeout(waiting);
    waiting = setTimeout(redraw, 30);
  });
  if (svg.clientWidth < 600) { touched = true; redraw(); }
})();
