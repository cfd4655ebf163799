"""The command line: ``fakel fly | plan | check | report | new | missions``."""
