"""``python -m fakel``."""

from fakel.cli.main import main

raise SystemExit(main())
