import pytest

from auditapp.domain import bands


@pytest.mark.parametrize(
    ("kilometres", "band"),
    [(1, "5k"), (7.4, "5k"), (10, "10k"), (21.1, "half"), (42.2, "marathon"), (50, "ultra"), (161, "ultra-100")],
)  # fmt: skip
def test_a_distance_lies_in_one_band(kilometres: float, band: str):
    assert bands.band_of(bands.DISTANCES, kilometres) == band


def test_a_number_below_the_first_band_lies_in_it():
    assert bands.band_of(bands.SIZES, -3) == "under-100"


def test_the_band_above():
    assert bands.after(bands.SIZES, "300") == bands.Band("1000", 1_000)
    assert bands.after(bands.SIZES, "20000") is None
    with pytest.raises(KeyError):
        bands.after(bands.SIZES, "7")


def test_distance_and_size_are_read_from_facts():
    assert bands.distance_of({"distance": 21.1}) == 21.1
    assert bands.size_of({"starters": 400, "pupils": 3}) == 400
    assert bands.size_of({"pupils": 300}) == 300


@pytest.mark.parametrize("value", [True, "far", 10**400])
def test_what_is_no_number_of_kilometres_is_no_distance(value: object):
    assert bands.distance_of({"distance": value}) is None  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("evidenced", "given", "band"),
    [(0, 0, None), (0, 50, "none"), (1, 400, "some"), (13, 50, "quarter"), (49, 50, "three-quarters"), (50, 50, "all")],
)  # fmt: skip
def test_evidence_is_a_share_of_the_answers_given(evidenced: int, given: int, band: str | None):
    assert bands.evidence_band(evidenced, given) == band
