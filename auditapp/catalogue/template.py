"""An answers file to fill in: every fact and every criterion with its question, and nothing answered yet."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from auditapp.domain.checklist import Checklist, Criterion
from auditapp.domain.facts import Condition, Fact

WIDTH = 100


def template_text(checklist: Checklist) -> str:
    """An answers file for `checklist`, valid as it stands, with nothing answered."""
    return "\n".join((*_head(checklist), *_facts(checklist), *_answers(checklist))) + "\n"


def _head(checklist: Checklist) -> Iterator[str]:
    yield from _comment(f"Answers to {checklist.name}. {checklist.summary}")
    yield "#"
    yield from _comment(
        "Write after the colons. What is left empty counts as not given: an unknown fact, an unanswered criterion."
    )
    yield "# An answer is one of the words listed above it, or a mapping of this kind:"
    yield "#"
    yield "#   A1:"
    yield "#     grade: full                  # or, where reasons are listed: not_applicable: <reason>"
    yield "#     note: What a reader should know."
    yield "#     evidence:"
    yield '#       - {kind: page, url: "https://example.org/rules", title: The rules, date: 2026-11-24}'
    yield "#"
    yield from _comment("Text with a colon or a # in it goes in quotes. A date is written 2026-11-24.")
    yield f"checklist: {checklist.ref}"
    yield "event:"
    yield "  name: Name of your event"
    yield '  edition:               # such as "2027"'
    yield "  date:                  # the day it starts"
    yield "  next_date:             # the day of the next edition, when it is known"
    yield "  place:"
    yield "  country:"
    yield "  website:               # the full address, with https://"
    yield "  organiser:"


def _facts(checklist: Checklist) -> Iterator[str]:
    yield ""
    yield from _comment("Facts are never scored. They decide which criteria apply to your event.")
    yield "facts:"
    for fact in checklist.facts:
        yield ""
        yield from _comment(fact.question, 2)
        yield from _comment(_fact_values(fact), 2)
        for choice in fact.choices:
            yield from _comment(f"{choice.id}: {choice.label}", 2, hanging=2)
        if fact.help:
            yield from _comment(fact.help, 2)
        yield f"  {fact.id}:"


def _fact_values(fact: Fact) -> str:
    match fact.type:
        case "boolean":
            return "Write true or false."
        case "number":
            limits = [
                f"{words} {limit}"
                for words, limit in (("at least", fact.least), ("at most", fact.most))
                if limit is not None
            ]
            return f"Write a number of {fact.unit}{', ' if limits else ''}{' and '.join(limits)}."
        case "date":
            return "Write a date such as 2026-11-24."
    return "Write one of these words:"


def _answers(checklist: Checklist) -> Iterator[str]:
    yield ""
    yield "answers:"
    for section in checklist.sections:
        yield ""
        yield from _comment(f"{section.code}. {section.title}. {section.summary}", 2)
        for criterion in checklist.criteria_in(section.id):
            yield ""
            yield from _criterion(criterion)


def _criterion(criterion: Criterion) -> Iterator[str]:
    essential = ", essential" if criterion.essential else ""
    yield from _comment(f"{criterion.code} {criterion.title} (weight {criterion.weight}{essential})", 2)
    yield from _comment(criterion.question, 2)
    if criterion.applies_if is not None:
        names = ", ".join(dict.fromkeys(_fact_names(criterion.applies_if)))
        yield from _comment(f"Whether it applies follows from: {names}.", 2)
    for grade in criterion.grades:
        yield from _comment(f"{grade.id}: {grade.says}", 2, hanging=2)
    for reason in criterion.not_applicable:
        yield from _comment(f"not_applicable: {reason.id}: {reason.says}", 2, hanging=2)
    wanted = " or ".join(criterion.evidence.kinds)
    hint = f" {criterion.evidence.hint}" if criterion.evidence.hint else ""
    yield from _comment(
        f"Evidence{'' if criterion.evidence.required else ', any, such as'}: {wanted}.{hint}", 2
    )
    yield f"  {criterion.code}:"


def _fact_names(condition: Condition) -> Iterator[str]:
    for name, _ in condition.facts():
        yield name


def _comment(text: str, indent: int = 0, hanging: int = 0) -> Iterator[str]:
    lead = f"{' ' * indent}# "
    yield from textwrap.wrap(
        " ".join(text.split()),
        WIDTH,
        initial_indent=lead + " " * hanging,
        subsequent_indent=lead + " " * (hanging * 2),
        break_long_words=False,
        break_on_hyphens=False,
    )
