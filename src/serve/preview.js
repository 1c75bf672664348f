// The preview's own script; no built site holds it. It loads the page again when the site has
// changed, takes new styles without that, and lists what is wrong.
(() => {
  const own = new URL(".", document.currentScript.src);

  const restyle = () => {
    for (const link of document.querySelectorAll('link[rel="stylesheet"]')) {
      const fresh = new URL(link.href);
      if (fresh.origin !== own.origin || fresh.pathname.startsWith(own.pathname)) continue;
      fresh.searchParams.set("preview", Date.now());
      const next = link.cloneNode();
      next.href = fresh.href;
      next.addEventListener("load", () => link.remove());
      link.after(next);
    }
  };

  const line = (problem) => {
    const item = document.createElement("li");
    item.className = problem.severity;
    const place = [problem.path, problem.line, problem.column].filter(Boolean).join(":");
    const head = document.createElement("strong");
    head.textContent = `${problem.severity} ${problem.code}`;
    item.append(head, ` ${problem.message}`);
    if (place) {
      const code = document.createElement("code");
      code.textContent = place;
      item.append(" ", code);
    }
    if (problem.hint) {
      const hint = document.createElement("em");
      hint.textContent = problem.hint;
      item.append(" ", hint);
    }
    return item;
  };

  const strip = async () => {
    const problems = await (await fetch(new URL("problems.json", own))).json();
    document.getElementById("dateline-preview")?.remove();
    const shown = problems.filter((problem) => problem.severity !== "note");
    if (shown.length === 0) return;
    const errors = shown.filter((problem) => problem.severity === "error").length;
    const box = document.createElement("details");
    box.id = "dateline-preview";
    box.open = errors > 0;
    const head = document.createElement("summary");
    head.textContent = `${errors} errors, ${shown.length - errors} warnings`;
    const list = document.createElement("ul");
    list.append(...shown.map(line));
    box.append(head, list);
    document.body.append(box);
  };

  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL("preview.css", own);
  document.head.append(style);

  let lost = false;
  const events = new EventSource(new URL("events", own));
  events.addEventListener("page", () => location.reload());
  events.addEventListener("style", restyle);
  events.addEventListener("problems", strip);
  events.addEventListener("error", () => { lost = true; });
  events.addEventListener("open", () => { if (lost) location.reload(); });
  strip();
})();
