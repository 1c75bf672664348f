// What a brief adds for readers with JavaScript. Everything that it shows stands in the page without
// it, too, under "Who said what":
//  - a speaker under the pointer or the focus lights their words;
//  - words that are clicked, or that an address leads to, are told of in a strip at the foot of the
//    window: who, when, where, with the way to the next quotation;
//  - an address is copied with one press.
"use strict";
(() => {
  const copy = document.querySelector(".copy");
  if (!copy) return;
  // What it says, in the language of the page.
  const words = document.currentScript.dataset;

  // ---- whose words ----

  let lit = [];
  const light = (voice) => {
    for (const mark of lit) mark.classList.remove("lit");
    lit = voice === undefined ? [] : [...copy.querySelectorAll(`.said[data-voice="${voice}"]`)];
    for (const mark of lit) mark.classList.add("lit");
  };
  // The voice that an element stands for: a row of a list, or the name behind a quotation, which leads
  // to the same page as the row.
  const voiceAt = (element) => {
    const name = element.closest(".copy a.who");
    const row = name
      ? [...document.querySelectorAll(".people > li, .speech")].find((it) => it.querySelector("a")?.href === name.href)
      : element.closest(".people > li, .speech > h3")?.closest("[data-voice]");
    return row?.dataset.voice;
  };
  // The pointer goes before the focus; where it points at nobody, the focus holds.
  let pointed, focused;
  document.addEventListener("pointerover", ({ target }) => { pointed = voiceAt(target); light(pointed ?? focused); });
  document.addEventListener("focusin", ({ target }) => { focused = voiceAt(target); light(pointed ?? focused); });
  document.addEventListener("focusout", () => { focused = undefined; light(pointed); });

  // ---- addresses ----

  // A page that is not served safely has no clipboard: then the link itself is the way.
  const copier = (link) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words.copy;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(link.href);
        button.textContent = words.copied;
      } catch {
        button.textContent = words.notCopied;
      }
      setTimeout(() => { button.textContent = words.copy; }, 2500);
    });
    return button;
  };
  const withCopier = (list) => {
    const link = list.querySelector(".permalink");
    if (!link || !navigator.clipboard) return;
    link.replaceWith(copier(link));
  };

  // ---- the strip ----

  const rowOf = (mark) => document.getElementById(`about-${mark.id}`);
  // What is told twice stands in the list once, so that its second mark has no row. A preview may
  // change the page, so that they are looked for whenever they are wanted.
  const all = () => [...copy.querySelectorAll(".said[id]")].filter(rowOf);

  const strip = document.createElement("section");
  strip.className = "strip";
  strip.hidden = true;
  strip.setAttribute("aria-label", words.about);
  document.body.append(strip);
  let current;

  const close = () => {
    strip.hidden = true;
    current?.classList.remove("told");
    current = undefined;
  };
  const button = (text, label, act) => {
    const it = document.createElement("button");
    it.type = "button";
    it.textContent = text;
    it.setAttribute("aria-label", label);
    it.addEventListener("click", act);
    return it;
  };
  const tell = (mark) => {
    const row = rowOf(mark);
    const marks = all();
    const speech = row.closest(".speech");
    close();
    current = mark;
    mark.classList.add("told");
    const who = document.createElement("p");
    who.className = "speaker";
    who.append(...speech.querySelector("h3").cloneNode(true).childNodes);
    const line = row.querySelector("p.line").cloneNode(true);
    const acts = row.querySelector(".acts").cloneNode(true);
    for (const details of acts.querySelectorAll("details")) details.open = false;
    withCopier(acts);
    const at = marks.indexOf(mark);
    const steps = document.createElement("p");
    steps.className = "walk line";
    const step = (to, sign, label) => {
      const it = button(sign, label, () => go(marks[to], true));
      it.disabled = !marks[to];
      return it;
    };
    steps.append(
      step(at - 1, "←", words.before), ` ${words.place.replace("{n}", at + 1).replace("{of}", marks.length)} `,
      step(at + 1, "→", words.next), button(words.close, words.close, close));
    const inner = document.createElement("div");
    inner.className = speech.className;
    inner.append(who, steps, line, acts);
    strip.replaceChildren(inner);
    strip.hidden = false;
  };
  // Shows a mark; `named` also makes it the page's address, so that it can be shared as it stands.
  const go = (mark, named) => {
    if (!mark) return;
    const focus = strip.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
    tell(mark);
    if (named) {
      history.replaceState(null, "", `#${mark.id}`);
      mark.scrollIntoView({ block: "center" });
      // The button that was pressed has been made anew.
      strip.querySelector(`button[aria-label="${focus}"]:not(:disabled)`)?.focus();
    }
  };
  copy.addEventListener("click", (event) => {
    if (event.target.closest("a") || !getSelection().isCollapsed) return;
    // Of several parts the first alone carries the id.
    const quote = event.target.closest(".said")?.dataset.quote;
    const mark = all().find((it) => it.id === quote);
    if (!mark) return;
    if (mark === current) close(); else go(mark, false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && current) close();
  });
  const arrive = () => {
    const mark = all().find((it) => `#${it.id}` === location.hash);
    if (mark) tell(mark); else close();
  };
  addEventListener("hashchange", arrive);
  arrive();
  // A long list waits until the page has been drawn, and gives way to whoever scrolls.
  const waiting = [...document.querySelectorAll(".speech .acts")];
  const later = window.requestIdleCallback ?? ((work) => setTimeout(() => work({ timeRemaining: () => 10 }), 50));
  const work = (deadline) => {
    while (waiting.length && deadline.timeRemaining() > 4) withCopier(waiting.shift());
    if (waiting.length) later(work);
  };
  later(work);
})();
