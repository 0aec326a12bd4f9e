"""The places in a byline from which its text was sent."""

import re

from sitegen.loaders.layout import HAN
from sitegen.places import gazetteer

_FROM = re.compile(rf"\s*(?:发自|发于|采自)\s*[{HAN}·、\s]{{2,16}}$")
_REPORTING = re.compile(
    rf"(?<=[{HAN}])\s+(?P<places>[{HAN}]{{2,8}}(?:[、/][{HAN}]{{2,8}})*)\s*(?=(?:综合)?报道$)"
)


def without_places(body: str) -> str:
    """A byline without the places from which it was sent: 记者 X 上海、宁德报道, 记者 X 发自Y."""
    body = _FROM.sub("", body)
    match = _REPORTING.search(body)
    if match and re.search(rf"记者\s*[{HAN}]", body[: match.start()]):
        places = re.split("[、/]", match["places"])
        if len(places) > 1 or all(_is_place(place) for place in places):
            return body[: match.start()]
    return body


def starts_with_place(word: str) -> bool:
    """Whether a word begins with a place's name and is no longer than one with what lies in it (北仑新碶)."""
    found = gazetteer().mentions(word)
    return bool(found) and found[0].start == 0


def _is_place(word: str) -> bool:
    found = gazetteer().mentions(word)
    return bool(found) and found[0].start == 0 and found[0].end == len(word)
