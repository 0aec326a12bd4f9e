"""What the checks found, ready to be shown: each finding with its working and the claims that it rests on."""

from dataclasses import dataclass

from sitegen.model import Claim, Facts, Warning
from sitegen.pages.base import Site

_ORDER = ("implausible", "differs", "agrees", "cannot tell")


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict on numbers. claims: those that the site shows; ids: all that the finding names.

    facts: of the article that it is about; paragraph: where in it, as far as that is known.
    """

    warning: Warning
    verdict: str
    claims: tuple[Claim, ...]
    ids: tuple[str, ...]
    facts: Facts | None = None
    paragraph: int | None = None


def findings(site: Site) -> tuple[Finding, ...]:
    """All findings, gravest first, then in the order of the pages."""
    found = [_finding(site, warning) for facts in site.facts for warning in facts.warnings if warning.verdict]
    return tuple(sorted(found, key=lambda finding: _ORDER.index(finding.verdict)))


def unread(site: Site) -> tuple[tuple[Facts | None, tuple[Warning, ...]], ...]:
    """What could not be read, article by article, and last (None) what belongs to none."""
    pairs: list[tuple[Facts | None, tuple[Warning, ...]]] = [(facts, facts.warnings) for facts in site.facts]
    pairs.append((None, site.warnings))
    doubts = ((facts, tuple(w for w in warnings if not w.verdict)) for facts, warnings in pairs)
    return tuple(pair for pair in doubts if pair[1])


def _finding(site: Site, warning: Warning) -> Finding:
    ids = tuple(dict.fromkeys((*filter(None, [warning.claim]), *warning.claims)))
    claims = tuple(site.claims[claim] for claim in ids if claim in site.claims)
    home = site.articles.get(warning.article or (claims[0].article if claims else ""))
    return Finding(
        warning, warning.verdict or "cannot tell", claims, ids, home, _paragraph(warning, claims, home)
    )


def _paragraph(warning: Warning, claims: tuple[Claim, ...], home: Facts | None) -> int | None:
    """The paragraph of the first claim, else the one that stands on the warning's line."""
    if claims or home is None:
        return claims[0].paragraph if claims else None
    lines = (paragraph.lines for paragraph in home.article.paragraphs)
    return next((n for n, (first, last) in enumerate(lines) if first <= warning.line <= last), None)
