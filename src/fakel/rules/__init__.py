"""Flight rules: rows of data, a formula language over channels, events and studies, and the judge."""

from fakel.rules.judge import judge
from fakel.rules.rows import load_rules, read_rules

__all__ = ["judge", "load_rules", "read_rules"]
