"""Random numbers with an address."""

from hypothesis import given
from hypothesis import strategies as st

from fakel.model.dice import dice

words = st.tuples(st.integers(0, 2**31), st.integers(0, 2**31), st.text(min_size=1, max_size=20))


@given(words, words)
def test_the_same_address_gives_the_same_numbers_whatever_was_rolled_between(one, other):
    first = dice(*one).normal(size=4)
    dice(*other).normal(size=100)
    assert (dice(*one).normal(size=4) == first).all()


@given(words)
def test_another_run_gives_other_numbers(address):
    seed, run, purpose = address
    assert (dice(seed, run, purpose).normal(size=4) != dice(seed, run + 1, purpose).normal(size=4)).any()
