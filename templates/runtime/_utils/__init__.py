"""Helpers that more than one module needs."""

from ._checks import is_dict, is_given, is_list, is_mapping, required_args
from ._logs import logger, setup_logging
from ._path import EncodedPath, path_template, server_url

__all__ = [
    "EncodedPath",
    "is_dict",
    "is_given",
    "is_list",
    "is_mapping",
    "logger",
    "path_template",
    "required_args",
    "server_url",
    "setup_logging",
]
