"""What is said of a paper in words: phrases before words, and words that the paper is about."""

from __future__ import annotations

from readinglist.discover.reasons import Reasons, tokens_of
from readinglist.paper import Paper, PaperId
from readinglist.text.words import stem


def paper(title: str, abstract: str = "") -> Paper:
    return Paper(id=PaperId(1), title=title, abstract=abstract)


def why(found: Paper, asked: list[Paper], **parts: float) -> tuple[str, ...]:
    """The reasons where words (by their stems) add so much to the score."""
    reasons = Reasons(asked, [tokens_of(each) for each in asked])
    return reasons.why(found, {stem(word): part for word, part in parts.items()})


def test_a_word_that_stands_there_once_by_chance_is_no_reason() -> None:
    asked = [paper("Herring at night", "We count herring, corner to corner.")]
    found = paper("Films of shoals", "A corner of the net; herring turn. The herring are filmed.")
    assert why(found, asked, corner=1.0, herring=0.9) == ("herring",)


def test_a_word_of_the_title_is_a_reason_though_it_stands_there_once() -> None:
    asked = [paper("Nets", "Each herring is counted, and the corner too.")]
    assert why(paper("Herring", "A corner."), asked, corner=1.0, herring=0.4) == ("herring",)


def test_where_no_word_is_what_a_paper_is_about_the_most_telling_is_said() -> None:
    asked = [paper("Nets", "A corner or a corner.")]
    assert why(paper("Herring", "A corner, a stone."), asked, corner=1.0, stone=0.9) == ("corner",)


def test_a_phrase_of_both_is_one_reason_as_long_as_both_have_it() -> None:
    asked = [paper("Nets", "We use spiking neural networks."), paper("Ropes", "Of spiking neural networks too.")]
    found = paper("Shoals", "With spiking neural networks they turn.")
    assert why(found, asked, spiking=1.0, neural=0.9, networks=0.8) == ("spiking neural networks",)
    shorter = paper("Shoals", "With spiking neural circuits they turn.")
    assert why(shorter, asked, spiking=1.0, neural=0.9, networks=0.8) == ("spiking neural",)


def test_a_phrase_may_have_a_linking_word_but_no_other_word_of_grammar() -> None:
    asked = [paper("Nets", "A mixture of herrings. The keepers cannot fish.")]
    found = paper("Boats", "Here is a mixture of herrings, and the keepers cannot fish.")
    assert why(found, asked, mixture=1.0, herrings=0.9) == ("mixture of herrings",)
    assert "cannot" not in " ".join(why(found, asked, keepers=1.0, fish=0.9))


def test_words_that_papers_are_written_with_are_no_reason_alone_and_need_two_papers_in_a_phrase() -> None:
    one = paper("Nets", "The herring model.")
    found = paper("Herring", "A herring model.")
    assert why(found, [one], herring=1.0, model=2.0) == ("herring",)
    assert why(found, [one, one], herring=1.0, model=2.0) == ("herring model",)


def test_a_word_that_says_something_in_phrases_only_is_no_reason_alone() -> None:
    asked = [paper("Layers", "Layers of layers, and herring.")]
    assert why(paper("Layers", "Herring by layers; more herring."), asked, layers=1.0, herring=0.5) == ("herring",)


def test_one_and_many_of_an_acronym_are_one_reason() -> None:
    asked = [paper("GNNs", "A GNN and herring.")]
    assert why(paper("GNN", "GNNs. A GNN of GNNs."), asked, gnns=1.0, gnn=0.9) == ("GNNs",)


def test_words_with_a_number_between_are_no_phrase() -> None:
    asked = [paper("Arms", "Stackable 4-bar arms. Stackable bars.")]
    found = paper("Stackable arms", "A stackable 4-bar arm, stackable.")
    assert not [said for said in why(found, asked, stackable=1.0, bar=0.5) if "-" in said]


def test_no_phrase_begins_with_what_is_only_said_of_others() -> None:
    asked = [paper("Nets", "Existing herring nets."), paper("Ropes", "Existing herring ropes.")]
    assert why(paper("Herring", "Existing herring boats."), asked, herring=1.0) == ("herring",)
