"""`bulletin serve` without a browser: who may ask, what is saved, and what follows from it."""

import json
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from parrot import Parrot
from served import GLOSSARY, HOST, ORIGIN, PORT, SLUG, TOKEN, WHEN, project_of, served

from pipeline import cli, tmx
from pipeline.approved import Approvals, Approved
from pipeline.serve import page, watching
from pipeline.serve.workshop import Standing

ZONE, WALK, GROWTH, ALL, AGAIN = "a1.p1.s1", "a1.p1.s2", "a1.p1.s3", "a1.p2.s1", "a1.p2.s2"
MEMORY = Path("memory.tmx")


@pytest.fixture
def desk(parrot_project):
    project_of(parrot_project)
    return served()


def approved():
    return {one.source: one for one in tmx.read(MEMORY)}


# Who may ask


PAGES = [
    "/",
    f"/{SLUG}/{SLUG}.html",
    f"/{SLUG}/{SLUG}.pdf",
    f"/{SLUG}/report.html",
    "/report.html",
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

    assert desk.client.post(f"/api/{SLUG}/{WALK}/check", content=endless(), headers=headers).status_code == 411


@pytest.mark.parametrize("path", [
    "/../memory.tmx", "/%2e%2e/glossary.csv", f"/{SLUG}/..%2f..%2fglossary.csv", f"/{SLUG}/report.json", f"/{SLUG}/",
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


# The page


def test_the_page_is_the_built_one_with_a_script_and_a_style_beside_it(desk):
    built = Path("output", SLUG, f"{SLUG}.html").read_text("utf-8")
    shown = desk.client.get(f"/{SLUG}/{SLUG}.html").text
    start, script = shown.index("<body>"), shown.index('<script type="module"')
    assert shown[start:script] == built[built.index("<body>") : built.index("</body>")]
    assert "Content-Security-Policy" not in shown


def test_a_template_without_a_body_still_gets_its_tools():
    made = page.dressed("<p>x", "review.js", '"><b>')
    assert made.html.startswith("<p>x<link")
    assert 'data-version="&quot;&gt;&lt;b&gt;"' in made.html


def test_before_anything_is_built_there_is_a_list_with_nothing_in_it(project):
    answer = served().client.get("/")
    assert answer.status_code == 200
    assert "No bulletin has been built yet" in answer.text


# Saving


def test_what_is_confirmed_is_on_the_disk_with_who_and_when(desk):
    answer = desk.approve(WALK, "  They walk\n too. ")
    assert answer.status_code == 200
    assert approved() == {"他们也在走。": Approved("他们也在走。", "They walk too.", "Lin Wei", WHEN)}
    (told,) = answer.json()["sentences"]
    assert (told["english"], told["origin"], told["approved"]["by"]) == ("They walk too.", "reviewed", "Lin Wei")
    assert answer.json()["progress"] == {"sentences": 6, "approved": 1, "open": desk.desk.progress(SLUG)["open"]}


def test_a_repeated_sentence_is_approved_wherever_it_stands(desk):
    answer = desk.approve(ZONE, "The High-tech Zone is on its way.")
    assert [one["id"] for one in answer.json()["sentences"]] == [ZONE, AGAIN]
    assert desk.sentences()[AGAIN]["english"] == "The High-tech Zone is on its way."


def test_the_other_tabs_are_told_and_the_pdf_is_waited_for(desk):
    desk.approve(WALK, "They walk too.")
    assert {"approved": "他们也在走。"} in desk.told
    assert desk.workshop.stands()["bulletins"][SLUG]["state"] == "waiting"


def test_the_bulletin_follows_what_was_saved(desk):
    desk.approve(WALK, "They walk too.")
    asked = len(Parrot.asked)
    desk.workshop.attempt()
    assert "They walk too." in desk.client.get(f"/{SLUG}/{SLUG}.html").text
    assert desk.workshop.stands()["bulletins"][SLUG]["state"] == "fresh"
    assert len(Parrot.asked) == asked  # what is remembered is not translated again
    assert desk.sentences()[WALK]["english"] == "They walk too."


def test_a_bulletin_without_the_sentence_is_not_built_again(desk):
    Path("articles", "乙.md").write_text("# 别的事\n\n天气很好。\n", "utf-8")
    desk.workshop.attempt()
    desk.told.clear()
    desk.approve(WALK, "They walk too.")
    desk.workshop.attempt()
    assert {slug for event in desk.told for slug in event.get("bulletins", {})} == {SLUG}


def test_a_fixed_term_that_is_missing_must_be_accepted(desk):
    refused = desk.approve(ZONE, "We are on our way.")
    assert refused.status_code == 422
    (against,) = refused.json()["against"]
    assert "High-tech Zone" in against
    assert not MEMORY.exists()
    assert desk.approve(ZONE, "We are on our way.", accepted=("something else",)).status_code == 422
    assert desk.approve(ZONE, "We are on our way.", accepted=(against, "something else")).status_code == 200
    assert approved()["高新区走在路上。"].accepted == (against,)
    assert desk.sentences()[ZONE]["open"] is False


def test_a_wrong_number_must_be_accepted(desk):
    refused = desk.approve(GROWTH, "The year brought 53 new companies.")
    assert refused.status_code == 422
    assert "53" in refused.json()["against"][0]
    assert desk.approve(GROWTH, "The year brought 35 new companies.").status_code == 200
    assert approved()["全年新增企业35家。"].accepted == ()


@pytest.mark.parametrize(("english", "what"), [
    ("", "no English"), (" \n ", "no English"), ("x" * 8001, "8,001"), ("a\x00b", "U+0000"), ("a\ud800b", "U+D800"),
    ("a\x1bb", "U+001B"), ("a\u200bb", "U+200B"),
])  # fmt: skip
def test_what_cannot_be_printed_is_not_approved(desk, english, what):
    body = json.dumps({"source": "他们也在走。", "english": english, "version": ""})
    headers = {"Origin": ORIGIN, "Content-Type": "application/json"}
    answer = desk.client.post(f"/api/{SLUG}/{WALK}/approve", content=body, headers=headers)
    assert answer.status_code == 422
    assert what in answer.json()["message"]
    assert not MEMORY.exists()


def test_the_second_of_two_tabs_is_asked_and_not_obeyed(desk):
    assert desk.approve(WALK, "They walk too.").status_code == 200
    late = desk.approve(WALK, "They are walking.")
    assert late.status_code == 409
    theirs = late.json()["theirs"]
    assert (theirs["english"], theirs["by"]) == ("They walk too.", "Lin Wei")
    assert "".join(text for kind, text in theirs["difference"] if kind != "old") == "They are walking."
    assert approved()["他们也在走。"].target == "They walk too."
    assert desk.approve(WALK, "They are walking.", theirs["version"]).status_code == 200
    assert approved()["他们也在走。"].target == "They are walking."


def test_an_import_beside_the_server_is_not_overwritten(desk):
    before = desk.sentences()[WALK]["version"]
    tmx.write(MEMORY, Approvals([Approved("他们也在走。", "They march."), Approved("别的。", "Else.")]))
    assert desk.approve(WALK, "They walk too.", before).status_code == 409
    assert desk.approve(ALL, "All came.").status_code == 200
    assert {one.target for one in approved().values()} == {"They march.", "Else.", "All came."}


def test_a_sentence_that_became_another_meanwhile_is_not_approved_under_the_old_one_s_number(desk):
    text = Path("articles", f"{SLUG}.md").read_text("utf-8")
    Path("articles", f"{SLUG}.md").write_text(text.replace("他们也在走。", "天也晴了。他们也在走。"), "utf-8")
    desk.workshop.attempt()
    answer = desk.post(f"{WALK}/approve", {"source": "他们也在走。", "english": "They walk too.", "version": ""})
    assert answer.status_code == 404
    assert "article was changed" in answer.json()["message"]
    assert not MEMORY.exists()


def test_two_tabs_that_say_the_same_do_not_quarrel(desk):
    assert desk.approve(WALK, "They walk too.").status_code == 200
    assert desk.approve(WALK, "They walk too.").status_code == 200


def test_of_many_who_save_at_once_one_wins_and_the_others_are_told(desk):
    codes = []

    def save(english):
        codes.append(desk.approve(WALK, english).status_code)

    threads = [threading.Thread(target=save, args=(f"They walk{' on' * n}.",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [200] + [409] * 7


def test_a_broken_memory_is_told_and_left_as_it_is(desk):
    MEMORY.write_text("<tmx", "utf-8")
    answer = desk.approve(WALK, "They walk too.")
    assert answer.status_code == 503
    assert answer.json()["message"].startswith("memory.tmx:")
    assert MEMORY.read_text("utf-8") == "<tmx"


def test_a_memory_that_breaks_leaves_the_last_good_one_to_read_and_nothing_to_save(desk):
    desk.approve(WALK, "They walk too.")
    good = MEMORY.read_bytes()
    MEMORY.write_bytes(good[:-20])
    desk.workshop.attempt()
    assert desk.workshop.stands()["trouble"].startswith("memory.tmx:")
    assert desk.sentences()[WALK]["english"] == "They walk too."
    assert desk.approve(ALL, "All came.").status_code == 503
    assert MEMORY.read_bytes() == good[:-20]


def test_a_full_disk_is_told_and_nothing_is_confirmed(desk, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    answer = desk.approve(WALK, "They walk too.")
    assert answer.status_code == 503
    assert "no space left" in answer.json()["message"]
    assert not MEMORY.exists()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=60))
def test_whatever_is_typed_is_stored_as_it_is_shown_or_refused(desk, english):
    version = desk.sentences()[ALL]["version"]
    answer = desk.approve(ALL, english, version)
    assert answer.status_code in {200, 422}
    if answer.status_code == 200:
        assert approved()["大家都来了。"].target == answer.json()["sentences"][0]["english"]


# Undoing


def test_undo_takes_an_approval_back_and_the_model_s_english_stands_again(desk):
    before = desk.sentences()[WALK]
    change = desk.approve(WALK, "They walk too.").json()["change"]
    desk.workshop.attempt()
    undone = desk.post(f"undo/{change}", {})
    assert undone.status_code == 200
    assert approved() == {}
    assert undone.json()["sentences"][0]["english"] == before["english"]
    desk.workshop.attempt()
    assert desk.sentences()[WALK] == before


def test_undo_restores_what_was_approved_before_by_whom_it_was(desk):
    tmx.write(MEMORY, Approvals([Approved("他们也在走。", "They march.", "Zhao", "20250101T000000Z", "as in May")]))
    change = desk.approve(WALK, "They walk.", desk.sentences()[WALK]["version"]).json()["change"]
    assert approved()["他们也在走。"].note == "as in May"
    assert desk.post(f"undo/{change}", {}).status_code == 200
    assert approved()["他们也在走。"] == Approved(
        "他们也在走。", "They march.", "Zhao", "20250101T000000Z", "as in May"
    )


def test_undo_does_not_take_back_what_another_tab_approved_since(desk):
    change = desk.approve(WALK, "They walk too.").json()["change"]
    desk.approve(WALK, "They are walking.", desk.sentences()[WALK]["version"])
    assert desk.post(f"undo/{change}", {}).status_code == 409
    assert approved()["他们也在走。"].target == "They are walking."


def test_a_change_of_an_earlier_session_cannot_be_undone_and_says_what_can(desk):
    answer = desk.post("undo/0123456789abcdef", {})
    assert answer.status_code == 410
    assert "withdraw" in answer.json()["message"]


def test_an_approval_is_withdrawn_and_that_can_be_undone(desk):
    desk.approve(WALK, "They walk too.")
    version = desk.sentences()[WALK]["version"]
    assert desk.withdraw(WALK, "").status_code == 409
    change = desk.withdraw(WALK, version).json()["change"]
    assert approved() == {}
    assert desk.post(f"undo/{change}", {}).status_code == 200
    assert approved()["他们也在走。"].target == "They walk too."


def test_a_withdrawn_sentence_of_an_earlier_session_is_pending_until_it_is_built(desk):
    desk.approve(WALK, "They walk too.")
    desk.workshop.attempt()
    later = served()
    later.withdraw(WALK, later.sentences()[WALK]["version"])
    assert later.sentences()[WALK]["origin"] == "pending"
    later.workshop.attempt()
    assert later.sentences()[WALK]["origin"] in {"model", "forced"}


# What the reviewer sees


def test_the_check_while_typing_says_what_saving_would_say_and_writes_nothing(desk):
    said = desk.post(f"{ZONE}/check", {"english": "The the zone 5."}).json()
    assert [finding["message"] for finding in said["findings"]] == said["against"]
    assert ["High-tech Zone" in said["against"][0], "5" in said["against"][1], len(said["against"])] == [True, True, 2]
    assert said["terms"][0]["said"] == ""
    kept = desk.post(f"{ZONE}/check", {"english": "The High-tech Zone is on its way."}).json()
    assert kept["against"] == []
    assert kept["terms"][0]["said"] == "High-tech Zone"
    assert not MEMORY.exists()


def test_sentences_much_like_one_are_offered_with_their_difference(desk):
    tmx.write(MEMORY, Approvals([Approved("全年新增企业12家。", "The year brought 12 new companies.", "Zhao")]))
    (match,) = desk.client.get(f"/api/{SLUG}/{GROWTH}/matches").json()
    assert (match["percent"], match["english"], match["by"]) == (99, "The year brought 12 new companies.", "Zhao")
    assert sorted(match["difference"]) == [["new", "35"], ["old", "12"], ["same", "全年新增企业"], ["same", "家。"]]
    assert desk.client.get(f"/api/{SLUG}/{WALK}/matches").json() == []


def test_terms_are_masked_with_the_glossary_once_it_has_been_read(desk):
    tmx.write(MEMORY, Approvals([Approved("郑州航空港经济综合实验区走在路上。", "The Airport Zone is on its way.")]))
    assert desk.client.get(f"/api/{SLUG}/{ZONE}/matches").json() == []
    Path("glossary.csv").write_text(GLOSSARY + "郑州航空港经济综合实验区,Zhengzhou Airport Economy Zone\n", "utf-8")
    desk.workshop.attempt()
    (match,) = desk.client.get(f"/api/{SLUG}/{ZONE}/matches").json()
    assert match["percent"] == 99


def test_progress_counts_what_is_approved_and_what_is_open(desk):
    before = desk.client.get("/api/progress").json()[SLUG]
    assert before["sentences"] == 6
    assert before["approved"] == 0
    assert before["open"] > 0
    desk.approve(ZONE, "The High-tech Zone is on its way.")
    after = desk.client.get("/api/progress").json()[SLUG]
    assert after["approved"] == 2
    assert after["open"] == before["open"] - 2


# Building in the background


def test_a_glossary_that_breaks_is_told_and_mended_again(desk):
    Path("glossary.csv").write_text("source,target\n高新区\n", "utf-8")
    desk.workshop.attempt()
    assert "glossary.csv:2:" in desk.workshop.stands()["trouble"]
    assert desk.client.get(f"/{SLUG}/{SLUG}.html").status_code == 200
    assert desk.approve(WALK, "They walk too.").status_code == 200
    Path("glossary.csv").write_text(GLOSSARY, "utf-8")
    desk.workshop.attempt()
    assert desk.workshop.stands()["trouble"] == ""
    assert "They walk too." in desk.client.get(f"/{SLUG}/{SLUG}.html").text


def test_settings_that_break_leave_the_last_good_ones_in_force(desk):
    Path("bulletin.toml").write_text("[page]\nlayout = 3\n", "utf-8")
    desk.workshop.attempt()
    assert "bulletin.toml:2:" in desk.workshop.stands()["trouble"]
    assert desk.client.get("/").status_code == 200


def test_an_article_that_breaks_is_told_on_its_page_and_costs_no_other(desk):
    Path("articles", "乙.md").write_text("# 别的事\n\n天气很好。\n", "utf-8")
    Path("articles", f"{SLUG}.md").write_bytes(b"\xff\xfe\x00")
    desk.workshop.attempt()
    stands = desk.workshop.stands()["bulletins"]
    assert stands[SLUG]["state"] == "failed"
    assert stands[SLUG]["message"].startswith(f"articles/{SLUG}.md")
    assert stands["乙"]["state"] == "fresh"


def test_articles_that_go_take_their_bulletin_with_them(desk):
    Path("articles", "乙.md").write_text("# 别的事\n\n天气很好。\n", "utf-8")
    desk.workshop.attempt()
    Path("articles", "乙.md").unlink()
    desk.workshop.attempt()
    assert list(desk.workshop.stands()["bulletins"]) == [SLUG]
    assert {"gone": "乙"} in desk.told


def test_without_any_article_the_reason_is_told(project):
    empty = served()
    empty.workshop.attempt()
    assert "there is no article to build" in empty.workshop.stands()["trouble"]


def test_an_unforeseen_error_is_told_and_the_workshop_goes_on(desk, monkeypatch):
    monkeypatch.setattr("pipeline.serve.workshop.terms_of", lambda *_: 1 / 0)
    desk.workshop.attempt()
    assert "ZeroDivisionError" in desk.workshop.stands()["trouble"]
    monkeypatch.undo()


def test_a_character_that_no_font_has_is_told_and_another_correction_mends_it(desk):
    assert desk.approve(WALK, "They walk ᚠᚢᚦ.").status_code == 200
    desk.workshop.attempt()
    failed = desk.workshop.stands()["bulletins"][SLUG]
    assert failed["state"] == "failed"
    assert desk.approve(WALK, "They walk.", desk.sentences()[WALK]["version"]).status_code == 200
    desk.workshop.attempt()
    assert desk.workshop.stands()["bulletins"][SLUG]["state"] == "fresh"


def test_what_is_saved_while_a_build_goes_on_is_built_after_it(desk, monkeypatch):
    seen = []
    real = desk.workshop.stands_at

    def during(slug, standing):
        if standing == Standing("building", stage="pdf") and not seen:
            seen.append(desk.approve(ALL, "Everyone came.").status_code)
        real(slug, standing)

    monkeypatch.setattr(desk.workshop, "stands_at", during)
    desk.approve(WALK, "They walk too.")
    desk.workshop.attempt()
    assert desk.workshop.stands()["bulletins"][SLUG]["state"] == "waiting"
    desk.workshop.attempt()
    assert desk.workshop.stands()["bulletins"][SLUG]["state"] == "fresh"
    shown = desk.client.get(f"/{SLUG}/{SLUG}.html").text
    assert seen == [200]
    assert "They walk too." in shown
    assert "Everyone came." in shown


def test_what_concerns_a_bulletin_is_watched_and_nothing_else(parrot_project):
    (parrot_project / "terms").mkdir()
    (parrot_project / "terms" / "steel.csv").write_text("source,target\n", "utf-8")
    (parrot_project / "bulletin.toml").write_text('[terms]\nlayers = ["terms/steel.csv"]\n', "utf-8")
    project = served().desk.project
    root = parrot_project.resolve()
    project = type(project)(root, project.settings)
    yes = ["articles/x.md", "memory.tmx", "glossary.csv", "bulletin.toml", "terms/steel.csv", "articles"]
    no = ["articles/.x.md.swp", "articles/~x.md", "terms/other.csv", "README.md", ".memory.tmx.a1b2", "output/x.html"]
    assert [name for name in yes if not watching.concerns(project, root / name)] == []
    assert [name for name in no if watching.concerns(project, root / name)] == []
    assert watching.folders_of(project) == tuple(sorted([root, root / "articles", root / "terms"]))


@pytest.mark.parametrize("trouble", [OSError("no watches left"), FileNotFoundError("gone"), RuntimeError("inotify")])
def test_where_the_system_watches_no_more_the_files_are_looked_at(parrot_project, monkeypatch, trouble):
    asked, noticed = [], threading.Event()

    def watch(*_folders, force_polling, stop_event, **_):
        asked.append(force_polling)
        if not force_polling:
            raise trouble
        yield {("changed", "x")}
        stop_event.wait()

    monkeypatch.setattr("watchfiles.watch", watch)
    watched = watching.Watching(lambda: served().desk.project, noticed.set)
    watched.start()
    assert noticed.wait(10)
    watched.stop()
    assert asked == [None, True]


def test_the_command_line_is_told_what_it_may_not(parrot_project, capsys):
    (parrot_project / "bulletin.toml").write_text("[page]\nlayout = 3\n", "utf-8")
    assert cli.main(["serve"]) == 3
    assert "bulletin.toml:2:" in capsys.readouterr().err
