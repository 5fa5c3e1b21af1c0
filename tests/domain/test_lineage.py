import pytest

from auditapp.domain.checklist import Grade, Migration, Succession
from auditapp.domain.lineage import Apart, Gap, Lineage, Place
from tests.builders import a_checklist, a_criterion

SAYS = {
    "narrower": "Asks for more.",
    "split": "Asks for each.",
    "gone": "Is not asked any longer.",
    "wider": "Or.",
}


def became(was, change, *becomes):
    return Succession(was=was, change=change, becomes=becomes, says=SAYS.get(change))


def the_version(version, *names, follows=None, **became_of):
    """A version of one checklist; `became_of` says what became of each criterion of the one it follows."""
    criteria = [a_criterion(name, f"A{number}") for number, name in enumerate(names, start=1)]
    migrate = follows and Migration(
        from_=follows,
        criteria=tuple(became(name.replace("_", "-"), *change) for name, change in became_of.items()),
    )
    return a_checklist(criteria=criteria, version=version, migrate=migrate)


FIRST = the_version("1.0", "ramp", "map", "toilet", "medal", "tape")
SECOND = the_version(
    "1.1", "way-in", "map", "toilet", "shirt", "tape",
    follows="1.0", ramp=("same", "way-in"), map=("narrower", "map"), toilet=("same", "toilet"), medal=("gone",),
    tape=("wider", "tape"),
)  # fmt: skip
THIRD = the_version(
    "2.0", "entrance", "map", "toilet-near", "toilet-clean", "quiet-room",
    follows="1.1", way_in=("same", "entrance"), map=("same", "map"),
    toilet=("split", "toilet-near", "toilet-clean"), shirt=("gone",), tape=("gone",),
)  # fmt: skip
NARROWER = Gap(kind=Apart.NARROWER, version="1.1", says="Asks for more.")
SPLIT = Gap(kind=Apart.SPLIT, version="2.0", says="Asks for each.")


def test_one_version_needs_no_way():
    lineage = Lineage([FIRST])
    assert lineage.places(FIRST) is None
    assert lineage.newest_first([FIRST, FIRST]) == [FIRST, FIRST]


def test_a_criterion_is_followed_from_version_to_version_to_where_it_stands_today():
    lineage = Lineage([FIRST, SECOND, THIRD])
    assert lineage.places(THIRD) is None
    assert lineage.places(SECOND) == {
        "way-in": (Place("entrance", None),),
        "map": (Place("map", None),),
        "toilet": (Place("toilet-near", SPLIT), Place("toilet-clean", SPLIT)),
        "shirt": (Place("access@1.1:shirt", None),),
        "tape": (Place("access@1.1:tape", None),),
    }
    assert lineage.places(FIRST) == {
        "ramp": (Place("entrance", None),),
        "map": (Place("map", NARROWER),),
        "toilet": (Place("toilet-near", SPLIT), Place("toilet-clean", SPLIT)),
        "medal": (Place("access@1.0:medal", None),),
        "tape": (Place("access@1.1:tape", None),),
    }


def test_a_version_nobody_answered_bridges_those_beside_it():
    assert Lineage([THIRD, FIRST], known=[SECOND]).places(FIRST) == Lineage([FIRST, SECOND, THIRD]).places(
        FIRST
    )


def test_the_newest_stands_before_the_others_and_the_rest_keeps_its_order():
    other = a_checklist({"net": 1}, id="nets")
    lineage = Lineage([FIRST, other, THIRD, SECOND])
    assert lineage.newest_first([FIRST, other, THIRD]) == [other, THIRD, FIRST]


def test_why_a_version_has_nothing_in_a_row():
    other = a_checklist({"net": 1}, id="nets")
    lineage = Lineage([FIRST, SECOND, THIRD, other])
    assert lineage.gap("quiet-room", SECOND) == Gap(kind=Apart.NEW, version="2.0")
    assert lineage.gap("access@1.1:shirt", FIRST) == Gap(kind=Apart.NEW, version="1.1")
    gone = Gap(kind=Apart.GONE, version="2.0", says="Is not asked any longer.")
    assert lineage.gap("access@1.1:shirt", THIRD) == gone
    assert lineage.gap("access@1.0:medal", THIRD).version == "1.1"
    assert lineage.gap("entrance", other) == lineage.gap("net", FIRST) == Gap(kind=Apart.FOREIGN)
    # A report that carries other words under the name of the same version lacks what the rest of them has.
    assert lineage.gap("map", THIRD) == Gap(kind=Apart.FOREIGN)


def test_without_maps_the_same_name_asks_the_same():
    later, latest = the_version("1.10", "ramp", "net"), the_version("1.9", "ramp")
    places = Lineage([latest, later]).places(latest)
    assert places == {"ramp": (Place("ramp", None),)}
    assert Lineage([latest, later]).gap("net", latest) == Gap(kind=Apart.NEW, version="1.10")


def test_what_a_map_forgets_ends_there():
    later = the_version("2.0", "ramp", follows="1.0", ramp=("same", "slope"))
    lineage = Lineage([the_version("1.0", "ramp"), later])
    assert lineage.places(the_version("1.0", "ramp")) == {"ramp": (Place("access@1.0:ramp", None),)}
    assert lineage.gap("access@1.0:ramp", later) == Gap(kind=Apart.GONE, version="2.0")


@pytest.mark.parametrize("answered", [(FIRST, THIRD), (THIRD, FIRST)])
def test_where_a_version_between_is_missing_only_what_is_worded_alike_stands_side_by_side(answered):
    grades = tuple(Grade(id=name, says=f"Once {name}") for name in ("none", "partly", "full"))
    first = FIRST.model_copy(
        update={
            "criteria": (
                a_criterion("map", "A1", grades=grades),
                *FIRST.criteria[2:],
                a_criterion("quiet-room", "A9"),
            )
        }
    )
    lineage = Lineage([first if one is FIRST else one for one in answered])
    unknown = Gap(kind=Apart.UNKNOWN)
    assert lineage.places(first) == {
        "map": (Place("map", unknown),),
        "toilet": (Place("access@1.0:toilet", None),),
        "medal": (Place("access@1.0:medal", None),),
        "tape": (Place("access@1.0:tape", None),),
        "quiet-room": (Place("quiet-room", None),),
    }
    assert lineage.gap("entrance", first) == lineage.gap("access@1.0:medal", THIRD) == unknown
    assert lineage.newest_first([first, THIRD]) == [THIRD, first]
