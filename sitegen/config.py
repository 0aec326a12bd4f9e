"""The settings of a site, content/site.yml: each is declared once, with default, type and what it does.

From this one declaration come the check of the file, `sitegen config --print` and the JSON Schema.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import Field, dataclass, field, fields
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from sitegen.documents import Document, read_document
from sitegen.problems import ConfigError, Problem, SitegenError

LANGUAGES = ("zh-CN", "en")
LEVELS = ("error", "warning", "ignore")
_LONGEST = 2000  # characters of a setting, which may stand on every page
_NO_ADDRESS = re.compile(r"[\s\x00-\x1f\"'<>\\`{}|^]")
_CODE = re.compile(r"[WC]-?[A-Za-z0-9-]+")  # an error stays one: to go on would publish something wrong


def _setting(default: Any, doc: str, **schema: Any) -> Any:
    """A setting: doc is what an editor reads, schema is its JSON Schema beyond default and description."""
    metadata = {"doc": doc, "schema": schema}
    if callable(default):
        return field(default_factory=default, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Config:
    """What content/site.yml says, with the defaults for what it leaves out."""

    title: str = _setting("数据账本", "name of the site, on every page", type="string", minLength=1)
    subtitle: str = _setting("", "one line under the name on the home page", type="string")
    description: str = _setting("", "a sentence for search engines and feeds", type="string")
    base_url: str = _setting(
        "",
        "where the site will stand, https://example.org/path/ ; may stay empty, links are relative",
        type="string",
        format="uri",
    )
    language: str = _setting("zh-CN", "language of the interface", type="string", enum=list(LANGUAGES))
    timezone: str = _setting("Asia/Shanghai", "time zone of the newsroom", type="string")
    author: str = _setting("", "who publishes the site", type="string")
    licence: str = _setting("", "licence of the site's data and text, as it is to be printed", type="string")
    seeds_dir: str | None = _setting(
        "seeds",
        "folder with the newspaper pages, from the site's root; null for a site without any",
        type=["string", "null"],
    )
    output_dir: str = _setting(
        "build", "folder for the finished site, from the site's root", type="string", minLength=1
    )
    validation: dict[str, str] = _setting(  # noqa: RUF009  a field, with the default made anew for each
        dict,
        "how grave a warning is, by its code (W-...): error, warning or ignore",
        type="object",
        additionalProperties={"enum": list(LEVELS)},
        propertyNames={"pattern": f"^{_CODE.pattern}$"},
    )


def read_config(text: str, file: str) -> Config:
    """The settings in the text of a site.yml. Raises ConfigError with every problem that it finds."""
    try:
        document = read_document(text, file)
    except SitegenError as error:
        raise ConfigError(*error.problems) from None
    given = {} if document.value is None else document.value
    if not isinstance(given, dict):
        problem = Problem(file, 1, 0, "E-CONFIG", "is no list of settings", "write one `key: value` a line")
        raise ConfigError(problem)
    problems = tuple(_problems(given, document, file))
    if problems:
        raise ConfigError(*problems)
    settings = {key: value for key, value in given.items() if not key.startswith("$")}
    return Config(**{**settings, "base_url": whole_url(settings.get("base_url", ""))})


def whole_url(url: str) -> str:
    """The address with the slash that ends it, so that paths can be put behind it; "" stays."""
    return url if not url or url.endswith("/") else url + "/"


def _problems(given: dict[str, Any], document: Document, file: str) -> Iterator[Problem]:
    known = {setting.name: setting for setting in fields(Config)}
    for key, value in given.items():
        line = document.line(key)
        if key == "$schema":
            continue
        if key not in known:
            yield Problem(
                file, line, 0, "E-CONFIG-KEY", f"unknown setting {key}", suggestion(key, list(known))
            )
        elif wrong := _wrong(known[key], value):
            yield Problem(file, line, 0, "E-CONFIG-VALUE", f"{key}: {_shown(value)} {wrong[0]}", wrong[1])
    codes = given.get("validation")
    for code, level in codes.items() if isinstance(codes, dict) else ():
        line = document.line("validation", code)
        if not _CODE.fullmatch(code):
            yield Problem(
                file,
                line,
                0,
                "E-CONFIG-VALUE",
                f"{code} is no code of a warning",
                "write one that begins with W- or, for a finding, C-",
            )
        elif level not in LEVELS:
            wanted = "write error, warning or ignore"
            yield Problem(file, line, 0, "E-CONFIG-VALUE", f"{code}: {_shown(level)} is no level", wanted)


def _wrong(setting: "Field[Any]", value: Any) -> tuple[str, str] | None:
    """What is wrong with a setting's value and what to do, or None."""
    schema = setting.metadata["schema"]
    if schema["type"] == "object":
        return (
            None
            if isinstance(value, dict)
            else ("is no list of codes", "write one `CODE: level` a line below it")
        )
    if value is None and "null" in schema["type"]:
        return None
    if not isinstance(value, str):
        return "is no text", "put it in quotation marks"
    if schema.get("minLength") and not value.strip():
        return "is empty", "write something or leave the line out"
    if schema.get("enum") and value not in schema["enum"]:
        return "is not known", f"write {' or '.join(schema['enum'])}"
    if len(value) > _LONGEST:
        return f"has more than {_LONGEST} characters", "shorten it"
    if setting.name == "timezone" and value not in available_timezones():
        return "is no time zone", "write a name such as Asia/Shanghai"
    if setting.name == "base_url" and value and not is_base_url(value):
        return "is no address of a site", "write https://host/path/ without ?, #, blanks and quotation marks"
    return None


def is_base_url(url: str) -> bool:
    """Whether a site can stand at url: http or https, a host, no query and no fragment."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    plain = not parts.query and not parts.fragment and not _NO_ADDRESS.search(url)
    return parts.scheme in ("http", "https") and bool(host) and plain


def suggestion(word: str, known: list[str]) -> str:
    """The remedy for an unknown key: the nearest known one, else all of them."""
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."


def print_config(config: Config) -> str:
    """The settings as a site.yml that reads back to the same, each below its explanation."""
    parts = []
    for setting in fields(Config):
        value = json.dumps(getattr(config, setting.name), ensure_ascii=False)
        parts.append(f"# {setting.metadata['doc']}\n{setting.name}: {value}\n")
    return "\n".join(parts)


def config_schema() -> dict[str, Any]:
    """JSON Schema of site.yml, for editors that complete and check while one types."""
    properties: dict[str, Any] = {"$schema": {"type": "string"}}
    default = Config()
    for setting in fields(Config):
        properties[setting.name] = {
            "description": setting.metadata["doc"],
            "default": getattr(default, setting.name),
            **setting.metadata["schema"],
        }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "sitegen: content/site.yml",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }
