"""The words of data/people.yml as patterns: offices, names, words of speech; and how a list becomes a pattern."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from ahocorasick_rs import AhoCorasick

from sitegen.lexicon import packaged
from sitegen.text import either


def words(data: Any) -> tuple[str, ...]:
    """A list, or words with blanks between, longest first (so that an alternation takes the longest)."""
    items = data.split() if isinstance(data, str) else [str(item) for item in data]
    return tuple(sorted(dict.fromkeys(items), key=lambda word: (-len(word), word)))


def any_of(data: Any) -> str:
    """A group that matches one of the words, the longest where several begin alike."""
    return f"(?:{either(words(data))})"


@dataclass(frozen=True)
class Grammar:
    """The compiled patterns of data/people.yml. office finds all titles, also inside each other. say ends behind the word of speech; talk behind the
    report. opening finds the first sign of what may be a name that nothing runs into; presented matches
    there where introduced or bare does.
    """

    cue: re.Pattern[str]
    office: AhoCorasick
    before_name: re.Pattern[str]
    office_end: re.Pattern[str]
    prefixes: re.Pattern[str]
    prefix_ends: frozenset[str]
    organisation: re.Pattern[str]
    organisation_cut: re.Pattern[str]
    organisation_head: re.Pattern[str]
    anonymous: tuple[str, ...]
    department: re.Pattern[str]
    company: re.Pattern[str]
    han: re.Pattern[str]
    dotted: re.Pattern[str]
    other: re.Pattern[str]
    follow_speech: re.Pattern[str]
    surname_other: re.Pattern[str]
    mixed: re.Pattern[str]
    single: tuple[str, ...]
    memberships: tuple[str, ...]
    action: re.Pattern[str]
    no_person: re.Pattern[str]
    colon: re.Pattern[str]
    guest: re.Pattern[str]
    follow: re.Pattern[str]
    goes_on: re.Pattern[str]
    apposed: re.Pattern[str]
    said_by: re.Pattern[str]
    apart: re.Pattern[str]
    no_name: re.Pattern[str]
    no_office: re.Pattern[str]
    no_person_next: re.Pattern[str]
    weak_tail: frozenset[str]
    joins: frozenset[str]
    stop: tuple[str, ...]
    common: frozenset[str]
    no_title: re.Pattern[str]
    direct: re.Pattern[str]
    adverbial: re.Pattern[str]
    crossing: re.Pattern[str]
    last_verb: re.Pattern[str]
    no_speech: re.Pattern[str]
    opening: re.Pattern[str]
    presented: re.Pattern[str]
    introduced: re.Pattern[str]
    spaced: re.Pattern[str]
    topic: re.Pattern[str]
    no_speech_quote: re.Pattern[str]
    bare: re.Pattern[str]
    pronoun: re.Pattern[str]
    head: re.Pattern[str]


@cache
def grammar() -> Grammar:
    """The packaged words as patterns, compiled once."""
    data = packaged("people.yml")
    surname = "[" + "".join(data["surnames"].split()) + "]"
    compound = any_of(data["compound_surnames"])
    inside = re.escape("".join(data["no_name_inside"].split()))
    given = rf"(?:(?![{inside}])[一-鿿])"
    weak = re.escape("".join(data["no_name_tail"].split()))
    popular = any_of(data["popular_tail"])
    letters = "[" + "".join(sorted(set("".join(data["transliteration"].split())))) + "]"
    verb = any_of(data["speech"]) + "(?!" + "|".join(data["speech_not_before"]) + ")"
    near = (
        any_of((*words(data["speech"]), *words(data["speech_direct"])))
        + "(?!"
        + "|".join(data["speech_not_before"])
        + ")"
    )
    talk = any_of(data["talk"])
    adverb = any_of(data["adverbs"]) + "{0,3}"
    head = any_of(data["clause_head"])
    gap = r"(?:《[^《》]{1,60}》|“[^“”]{1,20}”|[^,。;:!?“”《》])"
    connective = any_of(data["connectives"])
    others = rf"{any_of(data['ranks'])}?(?:等[^,。;:!?“”]{{0,12}}?)?"
    firsts = surname[1:-1] + letters[1:-1] + "".join(word[0] for word in words(data["compound_surnames"]))
    name = rf"(?:{compound}{given}{{1,2}}|{surname}{given}{{1,2}}|{letters}{{2,8}})"
    return Grammar(
        cue=re.compile(f"{near}|{talk}|:"),
        office=AhoCorasick(words(data["titles"])),
        before_name=re.compile(r"[ ]{0,2}[^\W\d_a-z][· ]?[^\W\d_a-z]"),
        office_end=re.compile(any_of(data["titles"])),
        prefixes=re.compile(rf"(?:{any_of(data['title_prefixes'])})+$"),
        prefix_ends=frozenset(word[-1] for word in words(data["title_prefixes"])),
        organisation=re.compile(r"(?:[^,。;:!?、“”‘’()《》\s…—·兼暨]|\([^()]{1,12}\))+$"),
        organisation_cut=re.compile(r".*" + any_of(data["organisation_cut"])),
        organisation_head=re.compile(any_of(data["organisation_head"]) + "+"),
        anonymous=words(data["organisation_anonymous"]),
        company=re.compile("(?!公司)" + data["company"]),
        department=re.compile(rf"{data['company']}({data['department']})$"),
        han=re.compile(rf"(?:{compound}|{surname})(?!{popular}){given}{given}?"),
        dotted=re.compile(r"[一-鿿]{1,8}(?:·[一-鿿]{1,8}){1,3}"),
        other=re.compile(rf"{letters}{{2,8}}"),
        surname_other=re.compile(rf"{surname}{letters}{{3,4}}"),
        mixed=re.compile(
            rf"(?:(?P<foreign>{letters}{{2}}[一-鿿]{{1,4}}?)|(?!{given}{{1,2}}{popular})(?![{weak}]){given}{{3,4}}?)(?={adverb}{any_of(data['speech'])})"
        ),
        single=tuple(data["single"]),
        memberships=tuple(data["memberships"]),
        action=re.compile(data["action"]),
        no_person=re.compile(f"[{data['no_person_tail']}]$"),
        colon=re.compile(rf"(?:{gap}{{0,20}},)?{gap}{{1,20}}(?::|,(?=“[^“”]{{4,}}[。!?,…]”))"),
        guest=re.compile(r"\s*([一-鿿·]{2,8})[ ]+([一-鿿].*)"),
        follow_speech=re.compile(rf"{adverb}(?:{near}|{talk})"),
        follow=re.compile(
            rf"[^一-鿿]|$|{near}|{talk}|{any_of(data['adverbs'])}|{head}|{any_of(data['name_follow'])}"
        ),
        goes_on=re.compile(any_of(data["after_name"])),
        apposed=re.compile(data["apposed"]),
        said_by=re.compile(data["said_by"]),
        apart=re.compile(rf"(?:{name}|{surname} {given}|[一-鿿]{{1,8}}(?:·[一-鿿]{{1,8}})+)(?=[^一-鿿]|$)"),
        no_name=re.compile(any_of(data["no_name_starts"])),
        no_office=re.compile(any_of(data["no_offices"])),
        no_person_next=re.compile(data["no_person_next"]),
        weak_tail=frozenset(data["no_name_tail"]),
        joins=frozenset(data["joins"]),
        stop=words(data["not_names"]),
        common=frozenset(words(data["common_words"])),
        no_title=re.compile(any_of(data["no_titles"]) + r"\s?$"),
        direct=re.compile(rf"{others}{adverb}(?:{near}|(?P<talk>{talk}))"),
        adverbial=re.compile(rf"{others}{adverb}{head}{gap}{{0,60}}?(?:{verb}|(?P<talk>{talk}))(?!的)"),
        crossing=re.compile(
            rf"(?:{gap}{{1,60}},){{1,2}}(?:(?:{connective})+(?:还|也|在[^,。;:!?“”]{{1,12}})?{adverb}"
            rf"(?:{verb}|(?P<talk>{talk}))|(?:一边|边)?{adverb}(?:{near}|{head}{gap}{{0,30}}?{verb}))"
        ),
        last_verb=re.compile(rf"{gap}*?{verb}"),
        no_speech=re.compile(any_of(data["no_speech"])),
        topic=re.compile(any_of(data["topics"])),
        no_speech_quote=re.compile(any_of(data["no_speech_quote"])),
        spaced=re.compile(rf"{surname} {given}(?=[^一-鿿]|$|{near}|{talk}|{adverb}(?:{head}|{near}))"),
        opening=re.compile(rf"[{firsts}](?<![一-鿿].)"),
        presented=re.compile(rf"{name}(?={data['apposed']}|{adverb}{near})"),
        introduced=re.compile(rf"({name})(?={data['apposed']})"),
        bare=re.compile(rf"({name})(?={adverb}{near})"),
        pronoun=re.compile(rf"(?:(?<![其另])[她他]|这位[^,。;:!?“”]{{1,16}}?)(?={adverb}{near})"),
        head=re.compile(r"\s*([^:。,;!?“”\s()]{1,40}(?: [一-鿿])?)(?:\(([^()]{1,6})\))?:"),
    )
