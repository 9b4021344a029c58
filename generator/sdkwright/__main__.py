"""`python -m sdkwright`."""

from sdkwright.cli import main

main()
