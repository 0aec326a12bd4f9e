"""The published tables: one pandas frame each, a row for a thing, with the claims it stands on and where they
are printed.

Every column is declared as a Field; the CSV and the data dictionary follow from it. Exact numbers are text in
the frame and in the CSV; the float beside each (column "number") is for drawing and never published.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

import pandas as pd

from sitegen.model import Article, Claim, Facts, Project
from sitegen.tables.geography import Geography
from sitegen.tables.quantities import Quantity

FieldType = Literal["string", "integer", "number", "date"]
LIST = "; "  # between the members of a list in one cell


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a published table. type: as in the Frictionless table schema.  unit: canonical, or None."""

    name: str
    type: FieldType
    doc: str
    unit: str | None = None
    required: bool = False


@dataclass(frozen=True)
class Table:
    """A published table. rows: name of a field → its value, None for an empty cell; they may have more that is not published."""

    name: str
    title: str
    fields: tuple[Field, ...]
    rows: Sequence[Mapping[str, Any]]

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The rows with every field as a column."""
        columns = [field.name for field in self.fields]
        extra = ["number"] if "value" in columns else []
        frame = pd.DataFrame([dict(row) for row in self.rows], columns=[*columns, *extra], dtype=object)
        types = {field.name: "Int64" for field in self.fields if field.type == "integer"}
        return frame.astype(types | dict.fromkeys(extra, "float64"))

    def __len__(self) -> int:
        return len(self.rows)


_WHERE = (
    Field("source", "string", "file of the source that prints it", required=True),
    Field("line", "integer", "line in that file, from 1", required=True),
    Field("quote", "string", "the sentence that says it"),
)
_IDS = Field("claims", "string", f"ids of the claims behind the row, joined by {LIST!r}")
_AMOUNT = (
    Field("raw", "string", "the number as printed, with 超, 约 or 至多 where the text bounds it"),
    Field("value", "number", "the number in `unit`, multiplied out, exact; the lower end of a range"),
    Field("value_max", "number", "the upper end of a range, else empty"),
    Field(
        "unit", "string", "canonical unit (CNY, kW, kWh, t, m2, %, …) or the measure word of what is counted"
    ),
    Field(
        "per", "string", "year, month, … where the number is a rate in time or per area or mass, else empty"
    ),
    Field("bound", "string", "exact, at_least, at_most, about"),
    Field("status", "string", "actual, planned, target"),
)
_ABOUT = (
    Field("label", "string", "what is measured, in the article's words"),
    Field("of", "string", "for a share: the whole"),
    Field("place", "string", "full name of the place that the number is about"),
    Field("industry", "string", "id of the industry"),
    Field("period", "string", "ISO year, month, day or first/last; empty for an undated number"),
    Field("subject", "string", "event, project or organisation that the number is about"),
)

CLAIMS = (
    Field("id", "string", "stable id of the claim; /articles/ARTICLE/#c-HASH opens it", required=True),
    Field("article", "string", "id of the article", required=True),
    Field("title", "string", "headline of the article"),
    Field("date", "date", "day of the article"),
    Field("paragraph", "integer", "paragraph of the article, from 0", required=True),
    Field("start", "integer", "first character of the number in the paragraph, from 0", required=True),
    Field("end", "integer", "character after the number", required=True),
    Field("kind", "string", "signing, investment, capacity, …: see the method page", required=True),
    *_AMOUNT,
    *_ABOUT,
    Field("speaker", "string", "who is quoted saying it"),
    Field("review", "string", "auto, confirmed, edited, rejected, questioned"),
    *_WHERE,
)
QUANTITIES = (
    _IDS,
    Field("kind", "string", "kind of the claims", required=True),
    *_AMOUNT,
    *_ABOUT,
    Field("articles", "string", f"ids of the articles that print it, joined by {LIST!r}"),
    *_WHERE,
)
PROJECTS = (
    Field("id", "string", "stable id of the project's record", required=True),
    Field("name", "string", "name as printed", required=True),
    Field("place", "string", "full name of the place"),
    Field("industry", "string", "id of the industry"),
    Field("stage", "string", "signed, construction, operation, pilot, planned; empty where not said"),
    Field("companies", "string", f"companies named with it, joined by {LIST!r}"),
    Field("investment", "number", "its investment in `unit`, exact; empty where not printed"),
    Field("unit", "string", "currency of the investment"),
    _IDS,
    Field("article", "string", "id of the article", required=True),
    *_WHERE,
)
PLACE_INDUSTRIES = (
    Field("place", "string", "full name of the place", required=True),
    Field("level", "string", "province, prefecture, county, park"),
    Field("industry", "string", "id of the industry", required=True),
    Field("industry_name", "string", "name of the industry"),
    Field("mentions", "integer", "paragraphs that say the place has, builds or promotes it"),
    _IDS,
    Field("articles", "string", f"ids of the articles, joined by {LIST!r}"),
    *_WHERE,
)
PEOPLE = (
    Field("name", "string", "name", required=True),
    Field("title", "string", "office as printed"),
    Field("organisation", "string", "organisation as printed"),
    Field("quotes", "integer", "how many quotations of theirs the article prints"),
    _IDS,
    Field("article", "string", "id of the article", required=True),
    *_WHERE,
)


@dataclass(frozen=True)
class Sources:
    """Articles and claims by id, for looking up where a row is printed."""

    articles: Mapping[str, Article]
    claims: Mapping[str, Claim]

    def at(self, article: str, paragraph: int, offset: int = 0) -> dict[str, Any]:
        """Source file and line of a character of a paragraph."""
        found = self.articles[article]
        if not 0 <= paragraph < len(found.paragraphs):
            return {"source": found.source, "line": found.title_line or 1}
        return {"source": found.source, "line": found.paragraphs[paragraph].line_at(offset)}

    def of_claim(self, id_: str) -> dict[str, Any]:
        """Source file, line and sentence of a claim."""
        claim = self.claims[id_]
        return {**self.at(claim.article, claim.paragraph, claim.start), "quote": claim.quote}


def sources(facts: Iterable[Facts]) -> Sources:
    """Index all articles and claims."""
    listed = tuple(facts)
    return Sources(
        {entry.article.id: entry.article for entry in listed},
        {claim.id: claim for entry in listed for claim in entry.claims},
    )


def exact(value: Decimal | None) -> str | None:
    """A Decimal as plain digits: no exponent, nothing rounded; None stays None."""
    return None if value is None else format(value, "f")


def claims_table(facts: Sequence[Facts], where: Sources) -> Table:
    """Every claim, rejected and questioned ones too, in the order of the articles."""
    rows = []
    for entry in facts:
        for claim in entry.claims:
            row = {field.name: getattr(claim, field.name, None) for field in CLAIMS}
            row |= {"value": exact(claim.value), "value_max": exact(claim.value_max)}
            row |= {"title": entry.article.title, "date": entry.article.date, "number": float(claim.value)}
            rows.append(row | where.of_claim(claim.id))
    return Table("claims", "全部数字", CLAIMS, rows)


def quantities_table(name: str, title: str, found: Iterable[Quantity], where: Sources) -> Table:
    """One row for each number, however often it is printed."""
    rows = []
    for item in found:
        row = {field.name: getattr(item, field.name, None) for field in QUANTITIES}
        row |= {"raw": item.text, "value": exact(item.value), "value_max": exact(item.value_max)}
        row |= {
            "claims": LIST.join(item.claims),
            "articles": LIST.join(item.articles),
            "number": float(item.value),
        }
        rows.append(row | where.of_claim(item.claims[0]))
    return Table(name, title, QUANTITIES, rows)


def projects_table(facts: Sequence[Facts], where: Sources) -> Table:
    """One row for each project record."""
    rows = []
    for entry in facts:
        for project in entry.projects:
            row = {field.name: getattr(project, field.name, None) for field in PROJECTS}
            money = where.claims.get(project.investment or "")
            row |= {
                "investment": exact(money.value) if money else None,
                "unit": money.unit if money else None,
            }
            row |= {"companies": LIST.join(project.companies), "claims": LIST.join(_project_claims(project))}
            rows.append(row | where.at(project.article, project.paragraph))
    return Table("projects", "项目", PROJECTS, rows)


def _project_claims(project: Project) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*project.claims, *((project.investment,) if project.investment else ()))))


def place_industries_table(facts: Sequence[Facts], where: Sources, geography: Geography) -> Table:
    """One row for each pair of place and industry; its claims are those about this place and industry."""
    pairs: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for entry in facts:
        for pair in entry.place_industries:
            pairs.setdefault((pair.place, pair.industry), []).append((pair.article, pair.paragraph))
    behind: dict[tuple[str | None, str | None], list[str]] = {}
    for entry in facts:
        for claim in entry.claims:
            if claim.review != "rejected":
                behind.setdefault((claim.place, claim.industry), []).append(claim.id)
    rows = [
        {
            "place": place,
            "level": geography.level(place),
            "industry": industry,
            "industry_name": geography.industry_name(industry),
            "mentions": len(set(found)),
            "claims": LIST.join(behind.get((place, industry), ())),
            "articles": LIST.join(dict.fromkeys(article for article, _ in found)),
            "quote": None,
        }
        | where.at(*found[0])
        for (place, industry), found in pairs.items()
    ]
    return Table("place_industries", "地方与产业", PLACE_INDUSTRIES, rows)


def people_table(facts: Sequence[Facts], where: Sources) -> Table:
    """One row for each person in each article; claims are the numbers that they are quoted with."""
    rows = []
    for entry in facts:
        for person in entry.people:
            said = LIST.join(claim.id for claim in entry.claims if claim.speaker == person.name)
            first = person.quotes[0].text if person.quotes else None
            row: dict[str, Any] = {
                "name": person.name,
                "title": person.title,
                "organisation": person.organisation,
            }
            row |= {"quotes": len(person.quotes), "claims": said, "article": person.article, "quote": first}
            rows.append(row | where.at(person.article, person.paragraph))
    return Table("people", "人物", PEOPLE, rows)
