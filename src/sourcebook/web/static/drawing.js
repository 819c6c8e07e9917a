/* The brush of time under the map and the timeline: two ends, dragged or moved by keys; kept in the address. */
(() => {
  "use strict";
  const DAY = 86400000;
  const iso = (ordinal) => new Date((ordinal - 719163) * DAY).toISOString().slice(0, 10);

  /* What a drawing keeps in the address beside what the server was asked for. */
  window.sourcebookState = {
    get: (name) => new URLSearchParams(location.search).get(name),
    set: (name, value) => {
      const asked = new URLSearchParams(location.search);
      if (value) asked.set(name, value); else asked.delete(name);
      const query = asked.toString().replace(/%2C/g, ",");
      try { history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + location.hash); } catch { /* a browser that forbids it on disk */ }
    },
  };

  window.sourcebookBrush = (changed) => {
    const brush = document.querySelector(".brush");
    if (!brush) return;
    const low = Number(brush.dataset.low);
    const high = Number(brush.dataset.high);
    const svg = brush.querySelector("svg");
    const wide = svg.viewBox.baseVal.width;
    const ends = brush.querySelector(".brush-ends");
    const [from, to] = ends.querySelectorAll("input");
    const output = ends.querySelector("output");
    const all = ends.querySelector("button");
    ends.hidden = false;

    const show = (a, b) => {
      const whole = a <= low && b >= high;
      from.value = a;
      to.value = b;
      const x = (day) => (day - low) / (high - low) * wide;
      const shades = brush.querySelectorAll(".shade");
      shades[0].setAttribute("width", Math.max(0, x(a)));
      shades[1].setAttribute("x", x(b));
      shades[1].setAttribute("width", Math.max(0, wide - x(b)));
      output.textContent = whole ? "all days" : iso(a) + " to " + iso(b);
      for (const end of [from, to]) end.setAttribute("aria-valuetext", iso(Number(end.value)));
      all.hidden = whole;
      window.sourcebookState.set("days", whole ? "" : iso(a) + "," + iso(b));
      changed(whole ? null : [a, b]);
    };
    const read = () => show(Math.min(+from.value, +to.value), Math.max(+from.value, +to.value));
    from.addEventListener("input", read);
    to.addEventListener("input", read);
    all.addEventListener("click", () => { show(low, high); from.focus(); });

    let start = null;
    const day = (event) => {
      const box = svg.getBoundingClientRect();
      return Math.round(low + Math.max(0, Math.min(1, (event.clientX - box.left) / box.width)) * (high - low));
    };
    svg.addEventListener("pointerdown", (event) => { start = day(event); svg.setPointerCapture(event.pointerId); event.preventDefault(); });
    svg.addEventListener("pointermove", (event) => { if (start !== null) show(Math.min(start, day(event)), Math.max(start, day(event)) + 1); });
    svg.addEventListener("pointerup", (event) => { if (start !== null && day(event) === start) show(low, high); start = null; });

    const kept = (window.sourcebookState.get("days") || "").split(",").map((d) => Math.round(Date.parse(d) / DAY) + 719163);
    if (kept.length === 2 && kept.every(Number.isFinite)) show(Math.max(low, kept[0]), Math.min(high, kept[1]));
    else show(low, high);
  };
})();
