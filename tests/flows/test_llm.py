"""A language model as one more extractor: a small server speaks the protocol, and lies."""

import json
import threading
import time
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import duckdb
import pytest

from extractors.records import Document
from flows.extracting import DocumentReader
from flows.progress import log
from flows.settings import read_settings
from tests.flows.command import missionwire
from tests.flows.newspaper import PARAGRAPHS, feed, feed_list, page

SENTENCE = "Mechanics counted 37 generators at the new camp of the mission in Kenscoff on Sunday."
QUOTE = {"kind": "equipment", "quote": SENTENCE, "words": {"value": "37", "place": "Kenscoff", "event": "on Sunday"}}


class ChatServer:
    """Answers each request with the next of `answers`, the last one for ever.

    An answer is text, bytes, a status, seconds of silence, or a choice among these by the request.
    """

    def __init__(self):
        self.answers = [""]
        self.requests = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                outer.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                answer = outer.answers.pop(0) if len(outer.answers) > 1 else outer.answers[0]
                if callable(answer):
                    answer = answer(outer.requests[-1]["messages"][1]["content"])
                if isinstance(answer, float):
                    time.sleep(answer)
                    self.close_connection = True
                    return
                status = answer if isinstance(answer, int) else 200
                body = answer if isinstance(answer, bytes) else _completion(answer)
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    @property
    def settings(self):
        return {
            "MISSIONWIRE_EXTRACTORS": "llm",
            "MISSIONWIRE_LLM_URL": self.url,
            "MISSIONWIRE_LLM_MODEL": "liar",
            "MISSIONWIRE_LLM_TIMEOUT_SECONDS": "0.5",
        }


def _completion(content):
    message = {"role": "assistant", "content": content if isinstance(content, str) else ""}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    return json.dumps(
        {"id": "1", "object": "chat.completion", "created": 0, "model": "liar", "choices": [choice]}
    ).encode()


@pytest.fixture
def chat():
    server = ChatServer()
    yield server
    server.close()


def answer(*claims):
    return json.dumps({"claims": list(claims)})


@pytest.fixture
def extract(chat, caplog, monkeypatch):
    """The claims that only the model found, what was said of the others, and the text."""
    text = "\n\n".join([*PARAGRAPHS, SENTENCE])
    for name, value in chat.settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(log, "propagate", True)
    reader = DocumentReader(read_settings())

    def run(*answers):
        chat.answers = list(answers)
        claims = reader.read(Document("d", "Camp", text, "en", date(2025, 1, 20)))
        assert any(claim.extractor == "rules" for claim in claims)
        return [claim for claim in claims if claim.extractor == "llm"], caplog.text, text

    return run


def test_a_true_answer_becomes_a_claim_with_spans(extract, chat):
    (claim,), _, text = extract(answer(QUOTE))
    assert (claim.kind, claim.value_best, claim.event_start) == ("equipment", 37, date(2025, 1, 19))
    assert (claim.place, claim.country, claim.grounding) == ("Kenscoff", "HTI", "exact")
    assert text[slice(*claim.spans["value"][0])] == "37"
    assert claim.sentence == SENTENCE
    assert chat.requests[0]["model"] == "liar"
    assert SENTENCE in chat.requests[0]["messages"][1]["content"]


def test_words_may_differ_in_case_accents_and_signs(extract):
    quote = {**QUOTE, "quote": "mechanics counted  37 generators at the new camp", "words": {"value": "37"}}
    (claim,), _, _ = extract(f"```json\n{answer(quote)}\n```")
    assert claim.grounding == "folded"


def test_a_loose_rendering_is_aligned(extract):
    quote = {**QUOTE, "quote": "Mechanics have counted 37 generators at the camp of the mission in Kenscoff on Sunday."}
    (claim,), _, _ = extract(answer(quote))
    assert (claim.grounding, claim.value_best) == ("aligned", 37)


def test_what_the_rules_have_read_is_not_said_twice(extract):
    again = {"kind": "deployment", "quote": PARAGRAPHS[0], "words": {"value": "150", "actor": "Kenya"}}
    claims, stderr, _ = extract(answer(again))
    assert claims == []
    assert "refused" not in stderr


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        ({"quote": "Kenya sent 9,000 officers to the moon last week."}, "quote_not_found"),
        ({"words": {"value": "9,000"}}, "words_not_found"),
        ({"words": {"value": "37", "actor": "Ruritania"}}, "words_not_found"),
        ({"words": {}, "value": 9000}, "value_not_read"),
        ({"value": 9000}, "value_differs"),
        ({"words": {"value": "generators"}}, "value_not_read"),
        ({"words": {"value": "37", "event": "generators"}}, "date_not_read"),
        ({"kind": "miracle"}, "wrong_field"),
        ({"status": "certain"}, "wrong_field"),
        ({"measure": "many"}, "wrong_field"),
        ({"words": {"value": "37", "colour": "new"}}, "wrong_field"),
        ({"kind": "casualty"}, "wrong_field"),
        ({"quote": ""}, "quote_not_found"),
        ({"quote": 7, "words": [1]}, "quote_not_found"),
    ],
)
def test_a_lie_is_refused_with_its_reason(extract, lie, reason):
    claims, stderr, _ = extract(answer({**QUOTE, **lie}))
    assert claims == []
    assert f"refused from llm: {reason}" in stderr


@pytest.mark.parametrize(
    ("nonsense", "reason"),
    [
        ("I am sorry, I cannot do that.", "bad_answer"),
        ('{"claims": [', "bad_answer"),
        ('{"claims": 7}', "bad_answer"),
        (b"<html>", "answer"),
        (b'{"choices": []}', "bad_answer"),
        (500, "no_answer"),
        (401, "no_answer"),
        (1.0, "no_answer"),
    ],
)
def test_no_usable_answer_costs_only_the_models_own_claims(extract, nonsense, reason):
    claims, stderr, _ = extract(nonsense)
    assert claims == []
    assert reason in stderr


def test_what_is_no_object_is_refused(extract):
    claims, stderr, _ = extract('{"claims": ["five thousand", null, 12]}')
    assert claims == []
    assert stderr.count("refused from llm: wrong_field") == 3


def test_no_ungrounded_value_reaches_the_warehouse(site, chat, tmp_path):
    """The true proposal is loaded beside the rules' claims; the lies are kept apart, with their reasons."""
    lies = [{**QUOTE, "value": 9000}, {**QUOTE, "quote": "Nine thousand generators arrived in Kenscoff."}]
    chat.answers = [lambda text: answer(QUOTE, *lies) if SENTENCE in text else 500]
    site.replies |= {
        "/feed": feed(site, ("/one", "Camp"), ("/two", "Second camp")),
        "/one": page("A camp for the mission in Haiti", [*PARAGRAPHS, SENTENCE]),
        "/two": page("Another camp for the mission in Haiti", [*PARAGRAPHS, "A second paper wrote of it too."]),
    }
    feed_list(tmp_path, site.url("/feed"))
    done = missionwire("run", "--feeds", "feeds.toml", cwd=tmp_path, settings=chat.settings)
    assert done.returncode == 0, done.stderr
    with duckdb.connect(str(tmp_path / "data/published/missionwire.duckdb"), read_only=True) as warehouse:
        ask = lambda sql: warehouse.execute(sql).fetchall()  # noqa: E731
        assert ask("SELECT kind, value_best, grounding FROM claims WHERE extractor = 'llm'") == [
            ("equipment", 37, "exact")
        ]
        assert ask("SELECT count(*) > 0 FROM claims WHERE extractor = 'rules'") == [(True,)]
        assert ask("SELECT count(*) FROM facts WHERE value_best = 9000") == [(0,)]
        assert ask("SELECT reason, proposal IS NULL FROM refused_proposals ORDER BY reason") == [
            ("no_answer", True),
            ("quote_not_found", False),
            ("value_differs", False),
        ]


def test_a_name_that_nobody_offers_is_refused_before_anything_is_asked(tmp_path):
    done = missionwire("extract", "x.json", cwd=tmp_path, settings={"MISSIONWIRE_EXTRACTORS": "oracle"})
    assert done.returncode == 2
    assert "nothing installed offers 'oracle'; there is llm" in done.stderr


def test_an_endpoint_is_needed(tmp_path):
    done = missionwire("extract", "x.json", cwd=tmp_path, settings={"MISSIONWIRE_EXTRACTORS": "llm"})
    assert done.returncode == 2
    assert "MISSIONWIRE_LLM_URL" in done.stderr


def test_a_plug_in_of_another_package_passes_the_same_gate(tmp_path):
    """What a package offers under the entry-point group can be named, and its lies are refused like a model's."""
    (tmp_path / "guesser.py").write_text(
        "from extractors.proposal import Proposal\n"
        "class Guesser:\n"
        "    name, version = 'guesser', '3'\n"
        "    def propose(self, document, mission):\n"
        "        yield Proposal(kind='equipment', quote=document.text, words={'value': '37'})\n"
        "        yield Proposal(kind='equipment', quote=document.text, words={'value': '38'})\n"
        "def make(settings):\n"
        "    return Guesser()\n"
    )
    (tmp_path / "guesser-3.dist-info").mkdir()
    (tmp_path / "guesser-3.dist-info/METADATA").write_text("Metadata-Version: 2.1\nName: guesser\nVersion: 3\n")
    (tmp_path / "guesser-3.dist-info/entry_points.txt").write_text("[missionwire.extractors]\nguesser = guesser:make\n")
    (tmp_path / "d.txt").write_text(f"Haiti mission. {SENTENCE}")
    settings = {"MISSIONWIRE_EXTRACTORS": "guesser", "PYTHONPATH": str(tmp_path)}
    done = missionwire("extract", "d.txt", "--published", "2025-01-20", cwd=tmp_path, settings=settings)
    claims = [json.loads(line) for line in done.stdout.splitlines()]
    assert [c["value_best"] for c in claims if c["extractor"] == "guesser"] == [37]
    assert "refused from guesser: words_not_found" in done.stderr


def test_the_key_is_not_shown(tmp_path):
    done = missionwire("status", cwd=tmp_path, settings={"MISSIONWIRE_LLM_KEY": "sesame"})
    assert "sesame" not in done.stdout + done.stderr
