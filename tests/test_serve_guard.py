"""`bulletin serve`, who may ask it and for what: the token, the names, the pages, and nothing else."""

import json
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from served import GLOSSARY, HOST, ORIGIN, PORT, SLUG, TOKEN, project_of, served

from pipeline.serve import page

WALK = "a1.p1.s2"
MEMORY = Path("memory.tmx")


@pytest.fixture
def desk(parrot_project):
    project_of(parrot_project)
    return served()


PAGES = [
    "/",
    f"/{SLUG}/{SLUG}.html",
    f"/{SLUG}/{SLUG}.pdf",
    f"/{SLUG}/report.html",
    f"/{SLUG}/report.json",
    "/report.html",
    "/index.html",
    "/api/review.js",
    "/api/progress",
    f"/api/{SLUG}/sentences",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_shown_to_who_has_the_token_and_to_nobody_else(desk, path):
    assert desk.client.get(path).status_code == 200
    desk.client.cookies.clear()
    answer = desk.client.get(path)
    assert answer.status_code == 403
    assert answer.text == "Open the address that “bulletin serve” printed: it has the token.\n"
    desk.client.cookies = {f"bulletin-{PORT}": "wrong"}
    assert desk.client.get(path).status_code == 403


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:1", f"0.0.0.0:{PORT}", ""]
)
def test_a_name_that_someone_points_at_this_machine_is_refused(desk, path, host):
    assert desk.client.get(path, headers={"Host": host}).status_code == 403


def test_the_printed_address_sets_a_strict_cookie_and_leads_to_an_address_without_the_token(desk):
    desk.client.cookies.clear()
    answer = desk.client.get("/", params={"token": TOKEN})
    assert "url=/" in answer.text
    assert TOKEN not in answer.text
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert desk.client.get("/").status_code == 200


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], "é", "\udcff"])
def test_a_wrong_token_is_refused(desk, token):
    desk.client.cookies.clear()
    answer = desk.client.get("/", params={"token": token.encode("utf-8", "surrogateescape")})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", f"http://localhost:{PORT}", "http://127.0.0.1:1", f"https://{HOST}"]
)
def test_a_change_asked_for_by_another_site_is_refused_and_nothing_is_written(desk, origin):
    headers = {} if origin is None else {"Origin": origin}
    said = {"source": "他们也在走。", "english": "The Zone.", "version": "", "accepted": []}
    answer = desk.client.post(f"/api/{SLUG}/{WALK}/approve", json=said, headers=headers)
    assert answer.status_code == 403
    assert not MEMORY.exists()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asked_for_by_another_site_is_refused(desk, path):
    assert desk.client.get(path, headers={"Origin": "http://evil.example"}).status_code == 403
    assert desk.client.get(path, headers={"Origin": ORIGIN}).status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_the_browser_says_comes_from_another_site_is_refused(desk, site):
    assert desk.client.get("/api/progress", headers={"Sec-Fetch-Site": site}).status_code == 403
    assert desk.client.get("/api/progress", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_a_form_cannot_change_anything(desk, kind):
    answer = desk.client.post(
        f"/api/{SLUG}/{WALK}/approve",
        content=json.dumps({"source": "他们也在走。", "english": "They walk.", "version": ""}),
        headers={"Origin": ORIGIN, "Content-Type": kind},
    )
    assert answer.status_code == 415
    assert not MEMORY.exists()


def test_a_long_or_endless_request_is_refused(desk):
    headers = {"Origin": ORIGIN, "Content-Type": "application/json"}
    assert desk.client.post(f"/api/{SLUG}/{WALK}/check", content=b" " * 70_000, headers=headers).status_code == 413

    async def endless():
        for _ in range(100):
            yield b" " * 1000

    for more in ({}, {"Content-Length": "10", "Transfer-Encoding": "chunked"}):
        answer = desk.client.post(f"/api/{SLUG}/{WALK}/check", content=endless(), headers=headers | more)
        assert answer.status_code == 411


@pytest.mark.parametrize("path", [
    "/../memory.tmx", "/%2e%2e/glossary.csv", f"/{SLUG}/..%2f..%2fglossary.csv", f"/{SLUG}/notes.txt", f"/{SLUG}/",
    "/articles/甲 page.md", "/no such/no such.html", "/api/guard.py", "/api/..%2f__init__.py", "/api/no such/sentences",
    "/%00/%00.html", f"/api/{SLUG}/a9.p9.s9/matches",
])  # fmt: skip
def test_nothing_but_what_was_built_is_served(desk, path):
    answer = desk.client.get(path)
    assert answer.status_code == 404
    assert GLOSSARY not in answer.text


@pytest.mark.parametrize("path", [*PAGES, "/nothing", f"/api/{SLUG}/{WALK}/approve"])
def test_every_answer_is_sealed(desk, path):
    headers = desk.client.get(path).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "access-control-allow-origin" not in headers


def test_scripts_run_only_by_their_hash(desk):
    policy = desk.client.get(f"/{SLUG}/{SLUG}.html").headers["content-security-policy"]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "'self' 'sha256-" in scripts
    assert "unsafe" not in scripts
    assert "connect-src 'self'" in policy


SENSELESS = [
    *("", "[]", "null", "{", '"x"', "[" * 60_000, '{"version": ""}', '{"english": 1, "version": ""}'),
    '{"source": "x", "english": "x", "version": "", "accepted": [1]}',
    '{"source": "x", "english": "x", "version": "", "accepted": "x"}',
]


@pytest.mark.parametrize("body", SENSELESS, ids=range(len(SENSELESS)))
def test_a_request_that_makes_no_sense_is_answered_in_one_sentence(desk, body):
    headers = {"Origin": ORIGIN, "Content-Type": "application/json"}
    answer = desk.client.post(f"/api/{SLUG}/{WALK}/approve", content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["message"].endswith(".")
    assert not MEMORY.exists()


def test_the_page_is_the_built_one_with_a_script_and_a_style_beside_it(desk):
    built = Path("output", SLUG, f"{SLUG}.html").read_text("utf-8")
    shown = desk.client.get(f"/{SLUG}/{SLUG}.html").text
    start, script = shown.index("<body>"), shown.index('<script type="module"')
    assert shown[start:script] == built[built.index("<body>") : built.index("</body>")]
    assert "Content-Security-Policy" not in shown


@pytest.mark.parametrize("path", ["/", "/report.html", f"/{SLUG}/report.html", f"/{SLUG}/{SLUG}.html"])
def test_every_link_of_a_page_leads_somewhere(desk, path):
    links = re.findall(r'<a [^>]*href="([^"#]+)', desk.client.get(path).text)
    assert {link: desk.client.get(urljoin(path, link)).status_code for link in links} == dict.fromkeys(links, 200)


def test_a_template_without_a_body_still_gets_its_tools():
    made = page.dressed("<p>x", "review.js", '"><b>')
    assert made.html.startswith("<p>x<link")
    assert 'data-version="&quot;&gt;&lt;b&gt;"' in made.html


def test_before_anything_is_built_there_is_a_list_with_nothing_in_it(project):
    answer = served().client.get("/")
    assert answer.status_code == 200
    assert "No bulletin has been built yet" in answer.text
