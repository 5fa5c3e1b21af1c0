"""What the values of facets are called: bands of distance and size, levels, sports, countries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from babel import Locale

from auditapp.domain import bands
from auditapp.domain.bands import Band
from auditapp.domain.checklist import Checklist
from auditapp.rendering import words

NO_LEVEL, ESSENTIALS_ONLY = "none", "essentials-only"
BEHIND = {NO_LEVEL: 1, ESSENTIALS_ONLY: 2}
"""What is no level, and its place behind the levels."""


@dataclass(frozen=True)
class Labels:
    """Words for the values of facets, from the checklists of an installation and in one language."""

    checklists: tuple[Checklist, ...]
    gettext: words.Gettext = words.english
    language: str = "en"

    def title(self, facet: str) -> str:
        """What a facet is called."""
        _ = self.gettext
        return {
            "level": _("Level"),
            "checklist": _("Checklist"),
            "sport": _("Sport"),
            "distance": _("Distance"),
            "size": _("Field size"),
            "country": _("Country"),
            "year": _("Year of the edition"),
            "evidence": _("Answers with evidence"),
            "assurance": _("Who answered"),
        }[facet]

    def of(self, facet: str, value: str) -> str:
        """What a value of a facet is called; the value itself where nobody knows it."""
        match facet:
            case "level":
                return self._level(value)
            case "checklist":
                return self._checklist(value)
            case "sport":
                return self._sport(value)
            case "distance":
                return self._distance(value)
            case "size":
                return self._size(value)
            case "country":
                return country_name(value, self.language)
            case "evidence":
                return self._evidence(value)
            case "assurance" if value == "self-declared":
                return self.gettext("The organiser itself")
        return value

    def in_order(self, facet: str, values: Iterable[str]) -> list[str]:
        """Values of a facet in the order in which they are offered: best and newest first, bands upwards."""
        found = list(values)
        match facet:
            case "level":
                rank: dict[str, int] = {}
                for checklist in self.checklists:
                    for place, level in enumerate(checklist.levels, start=1):
                        rank.setdefault(level.id, place)
                return sorted(found, key=lambda one: (BEHIND.get(one, 0), -rank.get(one, 0), one))
            case "distance":
                return _by_band(bands.DISTANCES, found)
            case "size":
                return _by_band(bands.SIZES, found)
            case "evidence":
                return _by_band(bands.EVIDENCE, found)[::-1]
            case "year":
                return sorted(found, reverse=True)
            case "country":
                return sorted(found, key=lambda one: self.of(facet, one))
            case "sport":
                fact = self._sports()
                return sorted(found, key=lambda one: (list(fact).index(one) if one in fact else 99, one))
        return sorted(found)

    def _level(self, value: str) -> str:
        if value == ESSENTIALS_ONLY:
            return self.gettext("Essentials only")
        if value == NO_LEVEL:
            return self.gettext("No level")
        titles = (
            level.title for checklist in self.checklists for level in checklist.levels if level.id == value
        )
        return next(titles, value)

    def _checklist(self, value: str) -> str:
        for checklist in self.checklists:
            if value == checklist.ref:
                return checklist.name
            if value == checklist.id:
                return checklist.title
        return value

    def _sports(self) -> dict[str, str]:
        return {
            choice.id: choice.label
            for checklist in self.checklists
            for fact in checklist.facts
            if fact.id == bands.SPORT_FACT
            for choice in fact.choices
        }

    def _sport(self, value: str) -> str:
        return self._sports().get(value, value)

    def _distance(self, value: str) -> str:
        low, high = _ends(bands.DISTANCES, value)
        if not low:
            return self.gettext("Under %(high)s km") % {"high": _number(high)}
        if high is None:
            return self.gettext("%(low)s km or more") % {"low": _number(low)}
        usual = {
            "10k": self.gettext("10 km"),
            "half": self.gettext("half marathon"),
            "marathon": self.gettext("marathon"),
            "ultra": self.gettext("ultra"),
        }
        between = self.gettext("%(low)s to %(high)s km") % {"low": _number(low), "high": _number(high)}
        return f"{between} ({usual[value]})" if value in usual else between

    def _size(self, value: str) -> str:
        low, high = _ends(bands.SIZES, value)
        if not low:
            return self.gettext("Under %(high)s people") % {"high": _number(high)}
        if high is None:
            return self.gettext("%(low)s people or more") % {"low": _number(low)}
        return self.gettext("%(low)s to %(high)s people") % {"low": _number(low), "high": _number(high - 1)}

    def _evidence(self, value: str) -> str:
        if value == "none":
            return self.gettext("None")
        if value == "all":
            return self.gettext("All")
        low, high = _ends(bands.EVIDENCE, value)
        if high is None:
            return value
        return self.gettext("%(low)s to %(high)s%%") % {"low": _number(low), "high": _number(high - 1)}


def country_name(code: str, language: str = "en") -> str:
    """What a country is called in a language; what was written where the code is none."""
    return str(Locale.parse(language).territories.get(code, code.title()))


def _ends(of: Sequence[Band], value: str) -> tuple[float, float | None]:
    try:
        above = bands.after(of, value)
    except KeyError:
        return 0.0, 0.0
    low = next(band.least for band in of if band.id == value)
    return low, above.least if above else None


def _by_band(of: Sequence[Band], values: list[str]) -> list[str]:
    order = [band.id for band in of]
    return sorted(values, key=lambda one: (order.index(one) if one in order else len(order), one))


def _number(value: float | None) -> str:
    return f"{value or 0:,.1f}".removesuffix(".0")
