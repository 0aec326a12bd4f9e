"""Who speaks or reports in an article, in which office, and which words are theirs."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import heappop, heappush

from sitegen.automata import Words
from sitegen.extract.names import Office, guest, name_ends, office_at, offices
from sitegen.extract.people_words import grammar
from sitegen.extract.speaking import Mention, Record, SpokenParagraph, Utterance, may_speak
from sitegen.model import Article, Person, Quotation
from sitegen.text import fold

_ANSWER = 11  # characters before the name in brackets that may open an answer: 答（李四）：


@dataclass(frozen=True, slots=True)
class Speech:
    """Everything people() and speaker_at() know of an article."""

    people: tuple[Person, ...] = ()
    utterances: tuple[Utterance, ...] = ()


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
    if not article.byline and not any("”" in text or g.cue.search(text) for text in texts):
        return Speech()
    guests = [fold(note.text) for note in article.subheads] + [text for text in texts if len(text) < 60]
    records, mentions = _named(texts, guests, frozenset(article.authors))
    _signed(article, texts, records)
    if not records:
        return Speech()
    said: list[Utterance] = []
    interview = _interview(texts, records, mentions, said)
    last: str | None = None
    for number, text in enumerate(texts):
        named = mentions.get(number, [])
        if number not in interview and (named or may_speak(text)):
            last = SpokenParagraph(number, text, named, records).read(said, last)
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
) -> tuple[dict[str, Record], dict[int, list[Mention]]]:
    """All people with an office, or with a name that stands in the article twice and speaks; and their
    mentions.
    """
    g = grammar()
    whole = "\n".join(texts)
    records: dict[str, Record] = {}
    for line in lines:
        if office := guest(line):
            name = line.split()[0]
            if f"{name}:" in whole or f"{name}(" in whole:
                number = next(n for n, text in enumerate(texts) if name in text)
                records[name] = Record(name, office, number)
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
            records.setdefault(name, Record(name, office, number))
    waiting: dict[str, list[tuple[int, Office]]] = {}  # by the first two characters behind the office
    for number, office in open_offices:
        waiting.setdefault(texts[number][office.name : office.name + 2], []).append((number, office))
    for number, text in enumerate(texts):
        openings = (match.start() for match in g.opening.finditer(text))
        begins = [at for at in openings if g.presented.match(text, at)]
        for match in filter(None, (g.introduced.match(text, at) for at in begins)):
            if match.group(1) not in records and (office := _apposed_office([text], match.group(1))):
                records[match.group(1)] = Record(match.group(1), office, number)
        for match in filter(None, (g.bare.match(text, at) for at in begins)):
            ends = name_ends(text, match.start(1))
            name = text[match.start(1) : ends[0]] if ends else ""
            if not name or name in records:
                continue
            near = waiting.get(name[:2], ())
            first = next(((n, o) for n, o in near if texts[n].startswith(name, o.name)), None)
            if first:
                held[first[0], first[1].name] = first[1]
                records[name] = Record(name, first[1], first[0])
            elif office := _apposed_office(texts, name):
                records[name] = Record(name, office, number)
            elif (
                whole.count(name) > 1
                and len(name) > 2
                and name not in authors
                and not g.no_person.search(name)
            ):
                records[name] = Record(name, None, number)
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


def _signed(article: Article, texts: list[str], records: dict[str, Record]) -> None:
    """Add who reports in a byline (省长 沈明), and the guests of an interview whom its headline (——访厂长 李四) or the
    lines below it name.

    A guest speaks where “李四:” or “答(李四):” begins a paragraph.
    """
    for note in (*article.byline, *article.headline, *article.subheads):
        line = fold(note.text)
        for office in offices(line):
            ends = name_ends(line, office.name, office=office.title)
            name = line[office.name : ends[0]].replace(" ", "") if ends else ""
            if not name:
                continue
            if name in records:
                records[name].office = records[name].office or office
            elif note in article.byline or any(_answers(text, name) for text in texts):
                records[name] = Record(name, office, 0, speaks=note in article.byline)


def _answers(text: str, name: str) -> bool:
    """Whether a paragraph opens as a guest's answer does."""
    return text.startswith(f"{name}:") or f"({name}):" in text[: len(name) + _ANSWER]


def _mentions(
    texts: list[str], records: dict[str, Record], held: dict[tuple[int, int], Office]
) -> dict[int, list[Mention]]:
    forms = {form: name for name in records for form in _printed(name)}
    names = list(forms.values())
    known = Words(forms)
    mentions: dict[int, list[Mention]] = {}
    for number, text in enumerate(texts):
        for index, start, end in known.longest(text):
            office = held.get((number, start))
            left = office.start if office else start
            mentions.setdefault(number, []).append(Mention(number, left, start, end, names[index]))
    return mentions


def _printed(name: str) -> tuple[str, ...]:
    """The ways a name is printed; one of two signs may be set apart: 黎 芳."""
    return (name, f"{name[0]} {name[1]}") if len(name) == 2 else (name,)


def _interview(
    texts: list[str], records: dict[str, Record], mentions: dict[int, list[Mention]], said: list[Utterance]
) -> set[int]:
    """Paragraphs of an interview (“职务姓名：”, later “姓名：”); the answer runs on to the next head."""
    heads: list[tuple[int, int, str | None]] = []
    for number, text in enumerate(texts):
        if match := grammar().head.match(text):
            printed = (match.group(1).replace(" ", ""), match.group(2) or "")
            name = next((name for name in records if printed[0].endswith(name) or printed[1] == name), None)
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
