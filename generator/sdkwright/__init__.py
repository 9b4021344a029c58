"""Turns OpenAPI documents into Python SDKs."""

__version__ = "0.1.0"
