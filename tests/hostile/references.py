"""References that would make a naive reader fetch: none may reach the network or a file outside of the document's.

`python -m tests.hostile references` reads a document full of them in a child whose audit hook notes every attempt to
resolve a name, to connect or to open a file elsewhere; a listener on this machine counts who comes.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FORMS = (
    *("http://{}/s.json", "https://{}/s.json", "HTTP://{}/s.json", "hTtPs://{}/", "//{}/s.json", "///{}/s.json"),
    *("http:{}/s.json", "http:/{}/s.json", "http:///{}/s.json", "http:\\\\{}\\s.json", "\\\\{}\\share\\s.json"),
    *("/\\{}/s.json", "\\/{}/s.json", "http://user:pass@{}/s.json", "http://example.com@{}/s.json"),
    *("http://{}#@example.com/s.json", "http://{}?@example.com/s.json", "http://{}%2fs.json", "%68ttp://{}/s.json"),
    *("http%3A//{}/s.json", "%2f%2f{}/s.json", " http://{}/s.json", "\thttp://{}/s.json", "http://{}/s.json "),
    *("ftp://{}/s.json", "gopher://{}/_GET", "dict://{}/d", "ldap://{}/x", "tftp://{}/x", "sftp://{}/x", "ws://{}/"),
    *("jar:http://{}!/s.json", "url:http://{}/s.json", "view-source:http://{}/", "netdoc:///{}/s.json"),
    *("http\u003a\u2215\u2215{}/s.json", "http://{}\u3002/s.json", "http://\uff11\uff12\uff17.0.0.1/s.json"),
)
"""Ways to name this machine's listener."""
_HOSTS = (
    *("169.254.169.254/latest/meta-data", "metadata.google.internal/computeMetadata/v1/", "100.100.100.200/latest"),
    *("localhost:{}/", "localhost.:{}/", "LOCALHOST:{}/", "127.1:{}/", "127.0.1:{}/", "0:{}/", "0.0.0.0:{}/"),
    *("2130706433:{}/", "0x7f000001:{}/", "0x7f.0.0.1:{}/", "017700000001:{}/", "0177.0.0.1:{}/", "[::1]:{}/"),
    *(
        "[::]:{}/",
        "[::ffff:127.0.0.1]:{}/",
        "[::ffff:7f00:1]:{}/",
        "[0:0:0:0:0:ffff:127.0.0.1]:{}/",
    ),
    *("127.0.0.1.nip.io:{}/", "localtest.me:{}/", "rebind.example.com:{}/", "10.0.0.1/", "192.168.0.1/", "[fd00::1]/"),
    "[fe80::1%25lo]:{}/",
    *("example.com:{}/redirect?to=http://127.0.0.1", "\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3:{}/"),
)
"""Addresses and names of machines that a document has no business with."""
_FILES = (
    *("file:///etc/passwd", "file:/etc/passwd", "FILE:///etc/passwd", "file://localhost/etc/passwd", "file:a"),
    *("/etc/passwd", "../../../../../../../../etc/passwd", "..%2f..%2f..%2f..%2f..%2f..%2f..%2fetc/passwd", "~/.netrc"),
    *(
        "%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "link/passwd",
        "C:\\Windows\\win.ini",
        "C:/Windows/win.ini",
    ),
    *("/proc/self/environ", "/dev/stdin", "data:application/json,{}", "data:;base64,e30=", "javascript:alert(1)"),
    *(
        "about:blank",
        "urn:uuid:1",
        "php://filter/resource=/etc/passwd",
        "expect://id",
        "$HOME/.netrc",
        "%00/etc/passwd",
    ),
)
"""Files that are not the document's, and what is neither a file nor an address."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What came of a document: attempts to reach something, connections that arrived, references without an error."""

    targets: int
    places: int
    attempts: tuple[str, ...]
    arrived: int
    accepted: tuple[str, ...]
    said: str = ""

    @property
    def failures(self) -> list[str]:
        """What should not have been."""
        found = [*self.attempts, *(f"no error for {target!r}" for target in self.accepted)]
        return [*found, *([f"{self.arrived} connections"] if self.arrived else []), *([self.said] if self.said else [])]

    @property
    def text(self) -> str:
        """The figures as lines."""
        head = f"{self.targets} targets of $ref, {self.places} more places: {len(self.attempts)} attempts"
        return "\n".join((f"{head}, {self.arrived} connections, {len(self.accepted)} accepted", *self.failures))


def targets(port: int) -> list[str]:
    """Every target, for a listener at this port."""
    forms = [form.format(f"127.0.0.1:{port}") for form in _FORMS]
    return [*forms, *(f"http://{host.format(port)}" for host in _HOSTS), *_FILES]


def run() -> Findings:
    """Read the document with every target at once; the places that are no references come in a second one."""
    with tempfile.TemporaryDirectory(prefix="sdkwright-references-") as name, listener() as heard:
        directory = Path(name)
        (directory / "link").symlink_to("/etc")
        port = int(heard.getsockname()[1])
        chosen = targets(port)
        properties = {f"p{number}": {"$ref": target} for number, target in enumerate(chosen)}
        first = _read(directory, _document({"type": "object", "properties": properties}))
        elsewhere = _elsewhere(f"http://127.0.0.1:{port}/s.json")
        second = _read(directory, elsewhere)
        came = arrived(heard)
    refused = {pointer.split("/")[-2] for pointer in first["errors"] if pointer.endswith("/$ref")}
    refused |= {step for pointer in first["errors"] for step in pointer.split("/") if step in properties}
    accepted = tuple(target for number, target in enumerate(chosen) if f"p{number}" not in refused)
    attempts = (*first["attempts"], *second["attempts"])
    said = "" if second["package"] else f"the second document gave no package: {second['errors']}"
    return Findings(len(chosen), json.dumps(elsewhere).count("127.0.0.1"), attempts, came, accepted, said)


def _document(schema: dict[str, Any]) -> dict[str, Any]:
    answer = {"description": "", "content": {"application/json": {"schema": schema}}}
    paths = {"/x": {"get": {"operationId": "getX", "responses": {"200": answer}}}}
    return {"openapi": "3.1.0", "info": {"title": "References", "version": "1"}, "paths": paths}


def _elsewhere(url: str) -> dict[str, Any]:
    """A document that is right, with an address wherever it may hold one that is no reference."""
    schema: dict[str, Any] = {
        "type": "object",
        "$id": url,
        "$comment": url,
        "externalDocs": {"url": url},
        "xml": {"namespace": url},
        "properties": {"a": {"type": "string", "format": "uri", "default": url, "x-ref": {"$ref": url}}},
        "example": {"$ref": url},
    }
    found = _document(schema)
    flow = {"tokenUrl": url, "refreshUrl": url, "authorizationUrl": url, "scopes": {}}
    content = found["paths"]["/x"]["get"]["responses"]["200"]["content"]["application/json"]
    content["examples"] = {"a": {"externalValue": url}}
    return {
        **found,
        "jsonSchemaDialect": url,
        "servers": [{"url": url}],
        "externalDocs": {"url": url},
        "info": {**found["info"], "termsOfService": url, "contact": {"url": url}, "license": {"name": "x", "url": url}},
        "components": {"securitySchemes": {
            "a": {"type": "oauth2", "flows": {"authorizationCode": flow, "clientCredentials": flow}},
            "b": {"type": "openIdConnect", "openIdConnectUrl": url},
        }},
    }  # fmt: skip


def _read(directory: Path, document: dict[str, Any]) -> dict[str, Any]:
    spec = directory / "openapi.json"
    spec.write_text(json.dumps(document), "utf-8")
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("references_child.py")), str(spec)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    if done.returncode:
        return {
            "attempts": [f"the child ended with {done.returncode}: {done.stderr[-300:]}"],
            "errors": [],
            "package": "",
        }
    return dict(json.loads(done.stdout))


@contextmanager
def listener() -> Iterator[socket.socket]:
    """A socket of this machine that would be connected to."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        found.settimeout(0.2)
        yield found


def arrived(found: socket.socket) -> int:
    """How many have connected to a listener."""
    count = 0
    while True:
        try:
            found.accept()[0].close()
        except TimeoutError:
            return count
        count += 1
