"""What stands around a sentence is taken off before the model is asked, and put back around its English."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Constraint, Origin
from pipeline.translate.frame import framed
from pipeline.translate.passage import Passage


def passage(text, **terms):
    origins = {"李文博": Origin.NAME, "陈晓燕": Origin.NAME}
    found = [
        Constraint(text.index(s), text.index(s) + len(s), s, t, origins.get(s, Origin.GLOSSARY))
        for s, t in terms.items()
    ]
    return Passage(text, tuple(sorted(found, key=lambda c: c.start)))


def parts(text, **terms):
    frame = framed(passage(text, **terms))
    return frame.before, frame.core.text, frame.after


@pytest.mark.parametrize("gap", ["", " ", "　", "：", "， "])
def test_a_dateline_stands_before_the_english_with_a_dash(gap):
    assert parts(f"本报讯{gap}昨天下雨。", 本报讯="staff report") == ("Staff report — ", "昨天下雨。", "")


@pytest.mark.parametrize(
    ("authors", "said"),
    [
        ("（记者 李文博）", " (reporter Li Wenbo)"),
        ("(记者李文博 陈晓燕)", " (reporter Li Wenbo, Chen Xiaoyan)"),
        ("（记者 李文博、通讯员 陈晓燕）：", " (reporter Li Wenbo, correspondent Chen Xiaoyan)"),
    ],
)
def test_who_reports_stands_in_the_dateline(authors, said):
    known = {"记者": "reporter", "通讯员": "correspondent", "李文博": "Li Wenbo", "陈晓燕": "Chen Xiaoyan"}
    terms = {source: target for source, target in known.items() if source in authors}
    before, core, _ = parts(f"本报讯{authors}昨天下雨。", 本报讯="staff report", **terms)
    assert (before, core) == (f"Staff report{said} — ", "昨天下雨。")


def test_a_bracket_with_more_than_offices_and_names_is_left_to_the_model():
    text = "本报讯（记者李文博昨天报道）昨天下雨。"
    assert parts(text, 本报讯="staff report", 记者="reporter", 李文博="Li Wenbo")[:2] == ("Staff report — ", text[3:])


def test_an_agency_is_a_dateline_too():
    assert parts("新华社电 昨天下雨。", 新华社电="Xinhua")[0] == "Xinhua — "


def test_the_paper_that_does_something_in_the_sentence_is_no_dateline():
    text = "本报记者昨天采访了他。"
    assert parts(text, 本报记者="our reporter") == ("", text, "")


def test_a_dateline_further_inside_is_left_to_the_model():
    text = "他说本报讯很好。"
    assert parts(text, 本报讯="staff report") == ("", text, "")


def test_the_beginning_of_a_quotation_that_ends_in_another_sentence_comes_back():
    assert parts("“昨天下雨。") == ("“", "昨天下雨。", "")


def test_its_end_comes_back_after_the_full_stop():
    assert parts("今天也下雨。”") == ("", "今天也下雨。", "”")


def test_both_follow_a_dateline():
    assert parts("本报讯“昨天下雨。", 本报讯="staff report") == ("Staff report — “", "昨天下雨。", "")


def test_a_whole_quotation_is_the_models():
    assert parts("“昨天下雨。”他说。") == ("", "“昨天下雨。”他说。", "")


def test_an_end_inside_the_sentence_is_the_models():
    assert parts("昨天下雨。”他说。") == ("", "昨天下雨。”他说。", "")


def test_half_of_an_inner_quotation_becomes_a_colon_or_nothing():
    assert parts("会议提出‘推进创新。") == ("", "会议提出：推进创新。", "")
    assert parts("推进创新。’") == ("", "推进创新。", "")
    assert parts("会议提出，‘推进创新。") == ("", "会议提出，推进创新。", "")


def test_a_sentence_of_nothing_but_its_frame_is_left_whole():
    assert parts("本报讯“", 本报讯="staff report") == ("", "本报讯“", "")


@given(
    st.text(st.sampled_from("“”‘’。，会下雨 "), max_size=12), st.text(st.sampled_from("“”‘’。，会下雨 "), max_size=12)
)
def test_terms_stay_where_they_are_in_the_text(before, after):
    whole = passage(f"{before}高新区{after}", 高新区="Zone")
    core = framed(whole).core
    assert [core.text[c.start : c.stop] for c in core.constraints] == ["高新区"]
    kept = [letter for letter in core.text if letter not in "“”‘’："]
    assert kept == [letter for letter in whole.text if letter not in "“”‘’："]
