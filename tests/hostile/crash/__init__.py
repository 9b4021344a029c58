"""Runs that die, fail or are stopped at every change they make on the disk, and at random moments.

Each trial is a process forked from one that has imported everything, in a directory of its own. Afterwards the package
must be the old one or the new one, the user's files what they were, the next run must succeed, and nothing may lie
about.
"""
