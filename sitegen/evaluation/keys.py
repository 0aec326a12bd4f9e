"""What an editor may write in a gold file: the keys of each record, the form of their values, and what is only a note.

Notes are for people (why, where, label): they are allowed and not measured.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sitegen.model import Bound, Kind, Status

Form = Literal["text", "number", "texts", "flag"]


@dataclass(frozen=True, slots=True)
class Key:
    """A key that is measured. choices: the only words allowed, where there are such; alternatives: may have KEY_alt."""

    form: Form
    required: bool = False
    choices: tuple[str, ...] = ()
    alternatives: bool = True
    nullable: bool = True


@dataclass(frozen=True, slots=True)
class Shape:
    """The keys of one kind of record. says: what to write, for messages."""

    keys: Mapping[str, Key]
    notes: frozenset[str]
    says: str

    def allowed(self) -> list[str]:
        """Every key that may stand in such a record, the measured ones first."""
        plain = [*self.keys, *sorted(self.notes)]
        return [*plain, "also", *(f"{name}_alt" for name in plain if self._may_vary(name))]

    def _may_vary(self, name: str) -> bool:
        return name in self.notes or self.keys[name].alternatives


def _notes(words: str) -> frozenset[str]:
    return frozenset({"note", "quote", *words.split()})


def _only(words: Any) -> Key:
    return Key("text", choices=get_args(words))


_OPTIONAL = Key("flag", alternatives=False)

ARTICLE = Shape(
    {
        "title": Key("text"),
        "authors": Key("texts", alternatives=False),
        "date": Key("text"),
        "starts": Key("text"),
        "ends": Key("text"),
        "authors_optional": Key("texts", alternatives=False),
        "optional": _OPTIONAL,
    },
    _notes("index title_line title_printed kicker date_from subheads paragraphs"),
    '{title: "…", authors: ["…"], date: "2025-06-10", starts: "first characters", ends: "last characters"}',
)
CLAIM = Shape(
    {
        "raw": Key("text", required=True, alternatives=False, nullable=False),
        "before": Key("text", alternatives=False),
        "value": Key("number", required=True, nullable=False),
        "value_max": Key("number", alternatives=False),
        "unit": Key("text"),
        "per": Key("text"),
        "bound": _only(Bound),
        "status": _only(Status),
        "kind": _only(Kind),
        "place": Key("text"),
        "period": Key("text"),
        "optional": _OPTIONAL,
    },
    _notes("line article paragraph start end label of industry subject speaker elided"),
    '{raw: "4565.7亿元", before: "签约投资", value: 456570000000, unit: "CNY", …}',
)
PROJECT = Shape(
    {"name": Key("text", required=True, nullable=False), "optional": _OPTIONAL},
    _notes("companies place investment industry stage article line claims"),
    '{name: "…", companies: ["…"], place: "…", investment: null}',
)
PERSON = Shape(
    {"name": Key("text", required=True, nullable=False), "title": Key("text"), "optional": _OPTIONAL},
    _notes("organisation article line says quotes more_offices"),
    '{name: "…", title: "…"}',
)
PAIR = Shape(
    {
        "place": Key("text", required=True, nullable=False),
        "industry": Key("text", required=True, alternatives=False, nullable=False),
        "alt": Key("texts", alternatives=False),
        "optional": _OPTIONAL,
    },
    _notes("article line paragraph"),
    '["包头市", "稀土"] or {place: "包头市", industry: "稀土", alt: ["稀土新材料"]}',
)
CONTRADICTION = Shape(
    {
        "why": Key("text", alternatives=False),
        "raws": Key("texts", required=True, alternatives=False, nullable=False),
    },
    _notes("line"),
    '{why: "72.5 + 61.3 is not 186.4", raws: ["72.5亿元", "61.3亿元", "186.4亿元"]}',
)

LISTS: Mapping[str, Shape] = {
    "articles": ARTICLE,
    "claims": CLAIM,
    "projects": PROJECT,
    "place_industries": PAIR,
    "place_industries_optional": PAIR,
    "people": PERSON,
    "contradictions": CONTRADICTION,
}
PAGE_NOTES = _notes(
    "not_claims captions captions_at photographers joins no_joins places place_industries_at anonymous_quotes"
    " misprints industries"
)
