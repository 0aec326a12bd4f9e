"""Who speaks or reports in an article, in which office, and which words are theirs."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import heappop, heappush
from typing import NamedTuple

from sitegen.automata import for_few_texts
from sitegen.extract.names import Grammar, Office, grammar, guest, name_ends, office_at, offices
from sitegen.model import Article, Person, Quotation
from sitegen.text import fold

_PRONOUN = re.compile("[她他]|这位")
_QUOTE = re.compile("“[^“”]*”")
_LISTED = ("、", "和", "及", "与", "以及", ",")
_AFTER = re.compile(r"[^,。;:!?“”]{0,14}:|(?:道|时|着|记者)?[,:]?")
_BEFORE = re.compile(r"[^。!?“”;]{0,40}")
_SHORTEST = 8  # characters of a quotation, marks included, that is speech without a word that says so
_SENTENCE_END = re.compile(r"[。!?](?![”’])|[。!?][”’]")


class _Mention(NamedTuple):
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


@dataclass(frozen=True, slots=True)
class Speech:
    """Everything people() and speaker_at() know of an article."""

    people: tuple[Person, ...] = ()
    utterances: tuple[Utterance, ...] = ()

    def speaker_at(self, paragraph: int, start: int) -> str | None:
        """The named person who says what stands at this offset, or None."""
        return next(
            (u.name for u in self.utterances if u.paragraph == paragraph and u.start <= start < u.end), None
        )


@dataclass(slots=True)
class _Record:
    name: str
    office: Office | None
    paragraph: int
    speaks: bool = False
    quotes: list[tuple[int, int, int]] = field(default_factory=list)


def people(article: Article) -> tuple[Person, ...]:
    """The named people who speak or report, one record each, in the order of their first mention."""
    return speech(article).people


def speaker_at(article: Article, people: tuple[Person, ...]) -> Callable[[int, int], str | None]:
    """Give the function (paragraph, offset) → name of the speaker of the quotation or reported sentence
    there.
    """
    if not people:
        return lambda paragraph, start: None
    said: dict[int, list[Utterance]] = {}
    for utterance in speech(article).utterances:
        said.setdefault(utterance.paragraph, []).append(utterance)
    turns = {paragraph: _turns(utterances) for paragraph, utterances in said.items()}

    def speaker(paragraph: int, start: int) -> str | None:
        edges, names = turns.get(paragraph, ((), ()))
        at = bisect_right(edges, start) - 1
        return names[at] if at >= 0 else None

    return speaker


def _turns(said: list[Utterance]) -> tuple[Sequence[int], Sequence[str | None]]:
    """Where the speaker of a paragraph changes, and who speaks from there; of two at once the one found first."""
    edges = sorted({edge for utterance in said for edge in (utterance.start, utterance.end)})
    waiting = sorted(range(len(said)), key=lambda number: said[number].start, reverse=True)
    speaking: list[int] = []
    names: list[str | None] = []
    for edge in edges:
        while waiting and said[waiting[-1]].start <= edge:
            heappush(speaking, waiting.pop())
        while speaking and said[speaking[0]].end <= edge:
            heappop(speaking)
        names.append(said[speaking[0]].name if speaking else None)
    return edges, names


@lru_cache(maxsize=4)
def speech(article: Article) -> Speech:
    """Read who says what, once an article; people() and speaker_at() are views of it."""
    g = grammar()
    texts = [fold(paragraph.text) for paragraph in article.paragraphs]
    if not any("”" in text or g.cue.search(text) for text in texts):
        return Speech()
    guests = [fold(note.text) for note in article.subheads] + [text for text in texts if len(text) < 60]
    records, mentions = _named(texts, guests, frozenset(article.authors))
    _signed(article, texts, records)
    if not records:
        return Speech()
    said: list[Utterance] = []
    interview = _interview(texts, records, mentions, said)
    spoken = [
        _SpokenParagraph(number, text, mentions.get(number, []), records) for number, text in enumerate(texts)
    ]
    last: str | None = None
    for paragraph in spoken:
        if paragraph.number not in interview:
            last = paragraph.read(said, last)
    found = []
    for record in records.values():
        if not record.speaks:
            continue
        quotes = tuple(
            Quotation(number, article.paragraphs[number].text[start:end].rstrip("，,"))
            for number, start, end in sorted(set(record.quotes))
        )
        office = record.office
        found.append(
            Person(
                record.name,
                office.title if office else None,
                office.organisation if office else None,
                article.id,
                quotes,
                record.paragraph,
            )
        )
    return Speech(tuple(found), tuple(said))


# ------------------------------------------------------------------------------------------------- names


def _named(
    texts: list[str], lines: list[str], authors: frozenset[str]
) -> tuple[dict[str, _Record], dict[int, list[_Mention]]]:
    """All people with an office, or with a name that stands in the article twice and speaks; and their
    mentions.
    """
    g = grammar()
    whole = "\n".join(texts)
    records: dict[str, _Record] = {}
    for line in lines:
        if office := guest(line):
            name = line.split()[0]
            if f"{name}:" in whole or f"{name}(" in whole:
                number = next(n for n, text in enumerate(texts) if name in text)
                records[name] = _Record(name, office, number)
    open_offices: list[tuple[int, Office]] = []
    held: dict[tuple[int, int], Office] = {}
    for number, text in enumerate(texts):
        for office in offices(text):
            ends = name_ends(text, office.name, office=office.title)
            names = [text[office.name : end].replace(" ", "") for end in ends]
            if not names:
                open_offices.append((number, office))
                continue
            name = names[0]
            if len(names) > 1 and whole.count(name) < 2:
                name = max(names, key=whole.count)
            held[number, office.name] = office
            records.setdefault(name, _Record(name, office, number))
    waiting: dict[str, list[tuple[int, Office]]] = {}  # by the first two characters behind the office
    for number, office in open_offices:
        waiting.setdefault(texts[number][office.name : office.name + 2], []).append((number, office))
    for number, text in enumerate(texts):
        for match in g.introduced.finditer(text):
            if match.group(1) not in records and (office := _apposed_office([text], match.group(1))):
                records[match.group(1)] = _Record(match.group(1), office, number)
        for match in g.bare.finditer(text):
            ends = name_ends(text, match.start(1))
            name = text[match.start(1) : ends[0]] if ends else ""
            if not name or name in records:
                continue
            near = waiting.get(name[:2], ())
            first = next(((n, o) for n, o in near if texts[n].startswith(name, o.name)), None)
            if first:
                held[first[0], first[1].name] = first[1]
                records[name] = _Record(name, first[1], first[0])
            elif office := _apposed_office(texts, name):
                records[name] = _Record(name, office, number)
            elif (
                whole.count(name) > 1
                and len(name) > 2
                and name not in authors
                and not g.no_person.search(name)
            ):
                records[name] = _Record(name, None, number)
    return records, _mentions(texts, records, held) if records else {}


def _apposed_office(texts: list[str], name: str) -> Office | None:
    """The office that stands behind a name: 李梅(某厂厂长), 张大山是村里的种粮大户."""
    for text in texts:
        at = text.find(name)
        while at >= 0:
            match = grammar().apposed.match(text, at + len(name))
            if match and (office := office_at(text, match.end(1))):
                return office
            at = text.find(name, at + 1)
    return None


def _signed(article: Article, texts: list[str], records: dict[str, _Record]) -> None:
    """Add who reports in a byline (省长 沈明), and the guest whom an interview's headline names (——访厂长 李四).

    The guest speaks where “李四:” begins a paragraph.
    """
    for note in (*article.byline, *article.headline):
        line = fold(note.text)
        for office in offices(line):
            name = next(
                (line[office.name : end] for end in name_ends(line, office.name, office=office.title)), ""
            )
            if not name:
                continue
            if name in records:
                records[name].office = records[name].office or office
            elif note in article.byline or any(text.startswith(f"{name}:") for text in texts):
                records[name] = _Record(name, office, 0, speaks=note in article.byline)


def _mentions(
    texts: list[str], records: dict[str, _Record], held: dict[tuple[int, int], Office]
) -> dict[int, list[_Mention]]:
    forms = {form: name for name in records for form in _printed(name)}
    names = list(forms.values())
    known = for_few_texts(forms)
    mentions: dict[int, list[_Mention]] = {}
    for number, text in enumerate(texts):
        for index, start, end in known.find_matches_as_indexes(text):
            office = held.get((number, start))
            left = office.start if office else start
            mentions.setdefault(number, []).append(_Mention(number, left, start, end, names[index]))
    return mentions


def _printed(name: str) -> tuple[str, ...]:
    """The ways a name is printed; one of two signs may be set apart: 黎 芳."""
    return (name, f"{name[0]} {name[1]}") if len(name) == 2 else (name,)


def _interview(
    texts: list[str], records: dict[str, _Record], mentions: dict[int, list[_Mention]], said: list[Utterance]
) -> set[int]:
    """Paragraphs of an interview (“职务姓名：”, later “姓名：”); the answer runs on to the next head."""
    heads: list[tuple[int, int, str | None]] = []
    for number, text in enumerate(texts):
        if match := grammar().head.match(text):
            name = next((name for name in records if match.group(1).replace(" ", "").endswith(name)), None)
            heads.append((number, match.end(), name))
    answers: set[int] = set()
    for place, (number, start, name) in enumerate(heads):
        if name is None:
            continue
        until = heads[place + 1][0] if place + 1 < len(heads) else number + 1
        if texts[number][start : start + 1] == "“" or len(heads) < 3:
            until = number + 1
        record = records[name]
        record.speaks = True
        for answer in range(number, until):
            begin = start if answer == number else 0
            if answer > number and (answer in mentions or texts[answer].startswith("“")):
                break
            if answer == number and texts[number][start : start + 1] == "“":
                break
            said.append(Utterance(answer, begin, len(texts[answer]), name))
            answers.add(answer)
    return answers


# ------------------------------------------------------------------------------------------------- speech


class _SpokenParagraph:
    """One paragraph, its mentions and its quotations."""

    def __init__(self, number: int, text: str, mentions: list[_Mention], records: dict[str, _Record]) -> None:
        self.number, self.text, self.mentions, self.records = number, text, mentions, records
        self.quotes = (
            [match.span() for match in _QUOTE.finditer(text)]
            if mentions or "她" in text or "他" in text
            else []
        )
        self.starts = [start for start, _ in self.quotes]

    def read(self, said: list[Utterance], last: str | None) -> str | None:
        """Find who speaks here; give the last person named, to whom a later 她说 belongs."""
        g = grammar()
        cues: list[_Cue] = []
        speaking = False
        following: _Mention | None = None
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

    def _by_quotation(self, g: Grammar, mention: _Mention) -> int | None:
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

    def _has_office(self, mention: _Mention) -> bool:
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
            if g.cue.search(tag) or g.no_speech_quote.search(tag) or self._any(cues, bounds[number], until):
                continue
            behind = [each for each in self.mentions if end <= each.left < until and self._has_office(each)]
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

    def _leads_to(self, g: Grammar, mention: _Mention, start: int) -> bool:
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
        return _verb_end(g, text, at, match)
    for pattern in (g.adverbial, g.crossing):
        match = pattern.match(text, at)
        if match and pattern is g.crossing and match.end() > until:
            continue
        if match and not g.no_speech.search(match.group()):
            return _verb_end(g, text, at, match)
    return None


def _verb_end(g: Grammar, text: str, at: int, match: re.Match[str]) -> int:
    """The end of the last word of speech in the clause: 致辞中说, 作推介时表示."""
    last = g.last_verb.match(text, match.end()) if match.group("talk") else None
    return last.end() if last else match.end()
