"""The pages before axe-core, which looks for what keeps people with other eyes and hands from reading them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from sample_bulletin import sample

from pipeline.document import Article, BlockKind
from pipeline.layout import LAYOUTS, Entry, Style, index_html, theme, to_html

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
STYLE = Style(name_zh="高新时报", name_en="Gaoxin Times", issue="总第1024期", date="2022-03-05")
MARKED = {finding.sentence_id for finding in sample().findings}
ENTRY = Entry("a/a.html", "a/a.pdf", "高新区", "The Zone", articles=3, sentences=1, findings=2, date="2022-03-05")
CONTRAST = {"contrastRatio": {"normal": {"expected": 7}, "large": {"expected": 7}}}
RULES = {"resultTypes": ["violations"], "checks": {"color-contrast": {"options": CONTRAST}}}
"""All that axe has by default, but contrast of 7 to 1, whatever the size."""


def marked(article: Article) -> Article:
    """Its heads, its bylines, and of its paragraphs those with a mark."""
    kept = [b for b in article.blocks if b.kind != BlockKind.PARAGRAPH or MARKED & {s.id for s in b.sentences}]
    return replace(article, blocks=tuple(kept))


SMALL = replace(sample(), articles=tuple(marked(article) for article in sample().articles[1:]))
"""Two articles, an error and a note: everything a page can have, and little of it, as axe looks at each element."""


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1300, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def violations(page, tmp_path):
    """What axe finds on a page, in the light and in the dark: each a line that says which rule and where."""

    def look(html: str) -> list[str]:
        path = tmp_path / "page.html"
        path.write_text(html, encoding="utf-8")
        found = []
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.goto(path.as_uri())
            page.wait_for_function(f"document.documentElement.dataset.dark === '{'yes' if scheme == 'dark' else 'no'}'")
            for rule in Axe().run(page, options=RULES).response["violations"]:
                found += [f"{scheme}: {rule['id']}, {rule['help']}: {node['html'][:120]}" for node in rule["nodes"]]
        return found

    return look


@pytest.mark.parametrize("name", theme.names())
@pytest.mark.parametrize("layout", LAYOUTS)
def test_axe_finds_nothing_on_a_bulletin(violations, name, layout):
    assert violations(to_html(SMALL, replace(STYLE, theme=name, layout=layout))) == []


@pytest.mark.parametrize("name", theme.names())
def test_axe_finds_nothing_on_the_list_of_bulletins(violations, name):
    assert violations(index_html([ENTRY, replace(ENTRY, pdf="", findings=0)], replace(STYLE, theme=name))) == []


@pytest.mark.parametrize(
    ("good", "bad", "rule"),
    [
        ('lang="zh-Hans" data-layout', "data-layout", "html-has-lang"),
        ("--soft: #4d4d4d", "--soft: #666", "light: color-contrast"),  # 5.7 to 1
        ("--soft: #b9b5ad", "--soft: #949494", "dark: color-contrast"),  # 5.9 to 1
        ("<title>", '<title lang="en"></title><title>', "document-title"),
    ],
)
def test_axe_does_find_what_is_wrong(violations, good, bad, rule):
    html = to_html(SMALL, STYLE)
    assert good in html
    assert [line for line in violations(html.replace(good, bad)) if rule in line] != []
