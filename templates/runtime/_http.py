"""The one place that names the HTTP library; every other module takes it from here."""

import httpx2 as httpx

__all__ = ["httpx"]
