"""The bulletin in a real browser (Debian's Chromium): reading views, pairs, terms, the dark page, a narrow screen."""

from __future__ import annotations

import shutil

import pytest
from sample_bulletin import sample

from pipeline.layout import Style, to_html

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser():
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("these tests need Debian's package chromium")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "bulletin.html"
    path.write_text(to_html(sample(), Style(name_zh="高新时报", name_en="Gaoxin Times")), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def page(browser, address):
    context = browser.new_context(viewport={"width": 1300, "height": 900}, color_scheme="light")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    yield page
    assert errors == []
    assert [url for url in asked if not url.startswith(("data:", address))] == []
    context.close()


ZH, EN = "#a2\\.p1\\.s1", "#a2\\.p1\\.s1-en"


@pytest.mark.parametrize(("key", "shown"), [("1", (True, True)), ("3", (True, False)), ("4", (False, True))])
def test_a_key_chooses_the_languages_that_are_shown(page, key, shown):
    page.keyboard.press(key)
    assert (page.is_visible(ZH), page.is_visible(EN)) == shown


def test_a_button_stacks_the_english_under_its_chinese(page):
    assert top(page, EN) < bottom(page, ZH)
    page.click("button[data-view=stacked]")
    assert top(page, EN) >= bottom(page, ZH)
    assert page.get_attribute("button[data-view=stacked]", "aria-pressed") == "true"


def test_a_narrow_screen_stacks_by_itself_and_never_scrolls_sideways(page):
    for width in (320, 500, 800):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert top(page, EN) >= bottom(page, ZH)


def test_pointing_at_a_sentence_lights_its_partner(page):
    page.hover(ZH)
    assert "lit" in page.get_attribute(EN, "class")
    assert page.locator(".lit").count() == 2


def test_the_keyboard_steps_from_sentence_to_sentence(page):
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    focused = page.evaluate("document.activeElement.dataset.s")
    assert focused == page.evaluate("document.querySelector('.s').dataset.s")
    assert page.locator(".lit").count() == 2


def test_a_term_that_has_the_focus_is_explained(page):
    term = page.locator(f"{EN} .t").first
    term.focus()
    content = term.evaluate("e => getComputedStyle(e, '::after').content")
    assert "本报讯 → Staff report" in content


def test_the_page_turns_dark_by_key(page):
    before = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.keyboard.press("d")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != before


def test_printed_by_the_browser_the_controls_are_gone(page):
    page.emulate_media(media="print")
    assert not page.is_visible(".controls")


def top(page, selector: str) -> float:
    return page.locator(selector).bounding_box()["y"]


def bottom(page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    return box["y"] + box["height"]
