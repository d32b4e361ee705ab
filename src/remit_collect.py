"""Sends events to Remit from servers and tills. One file, standard library only: copy it where you need it.

    with Collector("https://remit.example.com", "rws_…") as collector:
        collector.track("member_scan", person="M-1001", customer="M-1001", outlet="S-07")

``track`` only puts an event into a queue; a thread sends batches and repeats what did not arrive. The same id
counts once, so that a repeat does no harm. ``docs/howto/collect.md`` says what an event may carry.
"""

import gzip
import json
import logging
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

BATCH = 100
QUEUE_MAX = 50_000
TIMEOUT_S = 10.0
WAIT_S, WAIT_S_MAX = 1.0, 60.0
log = logging.getLogger("remit_collect")


class QueueIsFull(RuntimeError):
    """The server has been away for long, and so many events wait that no more are kept."""


class Collector:
    """``address`` of Remit, and the secret key of a server. Use it as a context, or ``close`` it at the end.

    ``on_refused`` is told each event that will never be taken, and why (default: a line in the log).
    """

    def __init__(
        self, address: str, key: str, on_refused: Callable[[dict[str, Any], str], None] | None = None
    ) -> None:
        if not address.startswith(("https://", "http://")):
            raise ValueError("The address begins with https:// or http://.")
        self._url = address.rstrip("/") + "/collect"
        self._key = key
        self._told = on_refused or (lambda event, reason: log.error("Refused: %s (%s)", reason, event["id"]))
        self._queue: deque[dict[str, Any]] = deque()
        self._changed = threading.Condition()
        self._closing = False
        self._deadline = float("inf")
        self._thread = threading.Thread(target=self._run, name="remit-collect", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def track(self, event: str, *, person: str, id: str | None = None, **said: Any) -> str:
        """Queue an event of this moment; return its id. Raise QueueIsFull."""
        whole = {
            "id": id or str(uuid.uuid4()),
            "event": event,
            "at": int(time.time() * 1000),
            "person": person,
        }
        with self._changed:
            if len(self._queue) >= QUEUE_MAX:
                raise QueueIsFull(f"{QUEUE_MAX} events wait to be sent to {self._url}.")
            self._queue.append(whole | said)
            self._changed.notify()
        return str(whole["id"])

    def close(self, timeout_s: float = 30.0) -> int:
        """Send what waits, for at most so long; return how many events could not be sent."""
        with self._changed:
            self._closing = True
            self._deadline = time.monotonic() + timeout_s
            self._changed.notify()
        self._thread.join(timeout_s + TIMEOUT_S)
        return len(self._queue)

    def _run(self) -> None:
        wait = WAIT_S
        while True:
            with self._changed:
                while not self._queue and not self._closing:
                    self._changed.wait()
                if not self._queue or time.monotonic() > self._deadline:
                    return
                batch = [self._queue[place] for place in range(min(BATCH, len(self._queue)))]
            pause = self._send(batch)
            if pause is None:
                wait = WAIT_S
                with self._changed:
                    for _sent in batch:
                        self._queue.popleft()
                continue
            with self._changed:
                self._changed.wait_for(
                    lambda: self._closing, min(max(pause, wait), max(self._deadline - time.monotonic(), 0))
                )
            if self._closing:
                time.sleep(min(max(pause, WAIT_S), max(self._deadline - time.monotonic(), 0)))
            wait = min(wait * 2, WAIT_S_MAX)

    def _send(self, batch: list[dict[str, Any]]) -> float | None:
        """None when the batch is settled; else seconds to wait before it is sent again."""
        body = gzip.compress(json.dumps({"events": batch, "sent_at": int(time.time() * 1000)}).encode())
        request = urllib.request.Request(  # noqa: S310  # the scheme was checked
            self._url, body, {
                "Authorization": f"Bearer {self._key}", "Content-Type": "application/json",
                "Content-Encoding": "gzip",
            },
        )  # fmt: skip
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310  # as above
                said = json.loads(answer.read())
        except urllib.error.HTTPError as error:
            with error:
                if error.code == 429:
                    return float(error.headers.get("Retry-After") or WAIT_S_MAX)
                if error.code >= 500:
                    return WAIT_S
                reason = error.read(2_000).decode(errors="replace")
            for event in batch:
                self._told(event, f"{error.code} {reason}")
            return None
        except (OSError, ValueError):
            return WAIT_S
        for one in said["refused"]:
            self._told(batch[one["index"]], one["reason"])
        return None
