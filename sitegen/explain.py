"""`sitegen explain`: where a number comes from, as a record; and the record as lines to read."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from sitegen.checks import checked
from sitegen.evidence import explained
from sitegen.model import Claim, Facts
from sitegen.pipeline import read_reviewed
from sitegen.problems import ConfigError, Problem
from sitegen.records import claim_record, number, reason_record
from sitegen.reviews import Verdict, without_rejected
from sitegen.workspace import Workspace

Explanation = dict[str, Any]

_READING = (
    "value", "value_max", "unit", "per", "bound", "status", "kind", "label", "of", "place", "industry",
    "period", "subject", "speaker",
)  # fmt: skip


def explain(site: Workspace, fact: str, *, drafts: bool = False) -> Explanation:
    """What is behind a number of the site.

    fact: the id of a claim; total:KIND:PLACE for the sums of a kind in a place and all that lies in it;
    chart:ID for the numbers of a chart.  drafts: totals and charts as in a site with drafts; a claim is
    explained wherever it stands. Raises ConfigError where there is no such thing.
    """
    reviewed, verdicts, paths = read_reviewed(site)
    parts = fact.split(":")
    if (parts[0], len(parts)) not in (("total", 3), ("chart", 2)):
        return _explain_claim(checked(reviewed, verdicts), verdicts, paths, fact)
    published = [each for each in reviewed if drafts or not each.article.meta.draft]
    facts = checked(without_rejected(published), verdicts)
    if parts[0] == "total":
        return _explain_total(facts, paths, fact, *parts[1:])
    return _explain_chart(facts, paths, parts[1], site)


def _unknown(what: str, fact: str, known: Sequence[str]) -> ConfigError:
    near = get_close_matches(fact, known, n=1, cutoff=0.5)
    fix = f"did you mean {near[0]}?" if near else "copy the id from the site or from content/facts"
    return ConfigError(Problem("", 0, 0, "E-USAGE", f"there is no {what} {fact}", fix))


def _explain_claim(
    facts: Sequence[Facts], verdicts: Mapping[str, Verdict], paths: Mapping[str, str], fact: str
) -> Explanation:
    from sitegen.pages.articles import same_claims  # what the site shows as the same

    claims = {claim.id: (each, claim) for each in facts for claim in each.claims}
    if fact not in claims:
        raise _unknown("claim", fact, list(claims))
    owner, claim = claims[fact]
    same = same_claims([claim for _, claim in claims.values()]).get(fact, ())
    found: Explanation = {"id": fact, **_place(owner, claim, paths)}
    record = claim_record(claim)
    found["reading"] = {name: record[name] for name in _READING if record[name] is not None}
    why = next(each.why for each in explained(owner).claims if each.id == fact)
    reasons = [reason_record(each, owner.article) for each in why]
    found["why"] = [f"{each['field']}: {_reason_line(each)}" for each in reasons]
    found["review"] = claim.review
    if fact in verdicts:
        verdict = verdicts[fact]
        place = f"{verdict.file}:{verdict.line}"
        found["verdict"] = {"who": verdict.who, "when": verdict.when, "why": verdict.why, "where": place}
    warnings = [each for each in owner.warnings if each.claim == fact or fact in each.claims]
    found["doubts"] = [f"{each.code} {each.message}" for each in warnings if each.verdict is None]
    found["checks"] = [
        f"{each.verdict}: {each.message} ({each.working})" for each in warnings if each.verdict
    ]
    found["same"] = [{"id": other, **_place(*claims[other], paths)} for other in same]
    return found


def _place(owner: Facts, claim: Claim, paths: Mapping[str, str]) -> Explanation:
    line = owner.article.paragraphs[claim.paragraph].line_at(claim.start)
    source = f"{paths.get(owner.article.id, owner.article.source)}:{line}"
    return {"raw": claim.raw, "quote": claim.quote, "source": source, "article": owner.article.title}


def _explain_total(
    facts: Sequence[Facts], paths: Mapping[str, str], fact: str, kind: str, place: str
) -> Explanation:
    from sitegen.tables import place_totals

    tables = _tables(facts)
    claims = {claim.id: (each, claim) for each in facts for claim in each.claims}
    sums = [
        {
            "value": number(each.total.value), "unit": each.total.unit, "per": each.total.per, "bound": each.total.bound,
            "status": each.status, "working": each.total.working,
            "addends": [_addend(part, claims, paths) for part in each.total.addends],
            "left_out": [{"id": id_, **_place(*claims[id_], paths)} for id_ in each.total.left_out],
        }
        for each in place_totals(tables.quantities, tables.geography, kind, place)
    ]  # fmt: skip
    if not sums:
        kinds = sorted({f"total:{q.kind}:{q.place}" for q in tables.quantities if q.place})
        raise _unknown("total", fact, kinds)
    return {"id": fact, "totals": sums}


def _addend(
    quantity: Any, claims: Mapping[str, tuple[Facts, Claim]], paths: Mapping[str, str]
) -> Explanation:
    """One number of the world, counted once: where it stands, and the other claims that print the same."""
    first, *others = quantity.claims
    also = {"also": others} if others else {}
    return {"id": first, "value": number(quantity.value), **_place(*claims[first], paths), **also}


def _explained_cell(
    cell: Any, owners: Mapping[str, Any], claims: Mapping[str, tuple[Facts, Claim]], paths: Mapping[str, str]
) -> Explanation:
    """A number of a chart. addends: what it is made of, each number of the world once."""
    found = {id(q): q for each in cell.claims if (q := owners.get(each)) is not None}
    loose = [each for each in cell.claims if each not in owners]
    addends = [_addend(each, claims, paths) for each in found.values()]
    addends += [
        {"id": each, "value": number(claims[each][1].value), **_place(*claims[each], paths)} for each in loose
    ]
    return {"text": cell.text, "exact": cell.exact, "working": cell.derived, "addends": addends}


def _tables(facts: Sequence[Facts]) -> Any:
    """The tables as the build makes them, without what a check accuses."""
    from sitegen.pages.base import accused
    from sitegen.tables import build_tables

    return build_tables(facts, doubtful=accused(facts))


def _explain_chart(
    facts: Sequence[Facts], paths: Mapping[str, str], chart_id: str, site: Workspace
) -> Explanation:
    from sitegen.charts import build_charts
    from sitegen.stories import story_charts

    tables = _tables(facts)
    charts = {chart.id: chart for chart in build_charts(tables, site.config.language)}
    texts = [(each.article.id, paths.get(each.article.id, ""), each.article.charts) for each in facts]
    told, _ = story_charts(texts, tables, site, list(charts))
    charts |= {chart.id: chart for drawn in told.values() for chart in drawn if chart}
    owners = {claim: quantity for quantity in tables.quantities for claim in quantity.claims}
    if chart_id not in charts:
        raise _unknown("chart", f"chart:{chart_id}", [f"chart:{each}" for each in charts])
    claims = {claim.id: (each, claim) for each in facts for claim in each.claims}
    chart = charts[chart_id]
    cells = (*chart.summary, *chart.headline, *(cell for row in chart.rows for cell in row))
    numbers = [_explained_cell(cell, owners, claims, paths) for cell in dict.fromkeys(cells) if cell.claims]
    return {"id": f"chart:{chart.id}", "title": chart.title, "numbers": numbers}


def _reason_line(reason: Mapping[str, Any]) -> str:
    """rule: “words” (line 5, characters 4–7 of paragraph 0)."""
    words = f": “{reason['words']}”" if reason["words"] else ""
    places = [f"line {reason['line']}"] if reason["line"] else []
    if reason["paragraph"] is not None:
        places.append(f"characters {reason['start']}–{reason['end']} of paragraph {reason['paragraph']}")
    elif reason["end"]:
        places.append(f"characters {reason['start']}–{reason['end']} of the headline")
    return f"{reason['rule']}{words}{' (' + ', '.join(places) + ')' if places else ''}"


_HEADS = {"articles": "title", "claims": "raw", "projects": "name", "people": "name"}


def reasons_as_lines(records: Mapping[str, Any]) -> str:
    """The records of pages, each with its fields, and after each field the rule and the words that gave it."""
    lines: list[str] = []
    for kind, head in _HEADS.items():
        for record in records[kind]:
            lines += ["", f"{kind.removesuffix('s')} {record[head]}  {record.get('id') or record['article']}"]
            lines += [f"  {record['quote']}"] if record.get("quote") else []
            lines += [f"  {_shown(record, each)}{_reason_line(each)}" for each in record["why"]]
    for place in records["places"]:
        for pair in place["industries"]:
            lines += ["", f"place {place['name']}, industry {pair['industry']}  {pair['article']}"]
            lines += [f"  {each['field']}: {_reason_line(each)}" for each in pair["why"]]
    return "\n".join(lines[1:]) + "\n"


def _shown(record: Mapping[str, Any], reason: Mapping[str, Any]) -> str:
    """field: value ←; without the value where it is one of several, which the words tell apart."""
    name = reason["field"]
    value = record.get(name, [])
    return f"{name}: " if isinstance(value, list) else f"{name}: {'–' if value is None else value} ← "


def as_lines(found: Explanation) -> str:
    """The record as text: one thing a line, what belongs to it below it."""
    return "\n".join(_lines(found, "")) + "\n"


def _lines(value: Any, indent: str) -> Iterator[str]:
    for name, each in value.items():
        if each in (None, [], {}):
            continue
        if isinstance(each, dict):
            yield f"{indent}{name}"
            yield from _lines(each, indent + "  ")
        elif isinstance(each, list):
            yield f"{indent}{name}"
            for item in each:
                if isinstance(item, dict):
                    yield from _item(item, indent + "  ")
                else:
                    yield f"{indent}  {item}"
        else:
            yield f"{indent}{name:10} {each}"


def _item(item: Mapping[str, Any], indent: str) -> Iterator[str]:
    """A claim in one line; anything else as a block with a dash."""
    if "raw" in item:
        yield f"{indent}{item['raw']}  {item['source']}  {item['id']}"
        yield f"{indent}  {item['quote']}"
        return
    lines = list(_lines(item, ""))
    yield f"{indent}- {lines[0]}"
    yield from (f"{indent}  {line}" for line in lines[1:])
