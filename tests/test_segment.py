"""Drafts to articles: ids, words, nothing lost; and the words themselves."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.articles import read
from pipeline.document import BlockKind, Draft, DraftBlock
from pipeline.segment import segment, word_cutter

ROOT = Path(__file__).parents[1]
TERMS = [
    "高新区",
    "产城更新",
    "揭榜挂帅",
    "管委会",
    "党工委",
    "双创",
    "“三标”",
    "PI-IP-IPO",
    "高新产投集团",
    "天鸿控股集团",
]
CUT = word_cutter(TERMS)
EVERY_KIND = Draft(
    blocks=(
        DraftBlock(BlockKind.KICKER, "眉一", 1),
        DraftBlock(BlockKind.KICKER, "眉二", 2),
        DraftBlock(BlockKind.HEADLINE, "题。题！", 3),
        DraftBlock(BlockKind.SUBHEAD, "副", 4),
        DraftBlock(BlockKind.PARAGRAPH, "甲。乙。", 5),
        DraftBlock(BlockKind.HEADING, "节", 6),
        DraftBlock(BlockKind.LIST_ITEM, "项", 7),
        DraftBlock(BlockKind.QUOTE, "引", 8),
        DraftBlock(BlockKind.CAPTION, "图", 9),
        DraftBlock(BlockKind.BYLINE, "记者 张三", 10),
        DraftBlock(BlockKind.BYLINE, "李四 摄", 11),
    ),
    date="3月4日",
    source="高新时报",
    glossary={"双创": "x"},
)


def by_character(text: str) -> list[str]:
    """The simplest cut there is."""
    return list(text)


class TestSegment:
    def test_ids_say_article_block_and_sentence(self):
        _, article = segment([EVERY_KIND, EVERY_KIND], by_character)
        assert [sentence.id for sentence in article.sentences()] == [
            "a2.k.s1",
            "a2.k2.s1",
            "a2.h.s1",
            "a2.h.s2",
            "a2.d.s1",
            "a2.p1.s1",
            "a2.p1.s2",
            "a2.p2.s1",
            "a2.p3.s1",
            "a2.p4.s1",
            "a2.p5.s1",
            "a2.b1.s1",
            "a2.b2.s1",
        ]

    def test_what_the_draft_says_beside_its_blocks_is_kept(self):
        (article,) = segment([EVERY_KIND], by_character)
        assert (article.number, article.date, article.source) == (1, "3月4日", "高新时报")
        assert (article.glossary, article.repairs) == (EVERY_KIND.glossary, ())
        assert [(block.kind, block.text, block.line) for block in article.blocks] == [
            (block.kind, block.text, block.line) for block in EVERY_KIND.blocks
        ]

    def test_words_that_do_not_rebuild_the_text_are_an_error(self):
        with pytest.raises(ValueError, match=r"the words of a1\.k\.s1 do not rebuild its text"):
            segment([EVERY_KIND], lambda text: text.split("眉"))

    def test_the_seed_page_has_unique_ids_and_loses_no_character(self):
        drafts = read(ROOT / "articles" / "gaoxin-shibao-page.txt")
        articles = segment(drafts, CUT)
        ids = [sentence.id for article in articles for sentence in article.sentences()]
        assert len(ids) == len(set(ids))
        assert [b.text for a in articles for b in a.blocks] == [b.text for d in drafts for b in d.blocks]

    def test_every_fixed_term_of_the_seed_page_is_bounded_by_words(self):
        articles = segment(read(ROOT / "articles" / "gaoxin-shibao-page.txt"), CUT)
        counts = {"高新区": 20, "产城更新": 10, "揭榜挂帅": 1}
        for term, count in counts.items():
            whole = sum(bounded(term, sentence.words) for article in articles for sentence in article.sentences())
            assert whole == count, term


def bounded(term: str, words: tuple[str, ...]) -> int:
    """How often `term` stands in the text with a word boundary on both sides."""
    edges, text = {0}, ""
    for word in words:
        text += word
        edges.add(len(text))
    return sum(m.start() in edges and m.end() in edges for m in re.finditer(re.escape(term), text))


class TestWords:
    @pytest.mark.parametrize(
        ("term", "text"),
        [
            ("高新区", "郑州高新区管委会"),
            ("高新区", "郑州市高新区深入贯彻"),
            ("产城更新", "推进产城更新项目建设"),
            ("“三标”", "全面开展“三标”活动"),
            ("PI-IP-IPO", "涵盖“PI-IP-IPO”及“科创空间”"),
            ("高新产投集团", "高新产投集团也将"),
        ],
    )
    def test_a_fixed_term_begins_and_ends_with_a_word(self, term, text):
        assert bounded(term, CUT(text)) == 1

    @pytest.mark.parametrize("text", ["高新区域", "在高新区域内", "郑州市高新区域发展"])
    def test_a_fixed_term_is_no_word_inside_a_longer_one(self, text):
        assert bounded("高新区", CUT(text)) == 0

    def test_the_order_of_terms_does_not_matter(self):
        text = "郑州高新区管委会推进产城更新与双创工作"
        assert word_cutter(reversed(TERMS))(text) == CUT(text)

    def test_terms_of_one_cutter_are_unknown_to_another_and_to_jieba_itself(self):
        cutter = word_cutter(["瞪羚独角兽"])
        assert "瞪羚独角兽" in cutter("培育瞪羚独角兽")
        assert "瞪羚独角兽" not in word_cutter()("培育瞪羚独角兽")
        assert not jieba.dt.initialized

    def test_nothing_is_printed_and_nothing_is_left_in_the_temporary_folder(self, tmp_path):
        program = "from pipeline.segment import word_cutter; word_cutter(['高新区'])('郑州高新区')"
        done = subprocess.run(
            [sys.executable, "-W", "error", "-W", "ignore::DeprecationWarning", "-c", program],
            capture_output=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "TMPDIR": str(tmp_path)},
        )
        assert (done.stdout, done.stderr) == (b"", b"")
        assert list(tmp_path.iterdir()) == []

    @settings(deadline=None)
    @given(st.text())
    def test_words_joined_are_the_text(self, text):
        assert "".join(CUT(text)) == text
