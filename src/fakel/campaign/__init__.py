"""Many flights of one mission, each with its own errors: flown fast, told as numbers."""
