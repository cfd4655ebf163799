"""Charts of the report: each draws one picture at one width, from plain arrays."""
