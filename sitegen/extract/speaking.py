"""Which words of a paragraph are said by which of the people named in it.

A name speaks by a word of speech behind it, by a colon, or because it stands beside a sentence in quotation
marks that nobody else has said.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sitegen.extract.names import Office
from sitegen.extract.people_words import Grammar, grammar

_PRONOUN = re.compile("[她他]|这位")
_QUOTE = re.compile("“[^“”]*”")
_LISTED = ("、", "和", "及", "与", "以及", ",")
_AFTER = re.compile(r"[^,。;:!?“”]{0,14}:|(?:道|时|着|记者)?[,:]?")
_BEFORE = re.compile(r"[^。!?“”;]{0,40}")
_SHORTEST = 8  # characters of a quotation, marks included, that is speech without a word that says so
_SENTENCE_END = re.compile(r"[。!?](?![”’])|[。!?][”’]")


class Mention(NamedTuple):
    """A name at paragraph[start:end]; left: where its office begins, or start."""

    paragraph: int
    left: int
    start: int
    end: int
    name: str


class _Cue(NamedTuple):
    """“name says”: left where it begins, verb where the word of speech ends."""

    left: int
    verb: int
    name: str


class Utterance(NamedTuple):
    """paragraph[start:end] is said by the person of that name."""

    paragraph: int
    start: int
    end: int
    name: str


@dataclass(slots=True)
class Record:
    """What is gathered of one person: quotes as (paragraph, start, end); paragraph: of the first mention."""

    name: str
    office: Office | None
    paragraph: int
    speaks: bool = False
    quotes: list[tuple[int, int, int]] = field(default_factory=list)


def may_speak(text: str) -> bool:
    """Whether someone may speak here whom the paragraph does not name."""
    return "她" in text or "他" in text


class SpokenParagraph:
    """One paragraph, its mentions and its quotations."""

    def __init__(self, number: int, text: str, mentions: list[Mention], records: dict[str, Record]) -> None:
        self.number, self.text, self.mentions, self.records = number, text, mentions, records
        self.quotes = [match.span() for match in _QUOTE.finditer(text)]
        self.starts = [start for start, _ in self.quotes]

    def read(self, said: list[Utterance], last: str | None) -> str | None:
        """Find who speaks here; give the last person named, to whom a later 她说 belongs."""
        g = grammar()
        cues: list[_Cue] = []
        speaking = False
        following: Mention | None = None
        for mention in reversed(self.mentions):
            after, following = following, mention
            if self._inside_quote(mention.start):
                speaking = False
                continue
            cue = _predicate(g, self.text, mention.end, after.left if after else len(self.text))
            if (
                cue is None
                and mention.left < mention.start
                and g.said_by.search(self.text, max(0, mention.left - 40), mention.left)
            ):
                cue = len(self.text)
            if cue is None and self._has_office(mention):
                cue = self._by_quotation(g, mention)
            if cue is not None:
                cues.append(_Cue(mention.left, cue, mention.name))
            elif not (speaking and after and self.text[mention.end : after.left] in _LISTED):
                speaking = False
                continue
            speaking = True
            self.records[mention.name].speaks = True
        for match in g.pronoun.finditer(self.text) if _PRONOUN.search(self.text) else ():
            before = bisect_left(self.mentions, match.start(), key=lambda mention: mention.start)
            name = self.mentions[before - 1].name if before else (last if len(match.group()) == 1 else None)
            cue = _predicate(g, self.text, match.end(), len(self.text))
            if name is None or cue is None or self._inside_quote(match.start()):
                continue
            record = self.records[name]
            if record.speaks or (before and record.office):
                record.speaks = True
                cues.append(_Cue(match.start(), cue, name))
        self._attribute(sorted([*cues, *self._beside_quotes(g, cues)]), said)
        return self.mentions[-1].name if self.mentions else last

    def _by_quotation(self, g: Grammar, mention: Mention) -> int | None:
        """“…。”总经理X拿出账本: a whole quotation right before the office, or a colon soon after the name."""
        colon = g.colon.match(self.text, mention.end)
        if colon and not g.no_speech.search(colon.group()):
            return colon.end()
        at = bisect_left(self.starts, mention.left) - 1
        if at >= 0:
            start, end = self.quotes[at]
            if end == mention.left and _whole(self.text[start + 1 : end - 1]):
                return len(self.text)
        return None

    def _has_office(self, mention: Mention) -> bool:
        return mention.left < mention.start or self.records[mention.name].office is not None

    def _beside_quotes(self, g: Grammar, cues: Sequence[_Cue]) -> list[_Cue]:
        """Those in office who stand beside a sentence in quotation marks that nobody else has said.

        “…。”种粮大户祝山捧起稻穗。 and 班长巴特尔举起手机:屏幕里…。“…。” at the end of a paragraph.
        """
        found: list[_Cue] = []
        bounds = [0, *(end for _, end in self.quotes)]
        for number, (start, end) in enumerate(self.quotes):
            if end - start < _SHORTEST or not _whole(self.text[start + 1 : end - 1]):
                continue
            stop = _SENTENCE_END.search(self.text, end)
            until = min(
                stop.end() if stop else len(self.text), *self.starts[number + 1 : number + 2], len(self.text)
            )
            tag = g.topic.sub("", self.text[end:until])
            if g.cue.search(tag) or self._any(cues, bounds[number], until):
                continue
            behind = [each for each in self.mentions if end <= each.left < until and self._has_office(each)]
            if g.no_speech_quote.search(self.text, end, behind[0].left if behind else until):
                continue
            before = [each for each in self.mentions if bounds[number] <= each.left < start]
            if behind:
                found.append(_Cue(behind[0].left, until, behind[0].name))
            elif before and not self.text[end:].strip() and self._leads_to(g, before[-1], start):
                found.append(_Cue(before[-1].left, start, before[-1].name))
        for cue in found:
            self.records[cue.name].speaks = True
        return found

    @staticmethod
    def _any(cues: Sequence[_Cue], start: int, end: int) -> bool:
        return any(start <= cue.left < end for cue in cues)

    def _leads_to(self, g: Grammar, mention: Mention, start: int) -> bool:
        """Tell whether a sentence about someone in office leads up to the quotation at `start`."""
        between = self.text[mention.end : start]
        return (
            self._has_office(mention)
            and not g.cue.search(between)
            and not g.no_speech_quote.search(between)
            and len(_SENTENCE_END.findall(between)) <= 1
        )

    def _inside_quote(self, at: int) -> bool:
        index = bisect_left(self.starts, at) - 1
        return index >= 0 and at < self.quotes[index][1]

    def _attribute(self, cues: list[_Cue], said: list[Utterance]) -> None:
        """Give each quotation to the cue that stands right before it, else to the one right behind it."""
        free = dict.fromkeys(self.quotes)
        owned: list[tuple[_Cue, tuple[int, int]]] = []
        for rule in (self._follows, self._precedes, self._goes_on):
            for cue in cues:
                at = bisect_left(self.starts, cue.left)
                for quote in self.quotes[max(0, at - 2) : at + 4]:
                    if quote not in free or not rule(quote, cue):
                        continue
                    if rule == self._goes_on and cue is not cues[-1]:
                        continue
                    owned.append((cue, quote))
                    del free[quote]
        for cue, (start, end) in owned:
            self.records[cue.name].quotes.append((self.number, start + 1, end - 1))
            said.append(Utterance(self.number, start, end, cue.name))
        for cue in cues:
            if cue.verb < len(self.text) and self.text[cue.verb] != "。":
                match = _SENTENCE_END.search(self.text, cue.verb)
                said.append(
                    Utterance(self.number, cue.left, match.end() if match else len(self.text), cue.name)
                )

    def _follows(self, quote: tuple[int, int], cue: _Cue) -> bool:
        """X说:“…”."""
        return quote[0] >= cue.verb and _AFTER.fullmatch(self.text, cue.verb, quote[0]) is not None

    def _precedes(self, quote: tuple[int, int], cue: _Cue) -> bool:
        """“…”X说; a short 在…上, may stand between. The quotation must begin a sentence."""
        start, end = quote
        if (
            end > cue.left
            or not _whole(self.text[start + 1 : end - 1])
            or self.text[start - 1 : start] in (":", ",")
        ):
            return False
        return _BEFORE.fullmatch(self.text, end, cue.left) is not None

    def _goes_on(self, quote: tuple[int, int], cue: _Cue) -> bool:
        """“…”X说。“…” at the end of a paragraph in which nobody else speaks."""
        start, end = quote
        return (
            self.text[cue.verb : start] == "。"
            and end == len(self.text.rstrip())
            and _whole(self.text[start + 1 : end - 1])
        )


def _whole(inner: str) -> bool:
    """Speech, and not a word in quotation marks: it ends as a sentence ends."""
    return inner[-1:] in "。!?,…;" and len(inner) > 1 if inner else False


def _predicate(g: Grammar, text: str, at: int, until: int) -> int | None:
    """Where the word of speech ends whose subject is the name that ends at `at`; None if it speaks no
    word. until: where the next name begins; a word behind it in another clause is that one's.
    """
    if match := g.direct.match(text, at):
        return _verb_end(g, text, match)
    for pattern in (g.adverbial, g.crossing):
        match = pattern.match(text, at)
        if match and pattern is g.crossing and match.end() > until:
            continue
        if match and not g.no_speech.search(match.group()):
            return _verb_end(g, text, match)
    return None


def _verb_end(g: Grammar, text: str, match: re.Match[str]) -> int:
    """The end of the last word of speech in the clause: 致辞中说, 作推介时表示."""
    last = g.last_verb.match(text, match.end()) if match.group("talk") else None
    return last.end() if last else match.end()
