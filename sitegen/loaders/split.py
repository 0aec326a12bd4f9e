"""Where the articles of a page begin and end, and which line of each is text, subhead, caption or furniture."""

import re

from sitegen.loaders import bylines as signing
from sitegen.loaders.draft import Draft
from sitegen.loaders.join import certain, closed, continues, fragment, list_item
from sitegen.loaders.layout import layout
from sitegen.loaders.lines import cut, merge
from sitegen.loaders.parts import Part, dated
from sitegen.loaders.resumed import named, resumes
from sitegen.loaders.roundups import TABLE_NAME, names_table, roundup, table_ahead
from sitegen.loaders.seams import breaks_word
from sitegen.loaders.signed import HEADLINE_MAX, asks_alone, note_talks, signed_headlines, stopped
from sitegen.loaders.written_by import reporters, signature_at_end, told
from sitegen.model import Note

_DECKS = 2  # lines of a headline below its first
_ASIDE = ("caption", "furniture")
_HEADING = ("short", "kicker", "subtitle")
_BELOW_DAY = ("text", "lead", "short", "furniture")
_COUNTED = re.compile(r"[：:]\s*[\d０-９]")
_CELLS = re.compile(r"(?:\u3000|\s{2}).*[\d０-９]")  # 1、某项目　总投资3亿元
_TABLE_NOTE = re.compile(r"[(（]|注\s*[:：\d]|说明\s*[:：]|(?:数据)?来源\s*[:：]|合计|总计|以上|上述|\*")


class Splitter:
    """Walks once over the parts of a page. After run(), drafts holds the articles; every part went into
    exactly one.
    """

    def __init__(self, found: tuple[Part, ...], usual: int, *, indented: bool = False) -> None:
        """found: the parts of the page.  usual: blank lines that stand between most of its lines.

        indented: the page indents the first line of each paragraph.
        """
        self.indented = indented
        self.found = found
        self.usual = usual
        self.drafts: list[Draft] = []
        self.current: Draft | None = None
        self.resume: Draft | None = None  # the article that a table interrupts
        self.unsigned = all(part.kind not in ("byline", "lead") for part in found)
        self.heads = signed_headlines(found, usual)

    def run(self) -> list[Draft]:
        """The page's articles, in order."""
        early: list[Part] = []
        at = 0
        while at < len(self.found):
            part = self.found[at]
            goes_on = self._resumed(at)
            if goes_on:
                at = goes_on
                continue
            end = self._note_headline(at) or self.heads.get(at) or self._loose_headline(at)
            if part.kind == "note" and end is None:
                self._begin(Draft(note=True, headline=[part.line]))
            elif end is not None:
                at = self._headline(at, end)
                continue
            elif self.current is None and part.kind in ("furniture", "end", "caption"):
                early.append(part)
            elif part.kind == "byline":
                self._byline(at)
            else:
                self._body(at)
            at += 1
        if early and not self.drafts:
            self._begin(Draft())
        for part in early:
            first = self.drafts[0]
            (first.captions if part.kind == "caption" else first.furniture).append(
                Note(part.text, part.line.number)
            )
        return self.drafts

    def _begin(self, draft: Draft) -> Draft:
        current = self.current
        may = current and current.paragraphs and not current.over and not current.headed
        self.resume = current if draft.table and may else None
        self.drafts.append(draft)
        self.current = draft
        return draft

    def _resumed(self, at: int) -> int | None:
        """Begins the rest of an article that the page cut off; what comes after its joint. None where there is none."""
        if self.current and self.current.untold:
            return None  # its headline is repeated above the joint, or new
        marks = [place for place in (at, at + 1) if place < len(self.found) and resumes(self.found[place])]
        if not marks:
            return None
        mark = marks[0]
        before = named(self.found[at].text, self.drafts) if mark > at else None
        if mark > at and before is None:
            return None
        end = mark + 1
        after = named(self.found[end].text, self.drafts) if end < len(self.found) else None
        end += bool(after and not before)
        draft = self._begin(Draft(resumed=True, beginning=before or after))
        draft.furniture += [draft.mark(part.line) for part in self.found[at:end]]
        return end

    # ---- headlines

    def _loose_headline(self, at: int) -> int | None:
        """The end of a headline that begins here though no byline follows it; None where this line is none."""
        found, current = self.found, self.current
        part = found[at]
        if not part.heads or at + 1 >= len(found):
            return None
        following = found[at + 1]
        ahead = self._next_text(at + 1)
        if roundup(self.found, at) and not self._flows_on(at):
            own = part.kind == "kicker" and following.kind == "short" and following.heads
            if names_table(self.found, at):
                return at + 2
            return self._headline_end(at) if own else at + 1
        if part.kind == "short" and following.kind == "text" and fragment(part.text, following.text):
            return None
        titled = current and not current.over and TABLE_NAME.match(part.text)
        if part.kind != "subtitle" and table_ahead(self.found, at) and not titled:
            return at + 1
        begins = (
            current is None
            or current.over
            or following.kind == "note"
            or (
                self.unsigned
                and part.line.gap >= self.usual + 2
                and not current.open
                and not list_item(part.text)
            )
            or self._shouts(at)
            or (current.note and bool(current.paragraphs) and not current.open and not list_item(part.text))
            or part.item
            or self._columned(at)
            or (self._subtitled(at) and not self._goes_into(at))
            or (part.kind == "short" and self._dated(at) and not self._goes_into(at))
        )
        if not begins or ahead is None:
            return None
        return self._headline_end(at)

    def _dated(self, at: int) -> bool:
        """Whether the day of a short line is printed below it, and it is no piece of the text below that."""
        return dated(self.found, at, _BELOW_DAY) and not fragment(
            self.found[at].text, self.found[at + 2].text
        )

    def _columned(self, at: int) -> bool:
        """Whether a line is the name of a column above a headline, which begins an article wherever a text has ended."""
        above, below = self.found[at - 1], self.found[at + 1]
        if self.found[at].kind != "kicker" or not (below.kind == "short" and below.heads):
            return False
        if (self.current and self.current.untold) or self._broken(at + 1):
            return False
        return above.kind not in ("text", *_HEADING) or closed(above.text)

    def _subtitled(self, at: int) -> bool:
        """Whether a line belongs to a headline that ends with a subtitle."""
        end = at
        while (
            end < len(self.found) and end - at < HEADLINE_MAX and self.found[end].kind in ("short", "kicker")
        ):
            if not self.found[end].heads or stopped(self.found[end].text):
                return False
            end += 1
        return at < end < len(self.found) and self.found[end].kind == "subtitle"

    def _flows_on(self, at: int) -> bool:
        """Whether a line goes on with the open paragraph above it, however far below it stands."""
        current = self.current
        return bool(current and current.open and continues(current.paragraphs[-1].text, self.found[at].text))

    def _goes_into(self, at: int) -> bool:
        """Whether a line may go on with the open paragraph above it."""
        if not self.current or not self.current.open:
            return False
        left, part = self.current.paragraphs[-1].text, self.found[at]
        return certain(left, part.text) if part.line.gap > self.usual else continues(left, part.text)

    def _headline_end(self, at: int) -> int:
        found, end = self.found, at + 1
        while end < len(found) and found[end].heads and end - at < HEADLINE_MAX:
            if found[end].line.gap > self.usual + 1 or end + 1 >= len(found) or end in self.heads:
                break
            if list_item(found[end].text) and found[end].text[0] == found[end + 1].text[0]:
                break  # a list
            # below nothing but names of columns stands the headline, whatever it looks like
            untitled = all(part.kind == "kicker" for part in found[at:end])
            if (
                found[end].kind == "short"
                and not untitled
                and (
                    stopped(found[end - 1].text)
                    or closed(found[end].text)
                    or table_ahead(self.found, end)
                    or fragment(found[end].text, found[end + 1].text)
                )
            ):
                break
            end += 1
        return end

    def _note_headline(self, at: int) -> int | None:
        """The end of the headline that an editor's note has of its own, below its label; None without one.

        Below the label of an afterword it may be signed; below any other it would be that of the article
        introduced.
        """
        found = self.found
        if found[at].kind != "note" or at + 2 >= len(found) or found[at + 1].kind != "short":
            return None
        text, after = found[at + 1].text, bool(layout().afternote.match(found[at].line.folded))
        if not found[at + 1].heads or closed(text) or note_talks(self.found, at + 1):
            return None
        if not after and re.search("[，,]", text):
            return None
        if after and at + 1 in self.heads:
            return self.heads[at + 1]
        follows = found[at + 2]
        cut_off = fragment(text, follows.text) or re.match(r".[，,。]", follows.text)
        return at + 2 if follows.kind == "text" and not cut_off else None

    def _headline(self, at: int, end: int) -> int:
        """Begins an article with its headline and the bylines below it; what comes after them."""
        note = self.found[at].kind == "note"
        draft = self._begin(Draft(note=note, table=end == at + 1 and table_ahead(self.found, at)))
        if not note and self._column(at, end):
            draft.kickers.append(self.found[at].line)
            at += 1
        for part in self.found[at:end]:
            draft.add_head(part)
        while end < len(self.found) and self.found[end].kind == "byline":
            draft.add_byline(self.found[end])
            end += 1
        return end

    def _column(self, at: int, end: int) -> bool:
        """Whether a headline's first line is the name of a column that stands above several items."""
        more = at + 1 < end and self.found[at + 1].kind == "short"
        return more and bool(layout().column.match(self.found[at].line.folded))

    def _shouts(self, at: int) -> bool:
        """Whether the line calls out as headlines of public accounts do (收藏！…), between two closed texts."""
        part, before, after = self.found[at], self.found[at - 1], self.found[at + 1]
        if part.kind != "short" or not layout().shout.match(part.line.folded):
            return False
        if self._flows_on(at):
            return False
        alone = part.text[0] not in (before.text[0], after.text[0])
        return alone and (after.kind == "text" or closed(after.text) or list_item(after.text))

    # ---- bylines

    def _byline(self, at: int) -> None:
        """A byline without a headline above it: below an editor's note, at the end of a text, or of a
        headless piece.
        """
        current, part = self.current, self.found[at]
        more = at + 1 < len(self.found) and self.found[at + 1].kind in ("text", "lead")
        if current is None:
            current = self._begin(Draft())
        elif current.note and current.paragraphs and more:
            waiting = self.drafts[-2] if len(self.drafts) >= 2 and self.drafts[-2].untold else None
            if waiting:
                self.drafts[-2:] = [current, waiting]
                self.current = current = waiting
            else:
                current = self._begin(Draft())
        elif current.paragraphs and more and current.bylines and self.found[at].line.gap >= self.usual:
            current = self._begin(Draft())
        elif current.paragraphs:
            current.over = True
        current.add_byline(part)

    # ---- bodies

    def _body(self, at: int) -> None:
        part = self.found[at]
        draft = self._draft_for(at)
        if part.kind == "caption":
            draft.captions.append(draft.mark(part.line))
        elif part.kind in ("furniture", "end"):
            draft.add_furniture(part)
        elif part.kind == "cast":
            draft.subheads.append(draft.mark(part.line))
        else:
            self._text(draft, at)

    def _draft_for(self, at: int) -> Draft:
        """The article to which a line of text, a caption or furniture belongs."""
        part, current = self.found[at], self.current
        if current is None:
            return self._begin(Draft())
        if part.kind == "lead" and (current.paragraphs or current.dateline):
            return self._begin(Draft())
        if current.table and self.resume and current.paragraphs and self._after_table(at):
            self.current, self.resume = self.resume, None
            return self.current
        return current

    def _after_table(self, at: int) -> bool:
        """Whether a line below a table goes on with the article that the table interrupts."""
        part = self.found[at]
        if part.kind == "text":
            return not list_item(part.text) and not _TABLE_NOTE.match(part.text)
        return part.kind == "short" and self._subhead(at) and not re.search(r"\d|\u3000|\s{2}", part.text)

    def _text(self, draft: Draft, at: int) -> None:
        """Takes up a line of running text: a new paragraph, the rest of a broken one, or a subhead."""
        part = self.found[at]
        line = part.line
        if part.kind == "lead" and not draft.paragraphs:
            draft.dateline = signing.dateline(line.text)
            head = draft.dateline
            named = (head.authors or reporters(line.text, head.end)[1]) if head else ()
            draft.sign(named, line.number)
        draft.sign(told(line.text), line.number)
        ahead = self._next_text(at + 1)
        signed = signature_at_end(line.text, last=ahead is None or self.found[ahead].kind != "text")
        if signed:
            start, authors = signed
            draft.sign(authors, line.breaks[-1][1])
            draft.bylines.append(cut(line, start, len(line.text)))
            draft.dateline = draft.dateline or signing.signature(line.text[start:])
            line = cut(line, 0, start)
            draft.over = True
        if draft.open and self._goes_on(draft, at):
            draft.paragraphs[-1] = merge(draft.paragraphs[-1], line)
        elif self._subhead(at):
            draft.subheads.append(draft.mark(line))
            draft.open = False
            return
        else:
            draft.paragraphs.append(line)
        draft.open = part.kind != "row" and not closed(line.text)

    def _goes_on(self, draft: Draft, at: int) -> bool:
        """Whether a line goes on with the open paragraph above it."""
        left, part = draft.paragraphs[-1].text, self.found[at]
        if part.kind in ("row", "cast") or not continues(left, part.text):
            return False
        return certain(left, part.text) or breaks_word(left, part.text) or not self._subhead(at)

    def _subhead(self, at: int, decks: int = _DECKS) -> bool:
        """Whether a short line is a subhead: it has no full stop, and the text that follows does not go on
        with it. decks: how many more such lines may stand below it, as in a headline of several lines.
        """
        part = self.found[at]
        ahead = self._next_text(at + 1)
        if part.kind == "short" and ahead is not None and layout().report_section.match(part.line.folded):
            return True
        if part.kind == "short" and TABLE_NAME.match(part.text) and table_ahead(self.found, at):
            return True
        asks = list_item(part.text) and part.text[-1] in "？?"
        asks = asks or (asks_alone(self.found, at) and part.heads)
        if (
            part.kind not in _HEADING
            or (closed(part.text) and not asks)
            or ahead is None
            or _COUNTED.search(part.text)
            or (list_item(part.text) and _CELLS.search(part.text))
        ):
            return False
        if note_talks(self.found, at):
            return False
        after = self.found[ahead]
        apart = part.line.gap > self.usual and at > 0 and closed(self.found[at - 1].text)
        if after.kind not in ("text", "short", "lead", "row"):
            return False
        if fragment(part.text, after.text) and not (apart and part.heads and after.kind == "text"):
            return False
        if self.indented and part.line.indent and after.kind == "text" and not after.line.indent:
            return False  # the text below begins no paragraph, so it goes on with this line
        decked = part.heads and after.heads and ahead == at + 1 and after.line.gap <= self.usual
        if after.kind == "short" and not (list_item(after.text) or closed(after.text) or self._broken(ahead)):
            return decked and decks > 0 and not list_item(part.text) and self._subhead(ahead, decks - 1)
        if not list_item(part.text):
            return True
        before = self.found[at - 1].text if at else ""
        if any(other and list_item(other) and other[0] == part.text[0] for other in (before, after.text)):
            return False
        return not (re.search(r"\d", part.text) and re.search("[：:]", part.text))

    def _broken(self, at: int) -> bool:
        """Whether a short line is the broken beginning of a paragraph."""
        ahead = self._next_text(at + 1)
        return ahead is not None and fragment(self.found[at].text, self.found[ahead].text)

    def _next_text(self, at: int) -> int | None:
        """The first part from `at` on that is neither caption nor furniture."""
        while at < len(self.found) and self.found[at].kind in _ASIDE:
            at += 1
        return at if at < len(self.found) else None
