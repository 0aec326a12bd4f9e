// Exact search over the site's texts, from files beside this page. The query is looked for as it is typed.
(function () {
  "use strict";
  var index = self.sitegenIndex, form = document.querySelector(".find"), box = document.getElementById("q");
  var state = document.getElementById("state"), list = document.getElementById("results"), all = document.getElementById("all");
  if (!index || !form) return;
  var texts = null, waiting = null, fold = {};
  index.fold[0].split("").forEach(function (char, n) { fold[char] = index.fold[1][n]; });
  function folded(text) { return text.replace(/[^\x00-\x7f]/g, function (c) { return fold[c] || c; }).toLowerCase(); }
  function say(key, n) { state.textContent = state.dataset[key].replace("{n}", n); }

  function load(then) {
    if (texts) return then();
    say("busy");
    waiting = then;
    if (load.began) return;
    load.began = true;
    var left = index.shards.length, found = [];
    index.shards.forEach(function (name, number) {
      var script = document.createElement("script");
      script.src = new URL("text-" + number + ".js", document.baseURI).href;
      script.onload = script.onerror = function () {
        (self["sitegenText" + number] || []).forEach(function (doc) { found[doc.n] = doc; });
        if (--left) return;
        texts = found;
        waiting();
      };
      document.head.appendChild(script);
    });
  }

  function places(text, word) {
    var found = [], at = text.indexOf(word);
    for (; at >= 0; at = text.indexOf(word, at + word.length)) found.push([at, at + word.length]);
    return found;
  }

  // How well a document answers: headline first, then what the article is about, then how often it says so.
  function score(number, words) {
    var doc = index.docs[number], text = texts[number], total = 0;
    var lines = text.p.concat(text.o).map(folded), title = folded(doc.t + "\n" + doc.a), hits = [];
    for (var i = 0; i < words.length; i++) {
      var count = 0;
      lines.forEach(function (line, n) {
        var found = places(line, words[i]);
        count += found.length;
        if (found.length && !hits[n]) { hits[n] = []; hits[n].words = []; }
        if (found.length) hits[n].words.push(i);
        found.forEach(function (span) { hits[n].push(span); });
      });
      var inTitle = title.indexOf(words[i]) >= 0;
      if (!count && !inTitle) return null;
      total += (inTitle ? 6 : 0) + 4 * (doc.w[words[i]] || 0) + Math.log(1 + count);
    }
    return { doc: doc, text: text, score: total, hits: hits };
  }

  function part(parent, words, name, href) {
    var node = document.createElement(href ? "a" : name || "span");
    if (href) { node.href = href; node.className = name || ""; }
    node.textContent = words;
    parent.appendChild(node);
    return node;
  }

  // A stretch of a paragraph around its hits, numbers linked to their marks, hits marked.
  function snippet(parent, line, spans, claims, page) {
    spans.sort(function (a, b) { return a[0] - b[0]; });
    var from = Math.max(0, spans[0][0] - 40), to = Math.min(line.length, Math.max(from + 130, spans[0][1] + 60));
    var cuts = claims.filter(function (c) { return c[1] >= from && c[2] <= to; });
    var at = from, edges = [from, to];
    spans.concat(cuts.map(function (c) { return [c[1], c[2]]; })).forEach(function (s) { edges.push(s[0], s[1]); });
    edges = edges.filter(function (e, n) { return e >= from && e <= to && edges.indexOf(e) === n; }).sort(function (a, b) { return a - b; });
    if (from) parent.appendChild(document.createTextNode("…"));
    for (var n = 1; n < edges.length; n++) {
      var end = edges[n], claim = cuts.filter(function (c) { return c[1] <= at && c[2] >= end; })[0];
      var holder = claim ? part(parent, "", "n " + claim[4], page + "#c-" + claim[3]) : parent, words = line.slice(at, end);
      if (spans.some(function (s) { return s[0] <= at && s[1] >= end; })) part(holder, words, "mark").className = "hit";
      else holder.appendChild(document.createTextNode(words));
      at = end;
    }
    if (to < line.length) parent.appendChild(document.createTextNode("…"));
  }

  function show(query) {
    var words = folded(query).split(/\s+/).filter(Boolean);
    list.textContent = "";
    all.hidden = words.length > 0;
    if (!words.length) { state.textContent = ""; return; }
    load(function () {
      var found = index.docs.map(function (_, n) { return score(n, words); }).filter(Boolean);
      found.sort(function (a, b) { return b.score - a.score || (a.doc.d < b.doc.d ? 1 : -1); });
      list.textContent = "";
      found.forEach(function (hit) {
        var item = list.appendChild(document.createElement("li")), page = "../articles/" + encodeURIComponent(hit.doc.u) + "/index.html";
        part(item.appendChild(document.createElement("h2")), hit.doc.t, "", page);
        var rest = 0;
        var best = hit.hits.map(function (spans, n) { return [n, spans.words.length]; }).filter(Boolean);
        best.sort(function (a, b) { return b[1] - a[1] || a[0] - b[0]; });
        best = best.slice(0, 3).map(function (pair) { return pair[0]; });
        hit.hits.forEach(function (spans, n) {
          if (best.indexOf(n) < 0) { rest += spans.length; return; }
          var lines = hit.text.p, own = n < lines.length ? hit.text.c.filter(function (c) { return c[0] === n; }) : [];
          snippet(item.appendChild(document.createElement("p")), lines[n] || hit.text.o[n - lines.length], spans, own, page);
        });
        if (rest) part(item, state.dataset.more.replace("{n}", rest)).className = "quiet";
      });
      say(found.length ? "hits" : "none", found.length);
    });
  }

  form.hidden = false;
  state.textContent = "";
  box.value = new URLSearchParams(location.search).get("q") || "";
  form.addEventListener("submit", function (event) { event.preventDefault(); show(box.value); });
  var timer = 0, composing = false;
  box.addEventListener("compositionstart", function () { composing = true; });
  box.addEventListener("compositionend", function () { composing = false; show(box.value); });
  box.addEventListener("input", function () {
    clearTimeout(timer);
    if (!composing) timer = setTimeout(function () { show(box.value); }, 120);
  });
  if (box.value) show(box.value);
  box.focus();
})();
