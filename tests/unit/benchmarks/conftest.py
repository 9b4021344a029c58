"""The benchmarks are run from the root of the repository, which is no place that pytest looks at."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))
