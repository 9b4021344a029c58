"""Proof that hostile documents do no harm: canaries, bombs and mutants. `python -m tests.hostile --help`."""
