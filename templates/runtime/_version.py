"""Name and version of this package, as they are sent in `User-Agent`."""

__title__ = "example-sdk"
__version__ = "0.1.0"
