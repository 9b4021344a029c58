"""Plans into text: models through datamodel-code-generator, everything else through Jinja, in memory."""
