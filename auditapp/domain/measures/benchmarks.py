"""The share of women that is usual for a distance and a country, each with its year and its source."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from auditapp.domain.measures.shown import decimal


class Benchmark(NamedTuple):
    """The share of women that is usual for a kind of field: percent, the year or years, and who says so.

    `words` give the share as the source does where it is not a plain number.
    """

    id: str
    field: str
    share: Fraction
    year: str
    source: str
    address: str | None = None
    words: str = ""

    @property
    def percent(self) -> str:
        """The share as its source gives it, so that a reader calculates with the same number: "45.68%"."""
        return f"{decimal(self.share, 2)}%"

    @property
    def label(self) -> str:
        """The choice on the form: "UK, 10 km: 50% (2025)"."""
        return f"{self.field}: {self.words or self.percent} ({self.year})"


_THRESHOLD = "Runner’s World UK, on the Threshold Ultra 50:50 campaign"
_IRUNFAR = "https://www.irunfar.com/women-in-trail-running-and-ultrarunning"
_SLOWTWITCH = (
    "https://forum.slowtwitch.com/t/"
    "ironman-revamps-kona-qualification-system-to-increase-womens-performance-pool-numbers/1294597"
)

BENCHMARKS = tuple(
    Benchmark(name, field, Fraction(share), *rest)
    for name, field, share, *rest in (
        (
            "us-all", "USA, all races", "54", "2022", "Race Directors HQ, on US race registrations",
            "https://www.racedirectorshq.com/listen/supporting-female-athletes-762/",
        ),
        ("uk-5k", "UK, 5 km", "52", "2023", _THRESHOLD, None, "52%, down from 66% in 2019"),
        (
            "uk-10k", "UK, 10 km", "50", "published 2025", "Threshold Sports, International Women’s Day",
            "https://thresholdsports.co.uk/2025/03/07/international-womens-day-how-were-showing-up",
        ),
        (
            "london-landmarks-half", "London Landmarks Half Marathon", "60", "every edition",
            "SheRACES, case study of the London Landmarks Half Marathon",
            "https://www.sheraces.com/post/london-landmarks-half-marathon-a-sheraces-case-study", "at least 60%",
        ),
        ("london-marathon", "London Marathon", "45", "2025", "BBC, 2025: 45% of 56,640"),
        ("london-ballot", "London Marathon, who applies", "49.55", "ballot for 2026", "BBC, 2025"),
        ("boston-marathon", "Boston Marathon", "45.68", "2016", "Study of the Boston Marathon, 1972 to 2017"),
        ("uk-ultra", "UK, ultra", "30", "2023", _THRESHOLD, None, "30%, down from 32% in 2022"),
        ("uk-ultra-130", "UK, ultra beyond 130 km", "18", "2023", "Runner’s World UK, on Threshold’s Trailblazers"),
        ("world-trail", "World, trail", "46", "2022", "iRunFar, on women in trail running", _IRUNFAR),
        ("world-ultra", "World, ultra", "23", "2020", "iRunFar, on women in ultrarunning", _IRUNFAR),
        (
            "utmb-100m", "UTMB 100M", "10", "2022", "Trail Runner, on UTMB",
            "https://www.trailrunnermag.com/people/news/utmb-announces-pregnancy-deferrals/",
            "under 10%, under 8% in 2021",
        ),
        (
            "high-lonesome", "High Lonesome 100, before its quota", "22", "before 2019",
            "High Lonesome 100, community policy",
            "http://www.highlonesome100.com/blog/2019/6/24/community-and-equity-policy-press-release", "20 to 22%",
        ),
        (
            "uk-triathlon", "UK, triathlon", "32", "2024", "SheRACES, triathlon report",
            "https://sheraces.com/triathlonreport",
        ),
        (
            "ironman", "Ironman, finishers", "15.6", "first third of the 2026 cycle", "Slowtwitch (forum)", _SLOWTWITCH,
        ),
        (
            "run-the-blades", "Run the Blades, Scotland, trail", "50", "over three years", "Hey Girls, on Run the Blades",
            "https://www.heygirls.co.uk/news/scottish-race-organiser-to-offer-free-period-products-to-runners", "about 50%",
        ),
    )
)  # fmt: skip
"""Women's share of starters or entrants; years and bases vary, so a benchmark is for orientation and not a mark."""
