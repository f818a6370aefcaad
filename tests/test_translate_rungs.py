"""Each rung by itself, under an engine of a few lines that behaves as that rung needs it."""

import re

import pytest
from engines import Parrot, word_by_word

from pipeline.document import Constraint, Origin
from pipeline.translate import Attention, Decoding, Hypothesis, Markup
from pipeline.translate.align import landed
from pipeline.translate.ladder import finished
from pipeline.translate.once import Once
from pipeline.translate.passage import Passage
from pipeline.translate.rungs.codeswitch import CODE_SWITCH
from pipeline.translate.rungs.inline import INLINE, INLINE_FEWER
from pipeline.translate.rungs.misspelt import mended
from pipeline.translate.rungs.placeholder import PLACEHOLDER
from pipeline.translate.rungs.prefix import PREFIX, PREFIX_OBEYING, unglued
from pipeline.translate.rungs.split import SPLIT
from pipeline.translate.rungs.substitute import substituted
from pipeline.translate.rungs.written import annotated, bare

MARKUP = Markup("⟦", "⦂", "⟧")
ZONE = Constraint(2, 5, "高新区", "High-tech Zone", Origin.GLOSSARY)
FIRMS = Constraint(6, 8, "企业", "SMEs", Origin.GLOSSARY)
PASSAGE = Passage("郑州高新区的企业。", (ZONE, FIRMS))
FREE = Passage("今天天气好。")


def offered(rung, engine, passage=PASSAGE):
    (offers,) = rung.offer([passage], engine, Decoding())
    return [finished(passage, offer.text) for offer in offers]


def latin(source):
    return " ".join(re.findall(r"[A-Za-z][A-Za-z-]*\d?", source))


def test_inline_writes_every_term_into_the_source_in_the_notation_of_the_engine():
    engine = Parrot(lambda s: re.sub(r"⟦[^⦂]*⦂([^⟧]*)⟧", r" \1 ", s).replace("的", "of"), markup=MARKUP)
    offered(INLINE, engine)
    assert "郑州⟦高新区⦂High-tech Zone⟧的⟦企业⦂SMEs⟧。" in engine.seen


def test_with_fewer_marks_those_terms_alone_are_asked_for_that_the_model_does_not_say_by_itself():
    engine = Parrot(lambda s: "The High-tech Zone of SMEs" if "⟦" in s else "The SMEs of the zone", markup=MARKUP)
    assert offered(INLINE_FEWER, engine)[0] == "The High-tech Zone of SMEs"
    assert "郑州⟦高新区⦂High-tech Zone⟧的企业。" in engine.seen


def test_inline_mends_a_copy_that_went_slightly_wrong():
    engine = Parrot(lambda s: "the Hihg-tech Zones of SMEs" if "⟦" in s else "the zone", markup=MARKUP)
    assert "The High-tech Zone of SMEs" in offered(INLINE, engine)


@pytest.mark.parametrize(
    ("said", "mends"),
    [
        ("He met Jiang Xueeqing there.", "He met Jiang Xueqing there."),
        ("He met the Princess Chin Yao.", None),
        ("He met nobody.", None),
    ],
)
def test_only_words_much_like_a_missing_name_are_exchanged_for_it(said, mends):
    name = Constraint(0, 3, "姜雪晴", "Jiang Xueqing", Origin.NAME)
    assert mended(Passage("姜雪晴来了。", (name,)), said) == mends


def test_a_number_is_never_mended():
    number = Constraint(0, 5, "4.11万", "41,100", Origin.NUMBER)
    assert mended(Passage("4.11万台。", (number,)), "41,000 surgeries") is None


def test_an_engine_is_asked_each_question_once():
    engine = Parrot(str.upper)
    once = Once(engine)
    first = once.translate(["甲", "乙", "甲"], Decoding())
    assert once.translate(["乙", "丙"], Decoding())[0] == first[1]
    assert engine.seen == ["甲", "乙", "丙"]


def test_inline_offers_nothing_to_an_engine_without_notation_or_where_the_notation_would_not_fit():
    assert offered(INLINE, Parrot(str.upper)) == []
    assert offered(INLINE, Parrot(str.upper, markup=MARKUP, window=12)) == []


def test_code_switch_sets_the_english_into_the_chinese():
    engine = Parrot(latin)
    assert offered(CODE_SWITCH, engine) == ["High-tech Zone SMEs"]
    assert engine.seen == ["郑州High-tech Zone的SMEs。"]


def test_placeholders_are_exchanged_for_their_terms():
    engine = Parrot(lambda s: "The " + " of ".join(re.findall(r"T\d", s)))
    assert offered(PLACEHOLDER, engine) == ["The High-tech Zone of SMEs"]
    assert engine.seen == ["郑州T1的T2。"]


@pytest.mark.parametrize("said", ["The T1 of", "T1 T1 T2", "T1-1 of T2", "The zone"])
def test_a_placeholder_that_is_lost_doubled_or_mangled_spoils_the_offer(said):
    assert offered(PLACEHOLDER, Parrot(lambda _: said)) == []


def test_placeholders_are_not_used_where_the_text_itself_holds_one():
    term = Constraint(2, 5, "航站楼", "terminal", Origin.GLOSSARY)
    assert offered(PLACEHOLDER, Parrot(latin), Passage("T1航站楼", (term,))) == []


def test_prefix_puts_the_term_where_the_model_looked_at_it_and_lets_it_go_on():
    engine = Parrot(lambda _: "Zhengzhou zone zone zone zone of firms .")
    continued, exchanged = offered(PREFIX, engine)
    assert continued == "Zhengzhou zone High-tech Zone zone of SMEs."
    assert exchanged == "Zhengzhou zone High-tech Zone of SMEs."


def test_prefix_goes_on_from_the_notation_where_the_engine_obeys_one():
    engine = Parrot(lambda _: "Zhengzhou zone zone zone zone of firms .", markup=MARKUP)
    source = annotated(PASSAGE, MARKUP)
    assert source.text == "郑州⟦高新区⦂High-tech Zone⟧的⟦企业⦂SMEs⟧。"
    assert [source.text[a:b] for a, b in source.spans] == ["⟦高新区⦂High-tech Zone⟧", "⟦企业⦂SMEs⟧"]
    assert "High-tech Zone" in offered(PREFIX_OBEYING, engine)[0]
    assert set(engine.seen) == {source.text}
    assert offered(PREFIX_OBEYING, Parrot(str.upper)) == []


def test_prefix_keeps_what_the_model_said_right_by_itself():
    engine = Parrot(lambda _: "Zhengzhou zone High-tech Zone of x firms .")
    (first, *_) = offered(PREFIX, engine)
    assert first.count("High-tech Zone") == 1
    assert "SMEs" in first


def test_prefix_offers_the_plain_draft_where_the_engine_cannot_say_where_it_looked():
    class Blind(Parrot):
        def _hypothesis(self, source, prefix, *, attend):
            return Hypothesis(self.say(source), -1)

    assert offered(PREFIX, Blind(lambda _: "the zone")) == ["The zone"]


def test_letters_hung_on_a_term_are_taken_off_and_the_attention_follows():
    said = Hypothesis("Su Yue left", -1, attention=word_by_word("苏羽走", "Su Yue left"))
    mended = unglued(said, len("Su Yu"))
    assert mended.text == "Su Yu left"
    assert mended.attention.target == ((0, 2), (3, 5), (6, 10))
    assert unglued(said, len("Su Yue")) is said


def test_substitution_exchanges_the_rendering_and_keeps_the_rest():
    text = "Zhengzhou city high tech area s firms grow"
    drawn = Hypothesis(text, -1, attention=word_by_word(PASSAGE.text, text))
    assert finished(PASSAGE, substituted(PASSAGE, bare(PASSAGE), drawn)) == "Zhengzhou city High-tech Zone s SMEs"


def test_substitution_has_nothing_to_do_where_nothing_is_missing():
    text = "A High-tech Zone with SMEs"
    drawn = Hypothesis(text, -1, attention=word_by_word(PASSAGE.text, text))
    assert substituted(PASSAGE, bare(PASSAGE), drawn) is None


def test_attention_finds_the_words_and_a_term_left_out_has_a_place_all_the_same():
    source, text = "一二三四", "one two three"
    drawn = word_by_word(source, text)
    assert landed(drawn, source, text, (1, 2)) == (4, 7)
    assert landed(drawn, source, text, (0, 1), after=4) == (4, 4)
    assert landed(drawn, source, text, (3, 4))[0] in range(len(text))
    assert landed(drawn, source, text, (0, 1), after=len(text)) is None


def test_small_words_that_rest_their_eyes_on_the_full_stop_do_not_break_a_rendering_in_two():
    source, text = "副书记来。", "Deputy of the Secretary came"
    looks = [0, 4, 4, 1, 3]  # "of the" look at the full stop
    spans = tuple((m.start(), m.end()) for m in re.finditer(r"\w+", text))
    rows = tuple(tuple(float(j == look) for j in range(5)) for look in looks)
    drawn = Attention(tuple((j, j + 1) for j in range(5)), spans, rows)
    assert landed(drawn, source, text, (0, 3)) == (0, len("Deputy of the Secretary"))


def test_split_translates_around_the_terms_and_always_keeps_them():
    engine = Parrot({"郑州": "Zhengzhou."}.__getitem__)
    assert set(offered(SPLIT, engine)) == {"Zhengzhou High-tech Zone SMEs."}
    assert engine.seen == ["郑州"]


def test_split_sets_the_punctuation_of_the_source_back():
    terms = (
        Constraint(1, 4, "高新区", "High-tech Zone", Origin.GLOSSARY),
        Constraint(7, 9, "企业", "SMEs", Origin.GLOSSARY),
    )
    engine = Parrot({"全": "The whole."}.__getitem__)
    assert offered(SPLIT, engine, Passage("“高新区”，全企业。", terms)) == ["“High-tech Zone”, the whole SMEs."]


def test_split_offers_fragments_with_and_without_their_capital_and_leaves_names_to_the_models_score():
    engine = Parrot({"郑州": "Zhengzhou.", "增长": "Prosperity in Henan."}.__getitem__)
    both = offered(
        SPLIT, engine, Passage("高新区增长", (Constraint(0, 3, "高新区", "High-tech Zone", Origin.GLOSSARY),))
    )
    assert both == ["High-tech Zone Prosperity in Henan", "High-tech Zone prosperity in Henan"]


def test_a_passage_without_constraints_is_left_to_the_plain_rung():
    for rung in (INLINE, INLINE_FEWER, CODE_SWITCH, PLACEHOLDER, PREFIX, PREFIX_OBEYING, SPLIT):
        assert offered(rung, Parrot(str, markup=MARKUP), FREE) == []
