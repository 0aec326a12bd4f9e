// The table of numbers, narrowed and sorted; the choice stands in the address. Without scripts the whole table stands there.
(function () {
  "use strict";
  const form = document.getElementById("choose"), table = document.getElementById("table"), state = document.getElementById("state");
  if (!form || !table) return;
  const body = table.tBodies[0], more = document.getElementById("more"), pages = document.getElementById("pages"), PAGE = 200;
  const heads = [...table.tHead.querySelectorAll("[data-sort]")], files = Number(form.dataset.files), rows = [], narrowed = document.querySelector(".filters b");
  const fields = ["article", "mark", "raw", "value", "unit", "label", "subject", "place", "industry", "kind", "status", "period", "title", "doubt", "bound"];
  const names = { industry: {}, kind: {}, status: {} };
  Object.keys(names).forEach(function (name) { [...form.elements[name].options].forEach(function (option) { names[name][option.value] = option.dataset.name; }); });
  const bounds = JSON.parse(form.dataset.bounds);
  let loading = null, sort = "", shown = [];

  self.sitegenRows = function (number, values) {
    rows[number] = values.map(function (value) {
      const row = {};
      fields.forEach(function (field, n) { row[field] = value[n]; });
      return row;
    });
  };
  function load() {
    loading = loading || Promise.all([...Array(files).keys()].map(function (number) {
      return new Promise(function (done, fail) {
        const script = document.createElement("script");
        script.src = new URL("rows-" + number + ".js", document.baseURI).href;
        script.onload = done;
        script.onerror = function () { loading = null; fail(new Error(script.src)); };
        document.head.appendChild(script);
      });
    })).then(function () { return rows.flat(); });
    return loading;
  }

  function asked() {
    const found = {};
    ["place", "industry", "kind", "status", "year", "q"].forEach(function (name) { const value = form.elements[name].value.trim(); if (value) found[name] = value; });
    return found;
  }
  function fits(row, wanted) {
    return Object.keys(wanted).every(function (name) {
      if (name === "year") return row.period.slice(0, 4) === wanted.year;
      if (name === "q") return [row.raw, row.label, row.subject, row.place, row.title].join("\n").includes(wanted.q);
      return row[name] === wanted[name];
    });
  }
  // Behind each choice how many numbers it would leave, the other choices standing; one that would leave none cannot be made.
  function count(all, wanted) {
    form.querySelectorAll("select").forEach(function (select) {
      const others = Object.assign({}, wanted), counts = {};
      delete others[select.name];
      all.forEach(function (row) {
        const value = select.name === "year" ? row.period.slice(0, 4) : row[select.name];
        if (fits(row, others)) counts[value] = (counts[value] || 0) + 1;
      });
      [...select.options].slice(1).forEach(function (option) {
        const own = counts[option.value] || 0;
        option.textContent = form.dataset.choice.replace("{name}", option.dataset.name).replace("{n}", own);
        option.disabled = !own && !option.selected;
      });
    });
  }
  // By size within each unit, the most frequent unit first, since kilowatts and yuan have no order among them.
  function sorted(found) {
    const name = sort.replace("-", ""), way = sort[0] === "-" ? -1 : 1, often = {};
    if (!name) return found;
    found.forEach(function (row) { often[row.unit] = (often[row.unit] || 0) + 1; });
    return found.slice().sort(function (a, b) {
      if (name === "value") return often[b.unit] - often[a.unit] || a.unit.localeCompare(b.unit) || way * (Number(a.value) - Number(b.value));
      const one = (names[name] || {})[a[name]] || a[name], other = (names[name] || {})[b[name]] || b[name];
      return !one - !other || way * one.localeCompare(other, "zh");
    });
  }

  function add(parent, tag, text, name) {
    const node = parent.appendChild(document.createElement(tag));
    if (text) node.textContent = text;
    if (name) node.className = name;
    return node;
  }
  function link(parent, text, href, name) { const node = add(parent, "a", text, name); node.href = href; return node; }
  const period = self.sitegenPeriod(form.dataset.dates.split("|"), form.dataset.between);
  function draw(row) {
    const line = add(body, "tr"), page = "../articles/" + encodeURIComponent(row.article) + "/index.html", head = add(line, "th");
    head.scope = "row";
    if (bounds[row.bound]) add(head, "small", bounds[row.bound]);
    link(head, row.raw, page + "#" + row.mark, "n " + row.status + (row.doubt ? " doubted" : ""));
    if (row.doubt) link(head, form.dataset.doubt, page + "#" + row.mark, "q");
    const what = add(line, "td", row.label + " ");
    if (row.subject) add(what, "small", row.subject);
    const place = add(line, "td"), industry = add(line, "td");
    if (row.place) link(place, row.place, "../places/" + encodeURIComponent(row.place) + "/index.html");
    if (row.industry) link(industry, names.industry[row.industry] || row.industry, "../industries/" + row.industry + "/index.html");
    add(line, "td", names.kind[row.kind]);
    add(add(line, "td"), "span", names.status[row.status], "st " + row.status);
    add(line, "td", period(row.period));
    link(add(line, "td"), row.title, page + "#" + row.mark);
  }
  function next() {
    shown.splice(0, PAGE).forEach(draw);
    more.hidden = !shown.length;
  }
  function remember(wanted) {
    narrowed.textContent = Object.keys(wanted).length || "";
    const kept = new URLSearchParams(wanted);
    if (sort) kept.set("sort", sort);
    try { history.replaceState(null, "", String(kept) ? "?" + kept : location.pathname); } catch (refused) { /* a browser may keep the address of a file as it is */ }
  }
  async function answer() {
    const wanted = asked(), all = await load(), found = sorted(all.filter(function (row) { return fits(row, wanted); }));
    remember(wanted);
    count(all, wanted);
    body.textContent = "";
    shown = found;
    state.textContent = (found.length < all.length ? state.dataset.some : state.dataset.all).replace("{n}", found.length).replace("{of}", all.length);
    if (pages) pages.hidden = true;
    heads.forEach(function (head) {
      const own = sort.replace("-", "") === head.dataset.sort;
      if (own) head.setAttribute("aria-sort", sort[0] === "-" ? "descending" : "ascending"); else head.removeAttribute("aria-sort");
    });
    next();
  }

  heads.forEach(function (head) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", function () {
      const name = head.dataset.sort, falling = name === "value" || name === "period";
      sort = sort === (falling ? "-" + name : name) ? (falling ? name : "-" + name) : falling ? "-" + name : name;
      answer();
    });
  });
  more.addEventListener("click", next);
  form.addEventListener("change", answer);
  form.addEventListener("input", function (event) { if (event.target.name === "q") answer(); });
  form.addEventListener("submit", function (event) { event.preventDefault(); answer(); });
  form.addEventListener("reset", function () { sort = ""; setTimeout(answer); });
  const given = new URLSearchParams(location.search);
  sort = given.get("sort") || "";
  ["place", "industry", "kind", "status", "year", "q"].forEach(function (name) { form.elements[name].value = given.get(name) || ""; });
  if (String(given)) answer();
})();
