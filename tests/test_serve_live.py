"""`bulletin serve` as a real server: killed, stopped, watched, listened to; on the loopback and nowhere else."""

import contextlib
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest
from conftest import ROOT
from served import GLOSSARY, SLUG, project_of, running, until

from pipeline import cli, tmx
from pipeline.approved import Approvals, Approved
from pipeline.cli import serving

pytestmark = [pytest.mark.slow, pytest.mark.allow_hosts(["127.0.0.1"])]
PAGE = f"/{SLUG}/{SLUG}.html"


@pytest.fixture
def here(parrot_project):
    return project_of(parrot_project)


@contextlib.contextmanager
def program(*options):
    """The server as a process of its own, and the address that it prints."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    process = subprocess.Popen(
        [sys.executable, ROOT / "tests" / "serve_parrot.py", *options],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process, re.search(r"http\S+", process.stdout.readline())[0]
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def client_of():
    """Makes browsers that have been at the printed address."""
    with contextlib.ExitStack() as clients:

        def made(address):
            client = clients.enter_context(httpx.Client(base_url=address.partition("/?")[0], timeout=20))
            assert client.get(address).status_code == 200
            return client

        yield made


def post(client, path, said):
    return client.post(path, json=said, headers={"Origin": str(client.base_url).rstrip("/")})


def states(heard):
    """State and stage of the bulletin, as they were told."""
    stands = [event["bulletins"][SLUG] for event in heard if SLUG in event.get("bulletins", {})]
    return [(one["state"], one["stage"]) for one in stands]


@contextlib.contextmanager
def news(client):
    with client.stream("GET", "/api/news") as stream:
        lines = stream.iter_lines()
        yield (json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: "))


@pytest.mark.parametrize("seed", range(2))
def test_kill_9_in_the_midst_of_saving_loses_nothing_that_was_confirmed(here, seed, client_of):
    numbers = [f"{a}{b}" for a in "甲乙丙丁戊" for b in "子丑寅卯辰巳"]
    text = "".join(f"第{number}个人也走在路上。" for number in numbers)
    (here / "articles" / f"{SLUG}.md").write_text(f"# 产业的事\n\n{text}\n", "utf-8")
    assert cli.main(["build", "--jobs", "1"]) in {0, 1}
    chance = random.Random(seed)  # noqa: S311 - no secret
    confirmed, asked = {}, []
    with program() as (process, address):
        client = client_of(address)
        sentences = client.get(f"/api/{SLUG}/sentences").json()["sentences"]
        enough = chance.randrange(8, 24)
        with contextlib.suppress(httpx.HTTPError):
            while True:
                one = chance.choice(sentences)
                english = f"They walk, {len(asked)} {'again and again ' * chance.randrange(20)}."
                asked.append(english)
                said = {"source": one["source"], "english": english, "version": one["version"]}
                checked = post(client, f"/api/{SLUG}/{one['id']}/check", {"english": english}).json()
                answer = post(client, f"/api/{SLUG}/{one['id']}/approve", {**said, "accepted": checked["against"]})
                assert answer.status_code == 200, answer.text
                one["version"] = answer.json()["sentences"][0]["version"]
                confirmed[one["source"]] = answer.json()["sentences"][0]["english"]
                if len(asked) == enough:
                    os.kill(process.pid, signal.SIGKILL)
                    break
        process.wait(20)
    kept = {one.source: one.target for one in tmx.read(Path("memory.tmx"))}
    assert confirmed
    assert kept == confirmed


@pytest.mark.parametrize("seed", range(3))
def test_a_save_that_the_kill_cut_off_is_there_whole_or_not_at_all(here, seed, client_of):
    with program() as (process, address):
        client = client_of(address)
        confirmed, version, number = "", "", 0
        killer = threading.Timer(0.7 + seed / 9, process.kill)
        killer.start()
        with contextlib.suppress(httpx.HTTPError):
            while True:
                number += 1
                english = f"They walk{' and walk' * number}."
                said = {"source": "他们也在走。", "english": english, "version": version}
                answer = post(client, f"/api/{SLUG}/a1.p1.s2/approve", said).json()
                (one,) = answer["sentences"]
                confirmed, version = one["english"], one["version"]
        assert process.wait(20) == -signal.SIGKILL
        killer.join()
    (kept,) = tmx.read(Path("memory.tmx"))
    assert confirmed
    assert kept.target in {confirmed, f"They walk{' and walk' * number}."}


def test_ctrl_c_ends_it_at_once_even_with_a_page_that_listens(here, client_of):
    with program() as (process, address), news(client_of(address)) as said:
        next(said)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=15)
    assert (process.returncode, err) == (0, "")
    assert "everything that was saved is in memory.tmx" in out


def test_a_port_that_is_taken_is_told_in_one_sentence(here, capsys):
    with running() as service:
        assert cli.main(["serve", "--port", str(service.port)]) == 2
    assert re.fullmatch(
        rf"port {service.port} cannot be had: .*; give another with --port.*\.\n", capsys.readouterr().err
    )
    assert cli.main(["serve", "--port", "99999"]) == 2
    assert re.fullmatch(r"port 99999 cannot be had: [^.;]*; give another [^.;]*\.\n", capsys.readouterr().err)


@pytest.mark.allow_hosts(["127.0.0.1", "127.0.0.2"])
def test_it_listens_on_the_loopback_address_alone(here):
    with running() as service:
        assert service.address.startswith("http://127.0.0.1:")
        with socket.socket() as other, pytest.raises(OSError):  # noqa: PT011 - any refusal will do
            other.connect(("127.0.0.2", service.port))


@pytest.mark.parametrize(
    "path", ["/../memory.tmx", "/../../etc/passwd", "//etc/passwd", "/%2e%2e/glossary.csv", "/api/../../glossary.csv"]
)
def test_no_path_leads_out_of_what_was_built(here, path):
    with running() as service:
        cookie = f"bulletin-{service.port}={service.token}"
        lines = f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{service.port}", f"Cookie: {cookie}", "Connection: close"
        with socket.create_connection(("127.0.0.1", service.port)) as raw:
            raw.sendall("\r\n".join([*lines, "", ""]).encode())
            answer = b"".join(iter(lambda: raw.recv(4096), b""))
    assert answer.startswith(b"HTTP/1.1 404")


def test_pages_hear_what_is_saved_and_when_it_is_built(here, client_of):
    with running() as service:
        client = client_of(service.address)
        with news(client) as said:
            assert SLUG in next(said)["bulletins"]
            answer = post(
                client_of(service.address),
                f"/api/{SLUG}/a1.p1.s2/approve",
                {"source": "他们也在走。", "english": "They walk too.", "version": ""},
            )
            assert answer.status_code == 200
            heard = [next(said)]
            while states(heard)[-2:] != [("building", "write"), ("fresh", "")] or said_on(client) is None:
                heard.append(next(said))
        assert {"approved": "他们也在走。"} in heard
        assert states(heard)[-3] == ("building", "pdf")


def said_on(client):
    """Where the page has what was approved."""
    return re.search(r"They walk too\.", client.get(PAGE).text)


CHANGES = {
    "an article": lambda: Path("articles", f"{SLUG}.md").write_text("# 产业的事\n\n新的一天开始了。\n", "utf-8"),
    "the glossary": lambda: Path("glossary.csv").write_text(GLOSSARY + "产业,Industry Matters\n", "utf-8"),
    "the settings": lambda: Path("bulletin.toml").write_text(
        "[terms]\nbank = false\n[masthead]\nissue = 'No. 12'\n", "utf-8"
    ),
    "an import": lambda: tmx.write(Path("memory.tmx"), Approvals([Approved("他们也在走。", "They march.")])),
}
SHOWS = {
    "an article": "新的一天",
    "the glossary": "Industry Matters",
    "the settings": "No. 12",
    "an import": "They march.",
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_is_changed_beside_the_server_is_built_by_itself(here, what, client_of):
    with running() as service:
        client = client_of(service.address)
        until(lambda: service.workshop.stands()["bulletins"][SLUG]["state"] == "fresh")
        time.sleep(0.6)  # until the watching has begun
        CHANGES[what]()
        until(lambda: SHOWS[what] in client.get(PAGE).text)


def test_a_glossary_that_is_broken_at_the_start_is_told_and_the_bulletin_shown(here, client_of):
    Path("glossary.csv").write_text("source,target\n高新区\n", "utf-8")
    with running() as service:
        client = client_of(service.address)
        until(lambda: "glossary.csv:2:" in service.workshop.stands()["trouble"])
        assert client.get(PAGE).status_code == 200
        time.sleep(0.6)
        Path("glossary.csv").write_text(GLOSSARY, "utf-8")
        until(lambda: service.workshop.stands()["trouble"] == "")


def test_a_project_without_articles_waits_for_one(parrot_project, client_of):
    (parrot_project / "articles").rmdir()
    with running() as service:
        client = client_of(service.address)
        assert "No bulletin has been built yet" in client.get("/").text
        until(lambda: "there is no article" in service.workshop.stands()["trouble"])
        time.sleep(0.6)
        (parrot_project / "articles").mkdir()
        time.sleep(1.2)  # until the new folder is watched
        (parrot_project / "articles" / "新.md").write_text("# 产业的事\n\n新的一天开始了。\n", "utf-8")
        until(lambda: client.get("/新/新.html").status_code == 200)


def test_the_reviewer_is_who_git_knows_or_who_is_logged_in(project, monkeypatch):
    subprocess.run([shutil.which("git"), "init", "-q"], check=True)
    monkeypatch.setattr("getpass.getuser", lambda: "login")
    assert serving.user() == "login"
    subprocess.run([shutil.which("git"), "config", "user.name", "林 Wei"], check=True)
    assert serving.user() == "林 Wei"
    monkeypatch.setenv("PATH", "")
    assert serving.user() == "login"


def test_the_browser_is_opened_by_a_file_that_only_its_owner_reads(here, monkeypatch):
    opened = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    serving._open("http://127.0.0.1:1/?token=a&b")
    serving._open("http://127.0.0.1:1/?token=c&d")
    entry = Path(".cache", "serve.html")
    assert opened == [entry.resolve().as_uri()] * 2
    assert entry.stat().st_mode & 0o777 == 0o600
    assert "token=c&amp;d" in entry.read_text("utf-8")
