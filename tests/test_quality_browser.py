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
from pipeline.document import Finding, Ignored, Severity

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


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
    return quality.overview_html([entry, replace(entry, href="b/report.html")])


@pytest.fixture(params=["report", "overview"])
def address(request, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(quality.to_html(bulletin(), href="p.html") if request.param == "report" else overview(), "utf-8")
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
    assert asked == [address]
    context.close()


def test_axe_finds_nothing_against_it(page):
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]})
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found.response["violations"]] == []


@pytest.mark.parametrize("width", [320, 500, 800, 1200, 2560])
def test_no_window_makes_it_scroll_sideways(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_prints_on_two_sheets_of_a4_at_most(page):
    printed = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(printed) <= 2
    assert all(
        abs(printed[n].get_width() - 595) < 2 and abs(printed[n].get_height() - 842) < 2 for n in range(len(printed))
    )
