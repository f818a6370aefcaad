"""The review loop in a real browser (Debian's Chromium): edit, check, save, undo, filter, two tabs, keys alone."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdf
import pytest
from served import ARTICLE, GLOSSARY, SLUG, project_of, running, until

from pipeline import tmx
from pipeline.approved import Approvals, Approved
from pipeline.pdf import to_pdf

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
ZONE, WALK, GROWTH, ALL = "a1.p1.s1", "a1.p1.s2", "a1.p1.s3", "a1.p2.s1"
MEMORY = Path("memory.tmx")


@pytest.fixture
def service(parrot_project):
    project_of(parrot_project)
    with running() as service:
        yield service


@pytest.fixture
def context(browser, service):
    context = browser.new_context(viewport={"width": 1300, "height": 900}, color_scheme="light")
    context.set_default_timeout(15_000)
    asked, errors = [], []
    context.on("request", lambda request: asked.append(request.url))
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
    yield context
    context.close()
    assert errors == []
    assert [url for url in asked if not url.startswith((f"http://127.0.0.1:{service.port}/", "data:"))] == []


@pytest.fixture
def page(context, service):
    return opened(context, service)


def opened(context, service, slug=SLUG):
    """The bulletin in a new tab, by way of the printed address and the list."""
    page = context.new_page()
    page.goto(service.address)
    page.click(f"a.bulletin[href^='{slug[0]}'], a.bulletin")
    page.wait_for_selector(".rv-count:has-text('approved')")
    return page


def english(sentence):
    return f"[id='{sentence}-en']"


def text_of(page, sentence):
    """The English on the page, without its number and marks."""
    return page.eval_on_selector(
        english(sentence),
        "s => { const c = s.cloneNode(true); c.querySelectorAll('.no, .marks').forEach(e => e.remove()); "
        "return c.textContent; }",
    )


def approved():
    return {one.source: one.target for one in tmx.read(MEMORY)}


def choose(page, sentence):
    """Clicks into the first line of a sentence: the middle of its box may be another's."""
    line = page.eval_on_selector(
        english(sentence),
        "s => { s.scrollIntoView({block: 'center'}); const r = s.getClientRects()[0]; "
        "return [r.x + r.width / 2, r.y + r.height / 2]; }",
    )
    page.mouse.click(*line)


def edit(page, sentence, text):
    choose(page, sentence)
    page.fill("#rv-english", text)


def test_the_page_reads_as_the_file_does(page, context, service):
    places = "[...document.querySelectorAll('.s, h1, main h2, .terms td')].map(s => [...s.getClientRects()])"
    rectangles = f"{places}.map(all => all.map(r => [r.x, r.y, r.width]))"
    served = page.evaluate(rectangles)
    shot = page.locator("main").screenshot()
    page.goto("about:blank")
    plain = context.browser.new_context(viewport={"width": 1300, "height": 900}, color_scheme="light").new_page()
    plain.goto(Path("output", SLUG, f"{SLUG}.html").resolve().as_uri())
    assert plain.evaluate(rectangles) == served
    assert plain.locator("main").screenshot() == shot
    plain.context.close()


def test_the_address_has_no_token_once_the_page_is_there(page, service):
    assert "token" not in page.url
    assert "token" not in page.evaluate("document.cookie")


FORGED = """
<form method="post" enctype="text/plain" action="ADDRESS"><input name='{"source": "他们也在走。", "english":
 "They stole.", "version": "", "a": "' value='"}'></form>
"""


def test_another_page_in_the_same_browser_can_neither_read_nor_change_anything(page, context, service):
    origin = f"http://127.0.0.1:{service.port}"
    other = context.new_page()
    for path, more in (("progress", {}), (f"{SLUG}/{WALK}/approve", {"method": "POST", "body": "{}"})):
        for mode in ("cors", "no-cors"):
            sent = {"mode": mode, "credentials": "include", **more}
            tried = other.evaluate(
                "([url, sent]) => fetch(url, sent).catch(e => e.name)", [f"{origin}/api/{path}", sent]
            )
            assert tried == "TypeError"
    other.set_content(FORGED.replace("ADDRESS", f"{origin}/api/{SLUG}/{WALK}/approve"))
    with other.expect_navigation() as answer:
        other.evaluate("document.forms[0].submit()")
    assert answer.value.status == 403
    assert not MEMORY.exists()


@pytest.mark.parametrize("language", ["", "-en"])
def test_a_click_on_a_sentence_of_either_language_opens_it(page, language):
    page.click(f"[id='{WALK}{language}']")
    assert page.text_content("#rv-title") == "Sentence 1.2"
    assert page.text_content(".rv-zh") == "他们也在走。"
    assert page.input_value("#rv-english") == text_of(page, WALK)
    assert page.evaluate("document.activeElement.id") == "rv-english"


def test_a_correction_is_saved_and_stands_on_the_page_and_in_the_memory(page):
    edit(page, WALK, "They walk too.")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#rv-title:has-text('1.3')")
    assert page.text_content(".rv-message") == "Sentence 1.2 is approved and saved."
    assert text_of(page, WALK) == "They walk too."
    assert approved() == {"他们也在走。": "They walk too."}
    assert page.text_content(".rv-count").startswith("1 of 6 approved")
    page.reload()
    page.wait_for_selector(".rv-count:has-text('1 of 6')")
    assert text_of(page, WALK) == "They walk too."


def test_the_pdf_follows(page, context, service, monkeypatch):
    monkeypatch.setattr("pipeline.pdf.to_pdf", to_pdf)
    edit(page, WALK, "They march along as well.")
    page.click(".rv-main")
    page.wait_for_selector(".rv-pdf:has-text('PDF follows')")
    page.wait_for_selector(".rv-pdf:has-text('PDF up to date')", timeout=60_000)
    answer = context.request.get(f"http://127.0.0.1:{service.port}/{SLUG}/{SLUG}.pdf")
    text = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(answer.body())).pages)
    assert "They march along as well." in " ".join(text.split())


def test_terms_and_numbers_are_checked_while_typing(page):
    edit(page, ZONE, "We are on our way.")
    page.wait_for_selector(".rv-findings li:has-text('High-tech Zone')")
    assert page.is_visible(".rv-terms .rv-missing")
    page.fill("#rv-english", "The High-tech Zone is on its way.")
    page.wait_for_selector(".rv-terms .rv-kept")
    assert not page.is_visible(".rv-findings li")
    assert not page.is_visible("#rv-accept")


def test_what_is_against_a_term_is_saved_only_with_the_tick(page):
    edit(page, ZONE, "We are on our way.")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".rv-message:has-text('accept it, or change it')")
    assert page.evaluate("document.activeElement.id") == "rv-accept"
    assert not MEMORY.exists()
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#rv-title:has-text('1.2')")
    (one,) = tmx.read(MEMORY)
    assert "High-tech Zone" in one.accepted[0]


def test_a_tick_holds_for_what_it_was_set_under_and_for_nothing_else(page):
    edit(page, ZONE, "We are on our way.")
    page.check("#rv-accept")
    page.fill("#rv-english", "We are on our way, all 7 of us.")
    page.wait_for_selector(".rv-findings li:has-text('7')")
    assert not page.is_checked("#rv-accept")


@pytest.mark.parametrize(("english", "title"), [("We are on our way.", "1.1"), ("The High-tech Zone walks.", "1.3")])
def test_who_goes_on_before_the_answer_came_is_called_back_only_where_it_is_no(page, english, title):
    asked = []
    page.route("**/approve", lambda route: asked.append(route))  # noqa: PLW0108 - playwright marks the function
    edit(page, ZONE, english)
    page.keyboard.press("Control+Enter")
    until(lambda: page.wait_for_timeout(20) or asked)
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    page.wait_for_selector("#rv-title:has-text('1.3')")
    with page.expect_response("**/approve"):
        asked[0].continue_()
    page.wait_for_selector(f"#rv-title:has-text('{title}')")
    assert page.input_value("#rv-english") == (english if title == "1.1" else text_of(page, GROWTH))
    page.wait_for_selector(f".rv-count:has-text('{0 if title == '1.1' else 2} of 6')")


def test_undo_brings_back_what_was_there(page):
    before = text_of(page, WALK)
    edit(page, WALK, "They walk too.")
    page.click(".rv-main")
    page.wait_for_selector(".rv-count:has-text('1 of 6')")
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    page.wait_for_selector(".rv-count:has-text('0 of 6')")
    assert text_of(page, WALK) == before
    assert approved() == {}
    assert page.is_disabled("text=Undo")


def test_an_approval_can_be_withdrawn(page):
    edit(page, WALK, "They walk too.")
    page.click(".rv-main")
    page.wait_for_selector(".rv-count:has-text('1 of 6')")
    choose(page, WALK)
    assert page.text_content(".rv-state") == "approved by Lin Wei on 2026-11-27"
    page.click("text=Withdraw approval")
    page.wait_for_selector(".rv-count:has-text('0 of 6')")
    assert approved() == {}


def test_keys_alone_go_through_the_page(page):
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == f"{ZONE}-en"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("a")
    page.wait_for_selector(".rv-count:has-text('0 of 6')")
    page.wait_for_selector("#rv-accept")  # the parrot counts, and the Chinese has no such number
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".rv-count:has-text('1 of 6')")
    page.wait_for_selector("#rv-title:has-text('1.3')")
    page.keyboard.press("Alt+ArrowDown")
    page.wait_for_selector("#rv-title:has-text('2.1')")
    page.keyboard.press("Control+A")
    page.keyboard.type("They all came.")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".rv-count:has-text('2 of 6')")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.classList.contains('s')")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_selector("#rv-title:has-text('2.1')")
    assert page.input_value("#rv-english") == "They all came."
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    assert page.evaluate("document.activeElement.id") == "rv-filter"


def test_a_is_a_letter_while_something_is_typed(page):
    choose(page, WALK)
    page.keyboard.press("Control+A")
    page.keyboard.type("a juju ak")
    assert page.input_value("#rv-english") == "a juju ak"
    assert not MEMORY.exists()


def test_escape_keeps_what_was_typed_and_so_does_loading_the_page_again(page):
    edit(page, WALK, "They walk, and then")
    page.keyboard.press("Escape")
    assert not page.is_visible(".rv-editor")
    choose(page, WALK)
    assert page.input_value("#rv-english") == "They walk, and then"
    assert "draft" in page.text_content(".rv-message")
    page.reload()
    page.wait_for_selector("#rv-title:has-text('1.2')")
    assert page.input_value("#rv-english") == "They walk, and then"
    page.click("text=Start over")
    assert page.input_value("#rv-english") == text_of(page, WALK)
    assert page.evaluate("Object.keys(sessionStorage).filter(k => k.startsWith('draft'))") == []


def test_the_filter_shows_what_needs_a_look_and_keys_keep_to_it(page):
    page.select_option("#rv-filter", "approved")
    assert page.locator(".s.rv-wanted").count() == 0
    edit(page, GROWTH, "The year brought 35 new companies.")
    page.click(".rv-main")
    page.wait_for_selector(".rv-count:has-text('1 of 6')")
    assert page.locator(".en .s.rv-wanted").evaluate_all("all => all.map(s => s.dataset.s)") == [GROWTH]
    page.select_option("#rv-filter", "unapproved")
    assert GROWTH not in page.locator(".en .s.rv-wanted").evaluate_all("all => all.map(s => s.dataset.s)")
    page.focus(english(WALK))
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.dataset.s") == ALL
    options = page.locator("#rv-filter option").all_text_contents()
    assert "Approved (1)" in options
    assert "Not approved (5)" in options


def test_of_two_tabs_the_later_is_asked_whose_english_shall_stand(page, context, service):
    other = opened(context, service)
    edit(other, WALK, "They are walking.")
    edit(page, WALK, "They walk too.")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".rv-count:has-text('1 of 6')")
    other.bring_to_front()
    other.keyboard.press("Control+Enter")
    other.wait_for_selector(".rv-conflict:has-text('Meanwhile')")
    assert "Struck out is what Lin Wei wrote, underlined is yours:" in other.text_content(".rv-conflict")
    assert other.text_content(".rv-conflict del") is not None
    assert approved() == {"他们也在走。": "They walk too."}
    other.click("text=Save mine")
    other.wait_for_selector("#rv-title:has-text('1.3')")
    assert approved() == {"他们也在走。": "They are walking."}


def test_theirs_can_be_kept_and_the_draft_is_gone(page, context, service):
    other = opened(context, service)
    edit(other, WALK, "They are walking.")
    edit(page, WALK, "They walk too.")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".rv-count:has-text('1 of 6')")
    other.bring_to_front()
    other.keyboard.press("Control+Enter")
    other.click("text=Keep theirs")
    other.wait_for_function("() => document.getElementById('rv-english').value === 'They walk too.'")
    assert approved() == {"他们也在走。": "They walk too."}


def test_another_tab_shows_at_once_what_was_saved(page, context, service):
    other = opened(context, service)
    assert post(context, service, "They walk too.").ok
    other.wait_for_selector(".rv-count:has-text('1 of 6')")
    assert text_of(other, WALK) == "They walk too."


def post(context, service, text):
    origin = f"http://127.0.0.1:{service.port}"
    path = f"{origin}/api/{SLUG}/{WALK}/approve"
    said = {"source": "他们也在走。", "english": text, "version": ""}
    return context.request.post(path, data=said, headers={"Origin": origin})


def test_what_is_like_it_is_offered_with_the_difference_and_taken_by_a_click(page):
    tmx.write(MEMORY, Approvals([Approved("全年新增企业12家。", "The year brought 12 new companies.", "Zhao")]))
    choose(page, GROWTH)
    page.wait_for_selector(".rv-matches li")
    assert page.text_content(".rv-matches b") == "99 %"
    assert (page.text_content(".rv-matches del"), page.text_content(".rv-matches ins")) == ("12", "35")
    page.click("text=Use this")
    assert page.input_value("#rv-english") == "The year brought 12 new companies."
    page.wait_for_selector(".rv-findings li:has-text('12')")


def test_an_edited_article_comes_to_the_page_with_the_editor_and_its_draft(page):
    until(lambda: page.text_content(".rv-pdf") == "PDF up to date")
    edit(page, WALK, "They walk, and then")
    Path("articles", f"{SLUG}.md").write_text(ARTICLE.replace("大家都来了。", "大家都来了。天也晴了。"), "utf-8")
    page.wait_for_selector(".zh .s:has-text('天也晴了。')")
    page.wait_for_selector("#rv-title:has-text('1.2')")
    assert page.input_value("#rv-english") == "They walk, and then"


def test_a_new_term_comes_to_the_page_in_place(page):
    until(lambda: page.text_content(".rv-pdf") == "PDF up to date")
    page.evaluate("window.still = true")
    page.evaluate("window.scrollTo(0, 120)")
    Path("glossary.csv").write_text(GLOSSARY + "企业,Company Qxz\n", "utf-8")
    page.wait_for_selector(".terms td:has-text('Company Qxz')")
    assert page.evaluate("window.still")
    assert page.evaluate("window.scrollY") == 120
    assert "Qxz" in page.text_content(".pairs")
    page.hover(english(WALK))
    assert page.locator(".lit").count() == 2


def test_a_term_that_changes_is_asked_of_the_draft_in_the_editor_too(page):
    until(lambda: page.text_content(".rv-pdf") == "PDF up to date")
    edit(page, ZONE, "The Qxz Park is on its way.")
    page.wait_for_selector(".rv-terms .rv-missing:has-text('High-tech Zone')")
    Path("glossary.csv").write_text(GLOSSARY.replace("High-tech Zone", "Qxz Park"), "utf-8")
    page.wait_for_selector(".rv-terms .rv-kept:has-text('Qxz Park')")
    assert page.input_value("#rv-english") == "The Qxz Park is on its way."


def test_letters_that_are_not_on_the_page_are_drawn_by_the_same_font(page):
    edit(page, WALK, "They walk.")
    with page.expect_response(lambda response: response.url.endswith("/api/serif")) as font:
        page.fill("#rv-english", "Xerxes quizzed Żółć.")
    assert font.value.ok


def test_a_broken_glossary_is_told_on_the_page_in_a_sentence_and_is_taken_back_when_mended(page):
    until(lambda: page.text_content(".rv-pdf") == "PDF up to date")
    Path("glossary.csv").write_text("source,target\n高新区\n", "utf-8")
    page.wait_for_selector(".rv-trouble:has-text('glossary.csv:2:')")
    Path("glossary.csv").write_text(GLOSSARY, "utf-8")
    page.wait_for_selector(".rv-trouble", state="hidden")


def test_a_server_that_is_gone_is_told_and_the_text_is_kept(page, service):
    edit(page, WALK, "They walk, and then")
    service.stop()
    page.wait_for_selector(".rv-trouble:has-text('start “bulletin serve” again')")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".rv-message:has-text('start “bulletin serve” again')")
    assert page.input_value("#rv-english") == "They walk, and then"


def test_the_list_says_how_far_each_bulletin_is(page, context, service):
    assert post(context, service, "They walk too.").ok
    page.click("text=All bulletins")
    page.wait_for_selector(".rv-line:has-text('1 of 6 sentences approved')")
    assert re.search(r"\d to look at", page.text_content(".rv-line"))


def test_on_a_narrow_screen_nothing_scrolls_sideways_and_the_sentence_stays_in_sight(page):
    for width in (320, 400, 700):
        page.set_viewport_size({"width": width, "height": 800})
        choose(page, ALL)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        panel = page.locator(".rv").bounding_box()
        page.wait_for_function(
            "([id, top]) => document.getElementById(id).getBoundingClientRect().top < top",
            arg=[f"{ALL}-en", panel["y"]],
        )
        page.keyboard.press("Escape")


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_with_the_editor_open(page, dark):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    if dark:
        page.keyboard.press("d")
    tmx.write(MEMORY, Approvals([Approved("全年新增企业12家。", "The year brought 12 new companies.", "Zhao")]))
    edit(page, GROWTH, "The High-tech Zone walks 7 times.")
    page.wait_for_selector(".rv-matches li")
    page.wait_for_selector("#rv-accept")
    page.select_option("#rv-filter", "open")
    found = axe.Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []


def test_axe_finds_nothing_in_the_list(page):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page.click("text=All bulletins")
    page.wait_for_selector(".rv-line progress")
    assert [one["id"] for one in axe.Axe().run(page).response["violations"]] == []


def test_what_is_typed_is_text_and_never_markup(page):
    edit(page, WALK, "<img src=x onerror='window.bad = true'> & </span>")
    page.click(".rv-main")
    page.wait_for_selector(".rv-count:has-text('1 of 6')")
    assert text_of(page, WALK) == "<img src=x onerror='window.bad = true'> & </span>"
    page.reload()
    page.wait_for_selector(".rv-count:has-text('1 of 6')")
    assert page.evaluate("window.bad") is None


def test_a_sentence_that_the_quality_report_names_is_where_the_keys_act(page):
    page.goto(page.url.rpartition("/")[0] + "/report.html")
    page.click(f"a[href$='#{GROWTH}-en']")
    page.wait_for_selector(".rv-count:has-text('approved')")
    page.wait_for_function("() => document.activeElement.id")
    assert page.evaluate("document.activeElement.id") == f"{GROWTH}-en"
    page.keyboard.press("Enter")
    assert page.text_content("#rv-title") == "Sentence 1.3"


def test_the_quality_report_is_shown_as_it_is(page, context, service):
    page.click("text=All bulletins")
    page.click(".bulletins a[href$='report.html']")
    page.wait_for_url("**/report.html")
    assert page.evaluate("document.styleSheets.length") > 0
    assert page.evaluate("getComputedStyle(document.body).fontFamily") != "serif"
