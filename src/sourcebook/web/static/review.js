/* Review: the next question is fetched while this one is read, put in its place at the key, and the decision
   sent behind it. What could not be kept is said, and asked again. */
(() => {
  "use strict";
  const { ready, say, follow } = window.sourcebook;
  const PARTS = ["kept", "count", "undoing", "agreement", "state"];
  /* An address that names what was answered a while ago is made anew. */
  const LONG = 1500;
  const GONE = "the program does not answer. Is it still running?";

  const main = () => document.querySelector("main");
  const form = (of) => of.querySelector("#verdicts");
  const asked = (of) => form(of)?.dataset.question || "";

  /* Pages that may come next, by address ------------------------------------------------------ */

  let ahead = new Map();
  const page = async (answer) => {
    const text = await answer.text();
    const read = new DOMParser().parseFromString(text, "text/html").querySelector("main");
    if (answer.ok && read) {
      /* What can be done before it is shown is done here, not at the key. */
      const ours = document.adoptNode(read);
      ready(ours);
      return ours;
    }
    throw new Error((read?.querySelector(".empty")?.textContent || text).trim());
  };
  const fetched = (address) => {
    if (!ahead.has(address)) ahead.set(address, fetch(address).then(page));
    return ahead.get(address);
  };
  const lookAhead = () => {
    const shown = form(main());
    const wanted = shown ? [shown.dataset.next, shown.querySelector("[data-later]").getAttribute("href")] : [];
    ahead = new Map(wanted.map((address) => [address, ahead.get(address) || fetch(address).then(page)]));
    for (const coming of ahead.values()) coming.catch(() => {});
  };

  /* One question in place of another ----------------------------------------------------------- */

  const put = (fresh) => {
    const old = form(main()), shown = form(fresh);
    if (old && shown) shown.elements.by.value = old.elements.by.value;
    main().replaceWith(fresh);
    listen();
    (fresh.querySelector("h2[data-focus]") || fresh.querySelector("[data-focus]") || fresh).focus({ preventScroll: true });
    if (scrollY) scrollTo(0, 0);
  };
  const tell = (text, role) => {
    const line = document.createElement("p");
    line.textContent = text;
    const box = document.createElement("div");
    box.className = "kept";
    if (role) box.setAttribute("role", role);
    box.append(line);
    main().querySelector("#kept").replaceChildren(box);
  };
  const undoing = (way) => {
    for (const button of main().querySelectorAll('[form="undo-last"]')) button.disabled = !way;
  };
  /* The question stays as it is being read; what stands around it is brought up to date. */
  const refresh = (from) => {
    const shown = form(main());
    if (shown && shown.dataset.next.length > LONG) shown.dataset.next = form(from).dataset.next;
    for (const id of PARTS) main().querySelector("#" + id).replaceWith(from.querySelector("#" + id));
    undoing(main().querySelector("#undo-last").elements.about.value);
    listen();
  };

  /* Decisions on their way, one after the other -------------------------------------------------- */

  let sending = [];
  let busy = false;
  const send = async (decision) => {
    const shown = decision.swapped && asked(main());
    if (shown) decision.body.set("back", decision.back + (decision.back.includes("?") ? "&" : "?") + "ask=" + encodeURIComponent(shown));
    const answer = await fetch("/decide", { method: "POST", body: decision.body });
    return [answer.url, await page(answer)];
  };
  const why = (error) => (error instanceof TypeError ? GONE : error.message);
  const lost = (error) => {
    const many = sending.length, [first] = sending;
    sending = [];
    ahead = new Map();
    first.form.inert = false;
    put(first.page);
    tell((many > 1 ? "Your last " + many + " decisions were not kept, and are asked again: " : "Your decision was not kept, and is asked again: ") + why(error), "alert");
    lookAhead();
  };
  const work = async () => {
    if (busy) return;
    busy = true;
    while (sending.length) {
      let address, from;
      try { [address, from] = await send(sending[0]); } catch (error) { lost(error); break; }
      const { swapped } = sending.shift();
      if (sending.length) continue;
      history.replaceState(null, "", address);
      const same = asked(from) === asked(main());
      const news = swapped && !same ? "The question that you saw is settled; this is the next. " : "";
      const kept = from.querySelector("#kept p").textContent;
      if (same) refresh(from); else put(from);
      if (news) tell(news + kept, "status");
      say(news + kept);
      follow();
      lookAhead();
    }
    busy = false;
  };
  addEventListener("beforeunload", (event) => { if (sending.length) event.preventDefault(); });

  /* The picture first: whatever else there is to do would hold it up. */
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

  const decide = async (button) => {
    const shown = main(), old = form(shown);
    const decision = { body: new URLSearchParams(new FormData(old, button)), back: old.elements.back.value, page: shown, form: old };
    old.inert = true; /* Nothing is decided twice while the next page is waited for. */
    const fresh = await fetched(old.dataset.next).catch(() => null);
    ahead.delete(old.dataset.next);
    sending.push(decision);
    if (fresh) {
      decision.swapped = true;
      put(fresh);
      tell("Being kept: " + button.value + ".");
      undoing(true);
      await painted();
      history.pushState(null, "", decision.back);
      lookAhead();
    }
    work();
  };

  const later = async (link) => {
    const address = link.getAttribute("href");
    const fresh = await fetched(address).catch(() => null);
    if (!fresh) { location.assign(address); return; }
    put(fresh);
    await painted();
    history.pushState(null, "", address);
    lookAhead();
  };

  const undo = async (held) => {
    while (sending.length) await new Promise((done) => setTimeout(done, 20));
    /* What was the last when the key was pressed is known once it is kept. */
    const last = held.isConnected ? held : document.getElementById("undo-last");
    const body = new URLSearchParams(new FormData(last));
    if (form(main())) body.set("by", form(main()).elements.by.value);
    try {
      const answer = await fetch("/decide", { method: "POST", body });
      const fresh = await page(answer);
      put(fresh);
      history.pushState(null, "", answer.url);
      say(fresh.querySelector("#kept p").textContent);
      follow();
    } catch (error) {
      tell("It was not undone: " + why(error), "alert");
    }
    ahead = new Map();
    lookAhead();
  };

  const on = (one, kind, act) => {
    if (!one || one.dataset.listened) return;
    one.dataset.listened = "yes";
    one.addEventListener(kind, (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      act(event);
    });
  };
  const listen = () => {
    on(form(main()), "submit", (event) => decide(event.submitter));
    on(main().querySelector("[data-later]"), "click", (event) => later(event.currentTarget));
    for (const held of main().querySelectorAll("#undo-last, #kept form")) on(held, "submit", () => undo(held));
  };
  listen();
  lookAhead();
  addEventListener("popstate", () => { if (!location.hash) location.reload(); });
})();
