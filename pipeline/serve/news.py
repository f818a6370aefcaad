"""What happens, told to every open page as server-sent events."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Mapping

_PATIENCE = 20
"""Seconds of silence after which a line is sent, so that a page that is gone is noticed."""


class News:
    """Passes on what any thread publishes; whoever listens later does not hear what was said before."""

    def __init__(self) -> None:
        """Nobody listens yet."""
        self._listeners: dict[asyncio.Queue[str | None], asyncio.AbstractEventLoop] = {}

    def publish(self, event: Mapping[str, object]) -> None:
        """Tells everyone; from any thread."""
        self._put(f"data: {json.dumps(event, ensure_ascii=False)}\n\n")

    def close(self) -> None:
        """Ends every stream, so that the server need not wait for its pages."""
        self._put(None)

    def _put(self, said: str | None) -> None:
        for queue, loop in tuple(self._listeners.items()):
            with contextlib.suppress(RuntimeError):  # the loop has ended, and its page with it
                loop.call_soon_threadsafe(queue.put_nowait, said)

    async def listen(self, first: Mapping[str, object]) -> AsyncIterator[str]:
        """The stream for one page, which begins with how things stand."""
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._listeners[queue] = asyncio.get_running_loop()
        try:
            said: str | None = f"retry: 1000\ndata: {json.dumps(first, ensure_ascii=False)}\n\n"
            while said is not None:
                yield said
                try:
                    said = await asyncio.wait_for(queue.get(), _PATIENCE)
                except TimeoutError:
                    said = ":\n\n"
        finally:
            del self._listeners[queue]
