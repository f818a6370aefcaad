"""Files that cannot be read: one clear sentence each, with file, line and what to do."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.articles import SUFFIXES, read
from pipeline.articles.decode import MOST_MISTAKES, decode
from pipeline.errors import ArticleError, Mistakes

NEWS = "高新区再添一所大型综合医院\n\n本报讯 3月4日，郑州市中心医院高新医院项目正式奠基开工。\n"


def refusal(tmp_path, raw: bytes, name: str = "news.txt") -> str:
    """What the user is told of a file of these bytes, without its folder."""
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises((ArticleError, Mistakes)) as caught:
        read(path)
    return str(caught.value).replace(f"{tmp_path}/", "")


def word_document() -> bytes:
    """The smallest thing that Word's format recognises as its own: a zip with a word folder."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return buffer.getvalue()


SAVE = 'save it as UTF-8 (in Windows Notepad: "Save as", encoding "UTF-8").'
PASTE = "open it in its own program and save its text as .txt in UTF-8."
FILL = "put the article's text into it or delete it."


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (NEWS.encode("gb18030"), f"news.txt:1: the text is encoded in GBK (GB18030), not in UTF-8; {SAVE}"),
        (
            b"High-tech Zone\n\n" + NEWS.encode("gbk"),
            f"news.txt:3: the text is encoded in GBK (GB18030), not in UTF-8; {SAVE}",
        ),
        (
            "今天天氣很好，我們去公園散步，看到許多花。".encode("big5"),
            f"news.txt:1: the text is encoded in Big5, not in UTF-8; {SAVE}",
        ),
        (NEWS.encode("utf-16"), f"news.txt:1: the text is encoded in UTF-16, not in UTF-8; {SAVE}"),
        (NEWS.encode("utf-16-le"), f"news.txt:1: the text is encoded in UTF-16, not in UTF-8; {SAVE}"),
        (NEWS.encode("utf-16-be"), f"news.txt:1: the text is encoded in UTF-16, not in UTF-8; {SAVE}"),
        (NEWS.encode("utf-32"), f"news.txt:1: the text is encoded in UTF-32, not in UTF-8; {SAVE}"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", f"news.txt:1: the file is a PDF document, not a text; {PASTE}"),
        (word_document(), f"news.txt:1: the file is a Word document, not a text; {PASTE}"),
        (b"<!DOCTYPE html>\n<html>" + NEWS.encode(), f"news.txt:1: the file is a web page (HTML), not a text; {PASTE}"),
        (b"\x89PNG\r\n\x1a\n", f"news.txt:1: the file is a picture (PNG), not a text; {PASTE}"),
        (bytes(range(128, 256)) * 9, f"news.txt:1: the file is not a text; {PASTE}"),
        (b"", f"news.txt:1: the file is empty; {FILL}"),
        (" \n\n　\t\n".encode(), f"news.txt:1: the file holds nothing but white space; {FILL}"),
        (b"\xef\xbb\xbf", f"news.txt:1: the file holds nothing but white space; {FILL}"),
        (b"\n\nHello, world.\n", "news.txt:3: there is no Chinese in the file; put the Chinese text into it."),
        ("高新区\n产城\x00更新\n".encode(), "news.txt:2: control character U+0000 at character 3; delete it."),
        ("高新区\r\n产\ufffd更新\r\n".encode(), "news.txt:2: a character was lost at character 2; retype it."),
        (NEWS.encode() + b"\xff\n", "news.txt:4: byte 0xFF at character 1 is not UTF-8; retype that character."),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_what_is_no_chinese_text_in_utf_8_is_refused_with_line_and_remedy(tmp_path, raw, told):
    assert refusal(tmp_path, raw) == told


def test_all_broken_lines_of_a_file_are_told_at_once(tmp_path):
    raw = NEWS.encode() * 30 + b"\xff\n" + NEWS.encode() + b"\xc3\n"
    assert [line.split(":")[1] for line in refusal(tmp_path, raw).splitlines()] == ["91", "95"]


def test_of_very_many_broken_lines_the_first_are_told_and_the_rest_is_counted(tmp_path):
    told = refusal(tmp_path, (NEWS + "坏\x07\n").encode() * 50).splitlines()
    assert len(told) == MOST_MISTAKES + 1
    assert told[-1].startswith(
        f"news.txt:{4 * (MOST_MISTAKES + 1)}: 30 more lines are broken, this is the first of them"
    )


@pytest.mark.parametrize("name", ["news.docx", "news.html", "news.pdf", "news.doc"])
def test_another_kind_of_file_is_refused_with_the_kinds_that_are_read(tmp_path, name):
    suffix = name.removeprefix("news")
    assert (
        refusal(tmp_path, b"x", name) == f'{name}: files of the kind "{suffix}" cannot be read; save it as .txt or .md.'
    )
    assert suffix not in SUFFIXES


def test_a_file_without_suffix_is_refused(tmp_path):
    assert refusal(tmp_path, b"x", "news") == "news: a file without suffix cannot be read; save it as .txt or .md."


def test_a_file_that_is_not_there_or_is_a_folder_is_one_clear_error(tmp_path):
    (tmp_path / "folder.txt").mkdir()
    for name, reason in (("gone.txt", "No such file or directory"), ("folder.txt", "Is a directory")):
        with pytest.raises(ArticleError) as caught:
            read(tmp_path / name)
        assert str(caught.value).endswith(
            f"the file cannot be opened ({reason}); check its name and your rights to it."
        )


def test_the_suffix_may_be_in_capitals(tmp_path):
    path = tmp_path / "NEWS.TXT"
    path.write_text(NEWS, encoding="utf-8")
    assert len(read(path)) == 1


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    assert decode(b"\xef\xbb\xbf" + NEWS.encode(), tmp_path) == NEWS


def test_a_short_text_in_gbk_is_recognised(tmp_path):
    assert "GBK" in refusal(tmp_path, "高新区新闻".encode("gbk"))


def test_traditional_characters_and_rare_ones_are_chinese(tmp_path):
    for text in ("鄭州高新區", "𠮷"):
        assert decode(text.encode(), tmp_path) == text
