"""`bulletin serve`, what its reviewers do: approve, withdraw, undo, and what they are shown. Without a browser."""

import json
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from parrot import Parrot
from served import GLOSSARY, ORIGIN, SLUG, WHEN, project_of, served

from pipeline import tmx
from pipeline.approved import Approvals, Approved

ZONE, WALK, GROWTH, ALL, AGAIN = "a1.p1.s1", "a1.p1.s2", "a1.p1.s3", "a1.p2.s1", "a1.p2.s2"
MEMORY = Path("memory.tmx")


@pytest.fixture
def desk(parrot_project):
    project_of(parrot_project)
    return served()


def approved():
    return {one.source: one for one in tmx.read(MEMORY)}


# Saving


def test_what_is_confirmed_is_on_the_disk_with_who_and_when(desk):
    answer = desk.approve(WALK, "  They walk\n too. ")
    assert answer.status_code == 200
    assert approved() == {"他们也在走。": Approved("他们也在走。", "They walk too.", "Lin Wei", WHEN)}
    (told,) = answer.json()["sentences"]
    assert (told["english"], told["origin"], told["approved"]["by"]) == ("They walk too.", "reviewed", "Lin Wei")
    assert answer.json()["progress"] == desk.client.get("/api/progress").json()[SLUG]
    assert answer.json()["progress"]["approved"] == 1


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


def test_half_a_sentence_and_marks_of_chinese_must_be_accepted(desk):
    refused = desk.approve(GROWTH, "35，")
    assert refused.status_code == 422
    assert ["too short" in message or "，" in message for message in refused.json()["against"]] == [True, True]
    assert not MEMORY.exists()


def test_a_wrong_number_must_be_accepted(desk):
    refused = desk.approve(GROWTH, "The year brought 53 new companies.")
    assert refused.status_code == 422
    assert "53" in refused.json()["against"][0]
    assert desk.approve(GROWTH, "The year brought 35 new companies.").status_code == 200
    assert approved()["全年新增企业35家。"].accepted == ()


@pytest.mark.parametrize(("english", "what"), [
    ("", "no English"), (" \n ", "no English"), ("x" * 8001, "8,001"), ("a\x00b", "U+0000"), ("a\ud800b", "U+D800"),
    ("a\x1bb", "U+001B"), ("They walk ᚠᚢᚦ.", "“ᚠ” (U+16A0"), ("They walk \N{GRINNING FACE}.", "U+1F600"),
])  # fmt: skip
def test_what_cannot_be_printed_is_not_approved(desk, english, what):
    body = json.dumps({"source": "他们也在走。", "english": english, "version": ""})
    headers = {"Origin": ORIGIN, "Content-Type": "application/json"}
    answer = desk.client.post(f"/api/{SLUG}/{WALK}/approve", content=body, headers=headers)
    assert answer.status_code == 422
    assert what in answer.json()["message"]
    assert not MEMORY.exists()


def test_what_nobody_sees_is_not_stored(desk):
    assert desk.approve(WALK, "They \u200bwalk\u00ad\ufeff too.").status_code == 200
    assert approved()["他们也在走。"].target == "They walk too."


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
