"""What the tests of `bulletin serve` share: a small project, the application behind its guard, a server in a thread."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from pipeline import cli
from pipeline.project import Choices, Project
from pipeline.serve import Reviewer, Service
from pipeline.serve.app import Application
from pipeline.serve.desk import Desk
from pipeline.serve.guard import Guard
from pipeline.serve.news import News
from pipeline.serve.workshop import Workshop

PORT, TOKEN = 8765, "the-token"
HOST = f"127.0.0.1:{PORT}"
ORIGIN = f"http://{HOST}"
SLUG = "甲 page"
ARTICLE = "# 产业的事\n\n高新区走在路上。他们也在走。全年新增企业35家。\n\n大家都来了。高新区走在路上。\n"
SOURCES = {
    "a1.p1.s1": "高新区走在路上。",
    "a1.p1.s2": "他们也在走。",
    "a1.p1.s3": "全年新增企业35家。",
    "a1.p2.s1": "大家都来了。",
}
GLOSSARY = "source,target\n高新区,High-tech Zone\n"
WHEN = "20261127T093000Z"


_KEPT = tempfile.TemporaryDirectory()


def project_of(root: Path) -> Path:
    """Puts an article and a glossary in place, and builds them: once, then the same is copied, times and all."""
    kept = Path(_KEPT.name) / "built"
    if not kept.exists():
        (root / "articles" / f"{SLUG}.md").write_text(ARTICLE, "utf-8")
        (root / "glossary.csv").write_text(GLOSSARY, "utf-8")
        assert cli.main(["build", "--jobs", "1"]) in {0, 1}  # the parrot says what it likes, and the checks say so
        shutil.copytree(root, kept)
    else:
        shutil.copytree(kept, root, dirs_exist_ok=True)
    return root


class Client:
    """A browser's requests, straight into the application."""

    def __init__(self, app) -> None:
        self._app = app
        self.cookies = {f"bulletin-{PORT}": TOKEN}

    def get(self, path: str, **more) -> httpx.Response:
        return asyncio.run(self._ask("GET", path, **more))

    def post(self, path: str, **more) -> httpx.Response:
        return asyncio.run(self._ask("POST", path, **more))

    async def _ask(self, method: str, path: str, **more) -> httpx.Response:
        transport = httpx.ASGITransport(self._app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, cookies=self.cookies) as client:
            response = await client.request(method, path, **more)
        self.cookies |= dict(response.cookies)
        return response


@dataclass
class Served:
    """The application without a server: requests are made by hand, builds when a test wants them."""

    client: Client
    desk: Desk
    workshop: Workshop
    told: list[dict]

    def sentences(self) -> dict[str, dict]:
        answer = self.client.get(f"/api/{SLUG}/sentences")
        assert answer.status_code == 200, answer.text
        return {one["id"]: one for one in answer.json()["sentences"]}

    def post(self, path: str, said: object, **headers: str):
        return self.client.post(f"/api/{SLUG}/{path}", json=said, headers={"Origin": ORIGIN, **headers})

    def approve(self, sentence: str, english: str, version: str = "", accepted: tuple[str, ...] = ()):
        said = {"source": SOURCES[sentence], "english": english, "version": version, "accepted": list(accepted)}
        return self.post(f"{sentence}/approve", said)

    def withdraw(self, sentence: str, version: str):
        return self.post(f"{sentence}/withdraw", {"source": SOURCES[sentence], "version": version})


class Heard(News):
    """Keeps what was published."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[dict] = []

    def publish(self, event) -> None:
        self.told.append(dict(event))
        super().publish(event)


def served(root: Path = Path()) -> Served:
    """The application of a project, the token's cookie in hand."""
    news = Heard()
    desk = Desk(Project.at(root, Choices()), by="Lin Wei", clock=lambda: WHEN)
    workshop = Workshop(desk, news, lambda: Project.at(root, Choices()))
    app = Guard(Application(desk, workshop, news).asgi(), token=TOKEN, port=PORT)
    return Served(Client(app), desk, workshop, news.told)


@contextmanager
def running(root: Path = Path()):
    """A real server of this process, in a thread."""
    service = Service(root, Reviewer("Lin Wei", lambda: WHEN))
    thread = threading.Thread(target=service.run)
    thread.start()
    try:
        yield service
    finally:
        service.stop()
        thread.join(20)
        assert not thread.is_alive()


def until(holds, seconds: float = 20):
    """Waits until something holds, and returns it; fails where it does not come to hold."""
    end = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < end, "it did not come to hold"
        time.sleep(0.05)
    return found
