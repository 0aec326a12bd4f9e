// The desk's keys, and a page that is loaded anew when the preview was built; everything works without.
(function () {
  "use strict";
  var version = document.currentScript.getAttribute("data-version");
  var cards = Array.prototype.slice.call(document.querySelectorAll(".verdict"));
  var now = -1, sent = false, touched = Date.now();

  function show(index, still) {
    if (!cards[index]) return;
    if (cards[now]) mark(now, false);
    now = index;
    mark(now, true);
    if (still) return;
    cards[now].focus({ preventScroll: true });
    cards[now].scrollIntoView({ block: "center" });
    history.replaceState(null, "", "#" + cards[now].id);
  }

  function mark(index, on) {
    cards[index].classList.toggle("current", on);
    var number = document.getElementById(cards[index].id.replace("c-", "m-"));
    if (number) number.classList.toggle("current", on);
  }

  function open() { // the next one that nobody has judged
    for (var step = 1; step <= cards.length; step += 1) {
      var index = (now + step + cards.length) % cards.length;
      if (cards[index].dataset.state === "auto") return show(index);
    }
  }

  function edit() {
    var box = cards[now].querySelector(".edit");
    box.open = true;
    box.querySelector("input, select").focus();
  }

  function typing(where) {
    return where.closest && where.closest("input, select, textarea") !== null;
  }

  document.addEventListener("keydown", function (event) {
    touched = Date.now();
    if (event.key === "Escape" && typing(event.target) && cards[now]) cards[now].focus();
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    if (sent) return event.preventDefault();
    if (event.key === "j") show(Math.min(now + 1, cards.length - 1));
    else if (event.key === "k") show(Math.max(now - 1, 0));
    else if (event.key === "n") open();
    else if (cards[now] && event.key === "e") edit();
    else if (cards[now]) {
      var button = cards[now].querySelector('button[data-key="' + CSS.escape(event.key) + '"]');
      if (!button || event.repeat) return;
      button.click();
    } else return;
    event.preventDefault();
  });

  document.addEventListener("submit", function (event) { // a verdict is sent once
    if (sent) event.preventDefault();
    sent = true;
  });

  document.addEventListener("focusin", function (event) {
    var card = event.target.closest && event.target.closest(".verdict");
    if (card && cards.indexOf(card) !== now) show(cards.indexOf(card), true);
  });

  function arrive() {
    var index = cards.findIndex(function (card) { return "#" + card.id === location.hash; });
    if (index >= 0) show(index);
  }
  window.addEventListener("hashchange", arrive);
  window.addEventListener("pageshow", function (event) { // the Back button may bring back a page that has sent its form
    if (event.persisted) location.reload();
  });
  arrive();
  var wrong = document.querySelector('[aria-invalid="true"]');
  if (wrong) wrong.focus();

  function entered() {
    return document.querySelector(".edit[open], .verdict .fault") !== null || Array.prototype.some.call(document.querySelectorAll(".verdict input, .verdict select"), function (each) {
      if (each.matches("select")) return Array.prototype.some.call(each.options, function (o) { return o.selected !== o.defaultSelected; });
      return each.value !== each.defaultValue;
    });
  }
  var events = new EventSource("/__sitegen/events?version=" + version);
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
