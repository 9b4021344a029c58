"""Real documents: each is generated without a config, imported and type-checked; the result is a table."""
