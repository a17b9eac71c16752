"""Files from the network, as streams: progress told, cut connections taken up again, trouble said in one line."""

from __future__ import annotations

import hashlib
import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aligner import __version__
from aligner.errors import ModelError

#: Called as (what, bytes so far, bytes in all or 0).
Progress = Callable[[str, int, int], None]

TRIES = 4
TIMEOUT = 30.0
MAX_BYTES = 2_000_000_000
_CHUNK = 1 << 18
_PAUSE = 1.0  # seconds before the second try; doubled for each further one
_CLOSED = "Check the connection; without one, fetch the .argosmodel file elsewhere: aligner models install FILE"


def silent(what: str, done: int, total: int) -> None:
    """No progress shown."""


def fetch_json(url: str, what: str) -> Any:
    """The JSON at `url`; raises `ModelError` when it cannot be reached or read."""
    parts: list[bytes] = []
    _tried(url, what, lambda response: parts.append(response.read(20_000_000)))
    try:
        return json.loads(parts[-1])
    except ValueError as error:
        raise ModelError(f"{what} is not readable: {error}", "Try again later.") from error


def fetch(url: str, target: Path, what: str, progress: Progress = silent) -> str:
    """Stream `url` into the file `target` and return its SHA-256.

    A cut connection is taken up where it stopped if the server can do that, else begun again. Raises `ModelError`
    after the last try, leaving no file.
    """
    try:
        _tried(url, what, lambda response: _stream(response, target, what, progress), target)
        with target.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _tried(url: str, what: str, use: Callable[[Any], object], target: Path | None = None) -> None:
    """Open `url` and use the answer; network trouble is tried again, an answer of "no" is not."""
    trouble = ""
    for attempt in range(TRIES):
        if attempt:
            time.sleep(_PAUSE * 2 ** (attempt - 1))
        have = target.stat().st_size if target is not None and target.exists() else 0
        headers = {"User-Agent": f"nl-en-aligner/{__version__}"} | ({"Range": f"bytes={have}-"} if have else {})
        try:
            with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=TIMEOUT) as response:
                use(response)
                return
        except urllib.error.HTTPError as error:
            error.close()
            if error.code == 416 and target is not None:  # what we have is not part of what is there now
                target.unlink(missing_ok=True)
            elif error.code < 500 and error.code != 429:
                raise ModelError(f"{what}: the server says {error.code} {error.reason}", "Try again later.") from error
            trouble = f"the server says {error.code} {error.reason}"
        except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
            trouble = str(getattr(error, "reason", "") or error)
        except ValueError as error:
            raise ModelError(f"{what}: {url!r} is no address ({error})") from error
    raise ModelError(f"{what} cannot be fetched: {trouble}", _CLOSED)


def _stream(response: Any, target: Path, what: str, progress: Progress) -> None:
    """Write the answer to `target`, after what is there if the server goes on from there."""
    goes_on = response.status == 206
    have = target.stat().st_size if goes_on else 0
    length = response.headers.get("Content-Length")
    total = have + int(length) if length and length.isdigit() else 0
    if total > MAX_BYTES:
        raise ModelError(f"{what} is too large ({total / 1e6:.0f} MB)", "It is no translation package.")
    with target.open("ab" if goes_on else "wb") as out:
        progress(what, have, total)
        while chunk := response.read(_CHUNK):
            have += len(chunk)
            if have > MAX_BYTES:
                raise ModelError(f"{what} is too large (above {MAX_BYTES / 1e6:.0f} MB)", "It is no package.")
            out.write(chunk)
            progress(what, have, total)
    if total and have < total:
        raise ConnectionError(f"the connection was cut after {have} of {total} bytes")
