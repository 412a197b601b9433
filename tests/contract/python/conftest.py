"""A separate sandbox on a free port, and the API's official client for it.

Run with:

    python3 -m venv .venv && .venv/bin/python -m pip install -r requirements.txt
    SANDBOX_BIN=../../../target/debug/sandbox .venv/bin/python -m pytest

after `cargo build -p sandbox`. SANDBOX_BIN defaults to the output of cargo.
On Debian, `venv` is in the package python3-venv.
"""

from __future__ import annotations

import json
import os
import subprocess
import urllib.request
from pathlib import Path
from typing import Any, Callable, Iterator, Optional

import pytest
from openrouter import OpenRouter

KEY = "sk-or-v1-contract-management"
PLAIN_KEY = "sk-or-v1-contract-plain"


def program() -> str:
    root = Path(__file__).resolve().parents[3]
    target = os.environ.get("CARGO_TARGET_DIR", root / "target")
    return os.environ.get("SANDBOX_BIN", str(Path(target) / "debug" / "sandbox"))


class Sandbox:
    """A running sandbox and clients with different keys."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.api = self._client(KEY)
        self.plain = self._client(PLAIN_KEY)
        self.unknown = self._client("sk-or-v1-nobody")

    def reset(self, **options: Any) -> None:
        """Resets the sandbox with fresh data."""
        self._control("reset", {"seed": "demo", **options})

    def fail_next(self, method: str, path: str, status: int) -> None:
        """Makes the next call of `method` fail whose path contains `path`."""
        answer = {"kind": "status", "status": status, "message": "on purpose"}
        self._control("faults", {"method": method, "path": path, "answer": answer})

    def _client(self, key: str) -> OpenRouter:
        # By default the client retries a 500 for up to an hour.
        return OpenRouter(api_key=key, server_url=f"{self.url}/api/v1", retry_config=None)

    def _control(self, route: str, body: dict[str, Any]) -> None:
        request = urllib.request.Request(
            f"{self.url}/__control/{route}",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
            method="POST",
        )
        with urllib.request.urlopen(request):
            pass


@pytest.fixture(scope="session")
def server() -> Iterator[Sandbox]:
    options = ["--listen", "127.0.0.1:0", "--db", ":memory:", "--faults"]
    keys = ["--management-key", KEY, "--plain-key", PLAIN_KEY]
    with subprocess.Popen([program(), *options, *keys], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            prefix = "listening on "
            url = next((line[len(prefix) :].strip() for line in process.stdout if line.startswith(prefix)), None)
            assert url, "the sandbox ended before it listened"
            yield Sandbox(url)
        finally:
            process.terminate()


@pytest.fixture
def sandbox(server: Sandbox) -> Sandbox:
    """Resets and returns the suite's sandbox."""
    server.reset()
    return server


def rows_of(page: Optional[Any]) -> list[Any]:
    """Returns all rows of a list, using the client's own paging."""
    rows: list[Any] = []
    while page is not None:
        rows.extend(page.result.data)
        page = page.next()
    return rows


@pytest.fixture
def rows() -> Callable[[Any], list[Any]]:
    return rows_of
