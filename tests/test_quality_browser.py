"""`report.html` in a real browser (Debian's Chromium): nothing that a reader cannot reach, from a phone to paper."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from sample_bulletin import sample

from pipeline import quality, report
from pipeline.build.press import look_of
from pipeline.config import Config
from pipeline.document import Finding, Ignored, Severity

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
LOOK = look_of(Config())


def bulletin():
    found = sample()
    ids = list(found.pairs)[3:9]
    doubts = tuple(Finding("doubtful", Severity.WARNING, one, "The model doubts it.") for one in ids)
    pairs = {key: replace(pair, score=-1.5) if key in ids else pair for key, pair in found.pairs.items()}
    aside = Ignored(Finding("numbers", Severity.ERROR, "a2.p3.s1", "4.11万 is missing"), "counted in 台")
    return replace(found, pairs=pairs, findings=(*found.findings, *doubts), ignored=(aside,))


def overview():
    counts = json.loads(report.to_json(bulletin()))["counts"] | {"doubtful": 6}
    entry = quality.Entry("a/report.html", "标题", "Title", "2022-03-05", counts)
    return quality.overview_html([entry, replace(entry, href="b/report.html")], look=LOOK)


@pytest.fixture(params=["report", "overview"])
def address(request, tmp_path):
    path = tmp_path / "report.html"
    text = quality.to_html(bulletin(), href="p.html", look=LOOK) if request.param == "report" else overview()
    path.write_text(text, "utf-8")
    return path.as_uri()


@pytest.fixture(params=["light", "dark"])
def page(request, browser, address):
    # axe is a script of the test's own, which the page's policy would not let in.
    context = browser.new_context(viewport={"width": 1200, "height": 900}, color_scheme=request.param, bypass_csp=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    yield page
    assert [url for url in asked if not url.startswith("data:font/woff;")] == [address]
    context.close()


def test_axe_finds_nothing_against_it(page):
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]})
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found.response["violations"]] == []


def test_no_window_makes_it_scroll_sideways(page):
    wide = {}
    for width in (320, 500, 800, 1200, 2560):
        page.set_viewport_size({"width": width, "height": 900})
        wide[width] = page.evaluate("document.documentElement.scrollWidth")
    assert {width: needs for width, needs in wide.items() if needs > width} == {}


def sheets(page):
    """Width and height of each sheet, in points, as it is printed."""
    printed = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    return [(round(sheet.get_width()), round(sheet.get_height())) for sheet in printed]


def test_it_prints_on_one_sheet_of_a4(page):
    assert sheets(page) == [(595, 842)]


@pytest.mark.engine
def test_the_report_of_a_newspaper_page_prints_on_one_sheet(browser, built):
    page = browser.new_page()
    page.goto(built.joinpath("output", "gaoxin-shibao-page", "report.html").as_uri())
    assert page.locator(".doubts tbody tr").count() > 5
    assert sheets(page) == [(595, 842)]
    page.close()


def test_every_character_is_drawn_by_a_font_that_the_page_brings(page):
    session = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": "body *"})["nodeIds"]
    used = [font for node in nodes for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]]
    assert used
    assert {font["familyName"] for font in used if not font["isCustomFont"]} == set()
