// What the site does better with scripts; everything works without. Escape closes the open note of a number.
(function () {
  "use strict";
  document.addEventListener("keydown", function (event) {
    var active = document.activeElement;
    if (event.key === "Escape" && active && active.closest("mark, .card")) active.blur();
    if (event.key === "Enter" && active && active.matches("mark[id]")) location.hash = active.id;
  });
})();
