"""Markdown says its structure outright; front matter says the rest, and is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.articles.markdown import read_markdown
from pipeline.errors import ArticleError, Mistakes

PATH = Path("news.md")
PLAINLY = 'write each line as "key: value", in quotation marks a value that holds ": " or begins with a mark.'


def blocks(text: str) -> list[tuple[str, str]]:
    """Kind and text of all blocks, over all articles."""
    return [(block.kind.value, block.text) for draft in read_markdown(text, PATH) for block in draft.blocks]


def told(text: str) -> list[str]:
    """What the user is told, a line each."""
    with pytest.raises((ArticleError, Mistakes)) as caught:
        read_markdown(text, PATH)
    return str(caught.value).splitlines()


class TestStructure:
    def test_each_heading_of_the_first_level_begins_an_article(self):
        drafts = read_markdown("# 一\n\n甲。\n\n# 二\n\n乙。\n", PATH)
        assert [[block.text for block in draft.blocks] for draft in drafts] == [["一", "甲。"], ["二", "乙。"]]

    def test_short_lines_above_the_headline_are_its_kicker(self):
        assert blocks("综合新闻\n\n# 一\n\n甲。\n")[:2] == [("kicker", "综合新闻"), ("headline", "一")]

    def test_a_text_above_the_first_headline_is_an_article_of_its_own(self):
        assert len(read_markdown("本报讯 医院开工。\n\n# 一\n\n甲。\n", PATH)) == 2

    def test_headings_lists_quotations_and_pictures_are_blocks_of_their_kind(self):
        pictures = "![图为现场](a.png)\n\n![](b.png '题图')\n"
        text = f"# 题\n\n## 一节\n\n- 甲\n- 乙\n  - 丙\n\n3. 丁\n4. 戊\n\n> 引文。\n\n{pictures}"
        assert blocks(text)[1:] == [
            ("heading", "一节"),
            ("list item", "甲"),
            ("list item", "乙"),
            ("list item", "丙"),
            ("list item", "3. 丁"),
            ("list item", "4. 戊"),
            ("quote", "引文。"),
            ("caption", "图为现场"),
            ("caption", "题图"),
        ]

    def test_a_dash_below_the_headline_makes_the_subhead(self):
        assert blocks("# 题\n\n——记某事\n\n甲。\n")[1] == ("subhead", "——记某事")

    def test_emphasis_and_links_leave_their_text_and_no_address(self):
        assert blocks("**高新区**与[天鸿集团](https://example.invalid/x)达成`共识`。") == [
            ("paragraph", "高新区与天鸿集团达成共识。")
        ]

    def test_lines_of_a_paragraph_are_joined_without_a_space_and_without_a_repair(self):
        (draft,) = read_markdown("# 题\n\n郑州高新\n区的High-tech\nZone。\n", PATH)
        assert draft.blocks[1].text == "郑州高新区的High-tech Zone。"
        assert draft.repairs == ()

    def test_a_caption_is_known_by_its_first_words_and_a_fence_is_text(self):
        text = "# 题\n\n图为奠基现场。\n\n```\n第一行\n第二行\n```\n"
        assert blocks(text)[1:] == [("caption", "图为奠基现场。"), ("paragraph", "第一行第二行")]

    def test_bylines_are_blocks_of_their_own_and_come_last(self):
        text = "# 题\n\n本报记者 张三\n\n甲。\n\n乙。（记者 李四）\n\n记者 孙庆辉\n高新时报 方宝岭 文/图\n"
        assert blocks(text)[1:] == [
            ("paragraph", "甲。"),
            ("paragraph", "乙。"),
            ("byline", "本报记者 张三"),
            ("byline", "（记者 李四）"),
            ("byline", "记者 孙庆辉"),
            ("byline", "高新时报 方宝岭 文/图"),
        ]

    def test_indented_paragraphs_are_text_and_comments_are_none(self):
        assert blocks("<!-- 核对\n\n数字 -->\n\n    甲。<!-- 待定 -->\n\n　　乙。") == [
            ("paragraph", "甲。"),
            ("paragraph", "乙。"),
        ]

    def test_blocks_know_their_lines_in_the_file(self):
        (draft,) = read_markdown("---\ndate: 2022-03-08\n---\n\n# 题\n\n甲。\n\n记者 张三\n记者 李四\n", PATH)
        assert [block.line for block in draft.blocks] == [5, 7, 9, 10]

    def test_html_is_refused_each_with_its_line(self):
        assert told("# 题\n\n甲<br>乙。\n\n<div>\n丙\n</div>\n") == [
            'news.md:3: "<br>" is HTML; write it in Markdown or delete it.',
            'news.md:5: "<div>',
            "丙",
            '</div>" is HTML; write it in Markdown or delete it.',
        ]

    def test_markup_alone_is_no_article(self):
        assert told("---\nsource: 高新时报\n---\n\n***\n") == [
            "news.md:1: there is no article in the file beside front matter and markup; put its text into the file."
        ]


class TestFrontMatter:
    def test_it_says_title_kicker_subhead_author_date_source_and_glossary(self):
        text = (
            "---\ntitle: 题\nkicker: 眉\nsubhead: 副\nauthor:\n  - 记者 张三\n  - 李四\ndate: 2022-03-08\n"
            "source: '高新时报: 要闻'\nglossary:\n  产城更新: industry-city renewal\n  双创: '1'\n---\n甲。\n"
        )
        (draft,) = read_markdown(text, PATH)
        assert [(block.kind.value, block.text, block.line) for block in draft.blocks] == [
            ("kicker", "眉", 3),
            ("headline", "题", 2),
            ("subhead", "副", 4),
            ("paragraph", "甲。", 14),
            ("byline", "记者 张三", 5),
            ("byline", "李四", 5),
        ]
        assert (draft.date, draft.source) == ("2022-03-08", "高新时报: 要闻")
        assert dict(draft.glossary) == {"产城更新": "industry-city renewal", "双创": "1"}

    def test_date_source_and_glossary_hold_for_every_article_of_the_file(self):
        drafts = read_markdown("---\ndate: 3月8日\nglossary: {双创: x}\n---\n# 一\n\n# 二\n", PATH)
        assert [(draft.date, dict(draft.glossary)) for draft in drafts] == [("3月8日", {"双创": "x"})] * 2

    def test_title_and_headline_may_say_the_same(self):
        assert blocks("---\ntitle: 题\n---\n# 题\n\n甲。\n") == [("headline", "题"), ("paragraph", "甲。")]

    def test_a_line_of_dashes_further_down_is_no_front_matter(self):
        assert blocks("甲。\n\n---\n\n乙。\n") == [("paragraph", "甲。"), ("paragraph", "乙。")]

    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_it_may_be_empty(self, end):
        assert blocks("---\n---\n甲。\n".replace("\n", end)) == [("paragraph", "甲。")]

    @pytest.mark.parametrize(
        ("text", "lines"),
        [
            (
                "---\nTitel: 题\n---\n甲",
                ['news.md:2: the front matter has an unknown key "Titel"; write "title" if that is meant.'],
            ),
            (
                "---\nphoto: a.png\n---\n甲",
                [
                    (
                        'news.md:2: the front matter has an unknown key "photo"; '
                        "known are title, kicker, subhead, date, author, source, glossary."
                    )
                ],
            ),
            (
                "---\ntitle: 题\ntitle: 眉\nauthor: {a: b}\nglossary: x\n---\n甲",
                [
                    'news.md:3: the key "title" stands twice in the front matter; keep one.',
                    "news.md:4: one text is expected here; write it on one line behind the key.",
                    'news.md:5: the glossary is no list of terms; write "  term: rendering" lines.',
                ],
            ),
            (
                "---\nglossary:\n  双创: ''\n---\n甲",
                ["news.md:3: a term or its rendering is empty; fill it in or delete the line."],
            ),
            ("---\nglossary:\n  双创: a\n  双创: b\n---\n甲", ['news.md:4: the term "双创" stands twice; keep one.']),
            ("---\ntitle: 题\n\n甲", ["news.md:1: the front matter has no end; put a line of --- below it."]),
            (
                "---\ntitle: 题: 副\n---\n甲",
                [(f"news.md:2: the front matter is no YAML (mapping values are not allowed here); {PLAINLY}")],
            ),
            (
                "---\n- 题\n---\n甲",
                [(f"news.md:2: the front matter is no list of keys and values; {PLAINLY}")],
            ),
            (
                "---\ntitle: 题\n---\n# 一\n\n甲",
                ['news.md:4: the headline "一" is not the title "题" of the front matter; keep one of them.'],
            ),
            (
                "---\nsource: 报\nauthor: 张三\n---\n# 一\n\n# 二\n",
                [
                    (
                        'news.md:3: "author" is said of one article, but the file holds 2; '
                        "delete it, or put each article in a file of its own."
                    )
                ],
            ),
        ],
    )
    def test_what_is_wrong_in_it_is_told_with_line_and_remedy(self, text, lines):
        assert told(text) == lines

    def test_yaml_nested_beyond_reason_is_an_error_like_any_other(self):
        assert told("---\ntitle: " + "[" * 800 + "]" * 800 + "\n---\n甲")[0].startswith(
            "news.md:2: the front matter is no YAML"
        )
