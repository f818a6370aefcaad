"""The server: a socket of this machine alone, the application behind its guard, the workshop and the watching."""

from __future__ import annotations

import contextlib
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from pipeline.errors import UsageError
from pipeline.project import Choices, Project
from pipeline.serve.app import Application
from pipeline.serve.desk import Desk
from pipeline.serve.guard import Guard
from pipeline.serve.news import News
from pipeline.serve.watching import Watching
from pipeline.serve.workshop import Workshop

HOST = "127.0.0.1"
_PATIENCE = 2.0
"""Seconds that a build may take to end when the server does."""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who approves, and what time it is to them."""

    name: str
    clock: Callable[[], str]
    """The time as TMX writes it: 20261127T093000Z."""


class Service:
    """A project's bulletins under review at one address, from when it is made until `run` returns."""

    def __init__(self, root: Path, reviewer: Reviewer, *, port: int = 0) -> None:
        """Takes the port, or a free one for 0.

        Raises UsageError where the port is taken, ConfigError where the settings cannot be used.
        """
        project = Project.at(root, Choices())
        self._socket = _listening(port)
        self.port = self._socket.getsockname()[1]
        self.token = secrets.token_urlsafe(24)
        self._news = News()
        self.desk = Desk(project, by=reviewer.name, clock=reviewer.clock)
        self.workshop = Workshop(self.desk, self._news, lambda: Project.at(root, Choices()))
        self._watching = Watching(lambda: self.desk.project, self.workshop.wanted)
        self.asgi = Guard(Application(self.desk, self.workshop, self._news).asgi(), token=self.token, port=self.port)
        served = uvicorn.Config(
            self.asgi,
            lifespan="off",
            ws="none",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=3,
        )
        self._server = _Server(self._news, served)

    @property
    def address(self) -> str:
        """Where the reviewer's browser goes first."""
        return f"http://{HOST}:{self.port}/?token={self.token}"

    def run(self) -> bool:
        """Serves until it is stopped, by `stop` or by Ctrl-C; whether nothing is being built any more.

        A build that is left loses nothing: what it writes, it writes whole.
        """
        self.workshop.start()
        self._watching.start()
        with contextlib.suppress(KeyboardInterrupt):
            self._server.run(sockets=[self._socket])
        self._watching.stop()
        return self.workshop.stop(_PATIENCE)

    def stop(self) -> None:
        """Ends `run`; from any thread."""
        self._server.should_exit = True


class _Server(uvicorn.Server):
    """Does not wait for pages that listen."""

    def __init__(self, news: News, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._news = news

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ends the streams first."""
        self._news.close()
        await super().shutdown(sockets)


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen()  # a browser that comes before the server is up waits
    except (OSError, OverflowError) as refused:
        listener.close()
        reason = (getattr(refused, "strerror", None) or str(refused)).lower().rstrip(".")
        what = f"port {port} cannot be had: {reason}"
        raise UsageError(what, remedy="give another with --port, or none for a free one") from refused
    return listener
