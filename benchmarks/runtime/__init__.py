"""How much a call costs beyond the bare HTTP client, in a generated package and in well-known SDKs."""
