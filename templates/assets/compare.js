// Places side by side: those that are chosen, kept in the address. Without scripts all stand there.
(function () {
  "use strict";
  const form = document.getElementById("places"), table = document.getElementById("compare");
  if (!form || !table) return;
  const boxes = [...form.elements.place], asked = new URLSearchParams(location.search).getAll("place");
  if (asked.length) boxes.forEach(function (box) { box.checked = asked.includes(box.value); });
  function show() {
    const chosen = boxes.filter(function (box) { return box.checked; }).map(function (box) { return box.value; });
    table.querySelectorAll("[data-place]").forEach(function (cell) { cell.hidden = !chosen.includes(cell.dataset.place); });
    table.querySelectorAll("tbody tr").forEach(function (row) {
      row.hidden = ![...row.querySelectorAll("td")].some(function (cell) { return !cell.hidden && cell.textContent.trim(); });
    });
  }
  form.addEventListener("change", function () {
    show();
    const kept = new URLSearchParams(boxes.filter(function (box) { return box.checked; }).map(function (box) { return ["place", box.value]; }));
    try { history.replaceState(null, "", "?" + kept); } catch (refused) { /* a browser may keep the address of a file as it is */ }
  });
  table.classList.add("chosen");
  show();
})();
