"""Drawings that editors bring (SVG): a browser that opens one by itself runs what is in it, so only harmless ones are published."""

import re
import sys
from xml.etree import ElementTree

_RUNS = frozenset(
    ["script", "foreignobject", "iframe", "embed", "object", "handler", "listener", "audio", "video"]
)
_LEADS = ("href", "src", "from", "to", "by", "values")
_HARMLESS = re.compile(r"(?:#|data:image/(?:png|jpeg|gif|webp);)")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_BLANKS = re.compile(r"[\x00-\x20]+")
_LOADS = re.compile(r"url\([\"']?(?!#)|image-set\(|@import|javascript:", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)  # as styles may write any character
_DECLARED = re.compile(r"<!ENTITY|<\?xml-stylesheet", re.IGNORECASE)


def harm_of(data: bytes) -> str | None:
    """What a drawing could run or load from elsewhere, as a part of a sentence; None for a harmless one."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "is no UTF-8 text"
    if found := _DECLARED.search(text):
        return f"holds {found[0]}"
    try:
        root = ElementTree.fromstring(text)  # noqa: S314  entities are refused above
    except (ElementTree.ParseError, ValueError, RecursionError):
        return "is no SVG that can be read"
    return next((harm for element in root.iter() if (harm := _harm(element))), None)


def _harm(element: "ElementTree.Element[str]") -> str | None:
    tag = str(element.tag).rpartition("}")[2].lower()
    if tag in _RUNS:
        return f"holds <{tag}>"
    if tag == "style" and _LOADS.search(_plain("".join(element.itertext()))):
        return "loads something by its styles"
    for key, value in element.attrib.items():
        name, plain = key.rpartition("}")[2].lower(), _plain(value)
        if name.startswith("on"):
            return f"holds {name}="
        for target in plain.split(";") if name == "values" else (plain,):
            if name in _LEADS and _SCHEME.match(target) and not _HARMLESS.match(target):
                return f"leads to {target[:40]}"
        if _LOADS.search(plain):
            return f"loads something by its {name}"
    return None


def _plain(value: str) -> str:
    """As a browser takes it: without blanks, and the escapes of styles written out."""
    return _BLANKS.sub("", _ESCAPE.sub(_written_out, value))


def _written_out(escape: re.Match[str]) -> str:
    return chr(min(int(escape[1], 16), sys.maxunicode)) if escape[1] else escape[2]
