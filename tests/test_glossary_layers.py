"""Which layer speaks, and what the terminologist is told about terms that get in one another's way."""

from __future__ import annotations

from pipeline.document import Case, Sentence
from pipeline.glossary import Entry, Glossary, Kind, conflicts, layered, parse
from pipeline.segment.words import word_cutter


def layer(name: str, *terms: tuple[str, str], case: Case = Case.SENTENCE) -> Glossary:
    return Glossary(Entry(source, target, case=case, line=n, layer=name) for n, (source, target) in enumerate(terms, 2))


def applied(glossary: Glossary, words: str) -> list[tuple[str, str]]:
    sentence = Sentence("s", words.replace("|", ""), tuple(words.split("|")))
    return [(constraint.source, constraint.target) for constraint in glossary.match(sentence).constraints]


def told(*layers: Glossary, texts: tuple[str, ...] = ()) -> list[tuple[Kind, str, str]]:
    return [(c.kind, c.entry.source, c.other.source) for c in conflicts(layers, texts)]


OWN = layer("glossary.csv", ("高新区", "High-tech Zone"), case=Case.EXACT)


def test_a_longer_term_of_a_weaker_layer_may_not_undo_a_stronger_one():
    terms = layered([OWN, layer("term bank", ("世界一流高新区", "world-class high-tech zone"))])
    assert applied(terms, "建设|世界|一流|高新区") == [("高新区", "High-tech Zone")]


def test_a_tokenizer_told_what_fires_leaves_room_for_the_stronger_term():
    terms = layered([OWN, layer("term bank", ("世界一流高新区", "world-class high-tech zone"))])
    words = word_cutter(entry.source for entry in terms.firing)("建设世界一流高新区")
    assert applied(terms, "|".join(words)) == [("高新区", "High-tech Zone")]


def test_half_a_latin_word_overrules_nothing():
    own = layer("glossary.csv", ("IP", "intellectual property"))
    terms = layered([own, layer("term bank", ("IPO", "initial public offering"))])
    assert [entry.source for entry in terms.firing] == ["IP", "IPO"]


def test_a_longer_term_of_a_weaker_layer_that_agrees_is_taken_whole():
    terms = layered([OWN, layer("term bank", ("西安高新区", "Xi'an High-tech Zone"))])
    assert applied(terms, "参观|西安|高新区") == [("西安高新区", "Xi'an High-tech Zone")]


def test_in_one_layer_the_longer_term_wins_whatever_it_says():
    terms = layer("glossary.csv", ("高新区", "High-tech Zone"), ("国家高新区", "national zone"))
    assert applied(terms, "国家|高新区") == [("国家高新区", "national zone")]


def test_where_two_layers_overlap_the_stronger_one_wins_also_from_the_right():
    own = layer("glossary.csv", ("管委会主任", "director"))
    terms = layered([own, layer("term bank", ("经开区管委会", "ETDZ committee"))])
    assert applied(terms, "经开区|管委会|主任") == [("管委会主任", "director")]


def test_an_entry_that_a_stronger_layer_overrides_is_told():
    bank = layer("term bank", ("高新区", "high-tech district"), ("双创", "innovation"))
    (conflict,) = conflicts([OWN, bank])
    assert conflict.message == (
        "“high-tech district” of term bank, line 2 is never used for “高新区”: "
        "glossary.csv, line 2 says “High-tech Zone”."
    )


def test_an_entry_that_a_stronger_layer_retires_is_told():
    own = parse("source,target,status\n双创,,retired\n")
    (conflict,) = conflicts([own, layer("term bank", ("双创", "innovation"))])
    assert conflict.message.endswith("glossary.csv, line 2 says that it is retired.")


def test_an_entry_that_says_what_a_stronger_layer_allows_is_not_told():
    own = parse("source,target,allowed\n双创,innovation,mass innovation\n")
    assert told(own, layer("term bank", ("双创", "mass innovation"))) == []


def test_a_term_that_is_overruled_is_told():
    bank = layer("term bank", ("世界一流高新区", "world-class high-tech zone"), ("西安高新区", "Xi'an High-tech Zone"))
    assert told(OWN, bank) == [(Kind.OVERRULED, "世界一流高新区", "高新区")]


def test_a_term_that_renders_the_one_inside_it_in_another_way_is_told():
    own = layer(
        "glossary.csv", ("高新区", "High-tech Zone"), ("国家高新区", "national park"), ("西安高新区", "High-tech Zone")
    )
    assert told(own) == [(Kind.INCONSISTENT, "国家高新区", "高新区")]


def test_inside_the_term_bank_nothing_is_told():
    bank = layer("term bank", ("市委", "committee"), ("市委书记", "secretary"))
    assert told(OWN, bank) == []


def test_a_target_that_another_layer_forbids_is_told():
    own = parse("source,target,forbidden\n高新区,High-tech Zone,science park\n")
    assert told(own, layer("term bank", ("科技园", "science park"))) == [(Kind.FORBIDDEN, "科技园", "高新区")]


def test_terms_that_meet_are_told_only_where_they_do_and_no_entry_has_both():
    own = layer("glossary.csv", ("高新区管委会", "committee"), ("管委会主任", "director"), ("主任委员", "chair"))
    texts = ("高新区管委会主任张红军",)
    assert told(own, texts=texts) == [(Kind.OVERLAPPING, "高新区管委会", "管委会主任")]
    both = layered([own, layer("glossary.csv", ("高新区管委会主任", "director of the committee"))])
    assert Kind.OVERLAPPING not in {kind for kind, _, _ in told(both, texts=texts)}
