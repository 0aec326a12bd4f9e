"""Organisations that a text names, with the short names that it defines for them."""

import re
from typing import NamedTuple

from sitegen.orgnames import OrgKind, OrgName, org_names

_DEFINED = re.compile(
    r"^[(（](?:以下|下文|下)?(?:简称|统称|称)[:：为]?[“\"‘]?([^”\"’)）,，。]{2,16})[”\"’]?[)）]"
)


class Organisation(NamedTuple):
    """The span of an organisation's name, half open in code points; kind; full name where this is short."""

    start: int
    end: int
    kind: OrgKind
    name: str


def organisations(text: str) -> tuple[Organisation, ...]:
    """The organisations that a text names, in order, without overlap.

    A short name that the text defines (以下简称“天津市分行”) is found wherever it stands, with the full name.
    """
    found = [Organisation(n.start, n.end, n.kind, text[n.start : n.end]) for n in org_names(text)]
    for full in tuple(found):
        defined = _DEFINED.match(text[full.end : full.end + 40])
        if defined:
            found = _with_short(text, found, full, defined[1])
    return tuple(sorted(found))


def _with_short(text: str, found: list[Organisation], full: Organisation, short: str) -> list[Organisation]:
    spans = [
        Organisation(m.start(), m.end(), full.kind, full.name)
        for m in re.finditer(re.escape(short), text)
        if m.start() >= full.end
    ]
    kept = [o for o in found if not any(s.start <= o.start and o.end <= s.end for s in spans)]
    free = [s for s in spans if not any(o.start < s.end and s.start < o.end for o in kept)]
    return kept + free


__all__ = ["OrgKind", "OrgName", "Organisation", "organisations"]
