"""What the runtime has to know of a package: the values of its `_constants.py` and `_version.py`."""

from __future__ import annotations

from sdkwright.config import Config
from sdkwright.plan.package.context import Context
from sdkwright.plan.package.distribution import http_library, package_version
from sdkwright.plan.package.model import Runtime
from sdkwright.text import Code, code, py_ident, py_literal, py_str

_CONNECT_SECONDS = 5.0


def plan_runtime(context: Context) -> Runtime:
    """The values that take the place of the runtime's examples; what a config leaves open stays as it is."""
    names, client = context.names.client, context.config.client_settings
    constants: list[tuple[Code, Code]] = [(Code("ENV_PREFIX"), py_str(names.env_prefix))]
    if client.default_timeout is not None:
        connect = min(_CONNECT_SECONDS, client.default_timeout)
        timeout = code("httpx.Timeout({}, connect={})", py_literal(client.default_timeout), py_literal(connect))
        constants.append((Code("DEFAULT_TIMEOUT"), timeout))
    retries = client.default_retries
    constants += [
        (Code("DEFAULT_MAX_RETRIES"), py_literal(retries.max_retries)),
        (Code("INITIAL_RETRY_DELAY"), py_literal(retries.initial_delay_seconds)),
        (Code("MAX_RETRY_DELAY"), py_literal(retries.max_delay_seconds)),
    ]
    if client.idempotency is not None:
        constants.append((Code("IDEMPOTENCY_HEADER"), py_str(client.idempotency.header)))
    constants += _telemetry(context.config)
    version = [
        (Code("__title__"), py_str(names.project)),
        (Code("__version__"), py_str(package_version(context.config))),
    ]
    return Runtime(
        py_ident(f"{names.client}Error"),
        py_ident(names.env_prefix),
        Code(http_library(context.config)),
        tuple(constants),
        tuple(version),
        context.config.dialect.older_names,
    )


def _telemetry(config: Config) -> tuple[tuple[Code, Code], ...]:
    """The headers about the platform, and the one that marks raw responses, as users of the surface know them."""
    prefix = config.dialect.telemetry_prefix
    if prefix is None:
        return ()
    raw = (Code("RAW_RESPONSE_HEADER"), py_str(f"{prefix}-Raw-Response"))
    if config.settings.omit_stainless_headers or config.client_settings.omit_stainless_headers:
        return (raw,)
    return raw, (Code("TELEMETRY_PREFIX"), py_str(prefix))
