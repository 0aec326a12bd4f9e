"""What an editor entered about a claim, checked as the reviews are when they are read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from sitegen.desk.entries import Entry
from sitegen.hidden import hidden
from sitegen.model import Claim
from sitegen.reviews import CHOICES, FIELDS, NUMBERS, REQUIRED, VERDICTS, wrong_field

UNDO = "undo"
SHOWN = (
    "kind", "label", "value", "value_max", "unit", "per", "bound", "status", "period", "place", "industry", "of", "subject",
    "speaker",
)  # fmt: skip
_LONGEST = 500  # characters of one field
_WITHOUT = ("confirmed", "questioned", "rejected", UNDO)  # what leaves the fields as they are


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that came in. action: a verdict or undo; entered: by name, what stood in its fields."""

    claim: str
    action: str
    seen: str
    entered: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Checked:
    """entry: what is to be written.  wrong: field → name of the fault, and what is written is nothing while there is any."""

    entry: Entry = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)


def filled(form: Mapping[str, str]) -> Filled:
    """The form, by its fields' names."""
    known = ("who", "why", *FIELDS)
    entered = {name: " ".join(form[name].split()) for name in known if name in form}
    return Filled(form.get("claim", ""), form.get("verdict", ""), form.get("seen", ""), entered)


def written(value: Any) -> str:
    """A field's value as it stands in a form: "" for none."""
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return "" if value is None else str(value)


def unsaved(form: Filled, shown: Claim) -> dict[str, str]:
    """What would be lost, if the form were taken: fields that were changed without asking to save them, and a reason for taking
    a verdict back. shown: the claim as the form showed it, with the verdict that it had.
    """
    if form.action not in _WITHOUT:
        return {}
    changed = [name for name in SHOWN if _differs(name, form.entered, shown)]
    if form.action == UNDO and (changed or form.entered.get("why")):
        return {"fields": "unsaved-undo"}
    return {"fields": "unsaved"} if changed else {}


def check(form: Filled, claim: Claim, day: str) -> Checked:
    """The entry that the form asks for. claim: as the program read it, before any verdict; day: on which it is judged."""
    entered, wrong = form.entered, {}
    entry: dict[str, Any] = {"verdict": form.action, "who": entered.get("who", ""), "when": day}
    if not entry["who"]:
        wrong["who"] = "who"
    if form.action not in VERDICTS:
        wrong["verdict"] = "verdict"
    if form.action == "confirmed" and any(_differs(name, entered, claim) for name in SHOWN):
        wrong["fields"] = "unsaved"  # an edit stands, which accepting the program's reading would drop
    if entered.get("why"):
        entry["why"] = entered["why"]
    if form.action == "edited":
        entry["fields"] = {n: entered[n] or None for n in SHOWN if _differs(n, entered, claim)}
        wrong |= {
            name: _fault(name, value) for name, value in entry["fields"].items() if wrong_field(name, value)
        }
        if not entry["fields"]:
            wrong["fields"] = "fields"
    wrong |= {name: "hidden" for name, text in entered.items() if hidden(text)}
    wrong |= {name: "long" for name, text in entered.items() if len(text) > _LONGEST}
    return Checked(entry, wrong)


def _differs(name: str, entered: Mapping[str, str], claim: Claim) -> bool:
    """Whether a field was entered that says something else than the program read."""
    read = getattr(claim, name)
    if name not in entered:
        return False
    if name in NUMBERS and entered[name] and read is not None:
        try:
            return bool(Decimal(entered[name]) != read)
        except InvalidOperation:
            return True
    return entered[name] != " ".join(written(read).split())


def _fault(name: str, value: str | None) -> str:
    """Which words say what is wrong with a field."""
    if value is None and name in REQUIRED:
        return "empty"
    return "number" if name in NUMBERS else "choice" if name in (*CHOICES, "per") else name
