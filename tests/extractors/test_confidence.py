"""How often a rule is right, as it is measured and looked up."""

from extractors.evaluation.scores import Score
from extractors.facts import confidence


def test_rules_seen_too_rarely_have_the_confidence_of_their_kind(tmp_path, monkeypatch):
    counts = {
        "pledge.pledge": Score(made=18, hits=16),
        "pledge.rare": Score(made=2, hits=0),
        "pledge": Score(made=20, hits=16),
    }
    file = tmp_path / "confidence.tsv"
    file.write_text(confidence.write_confidence(counts))
    assert file.read_text().splitlines()[1:] == ["pledge\t20\t16\t0.773", "pledge.pledge\t18\t16\t0.850"]
    monkeypatch.setattr(confidence, "FILE", file)
    confidence.read_confidence.cache_clear()
    assert confidence.confidence_of("pledge.pledge", "pledge") == 0.85
    assert confidence.confidence_of("pledge.rare", "pledge") == 0.773
    assert confidence.confidence_of("control.held", "control") is None
    confidence.read_confidence.cache_clear()


def test_nothing_measured_is_no_confidence(tmp_path, monkeypatch):
    monkeypatch.setattr(confidence, "FILE", tmp_path / "none.tsv")
    confidence.read_confidence.cache_clear()
    assert confidence.confidence_of("pledge.pledge", "pledge") is None
    confidence.read_confidence.cache_clear()
