"""Checks of `sdkwright diff` against pairs of documents whose verdicts other tools agree on."""
