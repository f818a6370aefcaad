"""Newspaper pages, whole: tests/pages/NAME.txt or .md must come out as NAME.expected says.

An expected file has, for each article, its date and source, its blocks with kind and line, and its mended lines.
`python tests/test_articles_pages.py` writes them anew; read the difference before you keep it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.articles import read
from pipeline.document import BlockKind, Draft

PAGES = Path(__file__).parent / "pages"
SEED = Path(__file__).parents[1] / "articles" / "gaoxin-shibao-page.txt"
SAMPLES = sorted([*PAGES.glob("*.txt"), *PAGES.glob("*.md")])


def told(drafts: tuple[Draft, ...]) -> str:
    """Drafts as a person reads them."""
    lines = []
    for number, draft in enumerate(drafts, 1):
        lines += [f"== article {number} | date: {draft.date} | source: {draft.source} | {dict(draft.glossary)}"]
        lines += [f"{block.line:>3} {block.kind}: {block.text}" for block in draft.blocks]
        lines += [f"    mended {r.first_line}–{r.last_line} {r.before}|{r.after} ({r.reason})" for r in draft.repairs]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("page", SAMPLES, ids=lambda page: page.name)
def test_a_page_comes_out_as_its_expected_file_says(page):
    assert told(read(page)) == page.with_suffix(".expected").read_text(encoding="utf-8")


class TestTheSeedPage:
    drafts = read(SEED)

    def test_it_has_three_articles_of_seven_four_and_five_paragraphs(self):
        counts = [sum(block.kind == BlockKind.PARAGRAPH for block in draft.blocks) for draft in self.drafts]
        assert counts == [7, 4, 5]

    def test_kicker_and_headline_of_each_article_are_told_apart(self):
        titles = [[block.text for block in draft.blocks[:2]] for draft in self.drafts]
        assert titles == [
            ["郑州高新区", "全力加快推进“两区四高地”建设提质增效"],
            ["高新区再添一所大型综合医院", "郑州市中心医院高新医院项目开建"],
            ["树立形象标杆 产城更新助力高质量发展", "北京天鸿控股集团到访高新区"],
        ]
        assert [[block.kind for block in draft.blocks[:2]] for draft in self.drafts] == [
            [BlockKind.KICKER, BlockKind.HEADLINE]
        ] * 3

    def test_each_byline_is_a_block_of_its_own(self):
        bylines = [[block.text for block in draft.blocks if block.kind == BlockKind.BYLINE] for draft in self.drafts]
        assert bylines == [
            ["记者 孙庆辉"],
            ["记者 孙庆辉", "高新时报 方宝岭 文/图"],
            ["记者 孙庆辉", "通讯员 梁瑞凤 文/图"],
        ]

    def test_the_dateline_stays_in_its_paragraph(self):
        assert [draft.blocks[2].text[:3] for draft in self.drafts] == ["本报讯"] * 3

    @pytest.mark.parametrize(
        ("whole", "upper", "lower"),
        [
            ("先行先试", 9, 11),
            ("树标引领", 13, 15),
            ("现代服务业", 17, 19),
            ("动态开展", 23, 25),
            ("重大民生工程", 41, 45),
            ("医疗服务。", 45, 47),
            ("高新区深入贯彻", 62, 64),
        ],
    )
    def test_a_line_that_the_page_broke_is_whole_again_and_listed(self, whole, upper, lower):
        assert any(whole in block.text for draft in self.drafts for block in draft.blocks)
        repairs = [(r.first_line, r.last_line) for draft in self.drafts for r in draft.repairs]
        assert repairs.count((upper, lower)) == 1

    def test_nothing_else_was_mended(self):
        assert [len(draft.repairs) for draft in self.drafts] == [4, 2, 1]

    def test_no_character_but_white_space_is_lost(self):
        source = "".join(SEED.read_text(encoding="utf-8").split())
        assert "".join("".join(block.text for d in self.drafts for block in d.blocks).split()) == source


def write_anew() -> None:
    """Write what is read now as what is expected."""
    for page in SAMPLES:
        page.with_suffix(".expected").write_text(told(read(page)), encoding="utf-8")


if __name__ == "__main__":
    write_anew()
