"""fakel plans, flies, checks and shows a crewed visit to a space station."""

__version__ = "0.1.0"
