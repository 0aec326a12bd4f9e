// The desk's keys, what was typed and not yet saved, and a page that is loaded anew when the preview was built; all else works without.
(function () {
  "use strict";
  var builds = document.currentScript.getAttribute("data-builds");
  var cards = Array.from(document.querySelectorAll(".verdict"));
  var now = -1, sent = false, touched = Date.now();

  function stored(name, value) { // for this tab alone; a browser may refuse it
    try {
      if (value === undefined) return JSON.parse(sessionStorage.getItem("desk." + name));
      if (value === null) sessionStorage.removeItem("desk." + name);
      else sessionStorage.setItem("desk." + name, JSON.stringify(value));
    } catch (refused) { /* then it is as if nothing had been kept */ }
    return null;
  }

  function show(index, still) {
    if (!cards[index]) return;
    if (cards[now]) mark(now, false);
    now = index;
    mark(now, true);
    if (still) return;
    cards[now].focus({ preventScroll: true });
    cards[now].scrollIntoView({ block: cards[now].offsetHeight < innerHeight ? "center" : "start" });
    history.replaceState(null, "", "#" + cards[now].id);
  }

  function mark(index, on) {
    cards[index].classList.toggle("current", on);
    var number = document.getElementById(cards[index].id.replace("c-", "m-"));
    if (number) number.classList.toggle("current", on);
  }

  function step(by, fits) { // to the next card that is shown and fits
    for (var index = now + by; index >= 0 && index < cards.length; index += by) {
      if (!cards[index].hidden && (!fits || fits(cards[index]))) { show(index); return true; }
    }
    return false;
  }

  function open() { // the next one that nobody has judged, here or in another article
    function waits(card) { return card.dataset.state === "auto"; }
    if (step(1, waits)) return;
    var first = cards.findIndex(function (card) { return waits(card) && !card.hidden; });
    var onward = document.querySelector(".onward a");
    if (first >= 0) show(first);
    else if (onward) location.assign(onward.href);
  }

  function edit() {
    var box = cards[now].querySelector(".edit");
    box.open = true;
    box.querySelector("input, select").focus();
  }

  function typing(where) {
    return where.closest && where.closest("input, select, textarea") !== null;
  }

  // which numbers are shown
  var chooser = document.querySelector(".choose[hidden]");
  var choices = chooser ? Array.from(chooser.querySelectorAll("button")) : [];
  function fits(card, choice) {
    return choice === "all" || card.dataset.state === choice || (choice === "doubted" && "doubted" in card.dataset);
  }
  function choose(choice) {
    stored("show", choice);
    choices.forEach(function (each) { each.setAttribute("aria-pressed", each.dataset.show === choice); });
    cards.forEach(function (card) { card.hidden = !fits(card, choice); });
    document.querySelector(".nothing").hidden = cards.some(function (card) { return !card.hidden; });
  }
  if (chooser) {
    chooser.hidden = false;
    choices.forEach(function (each) {
      var count = cards.filter(function (card) { return fits(card, each.dataset.show); }).length;
      each.querySelector("span").textContent = count;
      each.addEventListener("click", function () { choose(each.dataset.show); });
    });
    choose(choices.some(function (each) { return each.dataset.show === stored("show"); }) ? stored("show") : "all");
  }
  function another() {
    var at = choices.findIndex(function (each) { return each.getAttribute("aria-pressed") === "true"; });
    choose(choices[(at + 1) % choices.length].dataset.show);
  }

  // what is typed and not saved stays, whatever else is sent or loaded
  function fields(card) {
    return Array.from(card.querySelectorAll("input:not([type=hidden]), select"));
  }
  function differs(each) {
    if (each.matches("select")) return each.selectedIndex >= 0 && !each.options[each.selectedIndex].defaultSelected;
    return each.value !== each.defaultValue;
  }
  function typed(card) {
    return fields(card).filter(function (each) { return each.name !== "who" && differs(each); });
  }
  function seen(card) { return card.querySelector("[name=seen]").value; }
  function keep(except) {
    var kept = {};
    cards.forEach(function (card) {
      if (card === except || !typed(card).length) return;
      kept[card.id] = { seen: seen(card), fields: {} };
      typed(card).forEach(function (each) { kept[card.id].fields[each.name] = each.value; });
    });
    stored(location.pathname, Object.keys(kept).length ? kept : null);
  }
  function bring() {
    var kept = stored(location.pathname) || {};
    cards.forEach(function (card) {
      var mine = kept[card.id];
      if (!mine || mine.seen !== seen(card) || card.querySelector(".fault")) return;
      fields(card).forEach(function (each) { if (each.name in mine.fields) each.value = mine.fields[each.name]; });
      card.querySelector(".edit").open = Object.keys(mine.fields).some(function (name) { return name !== "why"; });
      card.querySelector("form").before(document.querySelector("template.kept").content.cloneNode(true));
    });
  }

  // the last verdict, to be taken back from anywhere
  function last() {
    var done = stored("last") || {};
    var card = cards.find(function (each) { return "#" + each.id === done.card; });
    return card && done.at === location.pathname && card.dataset.state !== "auto" ? card : null;
  }
  function undo() {
    var button = last() && last().querySelector("button[value=undo]");
    if (button) button.click();
  }
  var just = document.querySelector(".just");
  if (just && last()) {
    just.hidden = false;
    just.querySelector("b").textContent = last().querySelector("h2 .n").textContent + " " + last().querySelector(".state").textContent;
    just.querySelector("button").addEventListener("click", undo);
  }

  document.addEventListener("keydown", function (event) {
    touched = Date.now();
    if (event.key === "Escape" && typing(event.target) && cards[now]) cards[now].focus();
    if (event.key === "Enter" && event.ctrlKey && typing(event.target) && cards[now] && !event.repeat && !sent) {
      event.preventDefault();
      return cards[now].querySelector("button[value=edited]").click();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    if (sent) return event.preventDefault();
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "n" && cards.length) open();
    else if (event.key === "f" && choices.length) another();
    else if (event.key === "z" && last()) undo();
    else if (cards[now] && event.key === "e") edit();
    else if (cards[now]) {
      var button = cards[now].querySelector('[data-key="' + CSS.escape(event.key) + '"]');
      if (!button || event.repeat) return;
      button.click();
    } else return;
    event.preventDefault();
  });

  document.addEventListener("submit", function (event) { // a verdict is sent once
    if (sent) return event.preventDefault();
    sent = true;
    var card = event.target.closest(".verdict");
    keep(card);
    stored("last", { at: location.pathname, card: event.submitter && event.submitter.value === "undo" ? "" : "#" + card.id });
  });

  document.addEventListener("focusin", function (event) {
    var card = event.target.closest && event.target.closest(".verdict");
    if (card && cards.indexOf(card) !== now) show(cards.indexOf(card), true);
  });

  function arrive() {
    var index = cards.findIndex(function (card) { return "#" + card.id === location.hash; });
    if (index < 0) return;
    if (cards[index].hidden) step(1) || step(-1);
    else show(index);
  }
  window.addEventListener("hashchange", arrive);
  window.addEventListener("pageshow", function (event) { // the Back button may bring back a page that has sent its form
    if (event.persisted) location.reload();
  });
  window.addEventListener("pagehide", function () { if (!sent && !dropped) keep(null); });
  var dropped = false;
  Array.from(document.querySelectorAll(".fresh a, a.drop")).forEach(function (link) {
    link.addEventListener("click", function () {
      dropped = true;
      if (!link.matches(".drop")) return stored(location.pathname, null);
      keep(link.closest(".verdict"));
    });
  });
  bring();
  arrive();
  var wrong = document.querySelector('[aria-invalid="true"]');
  if (wrong) wrong.focus();

  function entered() {
    return document.querySelector(".edit[open], .verdict .fault") !== null || cards.some(function (card) { return fields(card).some(differs); });
  }
  var events = new EventSource("/__sitegen/events?builds=" + builds);
  events.addEventListener("built", function () {
    events.close();
    renew();
  });

  function renew() { // not under the fingers of somebody who is going from number to number
    if (sent) return;
    if (entered()) document.querySelector(".fresh").hidden = false; // what somebody is typing is not thrown away
    else if (Date.now() - touched < 1000) setTimeout(renew, 250);
    else location.reload();
  }
})();
