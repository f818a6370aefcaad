"""The whole way from requests to pairs: what is promised whatever the engine says."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from engines import Parrot
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Constraint, Origin, PairOrigin, Request, Sentence
from pipeline.errors import EngineError
from pipeline.memory import Memory
from pipeline.segment import sentences
from pipeline.translate import CHUNK, Decoding, Forgetful, Hypothesis, Markup, translate
from pipeline.translate.memo import key

SEED = Path(__file__).parent.parent / "articles" / "gaoxin-shibao-page.txt"
REAL = [s.strip() for line in SEED.read_text("utf-8").splitlines() for s in sentences(line) if len(s.strip()) > 3]
MARKUP = Markup("⟦", "⦂", "⟧")


def request(text, id_="s1", **targets):
    """A sentence in which every occurrence of each named source must become its target."""
    found = [(m.start(), s, t) for s, t in targets.items() for m in re.finditer(re.escape(s), text)]
    terms = (Constraint(at, at + len(s), s, t, Origin.GLOSSARY) for at, s, t in sorted(found))
    return Request(Sentence(id_, text, (text,)), tuple(terms))


def one(engine, text, **targets):
    return translate([request(text, **targets)], engine, Forgetful())[0]


def obeys(source):
    """Copies what the inline notation asks for, and says "so" for all other Chinese."""
    return re.sub(r"[⺀-鿿]+", " so ", re.sub(r"⟦[^⦂]*⦂([^⟧]*)⟧", r" \1 ", source))


def test_each_sentence_stops_at_the_first_rung_that_keeps_its_terms():
    assert one(Parrot(lambda _: "The zone grew"), "高新区发展", 高新区="zone").rung == "plain"
    assert one(Parrot(obeys, markup=MARKUP), "高新区发展", 高新区="zone").rung == "inline"
    assert (
        one(Parrot(lambda s: " ".join(re.findall("[A-Z][a-z]+", s))), "高新区发展", 高新区="Zone").rung == "code-switch"
    )
    assert one(Parrot(lambda s: " ".join(re.findall(r"T\d", s))), "高新区发展", 高新区="zone").rung == "placeholder"
    assert one(Parrot(lambda _: "it grew"), "高新区发展", 高新区="zone").rung == "prefix"


def test_what_no_rung_can_do_is_forced_and_says_so():
    class Blind(Parrot):
        def _hypothesis(self, source, prefix, *, attend):
            return Hypothesis("grew", -1)

    pair = one(Blind(str), "高新区发展。", 高新区="High-tech Zone")
    assert (pair.target, pair.origin, pair.rung) == ("High-tech Zone grew.", PairOrigin.FORCED, "split")
    assert [pair.target[s.start : s.stop] for s in pair.target_spans] == ["High-tech Zone"]
    assert pair.score is not None


def test_only_the_failures_go_down():
    engine = Parrot(lambda s: "the zone" if "高" in s else "nothing")
    translate(
        [request("高新区好", 高新区="zone"), request("今天好", "s2"), request("新城好", "s3", 新城="New Town")],
        engine,
        Forgetful(),
    )
    assert engine.seen.count("高新区好") == 1
    assert engine.seen.count("今天好") == 1


def test_a_sentence_that_its_terms_say_whole_asks_no_engine():
    engine = Parrot(str)
    pair = one(engine, "高新区管委会：", 高新区="the High-tech Zone", 管委会="Administrative Committee")
    assert pair.target == "The High-tech Zone Administrative Committee:"
    assert (pair.origin, pair.score, pair.rung) == (PairOrigin.FIXED, None, "")
    assert engine.calls == 0


def test_a_byline_without_chinese_outside_its_terms_keeps_its_signs():
    pair = one(Parrot(str), "记者 孙庆辉 文/图", 记者="Reporter", 孙庆辉="Sun Qinghui", 文="Text", 图="Photo")
    assert pair.target == "Reporter Sun Qinghui Text/Photo"


def test_a_term_that_begins_the_sentence_after_a_dateline_is_found_there():
    text = "本报讯 市政府开会。"
    terms = (
        Constraint(0, 3, "本报讯", "staff report", Origin.GLOSSARY),
        Constraint(4, 7, "市政府", "municipal government", Origin.GLOSSARY),
    )
    request = Request(Sentence("a1.p1.s1", text, (text,)), terms)
    (pair,) = translate([request], Parrot(lambda _: "municipal government met."), Forgetful())
    assert pair.target == "Staff report — Municipal government met."
    assert [span.constraint for span in pair.target_spans] == [0, 1]


def test_text_without_chinese_is_passed_through():
    assert one(Parrot(str), "PI-IP-IPO").target == "PI-IP-IPO"


def test_equal_sentences_under_equal_constraints_are_translated_once():
    engine = Parrot(lambda _: "It is fine")
    pairs = translate([request("今天好", f"s{n}") for n in range(5)], engine, Forgetful())
    assert engine.seen == ["今天好"]
    assert [pair.sentence.id for pair in pairs] == ["s0", "s1", "s2", "s3", "s4"]


def test_a_loop_is_decoded_once_more_against_repetition():
    class Stutters(Parrot):
        def translate(self, sources, options, prefixes=None, *, attend=False):
            said = "It grew well" if options.no_repeat_ngram else "the the zone the zone the zone"
            return tuple((Hypothesis(said, -1),) for _ in sources)

    assert one(Stutters(str), "高新区发展").target == "It grew well"


def test_among_hypotheses_that_keep_the_terms_the_models_best_is_taken():
    class Beam(Parrot):
        def translate(self, sources, options, prefixes=None, *, attend=False):
            said = [("It grew", -0.1), ("The zone grew", -0.4), ("The zone did well", -0.9)]
            return tuple(tuple(Hypothesis(text, score) for text, score in said) for _ in sources)

    assert one(Beam(str), "高新区发展", 高新区="zone").target == "The zone grew"


def test_a_sentence_beyond_the_window_is_cut_at_its_clauses_and_joined_again():
    engine = Parrot(lambda s: f"The part {len(s)} said.", window=12)
    pair = one(engine, "高新区今年发展很快，企业已有三千家；明年会更好。", 高新区="zone", 企业="firms")
    assert all(len(source) <= 12 for source in engine.seen)
    assert [pair.target[s.start : s.stop] for s in pair.target_spans] == ["Zone", "firms"]
    assert pair.target.count(".") == 1


def test_a_model_that_says_nothing_is_an_error_and_not_an_empty_page():
    with pytest.raises(EngineError, match="the model says nothing to “今天好”"):
        one(Parrot(lambda _: ""), "今天好")


def test_marks_of_the_notation_in_the_article_itself_never_reach_the_engine():
    engine = Parrot(lambda _: "fine", markup=MARKUP)
    assert one(engine, "高⟦新⦂区⟧").target == "Fine"
    assert engine.seen == ["高[新:区]"]


def test_a_second_run_asks_nothing_and_says_that_it_remembers(tmp_path):
    engine = Parrot(lambda s: f"The zone said {len(s)}")
    requests = [request(f"第{n}天好", f"s{n}") for n in "一二三"]
    with Memory(tmp_path / "m.sqlite") as memory:
        first = translate(requests, engine, memory)
    asked = engine.calls
    with Memory(tmp_path / "m.sqlite") as memory:
        second = translate(requests, engine, memory)
    assert engine.calls == asked
    assert [replace(pair, remembered=False) for pair in second] == list(first)
    assert all(pair.remembered for pair in second)
    assert not any(pair.remembered for pair in first)


def test_editing_one_row_translates_only_the_sentences_it_touches(tmp_path):
    engine = Parrot(lambda s: "zone " * ("高新区" in s) + "town hub")
    before = [request("高新区好"), request("新城好", "s2", 新城="town"), request("今天好", "s3")]
    after = [request("高新区好"), request("新城好", "s2", 新城="hub"), request("今天好", "s3")]
    with Memory(tmp_path / "m.sqlite") as memory:
        translate(before, engine, memory)
        engine.seen.clear()
        pairs = translate(after, engine, memory)
    assert set(engine.seen) == {"新城好"}
    assert [pair.remembered for pair in pairs] == [True, False, True]


def test_a_killed_run_goes_on_where_it_was(tmp_path):
    class Fragile(Parrot):
        strength = 2

        def translate(self, sources, options, prefixes=None, *, attend=False):
            if self.calls == self.strength:
                raise KeyboardInterrupt
            return super().translate(sources, options, prefixes, attend=attend)

    requests = [request("天" * n + "好", f"s{n}") for n in range(3 * CHUNK)]
    fragile = Fragile(lambda s: f"Day {len(s)} went well enough for all that we heard of it {'x' * len(s)}")
    with Memory(tmp_path / "m.sqlite") as memory:
        with pytest.raises(KeyboardInterrupt):
            translate(requests, fragile, memory)
        assert len(memory) >= CHUNK
        kept = len(memory)
        fragile.strength = -1
        fragile.seen.clear()
        pairs = translate(requests, fragile, memory)
    assert len(set(fragile.seen)) == len(requests) - kept
    assert sum(pair.remembered for pair in pairs) == kept


def test_progress_adds_up_to_the_requests():
    steps = []
    requests = [request(f"第{n}天", f"s{n}") for n in "一二一三"]
    translate(requests, Parrot(lambda _: "Day"), Forgetful(), progress=steps.append)
    assert sum(steps) == 4


def test_the_key_holds_whatever_decides_the_english_and_nothing_else():
    (term,) = request("高新区", 高新区="zone").constraints
    base = key("高新区", [term], "engine", Decoding())
    for changed in (
        replace(term, target="hub"), replace(term, allowed=("hub",)), replace(term, forbidden=("hub",)),
        replace(term, origin=Origin.NAME), replace(term, source="高新"),
    ):  # fmt: skip
        assert key("高新区", [changed], "engine", Decoding()) != base
    assert key("高新区", [term], "engine 2", Decoding()) != base
    assert key("高新区", [term], "engine", Decoding(beam=5)) != base
    assert key("高新区", [replace(term, note="new", layer="term bank")], "engine", Decoding()) == base


ENGLISH = st.sampled_from([
    "High-tech Zone",
    "the Ning Clan",
    "SMEs",
    "3.1476 million",
    "Lü Mei",
    "iPad",
    "A-share",
    "揭榜",
])
TERM = st.sampled_from(["高新区", "产城更新", "企业", "的", "发展", "郑州", "科技", "，", "创新", "服务", "一", "20"])
DEAF = Parrot(lambda s: f"He said {len(s)} things about it and went on .")
POLITE = Parrot(obeys, markup=MARKUP)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(REAL), min_size=1, max_size=4), st.dictionaries(TERM, ENGLISH, max_size=4), st.booleans()
)
def test_whatever_the_glossary_and_the_engine_every_term_is_kept(texts, glossary, polite):
    engine = POLITE if polite else DEAF
    longest_first = "|".join(map(re.escape, sorted(glossary, key=len, reverse=True)))
    requests = []
    for text in texts:
        hits = re.finditer(longest_first, text) if glossary else ()
        terms = (Constraint(m.start(), m.end(), m.group(), glossary[m.group()], Origin.GLOSSARY) for m in hits)
        requests.append(Request(Sentence("s", text, (text,)), tuple(terms)))
    for pair in translate(requests, engine, Forgetful()):
        assert {span.constraint for span in pair.target_spans} == set(range(len(pair.constraints)))
        spans = [(span.start, span.stop) for span in pair.target_spans]
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
        for span in pair.target_spans:
            assert pair.target[span.start : span.stop].lower() == pair.constraints[span.constraint].target.lower()
        assert pair.target not in MARKUP
        assert not re.search(r"\bT\d\b", pair.target)
        assert "  " not in pair.target


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(REAL), min_size=2, max_size=5, unique=True))
def test_a_sentence_without_a_hit_is_the_same_under_any_glossary(texts):
    bound, *free = texts
    alone = translate([request(text) for text in free], POLITE, Forgetful())
    term = Constraint(0, 1, bound[0], "High-tech Zone", Origin.GLOSSARY)
    among = translate([Request(Sentence("x", bound, (bound,)), (term,)), *map(request, free)], POLITE, Forgetful())
    assert among[1:] == alone


def test_a_verified_but_doubtful_text_goes_on_and_is_never_forced():
    stutter = "The zone the zone the zone"
    looped = one(Parrot(lambda _: stutter), "高新区发展很快。")
    assert (looped.target, looped.origin) == (stutter, PairOrigin.MODEL)
    better = Parrot(lambda s: "The zone grew well" if "⟦" in s else stutter.replace("zone", "zone hub"), markup=MARKUP)
    pair = one(better, "高新区发展", 高新区="zone")
    assert (pair.target, pair.rung) == ("The zone grew well", "inline")


def test_what_stays_doubtful_is_tried_clause_by_clause():
    clause = "高新区今年的发展比去年的发展要快得多了"
    said = {f"{clause}，": "The zone grew fast this year.", f"{clause}。": "They were all glad of it."}
    pair = one(Parrot(lambda s: said.get(s, "so on so on so on so on")), f"{clause}，{clause}。")
    assert pair.target == "The zone grew fast this year. They were all glad of it."


def test_half_a_quotation_is_mended_where_the_source_holds_whole_ones():
    assert (
        one(Parrot(lambda _: "The Three Benchmarks” campaign"), "“三标”活动").target == "The Three Benchmarks campaign"
    )
    assert one(Parrot(lambda _: "He said: “It is"), "他说：“这是").target == "He said: “It is"
