// Changes an open page into what the server sends now, in place: `follow(document)` copies the page as
// it was sent, and what it answers, given the next one, does to the page what was done to the copy.
// Nothing else is touched: not what the page's own scripts have made, not what a reader has typed,
// opened, focused or scrolled to. That is why this is no general morphing library: those compare the
// next page with the open one, and take back whatever scripts and readers have changed in it.
"use strict";
const follow = (document) => {
  const ELEMENT = 1;
  // The live node of each node of the copy.
  const live = new WeakMap();
  // What holds a node's children: a template keeps them apart.
  const inside = (node) => (node.localName === "template" && node.content) || node;
  const copied = (node) => {
    const copy = node.cloneNode(false);
    live.set(copy, node);
    for (const child of inside(node).childNodes) inside(copy).append(copied(child));
    return copy;
  };
  const holdsTemplate = (node) =>
    node.nodeType === ELEMENT && (node.localName === "template" || node.querySelector("template"));
  // Equal nodes may hold templates that are not.
  const same = (one, other) =>
    one.isEqualNode(other) && (!holdsTemplate(one) || one.outerHTML === other.outerHTML);

  // ---- one node ----

  // A style sheet gives way to the next when that has come: the page is never without one.
  const former = new WeakMap();
  const restyle = (link, href) => {
    const next = link.cloneNode();
    next.setAttribute("href", href);
    former.set(next, link);
    const done = () => {
      for (let it = former.get(next); it; it = former.get(it)) it.remove();
      former.delete(next);
    };
    next.addEventListener("load", done);
    next.addEventListener("error", done);
    link.after(next);
    return next;
  };
  const attribute = (base, name, value) => {
    const node = live.get(base);
    if (name === "class") {
      const words = (text) => (text ?? "").split(/\s+/).filter(Boolean);
      const [before, after] = [words(base.getAttribute(name)), words(value)];
      // Classes that scripts have added stay.
      node.classList.remove(...before.filter((word) => !after.includes(word)));
      node.classList.add(...after.filter((word) => !before.includes(word)));
      if (value === null && node.classList.length === 0) node.removeAttribute(name);
    } else if (name === "href" && value !== null && node.matches("link[rel~=stylesheet]")) {
      live.set(base, restyle(node, value));
    } else if (value === null) node.removeAttribute(name);
    else node.setAttribute(name, value);
    if (value === null) base.removeAttribute(name);
    else base.setAttribute(name, value);
  };
  const change = (base, next) => {
    if (same(base, next)) return;
    if (base.nodeType !== ELEMENT) {
      base.data = next.data;
      live.get(base).data = next.data;
      return;
    }
    for (const name of new Set([...base.getAttributeNames(), ...next.getAttributeNames()])) {
      if (base.getAttribute(name) !== next.getAttribute(name)) attribute(base, name, next.getAttribute(name));
    }
    children(base, next);
  };

  // ---- lists of nodes ----

  // The longest run of pairs that stand in one order in both lists; `places` has the old place of each
  // new node, or -1.
  const longest = (places) => {
    const ends = []; // for each length, the new place at which the run with the smallest last place ends
    const before = places.map(() => -1);
    places.forEach((place, at) => {
      if (place < 0) return;
      let [low, high] = [0, ends.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (places[ends[middle]] < place) low = middle + 1;
        else high = middle;
      }
      before[at] = low ? ends[low - 1] : -1;
      ends[low] = at;
    });
    const run = new Set();
    for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at]) run.add(at);
    return places.map((place, at) => (run.has(at) ? place : -1));
  };
  const key = (node) => {
    if (node.nodeType !== ELEMENT) return node.data?.trim() ? `${node.nodeName} ${node.data}` : null;
    return node.id ? `#${node.id}` : node.outerHTML;
  };
  // The old node that becomes each new one: by id, by being equal, then by order between those.
  const align = (old, next) => {
    const [before, after] = [old, next].map((nodes) => new Set(nodes.map((node) => node.id).filter(Boolean)));
    // An id that is on one side alone is a name that has changed.
    const alike = (one, other) =>
      one.nodeName === other.nodeName && (one.id === other.id || !(after.has(one.id) || before.has(other.id)));
    const known = new Map();
    old.forEach((node, at) => {
      const name = key(node);
      if (name !== null) known.set(name, [...(known.get(name) ?? []), at]);
    });
    const place = (node) => (known.get(key(node)) ?? []).shift() ?? -1;
    const pairs = longest(next.map(place));
    let from = 0;
    pairs.forEach((pair, at) => {
      if (pair >= 0) return (from = pair + 1);
      const end = pairs.slice(at).find((other) => other >= 0) ?? old.length;
      const found = old.slice(from, end).findIndex((node) => alike(node, next[at]));
      if (found >= 0) [pairs[at], from] = [from + found, from + found + 1];
    });
    return pairs.map((pair) => old[pair]);
  };
  const children = (base, next) => {
    const [from, to] = [[...inside(base).childNodes], [...inside(next).childNodes]];
    let [head, tail] = [0, 0];
    const most = Math.min(from.length, to.length);
    while (head < most && same(from[head], to[head])) head += 1;
    while (tail < most - head && same(from.at(-1 - tail), to.at(-1 - tail))) tail += 1;
    const old = from.slice(head, from.length - tail);
    const wanted = to.slice(head, to.length - tail);
    const pairs = align(old, wanted);
    for (const node of old) {
      if (pairs.includes(node)) continue;
      live.get(node).remove();
      node.remove();
    }
    let after = from[from.length - tail] ?? null;
    for (let at = wanted.length - 1; at >= 0; at -= 1) {
      if (pairs[at]) change(pairs[at], wanted[at]);
      after = pairs[at] ?? insert(base, wanted[at], after);
    }
  };
  // A new node before another of the copy, and in the page before what stands for that, or behind what
  // stands for the one before it: a script may have taken either away.
  const insert = (base, next, after) => {
    const node = document.importNode(next, true);
    const copy = copied(node);
    const parent = inside(live.get(base));
    inside(base).insertBefore(copy, after);
    const there = (other) => other && live.get(other).parentNode === parent;
    let before = copy.previousSibling;
    while (before && !there(before)) before = before.previousSibling;
    if (there(after)) parent.insertBefore(node, live.get(after));
    else if (before) live.get(before).after(node);
    else parent.append(node);
    return copy;
  };

  // ---- the page ----

  const scripts = (root) =>
    [...root.querySelectorAll("script")]
      .filter((it) => !it.type || /^(module$|(text|application)\/(java|ecma)script)/.test(it.type))
      .map((it) => `${it.type} ${it.getAttribute("src") ?? it.textContent}`).join("\n");
  const base = copied(document.documentElement);
  return {
    // Follows the page `html`; `false` where its scripts are others, so that it must be loaded anew.
    to(html) {
      const next = new DOMParser().parseFromString(html, "text/html").documentElement;
      // Where scripts run, what stands for want of them is text.
      for (const it of next.querySelectorAll("noscript")) it.textContent = it.innerHTML;
      if (scripts(base) !== scripts(next)) return false;
      change(base, next);
      return true;
    },
    // Takes the style sheets anew for which `touched` holds.
    restyle(touched) {
      for (const it of base.querySelectorAll("link[rel~=stylesheet]")) {
        const link = live.get(it);
        if (!touched(link)) continue;
        const href = new URL(link.href);
        href.searchParams.set("preview", Date.now());
        live.set(it, restyle(link, href.href));
      }
    },
  };
};
