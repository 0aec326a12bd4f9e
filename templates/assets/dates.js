// A period as the page writes it: 2025-06-10, 2026-2030 or 2026-01/2026-03. Patterns for year, month and day, and between two of them,
// come from the page, whose language they are in.
self.sitegenPeriod = function (patterns, between) {
  "use strict";
  function date(text) {
    const parts = text.split("-").map(Number);
    return patterns[parts.length - 1].replace("{year}", parts[0]).replace("{month}", parts[1]).replace("{day}", parts[2]);
  }
  return function (text) {
    if (!text) return "";
    const ends = /^\d{4}-\d{4}$/.test(text) ? text.split("-") : text.split("/");
    return ends.length < 2 ? date(text) : between.replace("{first}", date(ends[0])).replace("{last}", date(ends[1]));
  };
};
