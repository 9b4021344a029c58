"""Tests of the review page in a real browser."""
