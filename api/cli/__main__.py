"""`python -m api.cli` is `tocsin`."""

from api.cli import main

main()
