"""The report's sections in their order. Each reads a flight and gives a Section, or None when it has nothing to say."""
