"""Flight rules: rows of data, a formula language over channels, events and studies, and the judge."""

from fakel.rules.judge import judge
from fakel.rules.rows import read_rules, shipped_rules

__all__ = ["judge", "read_rules", "shipped_rules"]
