"""The data of the kinds: every example is found with its kind, every counterexample is not."""

import pytest

from sitegen.extract.claims import numbers
from sitegen.matchers.kinds import kind_files
from sitegen.model import Article, Claim, Paragraph

EXAMPLES = [(kind, example) for kind, data in kind_files().items() for example in data["examples"]]
COUNTEREXAMPLES = [
    (kind, example) for kind, data in kind_files().items() for example in data["counterexamples"]
]


def claim(text: str, raw: str) -> Claim:
    """The claim with this raw in an article of one paragraph."""
    article = Article("a1", "t.txt", None, (), None, (Paragraph(text, (1, 1), ((0, 1),)),), year=2025)
    found = [each for each in numbers(article).claims if each.raw == raw]
    assert found, f"no claim {raw} in {text}"
    return found[0]


@pytest.mark.parametrize(("kind", "example"), EXAMPLES, ids=[f"{k}: {e['text']}" for k, e in EXAMPLES])
def test_example_has_the_kind(kind: str, example: dict[str, str]) -> None:
    assert kind == claim(example["text"], example["raw"]).kind


@pytest.mark.parametrize(
    ("kind", "example"), COUNTEREXAMPLES, ids=[f"{k}: {e['text']}" for k, e in COUNTEREXAMPLES]
)
def test_counterexample_has_another_kind(kind: str, example: dict[str, str]) -> None:
    assert kind != claim(example["text"], example["raw"]).kind


def test_every_kind_of_the_contract_has_a_file() -> None:
    expected = {"signing", "investment", "financing", "progress", "capacity", "output", "value", "resource", "environment",
                "share", "growth", "count"}  # fmt: skip
    assert expected == set(kind_files())
