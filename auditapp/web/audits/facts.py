"""The facts of a checklist as fields of a form: asked by their type, read back as values the domain checks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from wtforms import Form, RadioField, SelectField
from wtforms.fields import Field, SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2

from auditapp.domain.audit import Audit
from auditapp.domain.facts import Fact, FactValue
from auditapp.web.forms import DateTextField, LineField

FACT = "fact-"
UNKNOWN = ""
YES, NO = "yes", "no"
MOST_RADIOS = 8


def facts_form(facts: Iterable[Fact]) -> type[Form]:
    """A form with one field for each of these facts, named after it."""
    return type("FactsForm", (Form,), {FACT + fact.id: _fact_field(fact) for fact in facts})


def _fact_field(fact: Fact) -> Field:
    help_ = fact.help or ""
    match fact.type:
        case "boolean":
            choices = [
                SelectChoice(YES, _("Yes")),
                SelectChoice(NO, _("No")),
                SelectChoice(UNKNOWN, _("Not known yet")),
            ]
            return RadioField(fact.question, description=help_, choices=choices, validate_choice=False)
        case "choice":
            named = [SelectChoice(choice.id, choice.label) for choice in fact.choices]
            unknown = SelectChoice(UNKNOWN, _("Not known yet"))
            if len(named) < MOST_RADIOS:
                return RadioField(
                    fact.question, description=help_, choices=[*named, unknown], validate_choice=False
                )
            # A list shows its first line until something is chosen.
            return SelectField(
                fact.question, description=help_, choices=[unknown, *named], validate_choice=False
            )
        case "date":
            return DateTextField(fact.question, description=help_)
    return LineField(fact.question, description=help_)


def facts_typed(asked: Iterable[Fact], form: Form) -> dict[str, FactValue]:
    """The facts as typed; the unknown are left out. What does not fit becomes an error of its field."""
    found: dict[str, FactValue] = {}
    for fact in asked:
        field = form._fields[FACT + fact.id]
        try:
            value = _fact_value(fact, field.data)
            if value is not None:
                found[fact.id] = fact.check(value)
        except ValueError as error:
            field.errors = [_("This %(problem)s", problem=str(error))]
    return found


def _fact_value(fact: Fact, typed: Any) -> FactValue | None:
    if typed is None or typed == UNKNOWN:
        return None
    match fact.type:
        case "boolean":
            return {YES: True, NO: False}.get(typed, str(typed))
        case "date":
            return str(typed.isoformat())
        case "number":
            plain = re.sub(r"(?<=\d)[ \u00a0,](?=\d{3}\b)", "", str(typed)).replace(",", ".")
            if not re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", plain):
                raise ValueError(_("must be a number of %(unit)s, such as 10 or 42.2", unit=fact.unit))
            return float(plain) if "." in plain else int(plain)
    return str(typed)


def facts_shown(asked: Iterable[Fact], facts: Mapping[str, FactValue], *, saved: bool) -> dict[str, Any]:
    """The facts as the form shows them. Before the first save nothing is chosen, afterwards the unknown say so."""
    shown: dict[str, Any] = {}
    for fact in asked:
        value = facts.get(fact.id)
        if value is None:
            shown[FACT + fact.id] = UNKNOWN if saved else None
        elif fact.type == "boolean":
            shown[FACT + fact.id] = YES if value else NO
        elif fact.type == "date":
            shown[FACT + fact.id] = dt.date.fromisoformat(str(value))
        else:
            shown[FACT + fact.id] = f"{value:g}" if isinstance(value, float) else str(value)
    return shown


def given_quickly(audit: Audit) -> frozenset[str]:
    """The facts that were given in the quick audit, while the others still wait to be asked."""
    return frozenset(audit.facts) if passed_quickly(audit) else frozenset()


def passed_quickly(audit: Audit) -> bool:
    """Whether the facts page of the quick audit was saved, and that of the whole audit was not."""
    return audit.details_version > 0 and not audit.facts_saved
