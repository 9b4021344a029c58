"""Documents to IR: the last stage that sees raw mappings."""
