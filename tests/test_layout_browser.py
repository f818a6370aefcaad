"""The bulletin in a real browser (Debian's Chromium): reading views, pairs, terms, the dark page, a narrow screen."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdfium2
import pytest
from sample_bulletin import pair, sample

from pipeline.layout import Entry, Style, index_html, to_html

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
STYLE = Style(name_zh="高新时报", name_en="Gaoxin Times", issue="总第1024期")
VIEWS = ("side-by-side", "stacked", "chinese", "english")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "bulletin.html"
    path.write_text(to_html(sample(), STYLE), encoding="utf-8")
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
    assert [url for url in asked if not url.startswith(("data:", "file:"))] == []
    assert {url for url in asked if url.startswith("file:")} <= {address, page.url}
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


WIDTHS = (320, 360, 500, 800, 900, 1100, 1300, 1920, 2560, 3840)


def too_wide(page) -> list[int]:
    """The widths of a window, from a small phone's to 4K, at which the page would have to be moved sideways."""
    wrong = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(width)
    return wrong


@pytest.mark.parametrize("view", VIEWS)
def test_from_a_phone_to_4k_no_view_scrolls_sideways(page, view):
    page.click(f"button[data-view={view}]")
    assert too_wide(page) == []


@pytest.mark.parametrize("theme", ["gazette", "brief"])
def test_neither_a_long_word_nor_the_list_of_bulletins_makes_a_page_too_wide(page, tmp_path, theme):
    bulletin, style = sample(), replace(STYLE, theme=theme)
    long = pair(bulletin.pairs["a2.p1.s1"].sentence, "See " + "verylongword" * 12 + " for more.")
    page.goto(saved(tmp_path, to_html(replace(bulletin, pairs={**bulletin.pairs, "a2.p1.s1": long}), style)))
    assert too_wide(page) == []
    entry = Entry("a/a.html", "a/a.pdf", "高新区" * 20, "Nomoreblanks" * 12, articles=3, sentences=1, findings=2)
    page.goto(saved(tmp_path, index_html([entry], style)))
    assert too_wide(page) == []


def saved(folder, html: str) -> str:
    """The address of another page."""
    path = folder / "other.html"
    path.write_text(html, encoding="utf-8")
    return path.as_uri()


def test_on_a_wide_screen_the_lines_stay_short_enough_to_read(page):
    page.set_viewport_size({"width": 3840, "height": 2000})
    box = page.locator(EN).locator("xpath=ancestor::p[1]").bounding_box()
    letter = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") * 0.48
    assert 40 < box["width"] / letter < 100


def test_a_narrow_screen_stacks_by_itself(page):
    page.set_viewport_size({"width": 500, "height": 800})
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


def test_where_the_system_is_dark_the_page_is_too(browser, address):
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(address)
    assert luminance(page, "documentElement", "backgroundColor") < 40
    assert luminance(page, "body", "color") > 200
    context.close()


def luminance(page, element: str, colour: str) -> float:
    """From 0, black, to 255."""
    parts = page.evaluate(f"getComputedStyle(document.{element}).{colour}.match(/[0-9.]+/g).map(Number)")
    return sum(part * weight for part, weight in zip(parts, (0.2126, 0.7152, 0.0722), strict=False))


def test_pointing_elsewhere_puts_the_light_out(page):
    page.hover(EN)
    assert "lit" in page.get_attribute(ZH, "class")
    page.hover(".masthead")
    assert page.locator(".lit").count() == 0


def test_a_view_is_chosen_by_the_keyboard_alone(page):
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.dataset.view") != "chinese":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert not page.is_visible(EN)


@pytest.mark.parametrize(
    ("view", "text", "found"),
    [
        ("side-by-side", "3月4日,郑州高新区迎来了医疗卫生发展史上的重大标志性时刻", True),
        ("side-by-side", "March 4 was a landmark in the history of health care in Zhengzhou High-tech Zone", True),
        ("stacked", "涵盖“PI-IP-IPO”及“科创空间到科创板”的全生命周期", True),
        ("chinese", "总建筑面积212805平方米", True),
        ("chinese", "landmark in the history", False),
        ("english", "Setting the Example: Industry-city Renewal Helps", True),
        ("side-by-side", "no such words", False),
    ],
)
def test_find_in_page_finds_a_sentence_through_terms_gaps_and_numbers(page, view, text, found):
    page.click(f"button[data-view={view}]")
    assert page.evaluate("text => window.find(text, false, false, true)", text) == found


def test_what_is_copied_is_the_text_as_it_was_written(page):
    sentence = sample().pairs["a1.p2.s2"].sentence.text
    copied = page.evaluate("""() => {
        const range = document.createRange();
        range.selectNodeContents(document.getElementById("a1.p2.s2"));
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        return getSelection().toString();
    }""")
    assert copied == sentence


def test_printed_by_the_browser_the_controls_and_the_dark_are_gone(page):
    page.keyboard.press("d")
    page.emulate_media(media="print")
    assert not page.is_visible(".controls")
    assert luminance(page, "documentElement", "backgroundColor") > 250
    assert luminance(page, "body", "color") < 40


def printed(page) -> tuple[list[tuple[int, int]], str]:
    """What the browser prints: its pages' sizes in millimetres, and their text without blanks."""
    with pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True))) as document:
        sizes = [tuple(round(side * 25.4 / 72) for side in document[i].get_size()) for i in range(len(document))]
        text = "".join(document[i].get_textpage().get_text_range() for i in range(len(document)))
    return sizes, "".join(text.split())


def test_what_the_browser_prints_is_a4_with_both_languages_side_by_side(page):
    sizes, text = printed(page)
    assert set(sizes) == {(210, 297)}
    assert len(sizes) in {4, 5}
    assert "郑州高新区迎来了医疗卫生发展史上" in text
    assert "landmarkinthehistoryofhealthcare" in text
    assert "Sidebyside" not in text


def test_the_browser_prints_the_view_that_is_shown(page):
    page.keyboard.press("3")
    _, text = printed(page)
    assert "郑州高新区迎来了医疗卫生发展史上" in text
    assert "landmarkinthehistory" not in text


def test_without_scripts_the_page_is_complete_and_has_no_idle_buttons(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.is_visible(ZH)
    assert page.is_visible(EN)
    assert not page.is_visible(".controls")
    context.close()


def top(page, selector: str) -> float:
    return page.locator(selector).bounding_box()["y"]


def bottom(page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    return box["y"] + box["height"]
