"""One small server for each API. They keep state and answer as the documents say."""
