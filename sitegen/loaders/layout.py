"""The words of data/layout.yml, ready for matching. Everything here is matched on folded text."""

import re
from dataclasses import dataclass
from functools import cache

from sitegen.lexicon import packaged

HAN = "\u3400-\u9fff\uf900-\ufaff〇"


def either(words: list[str]) -> str:
    """A pattern that finds any of the words, longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w))) + ")"


def _whole(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(f"(?:{pattern})" for pattern in patterns) + r")\Z")


@dataclass(frozen=True, slots=True)
class Layout:
    """Patterns for the parts of a page; `whole` ones are used with match and end at the line's end."""

    note: re.Pattern[str]
    note_title: str
    furniture: re.Pattern[str]
    article_end: re.Pattern[str]
    caption: re.Pattern[str]
    caption_endings: tuple[str, ...]
    kicker: re.Pattern[str]
    kicker_prefixes: tuple[re.Pattern[str], ...]
    openers: tuple[str, ...]
    dangling: str
    dangling_words: tuple[str, ...]
    clinging: str
    place_ends: str
    counting: tuple[str, ...]
    fresh: re.Pattern[str]
    turn: re.Pattern[str]
    speaker: re.Pattern[str]
    leaves: re.Pattern[str]
    resumes: re.Pattern[str]
    related: re.Pattern[str]
    digest: re.Pattern[str]
    digest_item: re.Pattern[str]
    caption_sure: re.Pattern[str]
    roundup: re.Pattern[str]
    report_section: re.Pattern[str]
    briefs: re.Pattern[str]
    column_name: re.Pattern[str]
    papers: re.Pattern[str]
    sections: re.Pattern[str]
    beside: re.Pattern[str]
    column: re.Pattern[str]
    letter: re.Pattern[str]
    news: re.Pattern[str]
    afternote: re.Pattern[str]
    note_talk: re.Pattern[str]
    cast: re.Pattern[str]
    credits: re.Pattern[str]
    cast_line: re.Pattern[str]
    shout: re.Pattern[str]
    jump: re.Pattern[str]


@cache
def layout() -> Layout:
    """The packaged layout words, compiled once."""
    data = packaged("layout.yml")
    sentence = data["sentence"]
    turn = rf"{either(sentence['turns'])}\s*:"
    return Layout(
        note=re.compile(
            rf"[【\[(〔]?\s*(?P<label>{either(data['notes'])})\s*[】\])〕]?\s*(?P<colon>:|—+)?\s*(?=(?P<rest>.*))"
        ),
        note_title=data["note_title"],
        furniture=_whole(data["furniture"]["patterns"]),
        article_end=_whole(data["furniture"]["ends_patterns"]),
        caption=_whole(data["caption"]["patterns"]),
        caption_endings=tuple(data["caption"]["endings"]),
        kicker=_whole(data["kicker"]["patterns"]),
        kicker_prefixes=tuple(re.compile(pattern) for pattern in data["kicker"]["prefix_patterns"]),
        openers=tuple(data["sentence"]["openers"]),
        dangling=sentence["dangling"],
        dangling_words=tuple(sentence["dangling_words"]),
        fresh=re.compile(either(sentence["fresh"]) + r"\s*,"),
        counting=tuple(sentence["counting"]),
        clinging=sentence["clinging"],
        place_ends=sentence["place_ends"],
        leaves=re.compile("|".join(data["leaves_patterns"])),
        resumes=re.compile("|".join(data["resumes_patterns"])),
        related=_whole(data["related_patterns"]),
        digest=_whole(data["digest"]["headings"]),
        digest_item=_whole(data["digest"]["items"]),
        caption_sure=re.compile(either(data["caption"]["sure"])),
        note_talk=re.compile(either(data["note_talk"])),
        roundup=_whole(data["roundup_patterns"]),
        report_section=_whole(data["report_sections"]),
        briefs=_whole(data["briefs_patterns"]),
        column_name=_whole(data["column_names"]),
        papers=_whole([data["mastheads"]["papers"]]),
        sections=_whole([data["mastheads"]["sections"]]),
        beside=re.compile(data["mastheads"]["beside"]),
        column=_whole(data["column_patterns"]),
        letter=re.compile("|".join(data["letter_patterns"])),
        news=re.compile("|".join(data["news_patterns"])),
        afternote=re.compile(rf"\W*{either(data['afternotes'])}\W*\Z"),
        shout=_whole(data["shout_patterns"]),
        cast=_whole(data["cast_patterns"]),
        credits=_whole(data["credits_patterns"]),
        cast_line=_whole(data["cast_lines"]),
        jump=re.compile("|".join(data["jump_patterns"])),
        turn=re.compile(turn),
        speaker=re.compile("|".join([turn, *sentence["speakers_patterns"]])),
    )
