"""The typed form of an API, between `lower` and `plan`. Frozen values only; names are still those of the wire."""
