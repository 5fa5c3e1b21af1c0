"""The badge: the state of a published report as one small picture for any page, light or dark."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from babel.dates import format_date
from jinja2 import Environment

from auditapp.domain.scoring import Count
from auditapp.domain.standing import ReportStanding, ReportState
from auditapp.rendering import words
from auditapp.rendering.html import environment
from auditapp.rendering.lettering import Line, line, squeezed, width_of
from auditapp.rendering.words import Gettext, Ngettext

WIDTH, HEIGHT = 340, 132
"""Its size in pixels of a page."""
FIGURE_WIDTH, STRIP_WIDTH = 112.0, 282.0
LARGEST = 48.0
BESIDE_FIGURE, ALONE = 180.0, 286.0
"""Room for a line of words beside the figure, and where there is none."""
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


@dataclass(frozen=True)
class Badge:
    """What a badge says of a report while it stands.

    `essentials` stands in place of percentage, points and level where nothing but the quick audit was answered.
    """

    title: str
    checklist: str
    level: str | None
    percent: int | None
    points: Fraction
    possible: Fraction
    essentials: Count | None
    published_on: dt.date


@dataclass(frozen=True)
class Speech:
    """The language a badge is made in."""

    gettext: Gettext = words.english
    ngettext: Ngettext = words.english_plural
    locale: str = words.LOCALE

    def short_date(self, day: dt.date) -> str:
        """The day in as few letters as people still read: "24 Nov 2026"."""
        return format_date(day, format="medium", locale=self.locale)


@dataclass(frozen=True)
class Figure:
    """The large figure of a badge, its unit, how far that stands apart from it, and the lines below."""

    number: Line
    unit: Line
    apart: float
    below: tuple[Line, ...]

    @property
    def width(self) -> float:
        """Of figure and unit together."""
        return self.number.width + self.apart + self.unit.width


@dataclass(frozen=True)
class Face:
    """A badge put into words. `figure` is None where the report's figures no longer count."""

    name: str
    description: str
    strip: Line
    figure: Figure | None
    head: Line
    lines: tuple[Line, ...]
    is_live: bool


ENGLISH = Speech()


def badge_svg(
    badge: Badge,
    standing: ReportStanding,
    *,
    speech: Speech = ENGLISH,
    name: str = "badge",
    env: Environment | None = None,
) -> str:
    """The badge as it looks in that standing. `name` begins the ids in it: several may stand in one page."""
    template = (env or environment()).get_template("reports/badge.svg")
    return template.render(
        face=face(badge, standing, speech), width=WIDTH, height=HEIGHT, id=name, language=speech.locale
    )


def face(badge: Badge, standing: ReportStanding, speech: Speech = ENGLISH) -> Face:
    """What the badge says in that standing, and how it says it to somebody who cannot see it."""
    _ = speech.gettext
    shows_figure = standing.state in (ReportState.LIVE, ReportState.EXPIRED)
    room = BESIDE_FIGURE if shows_figure else ALONE
    head, said = _said(badge, standing, speech)
    return Face(
        name=_("Inclusivity report on %(title)s: %(state)s")
        % {"title": isolated(badge.title), "state": isolated(_in_short(badge, standing, speech))},
        description=". ".join(isolated(one) for one in (*_told(badge, standing, speech), *said)) + ".",
        strip=line(badge.title, 15, "SemiBold", most=STRIP_WIDTH),
        figure=_figure(badge, speech) if shows_figure else None,
        head=line(head, 21, "Bold", most=room),
        lines=tuple(line(one, 13.5, "Regular", most=room) for one in said),
        is_live=standing.is_live,
    )


def result(badge: Badge, speech: Speech = ENGLISH) -> str:
    """The result in one phrase: "63%, Established", or "Essentials only: 15 of 20"."""
    if badge.essentials is not None:
        count = badge.essentials
        return words.essentials_only(count.met, count.applicable, speech.locale, gettext=speech.gettext)
    share = words.percent(badge.percent, speech.locale, gettext=speech.gettext)
    return f"{share}, {badge.level or speech.gettext('No level')}"


def points(badge: Badge, speech: Speech = ENGLISH) -> str:
    """The points in one phrase: "116 of 182 points"."""
    return words.points_of(badge.points, badge.possible, speech.locale, ngettext=speech.ngettext)


def isolated(text: str) -> str:
    """Text by strangers, kept from turning the direction of what stands around it."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def _in_short(badge: Badge, standing: ReportStanding, speech: Speech) -> str:
    return result(badge, speech) if standing.is_live else _state_word(standing.state, speech)


def _told(badge: Badge, standing: ReportStanding, speech: Speech) -> tuple[str, ...]:
    """What the drawing says in figures and in its head, as sentences; of a withdrawn report no figure."""
    if standing.state not in (ReportState.LIVE, ReportState.EXPIRED):
        return ()
    told = (result(badge, speech),)
    return told if badge.essentials is not None else (*told, points(badge, speech))


def _state_word(state: ReportState, speech: Speech) -> str:
    _ = speech.gettext
    return {
        ReportState.LIVE: _("Live"),
        ReportState.EXPIRED: _("Expired"),
        ReportState.SUPERSEDED: _("Replaced"),
        ReportState.WITHDRAWN: _("Withdrawn"),
    }[state]


def _said(badge: Badge, standing: ReportStanding, speech: Speech) -> tuple[str, tuple[str, ...]]:
    """The head of the badge and the three lines below it."""
    _ = speech.gettext
    published = _("Self-declared %(date)s") % {"date": speech.short_date(badge.published_on)}
    head = _state_word(standing.state, speech)
    match standing.state:
        case ReportState.LIVE:
            until = _("Valid until %(date)s") % {"date": speech.short_date(standing.expires_on)}
            level = badge.level or _("No level")
            return _("Essentials only") if badge.essentials else level, (badge.checklist, published, until)
        case ReportState.EXPIRED:
            since = _("Ran out on %(date)s") % {"date": speech.short_date(standing.expires_on)}
            return head, (badge.checklist, published, since)
        case ReportState.SUPERSEDED:
            return head, (badge.checklist, published, _("A later report has replaced this one"))
        case ReportState.WITHDRAWN:
            by = _("Taken back by the organiser")
            if standing.withdrawn_on is not None:
                by = _("Taken back by the organiser on %(date)s") % {
                    "date": speech.short_date(standing.withdrawn_on)
                }
            return head, (badge.checklist, by, _("Its page says why"))


def _figure(badge: Badge, speech: Speech) -> Figure:
    _ = speech.gettext
    if badge.essentials is not None:
        unit = _("of %(count)s") % {"count": words.number(badge.essentials.applicable, speech.locale)}
        below = (_("essentials met"), _("at least partly"))
        return _sized(words.number(badge.essentials.met, speech.locale), unit, below, apart=6.0)
    told = (points(badge, speech),)
    if badge.percent is None:
        return _sized("–", "", told)
    return _sized(words.number(badge.percent, speech.locale), "%", told)


def _sized(number: str, unit: str, below: tuple[str, ...], *, apart: float = 0.0) -> Figure:
    """The figure with its unit `apart` from it, together no wider than their column."""
    wide = width_of(number, LARGEST, "ExtraBold") + apart + width_of(unit, LARGEST / 2, "ExtraBold")
    size = LARGEST * min(1.0, FIGURE_WIDTH / wide)
    return Figure(
        number=squeezed(number, size, "ExtraBold", most=FIGURE_WIDTH),
        unit=squeezed(unit, size / 2, "ExtraBold", most=FIGURE_WIDTH),
        apart=apart,
        below=tuple(squeezed(one, 13, "Regular", most=FIGURE_WIDTH) for one in below),
    )
