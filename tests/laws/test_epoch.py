"""What holds for every instant and every window."""

from datetime import datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fakel.model.epoch import Epoch, Window, gaps, intersection, union

instants = st.integers(-800_000_000, 1_200_000_000).map(lambda s: Epoch(s * 1_000_000_000 + 123_456_789))
spans = st.tuples(instants, st.integers(0, 100_000)).map(lambda p: Window(p[0], p[0] + p[1]))
some = st.lists(spans, max_size=6).map(tuple)


@given(instants)
def test_text_and_back_is_the_same_instant(epoch):
    assert Epoch.utc(epoch.iso(9)) == epoch


@given(instants, st.floats(-1e6, 1e6))
def test_adding_seconds_and_subtracting_gives_the_seconds_to_a_nanosecond(epoch, seconds):
    assert abs((epoch + seconds) - epoch - seconds) <= 1e-9


@given(st.datetimes(datetime(1973, 1, 1), datetime(2026, 1, 1)))
def test_a_civil_date_comes_back(civil):
    back, ns = Epoch.from_civil(civil).civil()
    assert back == civil.replace(microsecond=0)
    assert ns == civil.microsecond * 1000


@given(some)
def test_a_union_is_sorted_and_does_not_touch(windows):
    merged = union(windows)
    assert all(a.stop < b.start for a, b in pairwise(merged))
    assert union(merged) == merged


@given(some, some)
def test_an_intersection_lies_in_both(a, b):
    for both in intersection(a, b):
        assert any(w.start <= both.start and both.stop <= w.stop for w in union(a))
        assert any(w.start <= both.start and both.stop <= w.stop for w in union(b))


@given(some, spans)
def test_windows_and_their_gaps_fill_the_span(windows, within):
    inside = intersection(windows, (within,))
    total_s = sum(w.duration_s for w in inside) + sum(w.duration_s for w in gaps(windows, within))
    assert abs(total_s - within.duration_s) < 1e-6
