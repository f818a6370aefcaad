"""memory.tmx: approved sentences in the form that every CAT tool exchanges."""

import errno
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
from hypothesis import given
from hypothesis import strategies as st
from translate.storage.tmx import tmxfile

from pipeline import tmx
from pipeline.approved import Approvals, Approved, plain
from pipeline.errors import Mistakes, PipelineError
from pipeline.layout import fonts

ONE = Approved(
    "高新区新增企业12家。", "The Zone gained 12 companies.", "Li", "20261127T093000Z", "better", ("terms: no",)
)
TWO = Approved("今天 <b>&\"'", "Today <b>&\"'")
line = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1).map(str.strip).filter(bool)
english = line.map(plain).filter(lambda text: text and text.isprintable())
approved = st.builds(Approved, line, english, line, line, line, st.lists(line, max_size=2).map(tuple))

FOREIGN = """<?xml version="1.0" encoding="{encoding}"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="OmegaT" creationtoolversion="6" segtype="sentence"
 o-tmf="OmegaT" adminlang="EN-US" srclang="ZH-CN" datatype="plaintext"/><body>
<tu tuid="7" creationid="wang" creationdate="20260101T000000Z">
<tuv xml:lang="ZH-CN"><seg>你<bpt i="1">{{b}}</bpt>好<ept i="1">{{/b}}</ept></seg></tuv>
<tuv xml:lang="EN-US"><seg><hi type="term">Hello</hi> there</seg></tuv></tu>
<tu><tuv xml:lang="de"><seg>Hallo</seg></tuv><tuv xml:lang="en"><seg>Hello</seg></tuv></tu>
</body></tmx>"""


def written(*approvals):
    return tmx.to_tmx(Approvals(approvals))


def test_what_is_written_is_read_back():
    assert list(tmx.from_tmx(written(ONE, TWO), name="m")) == [TWO, ONE]


@given(st.lists(approved, max_size=5))
def test_any_text_survives_the_file(approvals):
    known = Approvals(approvals)
    assert tmx.from_tmx(tmx.to_tmx(known), name="m") == known


def test_the_order_of_approving_leaves_no_trace_in_the_file():
    assert written(ONE, TWO) == written(TWO, ONE)


def test_one_changed_sentence_changes_one_group_of_lines():
    before = written(ONE, TWO).decode().splitlines()
    after = written(ONE, Approved(TWO.source, "Today")).decode().splitlines()
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


def test_lines_that_an_editor_wrapped_change_no_sentence():
    wrapped = written(ONE).decode().replace("企业12", "企业\r\n    12").replace("Zone gained", "\n Zone\n\t gained")
    assert list(tmx.from_tmx(wrapped.encode(), name="m")) == [ONE]


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", ">>>>>>> theirs", "=======", "=======\r", "||||||| merged"])
def test_a_merge_that_was_left_half_done_is_told_even_where_it_is_xml(mark):
    lines = written(ONE, TWO).decode().splitlines()
    with pytest.raises(tmx.TmxError, match=r"^m:5: has a conflict that git could not merge; keep the units"):
        tmx.from_tmx("\n".join([*lines[:4], mark, *lines[4:]]).encode(), name="m")


def test_text_that_looks_like_a_mark_of_git_s_within_a_line_is_text():
    one = Approved("等号 =======", "Equals <<<<<<< ======= and >>>>>>> theirs")
    assert list(tmx.from_tmx(written(one), name="m")) == [one]


@pytest.mark.parametrize("encoding", ["GBK", "no-such-one"])
def test_an_encoding_that_is_not_read_is_named_as_the_reason(encoding):
    content = written(ONE).decode().replace("UTF-8", encoding).encode("gbk")
    with pytest.raises(tmx.TmxError, match="is in an encoding that is not read; save it again as UTF-8"):
        tmx.from_tmx(content, name="m")


def test_a_cat_tools_library_reads_the_file(tmp_path):
    path = tmp_path / "memory.tmx"
    tmx.write(path, Approvals([ONE, TWO]))
    units = tmxfile.parsefile(str(path)).units
    assert [(unit.source, unit.target) for unit in units] == [(TWO.source, TWO.target), (ONE.source, ONE.target)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_cat_tools_file_is_read_without_its_codes_and_other_languages(encoding):
    content = FOREIGN.format(encoding=encoding.removesuffix("-sig")).encode(encoding)
    assert list(tmx.from_tmx(content, name="m")) == [Approved("你好", "Hello there", "wang", "20260101T000000Z")]


def test_characters_that_xml_cannot_hold_are_left_out():
    assert tmx.from_tmx(written(Approved("好\x0b", "go\x00od")), name="m").get("好").target == "good"


def test_a_sentence_approved_twice_in_different_words_is_told_with_both():
    content = written(ONE).replace(
        b"</body>", written(Approved(ONE.source, "No.")).partition(b"<body>")[2].partition(b"</tmx>")[0]
    )
    with pytest.raises(Mistakes, match=r"“The Zone gained 12 companies.” and “No.”"):
        tmx.from_tmx(content, name="memory.tmx")


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ("\x92", "has the control character U+0092, which nobody can see"),
        ("\u202e", "has the control character U+202E, which nobody can see"),
        ("\ue001", "has the control character U+E001, which nobody can see"),
        ("😀", "has “😀”, for which no font has a glyph"),
        (" word" * 2_000, "is 10,029 characters long, which no sentence is"),
    ],
)
def test_english_that_no_page_can_show_is_told_with_its_own_line(slip, said):
    content = written(ONE, TWO).replace(b"companies", f"companies{slip}".encode())
    with pytest.raises(Mistakes) as raised:
        tmx.from_tmx(content, name="memory.tmx", lacking=lambda text: "“😀”" if "😀" in text else "")
    assert str(raised.value) == f"memory.tmx:13: the English of “{ONE.source}” {said}; write it otherwise."


def test_blanks_of_any_kind_are_one_blank_and_the_fonts_are_asked_of_rare_characters_only():
    asked = []
    content = written(ONE, TWO).replace(b"gained 12", "gained\u2028\x85 \u00a0\u200b12".encode())
    assert list(tmx.from_tmx(content, name="m", lacking=lambda text: asked.append(text) or "")) == [TWO, ONE]
    assert asked == []
    tmx.from_tmx(written(Approved("好", "Good ♥")), name="m", lacking=lambda text: asked.append(text) or "")
    assert asked == ["Good ♥"]


def test_where_units_cannot_be_counted_the_line_is_left_out():
    content = written(ONE).decode().replace("UTF-8", "UTF-16").replace("Zone", "Zone\x92").encode("utf-16")
    with pytest.raises(Mistakes, match=r"^m: the English of “高新区新增企业12家。” has the control character U\+0092"):
        tmx.from_tmx(content, name="m")


def test_what_is_taken_for_common_characters_has_glyphs():
    assert fonts.lacking(c for c in map(chr, range(0x20, 0x2300)) if tmx._COMMON.fullmatch(c) and c.isprintable()) == ""


def test_of_a_memory_of_others_the_sound_units_are_taken_and_the_rest_is_told(tmp_path):
    path = tmp_path / "other.tmx"
    twice = written(Approved("多", "Much.")).partition(b"<body>")[2].partition(b"</body>")[0]
    bad = written(Approved("坏", "Bad\x92.")).partition(b"<body>")[2].partition(b"</body>")[0]
    path.write_bytes(written(ONE, Approved("多", "Many.")).replace(b" </body>", twice + bad + b" </body>"))
    sound, mistakes = tmx.sift(path)
    assert list(sound) == [ONE]
    assert [str(one).partition("; ")[0].removeprefix(str(path)) for one in mistakes] == [
        ":33: the English of “坏” has the control character U+0092, which nobody can see",
        ": “多” has two approved translations, “Many.” and “Much.”",
    ]


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><tmx><body>&b;</body></tmx>'
)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not well-formed"),
        (b"source,target\n", "not well-formed"),
        (written(ONE)[:-20], "not well-formed"),
        (written(ONE).replace(b"12", b"\xff"), "not well-formed"),
        (b"<xliff/>", "is no TMX"),
        (BOMB, "declares entities"),
        (BOMB.decode().encode("utf-16"), "declares entities"),
        (b'<?xml version="1.0" encoding="klingon"?><tmx/>', "in an encoding that is not read"),
    ],
)
def test_what_is_no_memory_is_one_sentence(content, said):
    with pytest.raises(tmx.TmxError, match=said) as raised:
        tmx.from_tmx(content, name="memory.tmx")
    assert str(raised.value).startswith("memory.tmx:")
    assert raised.value.exit_code == 3


def test_a_project_without_the_file_has_nothing_approved(tmp_path):
    assert len(tmx.read(tmp_path / "memory.tmx")) == 0


def test_a_folder_in_its_place_is_one_sentence(tmp_path):
    with pytest.raises(PipelineError, match="cannot be read"):
        tmx.read(tmp_path)


def test_a_change_that_changes_nothing_does_not_touch_the_file(tmp_path):
    path = tmp_path / "memory.tmx"
    tmx.write(path, Approvals([ONE]))
    before = path.stat().st_mtime_ns
    assert tmx.update(path, lambda known: known.having([ONE])) == Approvals([ONE])
    assert path.stat().st_mtime_ns == before


def test_two_processes_that_approve_at_the_same_time_lose_nothing(tmp_path):
    path = tmp_path / "memory.tmx"
    names = [[f"{who}{n}" for n in range(20)] for who in "甲乙丙"]
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as pool:
        list(pool.map(_approve_each, [path] * 3, names))
    assert {one.source for one in tmx.read(path)} == {name for own in names for name in own}


def _approve_each(path, sources):
    for source in sources:
        tmx.update(path, lambda known, source=source: known.having([Approved(source, "x")]))


def test_a_memory_that_projects_share_by_a_link_stays_the_one_of_all(tmp_path):
    shared, own = tmp_path / "shared" / "memory.tmx", tmp_path / "project" / "memory.tmx"
    for path in (shared, own):
        path.parent.mkdir()
    tmx.write(shared, Approvals([ONE]))
    own.symlink_to("../shared/memory.tmx")
    tmx.update(own, lambda known: known.having([TWO]))
    assert own.is_symlink()
    assert tmx.read(shared) == Approvals([ONE, TWO])


def test_a_folder_in_which_no_file_can_be_locked_is_one_sentence(tmp_path, monkeypatch):
    def refused(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", refused)
    with pytest.raises(tmx.TmxError, match="cannot be locked: no locks available; check who may write there"):
        tmx.update(tmp_path / "memory.tmx", lambda known: known)


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / ".cache").write_text("in the way", "utf-8")
    with pytest.raises(tmx.TmxError, match="cannot be locked"):
        tmx.update(tmp_path / "memory.tmx", lambda known: known)
