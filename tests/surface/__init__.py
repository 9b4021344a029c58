"""How much of a published package's surface a generated one has."""
