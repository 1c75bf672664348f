// Searches the site in static files, whose form src/render/search tells. What the page says and how
// results look stands in templates/search.html.

const get = (id) => document.getElementById(id);
const [form, found, results, more] = ["search", "found", "results", "more"].map(get);
const root = form.dataset.root;
const PAGE = 10; // results at a time
const NODES = 12; // files of words that a question may look up
const BUDGET = 70_000; // bytes after which the reader is asked
const BEGUN = 5; // words that a beginning stands for

// Words, by the rule of words.rs there.

const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
  .replace(/\p{M}/gu, "").replace(/[ßæœøłđðþı]/g, (letter) => LETTERS[letter]);
const words = (text) =>
  (fold(text).replace(/['’‘ʼ`]s(?![\p{Alphabetic}\p{N}])/gu, " ").match(/[\p{Alphabetic}\p{N}]+/gu) ?? [])
    .map((word) => [...word].slice(0, 40).join(""));

let head;
let spent = 0; // bytes read for this question
const files = new Map();

async function read(path, cache) {
  const answer = await fetch(`${root}search/${path}`, { cache });
  if (!answer.ok) throw Error(path);
  const bytes = await answer.arrayBuffer();
  spent += bytes.byteLength;
  return new TextDecoder().decode(bytes);
}
function file(path, parse) {
  if (!files.has(path)) files.set(path, read(`${path}?h=${head.digest}`).then(parse));
  return files.get(path);
}
const lines = (text) => text.split("\n").slice(0, -1).map((line) => {
  const [word, code, ...rest] = line.split("\t");
  return { key: `${word}\t${code}`, word, code, rest };
});
async function open() {
  const [first, ...root] = lines(await read("index.txt", "no-cache"));
  head = { digest: first.code, depth: +first.rest[0], lines: root };
}

// The place of the last line not behind `key`.
const last = (lines, key) => lines.findLastIndex((line) => line.key <= key);
// The leaf of a key, and the first key behind it.
async function leaf(key) {
  let [node, next] = [head.lines];
  for (let level = head.depth; level > 0; level--) {
    const at = Math.max(last(node, key), 0);
    next = node[at + 1]?.key ?? next;
    node = await file(`words/${node[at].rest[0]}.txt`, lines);
  }
  return [node, next];
}
// The lines whose word begins so, in two leaves at most.
async function beginning(start) {
  const [here, next] = await leaf(start);
  const more = next?.startsWith(start) ? (await leaf(next))[0] : [];
  return [...here, ...more].filter((line) => line.word.startsWith(start));
}
// The first line of a word's list; undefined where nothing has the word.
async function entry(word) {
  const key = `${word}\t`;
  const line = (await leaf(key))[0].find((line) => line.key === key);
  return line?.rest[0][0] === "=" ? entry(line.rest[0].slice(1)) : line;
}

const DAY = 2 ** 26; // a document is its day times this and its number in the day
const EPOCH = 719163; // days from the year 1 to 1970
const iso = (id) => new Date((Math.floor(id / DAY) - EPOCH) * 864e5).toISOString().slice(0, 10);
const begin = (year) => (new Date(0).setUTCFullYear(year) / 864e5 + EPOCH) * DAY;

// A list of documents, newest first: `at` is the first not yet passed, -1 behind the last.
class List {
  take(line) {
    let day = 0;
    this.ids = line ? line.rest[1].split(" ").map((item) => {
      const [days, number] = item.split(".");
      day = Math.abs(day - parseInt(days || "0", 36));
      return day * DAY + parseInt(number, 36);
    }) : [-1];
    [this.line, this.place, this.at] = [line, 0, this.ids[0]];
    return this;
  }
  // Goes on to the first that is not newer than `id`.
  async seek(id) {
    while (this.at > id) {
      if (this.ids.at(-1) <= id) this.at = this.ids[++this.place];
      else {
        // The block that may hold it, or the next.
        const { key, word } = this.line;
        const wanted = `${word}\t${(2 ** 51 - id).toString(36).padStart(10, "0")}`;
        const [here, next] = await leaf(wanted);
        let place = last(here, wanted);
        if (here[place].key === key) place += 1;
        const line = here[place] ?? (next && (await leaf(next))[0][0]);
        this.take(line?.word === word ? line : undefined);
      }
    }
  }
}
const at = (lists) => Math.max(...lists.map((list) => list.at));

// Lists of which one must have a document: the word's own, or those of words that begin so.
// Undefined: there is none; null: the word stands nearly everywhere.
async function lookUp([word, unfinished]) {
  const own = await entry(word);
  if (own) return own.rest[0][0] === "*" ? null : [new List().take(own)];
  if (!unfinished || /^@?[\p{Script=Latin}\d]{1,2}$/u.test(word)) return undefined;
  const size = ({ rest: [n] }) => (n[0] === "=" ? Infinity : +n || 0); // "=talk" is frequent
  const begun = (await beginning(word)).sort((a, b) => size(b) - size(a)).slice(0, BEGUN);
  const heads = new Set(await Promise.all(begun.map((line) => entry(line.word))));
  const lists = [...heads].filter(size).map((line) => new List().take(line));
  return lists[0] && lists;
}

const FORMS = { direct: 0, reported: 1, brief: 2 };

async function ask({ q, speaker, outlet, year, form }) {
  const typed = words(q);
  const phrases = [...q.matchAll(/["“„«»]([^"“”„«»]+)["“”«»]/g)].map(([, some]) => words(some).join(" "));
  const exact = speaker && (await entry(`@=${speaker}`));
  const filters = exact ? [[`@=${speaker}`]] : words(speaker).map((word) => [`@${word}`, true]);
  if (outlet) filters.push([`#${outlet}`]);
  // Long words are rare; those beyond what a question may cost are compared with results.
  const wanted = [...new Set(typed)].sort((a, b) => b.length - a.length);
  const most = Math.max(Math.floor(NODES / (head.depth || 1)) - (filters.length || 1), 2);
  const asked = [...wanted.slice(0, most).map((word) => [word, word === typed.at(-1)]), ...filters];
  const lists = await Promise.all(asked.map(lookUp));
  const having = (what) => asked.flatMap(([word], at) => (lists[at] === what ? word.replace(/^[@#]/, "") : []));
  return {
    typed,
    all: lists.filter(Boolean),
    together: [...phrases, ...wanted.slice(most)].filter(Boolean),
    missing: having(undefined).join(found.dataset.between),
    common: having(null).join(", "),
    next: begin(year ? +year + 1 : 9999) - 1,
    stop: begin(year || 1),
    form: FORMS[form],
    shown: 0,
  };
}
// The next document that has all; -1 behind the last, undefined where enough was read.
async function following(question, limit) {
  const { all, stop, form } = question;
  while (question.next >= stop) {
    let id = question.next;
    for (const lists of all) {
      if (spent > limit) return undefined;
      for (const list of lists) await list.seek(id);
      id = Math.min(id, at(lists));
    }
    if (id < stop) break;
    const hit = all.every((lists) => at(lists) === id);
    question.next = hit ? id - 1 : id;
    if (hit && id % 4 === (form ?? id % 4)) return id;
  }
  return -1;
}
async function row(id) {
  const number = Math.floor((id % DAY) / 4);
  const path = `rows/${iso(id).replace("-", "/")}-${Math.floor(number / 16)}.json`;
  const { rows, briefs } = await file(path, JSON.parse);
  return { id, ...rows[number % 16], ...briefs[rows[number % 16].brief] };
}
// Whether what must stand together does.
function holds({ together }, { words: said, who, title }) {
  const text = ` ${words(said).join(" ")} / ${words(who ?? title).join(" ")} `;
  return together.every((some) => text.includes(` ${some} `));
}
// Speakers whose name, or an ending of it, begins so.
async function speakers({ q, ...filters }) {
  const name = words(q).join(" ");
  if (!name || Object.values(filters).join("")) return [];
  const named = new Map((await beginning(`~${name}`)).map(({ key, rest }) => [key.split(" ").at(-1), rest]));
  return [...named].sort(([, a], [, b]) => b[2] - a[2]).slice(0, 3);
}

// A template with its parts filled: selector, words, address. No words, no part.
function draw(template, ...parts) {
  const item = get(template).content.firstElementChild.cloneNode(true);
  for (const [selector, text, address] of parts) {
    const element = item.querySelector(selector);
    if (address) element.href = root + address;
    if (text) element.append(...[text].flat());
    else element.remove();
  }
  return item;
}
// A text, the words asked for marked.
function marked(text, typed) {
  const asked = (word) => typed.some((one) => word === one || (one[2] && word.startsWith(one)));
  return text.split(/([\p{Alphabetic}\p{N}\p{M}]+)/u).map((piece) => {
    if (!words(piece).some(asked)) return piece;
    const mark = document.createElement("mark");
    mark.append(piece);
    return mark;
  });
}
function drawn({ id, at, words: said, who, page, day, wide, how, slug, title, outlet }, typed) {
  const address = `briefs/${slug}/`;
  const item = at
    ? draw("statement", [".speaker a", marked(who, typed), page && `speakers/${page}/`],
      [".said", marked(said, typed), `${address}#${at}`], [".line a", title, address], ["small", how])
    : draw("brief", [".title a", marked(title, typed), address], [".context", marked(said, typed)]);
  item.querySelector(".line").append(outlet ?? "");
  const when = item.querySelector(".when");
  when.append(day);
  if (wide) when.className = "wide";
  item.querySelector(".said")?.classList.toggle("reported", id % 4 === 1);
  return item;
}
const say = (what, values) =>
  (found.textContent = found.dataset[what].replace(/\{(\w+)\}/g, (_, name) => values[name]));

let turns = 0;
let question;

// `stale` tells the work whether something else was asked since.
async function turn(work) {
  const mine = ++turns;
  const stale = () => mine !== turns;
  [spent, more.hidden] = [0, true];
  try {
    await work(stale);
  } catch (error) {
    console.error(error);
    if (stale()) return;
    head = undefined;
    files.clear();
    say("failed");
  }
}
const search = () => turn(async (stale) => {
  say("busy");
  const query = Object.fromEntries(new FormData(form));
  if (!head) await open();
  const [answer, named] = [await ask(query), await speakers(query)];
  if (stale()) return;
  results.replaceChildren(...named.map(([id, [name, role, count]]) => draw("speaker",
    [".title a", name, `speakers/${id}/`], [".context", role], [".n", count])));
  question = { ...answer, named: named.length };
  await further(stale);
});
async function further(stale) {
  const now = question;
  if (now.missing) return say("missing", now);
  if (!now.all.length) return say(now.common ? "common" : "choose", now);
  const until = now.shown + PAGE;
  const limit = Math.max(BUDGET, spent + 12_000);
  let id;
  while (now.shown < until && (id = await following(now, limit)) >= 0) {
    const one = await row(id);
    if (stale()) return;
    if (!holds(now, one)) continue;
    results.append(drawn(one, now.typed));
    now.shown += 1;
  }
  if (stale()) return;
  more.hidden = id === -1;
  if (more.hidden) say(now.shown || now.named ? "all" : "none", now);
  else say("more", { day: results.querySelector("li:last-child .when")?.textContent ?? iso(now.next), ...now });
}

// Asks what the form says, and keeps it in the address.
function submit(step) {
  const given = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  if (`${given}` !== location.search.slice(1)) history[step](null, "", `?${given}`);
  search();
}
// Asks what the address says.
function arrive() {
  const given = new URLSearchParams(location.search);
  for (const field of form.querySelectorAll("[name]")) {
    const value = given.get(field.name) ?? "";
    field.value = value;
    if (field.value !== value) field.add(new Option(value, value, true, true));
    if (value && field.name !== "q") field.closest("details").open = true;
  }
  if (`${given}`) return search();
  [found.textContent, more.hidden] = ["", true];
  results.replaceChildren();
}
let waiting;
form.oninput = () => {
  clearTimeout(waiting);
  waiting = setTimeout(submit, 250, "replaceState");
};
form.onsubmit = (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  submit("pushState");
};
more.onclick = async () => {
  const before = results.children.length;
  await turn(further);
  // The keyboard goes on where the new results begin.
  (results.children[before]?.querySelector("a") ?? more).focus();
};
addEventListener("popstate", arrive);
arrive();
