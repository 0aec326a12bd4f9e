// Exact search over the site's texts, from small files beside this page; sitegen/search/files.py says what each holds.
(function () {
  "use strict";
  const form = document.querySelector(".find"), box = document.getElementById("q"), state = document.getElementById("state");
  const list = document.getElementById("results"), all = document.getElementById("all"), more = document.getElementById("more");
  const picks = [...document.querySelectorAll("[data-pick]")], tabs = [...document.querySelectorAll("[name=show]")];
  if (!form) return;
  const words = JSON.parse(document.getElementById("search-words").textContent);
  const PAGE = 10, period = self.sitegenPeriod(words.dates, words.between);

  // ---- files and numbers in them
  const parts = new Map(), waiting = new Map();
  self.sitegenPart = function (name, value) { waiting.get(name)(value); };
  function part(name) {
    if (!parts.has(name)) parts.set(name, new Promise(function (done, fail) {
      waiting.set(name, done);
      const script = document.createElement("script");
      script.src = new URL(name + ".js", document.baseURI).href;
      script.onerror = function () { parts.delete(name); fail(new Error(name)); };
      document.head.appendChild(script);
    }));
    return parts.get(name);
  }
  const value = new Int8Array(128);
  [..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"].forEach(function (char, n) { value[char.charCodeAt(0)] = n; });
  function varied(text) {
    const found = [];
    for (let at = 0, number = 0, unit = 1; at < text.length; at++) {
      const digit = value[text.charCodeAt(at)];
      number += (digit & 31) * unit;
      if (digit > 31) unit *= 32; else { found.push(number); number = 0; unit = 1; }
    }
    return found;
  }
  function gaps(text) { let last = 0; return varied(text).map(function (gap) { return last += gap; }); }
  function fixed(text, width, at) {
    let number = 0;
    for (let n = at * width; n < (at + 1) * width; n++) number = number * 64 + value[text.charCodeAt(n)];
    return number;
  }
  function chosen(text) {
    if (text[0] === ".") return gaps(text.slice(1));
    const found = [];
    for (let at = 1; at < text.length; at++) for (let bit = 0; bit < 6; bit++) if (value[text.charCodeAt(at)] >> bit & 1) found.push((at - 1) * 6 + bit);
    return found;
  }

  // ---- the index
  let opened = null;
  function open() {
    opened = opened || part("index").then(function (index) {
      const code = new Map(), starts = [index.separators], more = new Map(index.parts), first = [], owner = [];
      Array.from(index.alphabet).forEach(function (char, n) { code.set(char, n); });
      varied(index.counts).forEach(function (count, n) { starts.push(starts[n] + count); });
      for (let n = 0; n < index.articles; n++) {
        first.push(owner.length);
        for (let left = more.get(n) || 0; left >= 0; left--) owner.push(n);
      }
      const folds = new Map(Array.from(index.fold[0]).map(function (char, n) { return [char, index.fold[1][n]]; }));
      return Object.assign({ code: code, starts: starts, first: first, owner: owner, folds: folds, blocks: new Map() }, index);
    });
    opened.catch(function () { opened = null; });
    return opened;
  }
  function folded(index, text) {
    return text.replace(/[^\x00-\x7f]/g, function (char) {
      const low = char < "\u0250" ? char.toLowerCase() : char;
      return index.folds.get(char) || (low.length === 1 ? low : char);
    }).replace(/[A-Z]/g, function (char) { return char.toLowerCase(); });
  }
  // A query with a character that no text has may be in traditional characters.
  async function spelled(index, text) {
    let query = folded(index, text);
    if (Array.from(query).every(function (char) { return index.code.has(char) || /\s/.test(char); })) return query;
    const forms = await part("forms"), simple = new Map(Array.from(forms[0]).map(function (char, n) { return [char, forms[1][n]]; }));
    return query.replace(/[^\x00-\x7f]/g, function (char) { return simple.get(char) || char; });
  }
  async function block(index, number) {
    if (!index.blocks.has(number)) index.blocks.set(number, (await part("after-" + number)).split(" ").map(gaps).flat());
    return index.blocks.get(number);
  }
  // The first suffix that begins with a character and goes on with one that is not before `least`.
  async function place(index, char, least) {
    const begin = index.starts[char] - index.separators, end = index.starts[char + 1] - index.separators;
    let low = Math.floor(begin / index.block), high = Math.floor((end - 1) / index.block);
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (fixed(index.firsts, index.firstWidth, middle) < least) low = middle; else high = middle - 1;
    }
    const after = await block(index, low), base = low * index.block;
    let from = Math.max(begin - base, 0), to = Math.min(end - base, after.length);
    while (from < to) {
      const middle = (from + to) >> 1;
      if (after[middle] < least) from = middle + 1; else to = middle;
    }
    return from + base + index.separators;
  }
  async function run(index, word) {
    const chars = Array.from(word).map(function (char) { return index.code.get(char); });
    if (chars.includes(undefined)) return [0, 0];
    let char = chars.pop(), from = index.starts[char], to = index.starts[char + 1];
    while (chars.length && from < to) {
      char = chars.pop();
      [from, to] = await Promise.all([place(index, char, from), place(index, char, to)]);
    }
    return [from, to];
  }
  async function entry(firsts, name, word) {
    let at = -1;
    while (at + 1 < firsts.length && !after(firsts[at + 1], word)) at++;
    return at < 0 ? undefined : (await part(name + "-" + at))[word];
  }
  function after(one, other) { // in the order of code points, as the files are
    const a = Array.from(one), b = Array.from(other);
    for (let n = 0; n < a.length && n < b.length; n++) if (a[n] !== b[n]) return a[n].codePointAt(0) > b[n].codePointAt(0);
    return a.length > b.length;
  }
  // Where a word stands: head or part of an article → how often, 1 where it stands too often to be counted.
  async function where(index, word) {
    const [from, to] = await run(index, word), found = new Map();
    if (to - from > index.limit) {
      const listed = await entry(index.often, "often", word);
      if (listed !== undefined) return new Map(chosen(listed).map(function (field) { return [field, 1]; }));
    }
    if (from === to) return found;
    const low = from - index.separators, high = to - index.separators, texts = [];
    for (let n = Math.floor(low / index.block); n * index.block < high; n++) texts.push([n, part("where-" + n)]);
    for (const [n, loading] of texts) {
      const text = await loading, base = n * index.block;
      for (let at = Math.max(low, base); at < Math.min(high, base + index.block); at++) {
        const field = fixed(text, index.width, at - base);
        found.set(field, (found.get(field) || 0) + 1);
      }
    }
    return found;
  }
  async function about(index, word) {
    const coded = varied(await entry(index.words, "words", word) || ""), found = new Map();
    for (let at = 0, number = 0; at < coded.length; at += 2) found.set(number += coded[at], coded[at + 1] / 31);
    return found;
  }

  // Articles that hold every word, best first: what the headline says counts most, then what jieba says an article is
  // about, then how often. Each with the parts in which the words stand.
  async function find(index, wanted) {
    let found = null;
    const each = await Promise.all(wanted.map(function (word) { return Promise.all([where(index, word), about(index, word)]); }));
    each.forEach(function (pair) {
      const [fields, weights] = pair, articles = new Map();
      fields.forEach(function (count, field) {
        const inHead = field < index.articles, number = inHead ? field : index.owner[field - index.articles];
        const one = articles.get(number) || { number: number, score: 4 * (weights.get(number) || 0), count: 0, parts: [] };
        if (inHead) one.score += 6; else { one.count += count; one.parts.push(field - index.articles); }
        articles.set(number, one);
      });
      articles.forEach(function (one) { one.score += Math.log(1 + one.count); });
      if (!found) { found = articles; return; }
      found.forEach(function (one, number) {
        const other = articles.get(number);
        if (!other) found.delete(number);
        else { one.score += other.score; one.parts = [...new Set(one.parts.concat(other.parts))]; }
      });
    });
    if (!found) found = new Map(index.first.map(function (_, number) { return [number, { number: number, score: 0, parts: [] }]; }));
    return [...found.values()].sort(function (a, b) { return b.score - a.score || a.number - b.number; });
  }

  // ---- what can be chosen
  function choice(name) { return [...document.querySelectorAll("[data-pick='" + name + "'] input:checked")].map(function (input) { return input.value; }); }
  // A report has its day, a number the year it speaks of.
  function choices(name, show) { return part("pick-" + (name === "year" && show === "numbers" ? "period" : name)); }
  async function filters(show) {
    const found = {};
    for (const pick of picks) {
      const name = pick.dataset.pick, values = opened && pick.filled ? choice(name) : asked.getAll(name);
      if (!values.length) continue;
      const articles = new Set();
      (await choices(name, show)).forEach(function (one) { if (values.includes(one[0])) chosen(one[2]).forEach(function (n) { articles.add(n); }); });
      found[name] = { values: values, articles: articles };
    }
    return found;
  }
  function passes(chosen, number, but) {
    return Object.keys(chosen).every(function (name) { return name === but || chosen[name].articles.has(number); });
  }
  async function fill(pick, found, chosenNow, show) {
    const name = pick.dataset.pick, wanted = chosenNow[name] ? chosenNow[name].values : [];
    const numbers = new Set(found.filter(function (one) { return passes(chosenNow, one.number, name); }).map(function (one) { return one.number; }));
    const items = (await choices(name, show)).map(function (one) {
      return [one[0], one[1] || (words[name] || {})[one[0]] || one[0], chosen(one[2]).filter(function (n) { return numbers.has(n); }).length];
    }).filter(function (one) { return one[2] || wanted.includes(one[0]); });
    wanted.forEach(function (one) { if (!items.some(function (item) { return item[0] === one; })) items.push([one, one, 0]); });
    items.sort(function (a, b) { return name === "year" ? (a[0] < b[0] ? 1 : -1) : name === "amount" ? a[0] - b[0] : b[2] - a[2]; });
    const box = pick.querySelector("ul"), active = document.activeElement && box.contains(document.activeElement) ? document.activeElement.value : null;
    box.textContent = "";
    items.slice(0, 60).forEach(function (one) {
      const label = box.appendChild(document.createElement("li")).appendChild(document.createElement("label"));
      const input = label.appendChild(document.createElement("input"));
      input.type = "checkbox"; input.value = one[0]; input.checked = wanted.includes(one[0]);
      label.append(" " + one[1] + " ");
      if (show === "articles") label.appendChild(document.createElement("small")).textContent = one[2];
      if (active === one[0]) input.focus();
    });
    pick.filled = true;
    pick.querySelector("b").textContent = wanted.length ? wanted.length : "";
  }

  // ---- what is shown
  function add(parent, tag, text, name) {
    const node = parent.appendChild(document.createElement(tag));
    if (text) node.textContent = text;
    if (name) node.className = name;
    return node;
  }
  function link(parent, text, href, name) { const node = add(parent, "a", text, name); node.href = href; return node; }
  function places(text, wanted) {
    const found = [];
    wanted.forEach(function (word, n) {
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) found.push([at, at + word.length, n]);
    });
    return found.sort(function (a, b) { return a[0] - b[0]; });
  }
  // A stretch of a line, its hits marked, its numbers linked to their marks.
  function stretch(parent, line, from, to, hits, claims, page) {
    const own = claims.filter(function (c) { return c[1] >= from && c[2] <= to; }), edges = new Set([from, to]);
    hits.concat(own.map(function (c) { return [c[1], c[2]]; })).forEach(function (s) { edges.add(s[0]); edges.add(s[1]); });
    const cuts = [...edges].filter(function (e) { return e >= from && e <= to; }).sort(function (a, b) { return a - b; });
    if (from) parent.append("…");
    for (let n = 1, at = from; n < cuts.length; at = cuts[n++]) {
      const claim = own.find(function (c) { return c[1] <= at && c[2] >= cuts[n]; }), text = line.slice(at, cuts[n]);
      const holder = claim ? link(parent, "", page + "#c-" + claim[5], "n " + claim[6]) : parent;
      if (hits.some(function (s) { return s[0] <= at && s[1] >= cuts[n]; })) add(holder, "mark", text, "hit"); else holder.append(text);
    }
    if (to < line.length) parent.append("…");
  }
  function address(text) { return "../articles/" + encodeURIComponent(text.u) + "/index.html"; }
  function showArticle(index, texts, wanted) {
    const text = texts[0], item = add(list, "li", "", ""), page = address(text), title = add(item, "h2");
    stretch(link(title, "", page), text.t, 0, text.t.length, places(folded(index, text.t), wanted), [], page);
    add(item, "p", [period(text.d), text.a].filter(Boolean).join("　"), "who");
    const lines = [];
    texts.forEach(function (one) {
      one.p.concat(one.o).forEach(function (line, n) {
        const hits = places(folded(index, line), wanted);
        if (hits.length) lines.push({ line: line, hits: hits, words: new Set(hits.map(function (h) { return h[2]; })).size, claims: one.c.filter(function (c) { return c[0] === n; }) });
      });
    });
    const best = lines.map(function (_, n) { return n; }).sort(function (a, b) { return lines[b].words - lines[a].words || a - b; }).slice(0, 3);
    let rest = 0;
    lines.forEach(function (one, n) {
      if (!best.includes(n)) { rest += one.hits.length; return; }
      const from = Math.max(0, one.hits[0][0] - 40), to = Math.min(one.line.length, Math.max(from + 130, one.hits[0][1] + 60));
      stretch(add(item, "p"), one.line, from, to, one.hits, one.claims, page);
    });
    if (rest) add(item, "p", words.more.replace("{n}", rest), "quiet");
  }
  function fits(claim, chosenNow) {
    const own = { kind: claim[7], place: claim[9], industry: claim[10], year: claim[11].slice(0, 4), amount: String(claim[12]) };
    return Object.keys(chosenNow).every(function (name) { return !(name in own) || chosenNow[name].values.includes(own[name]); });
  }
  function showClaims(index, texts, wanted, chosenNow) {
    let count = 0;
    texts.forEach(function (text) {
      text.c.forEach(function (claim) {
        const line = text.p[claim[0]], said = folded(index, line.slice(claim[3], claim[4]) + " " + claim[8] + " " + claim[9]);
        if (!fits(claim, chosenNow) || !wanted.every(function (word) { return said.includes(word); })) return;
        const item = add(list, "li", "", "claim"), page = address(text), head = add(item, "p", "", "rec-head");
        link(head, line.slice(claim[1], claim[2]), page + "#c-" + claim[5], "n " + claim[6]);
        head.append(" " + claim[8] + " ");
        add(head, "span", words.status[claim[6]], "st " + claim[6]);
        const hits = places(folded(index, line), wanted).filter(function (h) { return h[0] >= claim[3] && h[1] <= claim[4]; });
        const quote = add(item, "blockquote");
        stretch(quote, line.slice(0, claim[4]), claim[3], claim[4], hits, [], page);
        if (claim[3]) quote.firstChild.remove();
        const who = add(item, "p", [claim[9], period(claim[11]), words.kind[claim[7]]].filter(Boolean).join(" · ") + "　", "who");
        link(who, text.t, page);
        count++;
      });
    });
    return count;
  }

  let asked = new URLSearchParams(location.search), ticket = 0;
  function remember(query, chosenNow, show) {
    const kept = new URLSearchParams();
    if (query) kept.set("q", query);
    picks.forEach(function (pick) { ((chosenNow[pick.dataset.pick] || {}).values || []).forEach(function (one) { kept.append(pick.dataset.pick, one); }); });
    if (show !== "articles") kept.set("show", show);
    asked = kept;
    try { history.replaceState(null, "", kept.size || String(kept) ? "?" + kept : location.pathname); } catch (refused) { /* a browser may keep the address of a file as it is */ }
  }
  function partsOf(index, one) { return one.parts.length ? one.parts.slice(0, 4) : [index.first[one.number]]; }
  async function answer() {
    const mine = ++ticket, query = box.value, show = (tabs.find(function (tab) { return tab.checked; }) || {}).value || "articles";
    const any = picks.some(function (pick) { return pick.filled ? choice(pick.dataset.pick).length : asked.has(pick.dataset.pick); });
    all.hidden = Boolean(query.trim() || any);
    if (!all.hidden) { list.textContent = state.textContent = ""; more.hidden = true; remember("", {}, show); document.body.classList.remove("found"); return; }
    state.textContent = words.busy;
    const index = await open(), wanted = (await spelled(index, query)).split(/\s+/).filter(Boolean);
    const found = await find(index, wanted), chosenNow = await filters(show);
    const kept = found.filter(function (one) { return passes(chosenNow, one.number); });
    if (mine !== ticket) return;
    remember(query, chosenNow, show);
    document.body.classList.add("found");
    list.textContent = "";
    list.className = "results" + (show === "numbers" ? " numbers" : "");
    let at = 0, shown = 0;
    async function next() {
      more.hidden = true;
      let added = 0;
      while (at < kept.length && added < PAGE) {
        const some = kept.slice(at, at + PAGE);
        at += some.length;
        const texts = await Promise.all(some.map(function (one) { return Promise.all(partsOf(index, one).map(function (n) { return part("text-" + n); })); }));
        if (mine !== ticket) return;
        texts.forEach(function (each) {
          if (show === "numbers") added += showClaims(index, each, wanted, chosenNow);
          else { showArticle(index, each, wanted); added++; }
        });
      }
      shown += added;
      more.hidden = at >= kept.length;
      if (show === "numbers") state.textContent = shown ? (more.hidden ? words.numbers : words.some).replace("{n}", shown) : words.none;
      else state.textContent = kept.length ? words.hits.replace("{n}", kept.length) : words.none;
    }
    more.onclick = next;
    await next();
    for (const pick of picks) if (pick.open || index.articles < 200 || chosenNow[pick.dataset.pick]) await fill(pick, found, chosenNow, show);
    picks.forEach(function (pick) { pick.ontoggle = function () { if (pick.open) fill(pick, found, chosenNow, show); }; });
    document.dispatchEvent(new CustomEvent("answered", { detail: { query: query, articles: kept.map(function (one) { return one.number; }) } }));
  }
  function go() { answer().catch(function () { state.textContent = words.failed; }); }

  box.value = asked.get("q") || "";
  tabs.forEach(function (tab) { tab.checked = tab.value === (asked.get("show") || "articles"); tab.addEventListener("change", go); });
  form.addEventListener("submit", function (event) { event.preventDefault(); go(); });
  picks.forEach(function (pick) { pick.addEventListener("change", go); });
  let timer = 0, composing = false;
  box.addEventListener("compositionstart", function () { composing = true; });
  box.addEventListener("compositionend", function () { composing = false; go(); });
  box.addEventListener("input", function () {
    clearTimeout(timer);
    if (!composing) timer = setTimeout(go, 120);
  });
  if (String(asked)) go();
})();
