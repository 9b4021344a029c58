"""The tests and scripts that a package brings with it, as text."""

from __future__ import annotations

from sdkwright.plan.package.suite_model import TestSuite
from sdkwright.render.environment import print_template

_TESTS = "tests/api_resources"


def suite_modules(suite: TestSuite) -> dict[str, str]:
    """The Python files below `tests/`, by path."""
    packages = ("tests", *(f"{_TESTS}/{folder}".rstrip("/") for folder in suite.folders))
    return {
        **{f"{package}/__init__.py": "" for package in packages},
        "tests/conftest.py": print_template("test_conftest.py", suite.conftest),
        "tests/utils.py": print_template("test_utils.py", suite.conftest),
        **{f"{_TESTS}/{module.path}.py": print_template("test_resource.py", module) for module in suite.modules},
    }


def suite_scripts(suite: TestSuite) -> dict[str, str]:
    """The files in `scripts/`, by path."""
    return {
        f"scripts/{name}": print_template(f"script_{name}", suite.scripts) for name in ("bootstrap", "mock", "test")
    }
