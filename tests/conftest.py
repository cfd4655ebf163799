"""Settings of the whole suite."""

from hypothesis import settings

# No deadline: the first call of a compiled function compiles it.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
