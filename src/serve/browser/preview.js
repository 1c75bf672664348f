// The preview's own script; no built site holds it. It changes the open page in place whenever the
// site has changed, shows what is wrong on top of it, and what the annotator is unsure of beside it.
(() => {
  const own = new URL(".", document.currentScript.src);
  const root = new URL("..", own);
  const page = follow(document);
  const make = (name, properties = {}, ...inside) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...inside.filter((it) => it !== null && it !== undefined));
    return element;
  };

  // ---- following the site ----

  let [tag, number] = [null, 0];
  // Files that pages show and style sheets name, taken anew.
  const refetch = (files) => {
    const touched = (address) => {
      const url = new URL(address, location);
      if (url.origin !== own.origin || url.href.startsWith(own.href)) return false;
      return !files || files.includes(decodeURI(url.pathname.slice(root.pathname.length)));
    };
    const other = !files || files.some((file) => !/\.(js|html|json|xml)$/.test(file));
    // A style sheet may import others, and show pictures.
    if (other) page.restyle((link) => !new URL(link.href).href.startsWith(own.href));
    for (const it of document.querySelectorAll("img[src], source[src], video[src], audio[src]")) {
      if (!touched(it.src)) continue;
      const url = new URL(it.src);
      url.searchParams.set("preview", Date.now());
      it.src = url.href;
    }
  };
  const ask = async () => {
    const here = new URL(location);
    here.hash = "";
    const state = new URL("state.json", own);
    state.search = `page=${here.pathname.slice(root.pathname.length)}&since=${number}`;
    // The words come first, what there is to say of them after.
    const words = fetch(here, { cache: "no-store" });
    const later = fetch(state, { cache: "no-store" }).then((it) => it.json());
    later.catch(() => {});
    const answer = await words;
    // A page that cannot be drawn leaves the last good one.
    const [html, next] = [await answer.text(), answer.headers.get("ETag")];
    if (next !== tag && (answer.status === 200 || answer.status === 404)) {
      if (!page.to(html)) return location.reload();
      tag = next;
    }
    const told = await later;
    const first = number === 0;
    const { files } = told;
    number = told.number;
    if (!first && (!files || files.length)) refetch(files);
    show(told);
    if (!first) document.dispatchEvent(new Event("dateline:changed"));
  };
  let [busy, again] = [false, false];
  const refresh = async () => {
    again = true;
    if (busy) return;
    busy = true;
    while (again) {
      again = false;
      // Where the preview has gone, the stream of events says when it is back.
      await ask().catch(() => {});
    }
    busy = false;
  };
  // A browser holds few connections to one server: pages that nobody sees hold none.
  let events;
  const listen = () => {
    if (document.visibilityState === "hidden") {
      events?.close();
      events = undefined;
    } else if (!events) {
      events = new EventSource(new URL("events", own));
      events.addEventListener("change", refresh);
    }
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pageshow", ({ persisted }) => persisted && refresh());

  // ---- what there is to say ----

  const host = make("dateline-preview");
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = make("link", { rel: "stylesheet", href: new URL("preview.css", own) });
  const [overlay, strip] = [make("section", { className: "overlay", hidden: true }), make("details", { className: "strip", hidden: true })];
  overlay.setAttribute("role", "alert");
  shadow.append(sheet, overlay, strip);
  document.documentElement.append(host);

  const name = ({ code, path, line, message }) => [code, path, line, message].join("\n");
  const place = ({ path, line, column }) => [path, line, column].filter(Boolean).join(":");
  // Mistakes elsewhere that were there when the page was opened, and those that a reader has closed.
  let standing;
  const closed = new Set();
  const isLoud = (problem) => problem.severity === "error" && !standing.has(name(problem)) && !closed.has(name(problem));

  const problemOf = (problem) => {
    const { severity, code, message, excerpt, offset, width, line, hint } = problem;
    const number = String(line ?? "");
    const picture = excerpt === null ? null : make("pre", {},
      `${number} | ${excerpt}\n${" ".repeat(number.length)} | ${" ".repeat(offset)}`, make("b", {}, "^".repeat(width)));
    return make("div", { className: `problem ${severity}` },
      make("p", {}, make("strong", {}, `${severity} ${code}`), ` ${message}`),
      make("p", { className: "place" }, place(problem)), picture, hint && make("p", { className: "hint" }, hint));
  };

  const copied = async (button, { lines, file }, box) => {
    const text = make("pre", {}, lines);
    let told = `Copied. Put it at the end of ${file}.`;
    try {
      await navigator.clipboard.writeText(lines);
    } catch {
      told = `Put this at the end of ${file}:`;
    }
    box.replaceChildren(make("p", {}, told), text);
  };
  const doubtOf = ({ words, says, why, anchor, line, answers }, entry) => {
    const quoted = anchor ? make("a", { href: `#${anchor}` }, `“${words}”`) : `“${words}”`;
    const box = make("div", { className: "lines" });
    box.setAttribute("aria-live", "polite");
    const offers = answers.map((answer) => {
      const button = make("button", { type: "button", title: `Copies what says so in ${answer.file}` }, answer.says);
      button.addEventListener("click", () => copied(button, answer, box));
      return button;
    });
    return make("li", {}, make("p", {}, quoted, `: ${says}`),
      why || line ? make("p", { className: "place" }, [line && `${entry}:${line}`, why].filter(Boolean).join(" · ")) : null,
      make("p", { className: "answers" }, ...offers), box);
  };

  let last = "";
  function show(state) {
    const { problems, doubts, entry, stale } = state;
    const errors = problems.filter(({ severity }) => severity === "error");
    const site = ({ path }) => !path?.startsWith("content/");
    standing ??= new Set(errors.filter((it) => !it.here && !site(it)).map(name));
    // What is mended and comes back is new.
    const now = new Set(errors.map(name));
    for (const set of [standing, closed]) for (const it of set) if (!now.has(it)) set.delete(it);
    const loud = errors.filter(isLoud);
    overlay.hidden = loud.length === 0;
    const close = make("button", { type: "button" }, "Close");
    close.addEventListener("click", () => {
      for (const problem of loud) closed.add(name(problem));
      show(state);
    });
    const good = make("p", { className: "place" }, "Below is the last good state. This goes away when it is mended.");
    overlay.replaceChildren(make("header", {}, make("h2", {}, loud.length === 1 ? "A mistake" : `${loud.length} mistakes`), close),
      ...loud.map(problemOf), good);

    // What is being read stays as it is where nothing has changed.
    const quiet = problems.filter((it) => !loud.includes(it));
    const said = JSON.stringify([quiet, doubts, entry, stale]);
    if (said === last) return;
    last = said;
    const here = quiet.filter((it) => it.here);
    const elsewhere = quiet.filter((it) => !it.here);
    const many = (count, one, more = `${one}s`) => (count ? `${count} ${count === 1 ? one : more}` : "");
    const parts = [
      doubts.length && `Unsure of ${many(doubts.length, "passage")}`, stale && "An older state is shown",
      many(here.length, "remark") && `${many(here.length, "remark")} on this page`, elsewhere.length && `${elsewhere.length} elsewhere`,
    ];
    const list = (title, problems) => problems.length ? [make("h2", {}, title), ...problems.map(problemOf)] : [];
    strip.hidden = !parts.some(Boolean);
    strip.replaceChildren(make("summary", {}, parts.filter(Boolean).join(" · ")), make("div", { className: "inside" },
      stale ? make("p", {}, `This page shows the last good state of ${entry}.`) : null,
      doubts.length ? make("ul", {}, ...doubts.map((doubt) => doubtOf(doubt, entry))) : null,
      ...list("On this page", here), ...list("Elsewhere", elsewhere)));
  }
  const OPEN = "dateline-preview-open";
  strip.open = sessionStorage.getItem(OPEN) === "1";
  strip.addEventListener("toggle", () => sessionStorage.setItem(OPEN, strip.open ? "1" : "0"));
  addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && !overlay.hidden) overlay.querySelector("button").click();
  });

  listen();
})();
