"""The fields of the pages: what was typed in, domain values or worded problems out, and everything typed kept."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from pydantic import ValidationError
from wtforms import BooleanField, Form, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.validators import DataRequired, Length
from wtforms.validators import ValidationError as ValidationFailed
from wtforms.widgets import TextInput

from auditapp.domain.audit import Event
from auditapp.domain.values import forbidden_characters
from auditapp.rendering import words
from auditapp.web.dates import parse_date

REASON_LIMIT = 500


_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def _l(message: str) -> str:
    """A sentence that is put into the reader's language whenever it is shown. The stubs of WTForms ask for text."""
    return cast(str, lazy_gettext(message))


def clean(text: str | None) -> str:
    """Text as the domain reads it.

    Browsers send line ends as CR LF, the domain knows LF alone. Control characters, which nobody types and which
    come along when text is pasted from a PDF, are left out: no page could show them.
    """
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", lines).strip()


def date_problem() -> str:
    """What to do about a date nobody can read."""
    return _("Write the date like 16 May 2027 or 16/05/2027")


class DateTextField(Field):
    """A date typed as people write it. `data` is the day or None; what was typed stays in the field."""

    widget = TextInput()
    data: dt.date | None
    typed: str | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; a date nobody can read becomes an error of the field."""
        self.typed = clean(valuelist[0]) if valuelist else ""
        self.data = None
        try:
            self.data = parse_date(self.typed)
        except ValueError:
            raise ValueError(date_problem()) from None

    def _value(self) -> str:
        if self.typed is not None:
            return self.typed
        return words.date_words(self.data) if self.data else ""


class LineField(StringField):
    """One line of text, without the space around it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; missing and blank are both the empty text."""
        self.data = clean(valuelist[0]) if valuelist else ""

    def _value(self) -> str:
        return self.data or ""


class StartForm(Form):
    """The start of an audit: which checklist, and what the event is called.

    `once` is this form's own secret word, so that a second press starts no second audit.
    """

    once = HiddenField()

    checklist = RadioField(_l("Checklist"), validate_choice=False)
    name = LineField(
        _l("Name of the event"), description=_l("As your runners know it. You can change it later.")
    )
    edition = LineField(_l("Edition"), description=_l("Usually the year."))
    date = DateTextField(
        _l("Date"), description=_l("For example 16 May 2027. Leave it open if it is not set yet.")
    )


class EventForm(Form):
    """Who and when: the parts of `Event`, under its own names."""

    name = LineField(_l("Name of the event"))
    edition = LineField(_l("Edition"), description=_l("Usually the year."))
    date = DateTextField(_l("Date"), description=_l("For example 16 May 2027."))
    next_date = DateTextField(
        _l("Date of the next edition"),
        description=_l("When it is known: a report does not outlive the next edition."),
    )
    place = LineField(_l("Town or area"))
    country = LineField(_l("Country"))
    website = LineField(_l("Website"), description=_l("The whole address, starting with https://"))
    organiser = LineField(_l("Organiser"), description=_l("Who runs the event and answers this checklist."))


def visible_text(_form: Form, field: Field) -> None:
    """Refuse characters that no page can show."""
    if found := forbidden_characters(field.data or ""):
        raise ValidationFailed(
            _("This has characters that cannot be shown: %(names)s", names=", ".join(found))
        )


class WithdrawForm(Form):
    """Taking a report back."""

    reason = TextAreaField(
        _l("Why are you withdrawing it?"),
        description=_l("Everyone who opens the address will read this sentence, with today's date."),
        filters=(clean,),
        validators=[
            DataRequired(_l("Say why in a sentence")),
            Length(max=REASON_LIMIT, message=_l("Use at most %(max)d characters")),
            visible_text,
        ],
    )


class ConsentForm(Form):
    """The plain sentence of consent before publishing."""

    consent = BooleanField(
        _l("I may publish this for the organiser, and I understand that the address is permanent.")
    )


def event_of(form: StartForm | EventForm, known: Event | None = None) -> Event | None:
    """The event as typed, with what `form` does not ask taken from `known`; None when the form has errors now."""
    typed = {name: field.data for name, field in form._fields.items() if name in Event.model_fields}
    if not typed.get("website"):
        typed.pop("website", None)
    try:
        event = Event.model_validate({**(known.model_dump() if known else {}), **typed})
    except ValidationError as error:
        add_problems(form, problems_in(error))
        return None
    return None if form.errors else event


def add_problems(form: Form, problems: Mapping[str, str]) -> None:
    """Show each problem at its field, unless the field already has one."""
    for name, problem in problems.items():
        field = form._fields.get(name)
        if field is not None and not field.errors:
            field.errors = [problem]


def errors_of(*forms: Form) -> list[tuple[str, str]]:
    """Every error of these forms for the summary: where it is, and what it says."""
    return [(f"#{first_input(field)}", in_summary(field)) for form in forms for field in form if field.errors]


def in_summary(field: Field) -> str:
    """An error with the name of its field; the sentence beside a box is too long to be one."""
    label = str(field.label.text)
    if isinstance(field, BooleanField):
        return str(field.errors[0])
    return f"{label}{'' if label.endswith('?') else ':'} {field.errors[0]}"


def first_input(field: Field) -> str:
    """The id of the element an error leads to: for a group of radios its first."""
    return f"{field.id}-0" if isinstance(field, RadioField) else str(field.id)


def problems_in(error: ValidationError) -> dict[str, str]:
    """What is wrong with each part of a domain value, in words for the person who typed it."""
    return {
        str(part["loc"][0]) if part["loc"] else "": problem_words(part) for part in reversed(error.errors())
    }


def problem_words(part: Any) -> str:
    """One problem pydantic found, in words that say what to do."""
    name = part["loc"][-1] if part["loc"] else ""
    match part["type"]:
        case "string_too_short" | "missing":
            return _("Fill this in")
        case "string_too_long":
            most = part["ctx"]["max_length"]
            over = len(str(part["input"]).strip()) - most
            return _(
                "Use at most %(most)s characters; this is %(over)s too long",
                most=words.number(most),
                over=words.number(over),
            )
        case "string_pattern_mismatch" if name in ("url", "website"):
            return _("Enter the whole address, starting with https://")
        case "too_long":
            return _("At most %(most)s links fit one answer", most=part["ctx"]["max_length"])
        case "value_error":
            return _("This %(problem)s", problem=str(part["ctx"]["error"]))
    return str(part["msg"])
