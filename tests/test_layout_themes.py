"""Themes: shipped ones, one's own, and what is wrong with a broken one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sample_bulletin import sample

from pipeline.errors import ConfigError, UsageError
from pipeline.layout import Style, theme, to_html
from pipeline.pdf import to_pdf

SQUARE = (
    "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSI4IiBoZWlnaHQ9IjgiLz4="
)


def test_two_themes_ship():
    assert theme.names() == ("brief", "gazette")


@pytest.mark.parametrize("name", ["brief", "gazette"])
def test_a_copied_theme_is_complete_and_sets_the_same_page(tmp_path, name):
    copied = tmp_path / "own"
    written = theme.copy(name, copied)
    assert {path.name for path in written} == set(theme.FILES)
    style = Style(theme=name)
    assert to_html(sample(), replace(style, theme=str(copied))) == to_html(sample(), style)


def test_a_theme_of_ones_own_needs_a_style_sheet_and_nothing_more(tmp_path):
    (tmp_path / "bulletin.css").write_text(".masthead { display: none; }", encoding="utf-8")
    assert ".masthead { display: none; }" in to_html(sample(), Style(theme=str(tmp_path)))


def test_a_folder_that_is_there_is_not_overwritten(tmp_path):
    with pytest.raises(UsageError, match="is there already, and nothing is overwritten"):
        theme.copy("gazette", tmp_path)


def test_a_broken_template_is_told_with_its_line(tmp_path):
    theme.copy("gazette", tmp_path / "own")
    (tmp_path / "own" / "article.html").write_text("<article>\n{% for row in %}\n</article>", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"article\.html:2: the template cannot be used"):
        to_html(sample(), Style(theme=str(tmp_path / "own")))


def test_a_template_that_names_what_there_is_not_is_refused(tmp_path):
    theme.copy("gazette", tmp_path / "own")
    (tmp_path / "own" / "article.html").write_text("{{ article.headline }}", encoding="utf-8")
    with pytest.raises(ConfigError, match="headline"):
        to_html(sample(), Style(theme=str(tmp_path / "own")))


def test_a_logo_is_printed():
    bulletin = sample()
    html = to_html(replace(bulletin, articles=bulletin.articles[2:]), Style(logo=SQUARE, theme="brief"))
    assert to_pdf(html).startswith(b"%PDF-")
