"""A verdict in words: what a check of a report found, for the page and for the terminal."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from auditapp.domain.report import Report
from auditapp.domain.scoring import score
from auditapp.domain.standing import ReportStanding, ReportState
from auditapp.domain.verdict import Checked, Outcome, Point, Result, Verdict
from auditapp.rendering import words
from auditapp.rendering.words import Gettext, english


class Line(NamedTuple):
    """One thing that was looked at, and what was found."""

    outcome: Outcome
    text: str


def headline(verdict: Verdict, *, gettext: Gettext = english) -> str:
    """What it all comes to, in a few words."""
    return {
        Result.GENUINE: gettext("Genuine and unaltered"),
        Result.ALTERED: gettext("Not what was published"),
        Result.UNSIGNED: gettext("Never published"),
        Result.UNKNOWN_SIGNER: gettext("Signed with a key nobody here knows"),
    }[verdict.result]


def meaning(verdict: Verdict, *, gettext: Gettext = english) -> str:
    """What that means for whoever holds the file, in one or two sentences."""
    return {
        Result.GENUINE: gettext(
            "This is the report as it was published, to the last character. That says who published it and when, "
            "not that the answers are true."
        ),
        Result.ALTERED: gettext(
            "Do not rely on this file. What does not match stands below; the report itself can be read at its address."
        ),
        Result.UNSIGNED: gettext(
            "A report that somebody completed and did not publish, or whose signature was taken out. Nobody vouches for it."
        ),
        Result.UNKNOWN_SIGNER: gettext(
            "The file is consistent in itself, but whose it is cannot be told here. Ask the installation named in it, "
            "or check the file there."
        ),
    }[verdict.result]


def verdict_lines(verdict: Verdict, *, gettext: Gettext = english) -> tuple[Line, ...]:
    """Every point that was looked at, in order."""
    return tuple(Line(one.outcome, _said(verdict, one, gettext)) for one in verdict.checked)


def standing_line(
    standing: ReportStanding | None, report: Report, today: dt.date, *, gettext: Gettext = english
) -> Line:
    """Whether the report still stands. `standing` is None where nobody can be asked: then only the date is known."""
    if standing is None:
        if report.expires_on <= today:
            return Line(Outcome.FAILS, _expired(report.expires_on, gettext))
        said = gettext(
            "Valid until %(date)s. Whether it was replaced or withdrawn since, only its address can tell."
        )
        return Line(Outcome.UNKNOWN, said % {"date": words.date_words(report.expires_on)})
    match standing.state:
        case ReportState.WITHDRAWN:
            said = gettext("Withdrawn by the organiser on %(date)s: “%(reason)s”")
            on = words.date_words(standing.withdrawn_on) if standing.withdrawn_on else ""
            return Line(Outcome.FAILS, said % {"date": on, "reason": standing.reason})
        case ReportState.SUPERSEDED:
            return Line(Outcome.FAILS, gettext("A later report has replaced it."))
        case ReportState.EXPIRED:
            return Line(Outcome.FAILS, _expired(report.expires_on, gettext))
        case _:
            return Line(
                Outcome.HOLDS,
                gettext("It still stands: not replaced, not withdrawn, valid until %(date)s.")
                % {"date": words.date_words(report.expires_on)},
            )


def _expired(on: dt.date, gettext: Gettext) -> str:
    return gettext("It ran out on %(date)s: it says nothing about the event today.") % {
        "date": words.date_words(on)
    }


def _said(verdict: Verdict, one: Checked, gettext: Gettext) -> str:
    match one.point:
        case Point.DIGEST:
            return _digest(one, gettext)
        case Point.SIGNATURE:
            return _signature(verdict, one, gettext)
        case Point.SCORE:
            return _score(verdict.report, one, gettext)
        case Point.FIGURES:
            return _figures(one, gettext)
        case Point.SEAL:
            return _seal(verdict, one, gettext)
        case _:
            if one.outcome is Outcome.HOLDS:
                return gettext("Byte for byte the file that is published at its address.")
            return gettext("Not the file that is published at its address, though the document in it is.")


def _digest(one: Checked, gettext: Gettext) -> str:
    if one.outcome is Outcome.HOLDS:
        return gettext("The document has the digest it was signed under.")
    return gettext(
        "The document was changed after it was signed: it has another digest than the one it states."
    )


def _signature(verdict: Verdict, one: Checked, gettext: Gettext) -> str:
    values = {
        "key": verdict.key or "",
        "date": words.date_words(verdict.signed_since) if verdict.signed_since else "",
    }
    match one.outcome:
        case Outcome.HOLDS if one.reason == "retired":
            return (
                gettext(
                    "The signature fits. Its key, in use from %(date)s, has been replaced; what it signed stays valid."
                )
                % values
            )
        case Outcome.HOLDS:
            return gettext("The signature fits, made with the key in use since %(date)s.") % values
        case Outcome.FAILS:
            return gettext("The signature does not fit: the document is not the one that was signed.")
        case _:
            return gettext("The key of its signature, %(key)s, is not known here.") % values


def _score(report: Report, one: Checked, gettext: Gettext) -> str:
    stated = report.score.total
    values = {"stated": words.count_of(stated.points, stated.possible, gettext=gettext)}
    if one.outcome is Outcome.HOLDS:
        return (
            gettext("The score follows from the answers: worked out anew, it is %(stated)s points.") % values
        )
    try:
        anew = score(report.checklist, report.answers, report.facts).total
    except (KeyError, ValueError):
        return gettext(
            "The score cannot be worked out anew: the answers do not fit the checklist in the document."
        )
    values["anew"] = words.count_of(anew.points, anew.possible, gettext=gettext)
    return (
        gettext(
            "The score does not follow from the answers: it states %(stated)s points, and they come to %(anew)s."
        )
        % values
    )


def _figures(one: Checked, gettext: Gettext) -> str:
    return {
        Outcome.HOLDS: gettext("The figures follow from the numbers in the document."),
        Outcome.FAILS: gettext("A figure does not follow from the numbers in the document."),
        Outcome.UNKNOWN: gettext(
            "Some figures cannot be worked out anew: counts of one to four people are not published."
        ),
    }[one.outcome]


def _seal(verdict: Verdict, one: Checked, gettext: Gettext) -> str:
    if one.outcome is Outcome.HOLDS:
        return gettext("The pages are those that were sealed, and nothing was added to the file.")
    told = {
        "none": gettext("The pages carry no seal: they were printed anew around the document."),
        "broken": gettext("The seal is broken: the pages were changed after they were sealed."),
        "added-to": gettext("Something was added to the file after it was sealed."),
        "stranger": gettext(
            "The pages are sealed by somebody else, “%(name)s”, and not by who published the document."
        ),
        "unreadable": gettext("The seal cannot be read."),
        "never-sealed": gettext("The document says nothing of a seal, so its pages are not proven."),
    }
    return told[one.reason] % {"name": verdict.sealed_by} if one.reason == "stranger" else told[one.reason]
