"""Search: an exact index of all texts that a page reads from disk, and words by jieba for the order of what is found."""

from sitegen.search.cutting import (
    Counted,
    Cutter,
    article_text,
    code_text,
    count_words,
    cut_by,
    cutter,
    cutter_of,
    headline_pieces,
    labels,
    phrases,
    searched_text,
    vocabulary,
)
from sitegen.search.dictionary import entries
from sitegen.search.files import search_files
from sitegen.search.neighbours import Told, Words, words

__all__ = [
    "Counted",
    "Cutter",
    "Told",
    "Words",
    "article_text",
    "code_text",
    "count_words",
    "cut_by",
    "cutter",
    "cutter_of",
    "entries",
    "headline_pieces",
    "labels",
    "phrases",
    "search_files",
    "searched_text",
    "vocabulary",
    "words",
]
