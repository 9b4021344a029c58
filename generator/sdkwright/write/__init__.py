"""The last stage: publish a package so that a crash or a kill leaves the old one or the new one."""

from sdkwright.paths import problem as path_problem
from sdkwright.signals import Terminated

from .disk import Disk
from .manifest import NAME as MANIFEST
from .publish import WriteResult, publish, recover
from .survey import USER_PLACES

__all__ = [
    "MANIFEST",
    "USER_PLACES",
    "Disk",
    "Terminated",
    "WriteResult",
    "path_problem",
    "publish",
    "recover",
]
