"""What a finished site may never hold, whoever wrote its texts: looked for by the parsers that readers' programs use."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import html5lib

# What the site's own templates and drawings use, and what the sanitiser lets through; anything else came from an attack.
_HTML = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "link",
        "script",
        "style",
        "body",
        "a",
        "abbr",
        "article",
        "aside",
        "b",
        "bdi",
        "bdo",
        "blockquote",
        "br",
        "button",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "legend",
        "li",
        "main",
        "mark",
        "nav",
        "noscript",
        "ol",
        "optgroup",
        "option",
        "output",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "section",
        "select",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "u",
        "ul",
        "var",
        "wbr",
    ]
)
_SVG = frozenset(
    [
        "svg",
        "g",
        "path",
        "linearGradient",
        "rect",
        "line",
        "circle",
        "text",
        "tspan",
        "title",
        "desc",
        "a",
        "style",
        "defs",
        "pattern",
        "polygon",
        "polyline",
        "ellipse",
        "clipPath",
    ]
)
_DATA_SCRIPTS = ("application/ld+json", "application/json")
_LOADS = ("src", "srcset", "poster", "data", "background", "action", "formaction", "xlink:href")
_LEADS = ("href", "cite", "ping", *_LOADS)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_TAKEN_OUT = re.compile(
    r"^[\x00-\x20]+|[\x00-\x20]+$|[\t\n\r]"
)  # what the URL standard takes out of an address
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\u00ad]")
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_STYLE_HARM = re.compile(r"url\(|expression|import|position\s*:|behavior", re.IGNORECASE)


def harm_in(site: Path) -> list[str]:
    """Everything in the finished site that could run, load from elsewhere, mislead a parser or a spreadsheet."""
    found: list[str] = []
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_symlink():
            found.append(f"{name}: is a link")
        elif path.is_file():
            found += (f"{name}: {each}" for each in _harm(path))
    return found


def _harm(path: Path) -> Iterator[str]:
    if path.suffix == ".html":
        yield from page_harm(path.read_text("utf-8"))
    elif path.suffix in (".xml", ".svg"):
        yield from _xml_harm(path.read_bytes())
    elif path.suffix == ".json":
        json.loads(path.read_text("utf-8"))
    elif path.suffix == ".csv":
        yield from _csv_harm(path.read_text("utf-8-sig"))
    elif path.suffix == ".zip":
        yield from _zip_harm(path)


def page_harm(text: str) -> Iterator[str]:
    """What is harmful in one page."""
    if _BIDI.search(text):
        yield "a mark that turns the direction of text"
    tree = html5lib.parse(text, treebuilder="etree")
    policies = 0
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        space, _, tag = element.tag.rpartition("}")
        known = _SVG if space.endswith("svg") else _HTML if space.endswith("xhtml") else frozenset()
        if tag not in known:
            yield f"<{tag}> of {space[1:]}"
        if tag == "script":
            yield from _script_harm(element, policies)
        if tag == "meta" and element.get("http-equiv"):
            policies += element.get("http-equiv") == "Content-Security-Policy"
            yield from _meta_harm(element)
        if tag == "style" and not space.endswith("svg") and not policies:
            yield "a style before the policy"
        for name, value in element.attrib.items():
            yield from _attribute_harm(tag, str(name).rpartition("}")[2].lower(), value)
    if policies != 1:
        yield f"{policies} content security policies"


def _script_harm(element: ElementTree.Element, policies: int) -> Iterator[str]:
    kind, text = element.get("type"), "".join(element.itertext())
    if kind in _DATA_SCRIPTS:
        json.loads(text)
    elif text.strip() or not re.fullmatch(r"(\.\./)*(assets|search)/[\w.-]+\.js", element.get("src", "")):
        yield f"a script: {element.get('src')} {text[:60]}"
    elif not policies:
        yield "a script before the policy"


def _meta_harm(element: ElementTree.Element) -> Iterator[str]:
    kind, content = element.get("http-equiv", ""), element.get("content", "")
    if kind == "Content-Security-Policy":
        rules = {
            rule.split()[0]: rule.split()[1:] for rule in map(str.strip, content.split(";")) if rule.split()
        }
        allowed = rules.get("script-src", rules.get("default-src", ["*"]))
        if not set(allowed) <= {"'self'", "'none'", "file:"}:
            yield f"scripts are allowed from {allowed}"
        for rule in ("base-uri", "form-action"):
            if rule not in rules:
                yield f"the policy says nothing of {rule}"
        if "'none'" not in rules.get("object-src", rules.get("default-src", [])):
            yield "the policy allows objects"
    elif not re.fullmatch(r"0; url=(\.\./)*[\w%./-]+", content):
        yield f"<meta http-equiv={kind} content={content}>"


def _attribute_harm(tag: str, name: str, value: str) -> Iterator[str]:
    plain = _TAKEN_OUT.sub("", value)
    if name.startswith("on") or (name in ("srcdoc", "formaction", "http-equiv") and tag != "meta"):
        yield f"{name}={value}"
    elif name == "style" and _STYLE_HARM.search(value):
        yield f"style={value}"
    elif name in _LEADS:
        scheme = _SCHEME.match(plain)
        outer = scheme is not None or plain.replace("\\", "/").startswith("//")
        if name in _LOADS and outer:
            yield f"<{tag}> loads {value}"
        elif scheme is not None and scheme[0].lower() not in ("http:", "https:", "mailto:"):
            yield f"<{tag}> leads to {value}"


def _xml_harm(data: bytes) -> Iterator[str]:
    for element in ElementTree.fromstring(data).iter():  # noqa: S314  our own output
        if isinstance(element.tag, str) and element.tag.rpartition("}")[2] in ("script", "foreignObject"):
            yield f"<{element.tag}>"
        for name, value in element.attrib.items():
            yield from _attribute_harm(str(element.tag), name.rpartition("}")[2].lower(), value)


def _csv_harm(text: str) -> Iterator[str]:
    for row in csv.reader(io.StringIO(text)):
        for cell in row:
            plain = _INVISIBLE.sub("", cell)
            if plain[:1] in tuple("=+-@＝＋－＠") and not _NUMBER.fullmatch(cell):
                yield f"a formula: {cell}"
            if cell[:1] in ("\t", "\r", "\n"):
                yield f"a cell that begins with white space: {cell!r}"


def _zip_harm(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as packed:
        for entry in packed.infolist():
            if not re.fullmatch(r"(charts/)?[\w][\w.-]*", entry.filename, re.ASCII):
                yield f"an entry named {entry.filename}"


def plain_texts(site: Path) -> Iterator[str]:
    """The text of each page as a reader sees it, and of its title."""
    for path in sorted(site.rglob("*.html")):
        yield "".join(html5lib.parse(path.read_text("utf-8"), treebuilder="etree").itertext())
