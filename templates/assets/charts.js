/* The interactive layer of charts. The SVG on the page is complete without it: only when a reader presses the button is
   Plotly's script (beside this file) loaded and the figure drawn from the JSON that stands in the page. Works from file://.
   Words come from this script's data attributes: data-open, data-close, data-failed, data-keys. */
(function () {
  "use strict";
  var self = document.currentScript;
  if (!self || !document.querySelector) return;
  var words = { open: self.dataset.open || "+", close: self.dataset.close || "−", failed: self.dataset.failed || "", keys: self.dataset.keys || "" };
  var library = new URL("plotly.min.js", self.src).href;
  var loading = null;
  var shown = [];

  function load() {
    if (window.Plotly) return Promise.resolve(window.Plotly);
    if (!loading) {
      loading = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = library;
        script.onload = function () { resolve(window.Plotly); };
        script.onerror = function () { loading = null; script.remove(); reject(new Error("plotly")); };
        document.head.appendChild(script);
      });
    }
    return loading;
  }

  function palette() {
    var style = getComputedStyle(document.documentElement);
    var read = function (name, otherwise) { return style.getPropertyValue(name).trim() || otherwise; };
    return {
      ink: read("--ink", "#1d1b16"), soft: read("--soft", "#67624f"), line: read("--line", "#d9d3c5"),
      paper: read("--paper", "#fbf9f3"), actual: read("--actual", "#1f6f54"), planned: read("--planned", "#9a6412"),
      target: read("--target", "#4f6187"), font: getComputedStyle(document.body).fontFamily
    };
  }

  function brokenLines(text, size, most) {
    var lines = [];
    while (text && lines.length < most) {
      var last = lines.length === most - 1;
      lines.push(last && text.length > size ? text.slice(0, size - 1) + "…" : text.slice(0, size));
      text = text.slice(size);
    }
    return lines.join("<br>");
  }

  /* Words arrive escaped for Plotly (&amp; &lt; &gt;). */
  function plain(text) {
    var holder = document.createElement("textarea");
    holder.innerHTML = text;
    return holder.value;
  }

  /* Labels are cut as plain text and escaped again. */
  function label(text, narrow) {
    return text.split("<br>").slice(0, narrow ? 1 : 2).map(function (part, index) {
      return brokenLines(plain(part), narrow ? 7 : 16, index || !narrow ? 1 : 2)
        .replace(/&/g, "&amp;").replace(/<(?!br>)/g, "&lt;");
    }).join("<br>");
  }

  function dressed(figure, width) {
    var copy = JSON.parse(JSON.stringify(figure));
    var c = palette();
    var narrow = width < 600;
    copy.data.forEach(function (trace) {
      var status = trace.meta && trace.meta.status;
      if (trace.type === "bar") {
        trace.marker.color = status === "actual" ? c.actual : "rgba(0,0,0,0)";
        if (status !== "actual") trace.marker.line = { color: c[status], width: 1.5 };
        if (trace.marker.pattern) trace.marker.pattern.fgcolor = c[status];
        trace.textfont = { color: c.ink, weight: 600 };
      } else if (trace.meta && trace.meta.series !== undefined) {
        trace.line.color = trace.marker.color = [c.actual, c.planned, c.target, c.ink, c.soft][trace.meta.series];
      } else if (trace.type === "scatter") {
        trace.marker.color = trace.meta.filled ? c.actual : "rgba(0,0,0,0)";
        trace.marker.line = { color: trace.meta.filled ? c.actual : c.soft, width: 1.4 };
      } else if (trace.type === "heatmap") {
        trace.colorscale = [[0, c.paper], [1, c.actual]];
        trace.text = trace.text.map(function (row) {
          return row.map(function (text) { return text.replace("\n", "<br>"); });
        });
      }
    });
    var layout = copy.layout;
    layout.font = { family: c.font, size: narrow ? 12 : 13, color: c.ink };
    layout.hoverlabel = { align: "left", bgcolor: c.paper, bordercolor: c.ink, font: { color: c.ink, family: c.font } };
    layout.width = width;
    layout.dragmode = false;
    Object.keys(layout).forEach(function (key) {
      if (!/^[xy]axis/.test(key)) return;
      layout[key].gridcolor = c.line;
      if (key[0] === "x" && narrow && layout[key].type === "linear" && layout.meta.drawing === "bars" && !layout[key].fixedrange) {
        layout[key].range = [layout[key].range[0], layout[key].range[1] * 1.25];
        ["tickvals", "ticktext"].forEach(function (name) {
          layout[key][name] = layout[key][name].filter(function (_, index) { return index % 2 === 0; });
        });
      }
      layout[key].fixedrange = true;
      if (key[0] === "y" && layout.meta.drawing === "bars") {
        layout[key].ticktext = layout[key].ticktext.map(function (text) { return label(text, narrow); });
      }
    });
    if (narrow && layout.meta.drawing !== "bars") layout.height = Math.min(layout.height, Math.round(width * 1.1));
    return copy;
  }

  /* A mark that stands on one claim opens its sentence: the address is that of the same mark in the static drawing. */
  function opens(drawing, claims) {
    if (!claims || claims.length !== 1) return null;
    var cut = claims[0].lastIndexOf("-");
    var links = drawing.querySelectorAll('a[href$="#c-' + claims[0].slice(cut + 1) + '"]');
    return Array.prototype.find.call(links, function (link) {
      return link.getAttribute("href").indexOf(claims[0].slice(0, cut)) >= 0 || links.length === 1;
    }) || null;
  }

  /* What the keyboard steps through: each mark once, bars from above, of a heap of dots the first; cells that hold nothing are left out. */
  function points(figure) {
    var found = [];
    figure.data.forEach(function (trace, curve) {
      (trace.hovertext || []).forEach(function (said, number) {
        (Array.isArray(said) ? said : [said]).forEach(function (words, column) {
          var cell = Array.isArray(said), own = function (values) { return values && (cell ? values[number][column] : values[number]); };
          var text = trace.text ? own(trace.text) : "";
          if (!words || cell && !text || trace.type === "scatter" && number && trace.hovertext[number - 1] === words) return;
          found.push({
            plot: (trace.xaxis || "x") + (trace.yaxis || "y"), curve: curve, at: cell ? { xval: column, yval: number } : { pointNumber: number }, claims: own(trace.customdata),
            said: text && !cell || words.indexOf(text.split("\n").pop()) >= 0 ? words : words + " · " + text,
            place: trace.type === "bar" ? [trace.yaxis || "y", trace.y[number]] : ["", 0]
          });
        });
      });
    });
    return found.sort(function (a, b) { return a.place[0].localeCompare(b.place[0]) || a.place[1] - b.place[1]; });
  }

  function step(entry, event) {
    var last = entry.points.length - 1, at = entry.at;
    if (event.key === "Enter" && at >= 0) { follow(entry, entry.points[at].claims); return; }
    if (event.key === "Escape") at = -1;
    else if (event.key === "ArrowRight" || event.key === "ArrowDown") at = Math.min(at + 1, last);
    else if (event.key === "ArrowLeft" || event.key === "ArrowUp") at = Math.max(at - 1, 0);
    else if (event.key === "Home") at = 0;
    else if (event.key === "End") at = last;
    else return;
    event.preventDefault();
    entry.at = at;
    var point = entry.points[at];
    if (point) window.Plotly.Fx.hover(entry.box, [Object.assign({ curveNumber: point.curve }, point.at)], point.plot);
    else window.Plotly.Fx.unhover(entry.box);
    entry.live.textContent = point ? at + 1 + "/" + (last + 1) + " " + plain(point.said.replace(/<br>/g, " ")) : words.keys;
  }

  function follow(entry, claims) {
    var link = opens(entry.drawing, claims);
    if (link) window.location.href = link.href.baseVal || link.getAttribute("href");
  }

  function plot(entry) {
    var made = dressed(entry.figure, entry.box.clientWidth || entry.place.clientWidth);
    if (entry.place.querySelector(".legend")) made.layout.showlegend = false; /* the page's own says the same */
    return window.Plotly.react(entry.box, made.data, made.layout, { displayModeBar: false, responsive: false }).then(function () { dash(entry.box); });
  }

  /* A target is dashed, as in the static drawing; Plotly has no such line for bars. */
  function dash(box) {
    box.querySelectorAll(".barlayer .trace").forEach(function (group) {
      var first = group.__data__ && group.__data__[0], meta = first && first.trace && first.trace.meta;
      if (meta && meta.status === "target") group.querySelectorAll("path").forEach(function (path) { path.style.strokeDasharray = "4 3"; });
    });
  }

  function open(entry, byKeyboard) {
    entry.button.disabled = true;
    load().then(function () {
      entry.drawing.hidden = true;
      entry.box.hidden = entry.live.hidden = false;
      return plot(entry);
    }).then(function () {
      entry.button.textContent = words.close;
      entry.button.setAttribute("aria-pressed", "true");
      entry.open = true;
      entry.points = entry.points || points(entry.figure);
      if (byKeyboard) entry.box.focus();
      if (!entry.bound) {
        entry.bound = true;
        entry.box.on("plotly_click", function (event) { follow(entry, event.points[0].customdata); });
      }
    }, function () { entry.button.textContent = words.failed; }).then(function () { entry.button.disabled = false; });
  }

  function close(entry) {
    entry.box.hidden = entry.live.hidden = true;
    entry.drawing.hidden = false;
    entry.open = false;
    entry.button.textContent = words.open;
    entry.button.setAttribute("aria-pressed", "false");
  }

  function again() {
    shown.forEach(function (entry) { if (entry.open) plot(entry); });
  }

  document.querySelectorAll('script[type="application/json"][id^="fig-"]').forEach(function (source) {
    var place = source.closest("figure") || document.getElementById("chart-" + source.id.slice(4));
    var drawing = place && place.querySelector(".drawing");
    if (!drawing) return;
    var entry = { place: place, drawing: drawing, figure: JSON.parse(source.textContent), open: false };
    entry.box = document.createElement("div");
    entry.box.className = "plot";
    entry.box.id = "plot-" + source.id.slice(4);
    entry.box.hidden = true;
    entry.box.tabIndex = 0;
    entry.box.setAttribute("role", "application");
    entry.box.setAttribute("aria-label", (drawing.querySelector("title") || place).textContent.trim() + " " + words.keys);
    entry.at = -1;
    entry.box.addEventListener("keydown", function (event) { step(entry, event); });
    entry.live = document.createElement("p");
    entry.live.className = "src";
    entry.live.hidden = true;
    entry.live.setAttribute("role", "status");
    entry.live.textContent = words.keys;
    entry.button = document.createElement("button");
    entry.button.type = "button";
    entry.button.className = "plot-button";
    entry.button.textContent = words.open;
    entry.button.setAttribute("aria-pressed", "false");
    entry.button.addEventListener("click", function (event) { (entry.open ? close : open)(entry, event.detail === 0); });
    drawing.after(entry.box, entry.live, entry.button);
    shown.push(entry);
  });

  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  var waiting = 0;
  window.addEventListener("resize", function () { clearTimeout(waiting); waiting = setTimeout(again, 200); });
  window.addEventListener("beforeprint", function () { shown.forEach(function (entry) { if (entry.open) close(entry); }); });
})();
