// Reloads the page when `sitegen serve` has built something new. Only the preview has it, never a published site.
(function () {
  "use strict";
  var version = document.currentScript.getAttribute("data-version");
  var events = new EventSource("/__sitegen/events?version=" + version);
  events.addEventListener("built", function () {
    events.close();
    location.reload();
  });
})();
