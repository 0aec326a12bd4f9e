export default function (config) {
  config.addCollection("articles", (all) => all.getFilteredByGlob("content/articles/*.md"));
  return { dir: { input: "content", output: "site" }, markdownTemplateEngine: false };
}
