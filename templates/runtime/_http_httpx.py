"""The one place that names the HTTP library; every other module takes it from here."""

import httpx

__all__ = ["httpx"]
