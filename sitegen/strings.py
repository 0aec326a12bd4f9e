"""The words of the interface, one YAML file a language; templates hold none. Keys are dotted: nav.home."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import yaml

from sitegen.documents import LOADER, read_document
from sitegen.model import Claim
from sitegen.problems import ConfigError, Problem, SitegenError

_SCALES = (16, 12, 9, 8, 6, 4, 3)  # powers of ten; a language uses those it has a word for
_MAX_BYTES = 1_000_000  # of a site's own words
_HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Strings:
    """The words of one language, by dotted key."""

    language: str
    words: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The words under a key, with {name} replaced.

        Raises SitegenError for an unknown key or a value left out.
        """
        words = self.words.get(key)
        if words is None:
            raise _missing(self.language, key, "has no entry")
        if "{" not in words:
            return words
        try:
            return _HOLE.sub(lambda hole: str(values[hole[1]]), words)
        except KeyError as error:
            raise _missing(self.language, key, f"wants a value for {error}") from None

    def get(self, key: str, default: str) -> str:
        """The words under a key, or the default; for families that grow with the data, such as units."""
        return self.words.get(key, default)

    def period(self, period: str) -> str:
        """An ISO period of the contract in words: 2025-04 is 2025年4月, 2026-2030 is 2026年至2030年."""
        if re.fullmatch(r"\d{4}-\d{4}", period):
            return self._between(*period.split("-"))
        if "/" in period:
            return self._between(*period.split("/", 1))
        return self._date(period)

    def _between(self, first: str, last: str) -> str:
        return self("date.between", first=self._date(first), last=self._date(last))

    def _date(self, date: str) -> str:
        parts = date.split("-")
        if not all(part.isdigit() for part in parts) or len(parts) > 3:
            return date
        year, month, day = (*(str(int(part)) for part in parts), "", "")[:3]
        return self(("date.year", "date.month", "date.day")[len(parts) - 1], year=year, month=month, day=day)

    def unit(self, unit: str | None) -> str:
        """A canonical unit in words; a measure word is its own."""
        return self.get(f"unit.{unit}", unit) if unit else ""

    def amount(self, value: Decimal, unit: str | None) -> str:
        """A value with its unit, short enough to say, never rounded: 4565.7亿元."""
        scaled, scale = value, ""
        for power in _SCALES:
            if unit != "%" and abs(value) >= Decimal(10) ** power and f"scale.e{power}" in self.words:
                scaled, scale = value.scaleb(-power), self.words[f"scale.e{power}"]
                break
        return self("amount.short", number=plain(scaled), scale=scale, unit=self.unit(unit))

    def exactly(self, value: Decimal, unit: str | None) -> str:
        """A value with its unit, written out: 456,570,000,000 元."""
        return self("amount.exact", number=plain(value, grouped=True), unit=self.unit(unit))

    def reading(self, claim: Claim) -> str:
        """A claim's number as it was understood: 至少4000万吨, 3亿元至5亿元, 每年2.1万吨."""
        if claim.value_max is not None:
            first = self.amount(claim.value, claim.unit)
            said = self("amount.range", first=first, last=self.amount(claim.value_max, claim.unit))
        else:
            said = self.amount(claim.value, claim.unit)
        if claim.per:
            said = self("amount.per", amount=said, per=self.get(f"per.{claim.per}", claim.per))
        return said if claim.bound == "exact" else self("bound." + claim.bound, amount=said)


def plain(value: Decimal, *, grouped: bool = False) -> str:
    """A number without exponent and without zeros behind the point; grouped: 1,234,567.8."""
    text = format(value, ",f" if grouped else "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


def load(language: str, folders: Sequence[Path] = ()) -> Strings:
    """The packaged words of a language, with a site's own FOLDER/strings/LANGUAGE.yml laid over them, first
    folder first.

    Raises ConfigError where the language is unknown or a file cannot be read as words.
    """
    words = dict(_packaged(language))
    for folder in reversed(folders):
        path = folder / "strings" / f"{language}.yml"
        if path.is_file():
            words.update(_own(path))
    return Strings(language, words)


def _own(path: Path) -> dict[str, str]:
    """The words of a site's own file. Raises ConfigError."""
    name = _shown(path)
    try:
        if path.stat().st_size > _MAX_BYTES:
            fact = f"has more than {_MAX_BYTES // 1_000_000} MB"
            raise ConfigError(Problem(name, 0, 0, "E-LARGE", fact, "keep only what reads otherwise"))
        document = read_document(path.read_text("utf-8-sig"), name)
        return dict(_leaves(document.value or {}, "", name))
    except UnicodeDecodeError:
        raise ConfigError(Problem(name, 0, 0, "E-ENCODING", "is no UTF-8 text", "save it as UTF-8")) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ConfigError(
            Problem(name, 0, 0, "E-READ", f"cannot be read: {reason}", "check its rights")
        ) from None
    except SitegenError as error:
        raise ConfigError(*error.problems) from None


def _shown(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def languages() -> tuple[str, ...]:
    """The languages that come with the package."""
    return tuple(sorted(entry.name[:-4] for entry in _folder().iterdir() if entry.name.endswith(".yml")))


def _folder() -> Traversable:
    return resources.files("sitegen") / "data" / "strings"


@cache
def _packaged(language: str) -> Mapping[str, str]:
    if language not in languages():
        fix = "set language to one of " + ", ".join(languages())
        raise ConfigError(
            Problem("", 0, 0, "E-LANGUAGE", f"there are no interface words for language {language!r}", fix)
        )
    file = _folder() / f"{language}.yml"
    return _flat(file.read_text("utf-8"), f"sitegen/data/strings/{language}.yml")


def _flat(text: str, name: str) -> dict[str, str]:
    try:
        tree = yaml.load(text, LOADER)  # noqa: S506  a safe loader
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", -1) + 1
        raise ConfigError(
            Problem(name, line, 0, "E-YAML", "cannot be read as YAML", "mend the file")
        ) from None
    return dict(_leaves(tree or {}, "", name))


def _leaves(tree: object, prefix: str, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(tree, Mapping):
        for key, value in tree.items():
            yield from _leaves(value, f"{prefix}.{key}" if prefix else str(key), name)
    elif isinstance(tree, str):
        yield prefix, tree
    else:
        fact = f"{prefix or 'the file'} is no text but {type(tree).__name__}"
        raise ConfigError(Problem(name, 0, 0, "E-STRINGS", fact, "put the words in quotation marks"))


def _missing(language: str, key: str, fact: str) -> SitegenError:
    file = f"strings/{language}.yml"
    return SitegenError(
        Problem(file, 0, 0, "E-STRINGS", f"key {key!r} {fact}", "add it to the file, or mend the template")
    )
