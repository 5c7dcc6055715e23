"""Document -> Proposals, by a language model behind any endpoint that speaks OpenAI's chat protocol.

Off unless `extractors` names it. The model is asked for words of the text; what it claims to have found is looked up by
the grounding gate like anybody else's. Needs `pip install "missionwire[llm]"`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from extractors.errors import SettingsError
from extractors.facts.gate import MEASURES, STATUSES, SUBKINDS
from extractors.proposal import WORDED_SLOTS, ExtractorError, Proposal
from extractors.records import Document, Mission
from flows.settings import Settings

if TYPE_CHECKING:
    from openai import OpenAI

# Changed with the instructions: another question is another extractor.
_PROMPT_VERSION = "1"
# News articles are shorter; what follows would mostly be cut by the model's own window.
_LONGEST_TEXT = 40_000

_INSTRUCTIONS = """\
You read news for a ledger of facts about {mission}. Answer with one JSON object: {{"claims": [...]}}.
Each claim has:
  kind: one of {kinds}
  quote: the sentence it stands in, copied letter by letter
  words: an object from slot to the words of that sentence, copied letter by letter; slots are {slots}
  value: the number that the words of the slot "value" say, or null
  status: one of {statuses}
  measure: one of {measures}, or null
  subkind: {subkinds}; else null
Leave out whatever the text does not say. Do not calculate, translate, complete or correct anything.
What is not about {mission} is no claim. No claims: {{"claims": []}}.
"""


class ChatExtractor:
    """One model behind one endpoint.

    Args:
        client: holds the endpoint, the key and the time limit.
        model: its name there; with the version of the instructions it is the version of this extractor.
    """

    name = "llm"

    def __init__(self, client: OpenAI, model: str) -> None:
        self._client = client
        self._model = model
        self.version = f"{model}/{_PROMPT_VERSION}"

    def propose(self, document: Document, mission: Mission) -> Sequence[Proposal]:
        """Ask the model about one document.

        Raises:
            ExtractorError: it did not answer in time, or not with the JSON it was asked for.
        """
        return [_proposal(item) for item in _read_answer(self._ask(document, mission))]

    def _ask(self, document: Document, mission: Mission) -> str:
        from openai import OpenAIError  # noqa: PLC0415 - only installed with the extra

        try:
            answer = self._client.chat.completions.create(
                model=self._model,
                temperature=0,
                response_format={"type": "json_object"},
                messages=[
                    {"role": "system", "content": _instructions(mission)},
                    {"role": "user", "content": f"{document.title}\n\n{document.text[:_LONGEST_TEXT]}"},
                ],
            )
            content = answer.choices[0].message.content
        except OpenAIError as error:
            raise ExtractorError("no_answer", f"{type(error).__name__}: {error}") from error
        except (AttributeError, IndexError, TypeError, ValueError) as error:
            raise ExtractorError("bad_answer", f"not a chat completion: {error}") from error
        return content or ""


def make_extractor(settings: Settings) -> ChatExtractor:
    """The entry point: an extractor for the endpoint that the settings name.

    Raises:
        SettingsError: no endpoint or model is set, or the extra is not installed.
    """
    if not settings.llm_url or not settings.llm_model:
        raise SettingsError(
            "extractors names llm, which needs llm_url and llm_model; "
            "right would be MISSIONWIRE_LLM_URL=http://127.0.0.1:8080/v1 and MISSIONWIRE_LLM_MODEL=the-model"
        )
    try:
        from openai import OpenAI  # noqa: PLC0415 - only installed with the extra
    except ImportError as error:
        raise SettingsError('extractors names llm, which needs: pip install "missionwire[llm]"') from error
    client = OpenAI(
        base_url=settings.llm_url,
        # Local servers want none, and the library insists on one.
        api_key=settings.llm_key.get_secret_value() or "none",
        timeout=settings.llm_timeout_seconds,
        max_retries=1,
    )
    return ChatExtractor(client, settings.llm_model)


def _instructions(mission: Mission) -> str:
    return _INSTRUCTIONS.format(
        mission=mission.title,
        kinds=", ".join(mission.kinds),
        slots=", ".join(WORDED_SLOTS),
        statuses=", ".join(sorted(STATUSES)),
        measures=", ".join(sorted(MEASURES)),
        subkinds="; ".join(f"for {kind} one of {', '.join(sorted(names))}" for kind, names in SUBKINDS.items()),
    )


def _read_answer(content: str) -> list[Any]:
    """The list of claims in an answer; models put JSON between fences, whatever they are told."""
    start, end = content.find("{"), content.rfind("}")
    try:
        answer = json.loads(content[start : end + 1])
    except (ValueError, RecursionError) as error:
        raise ExtractorError("bad_answer", f"no JSON: {error}") from error
    claims = answer.get("claims") if isinstance(answer, dict) else None
    if not isinstance(claims, list):
        raise ExtractorError("bad_answer", 'no list under "claims"')
    return claims


def _proposal(item: Any) -> Proposal:
    """What was proposed, as far as it can be made out; the gate refuses what is missing."""
    if not isinstance(item, dict):
        return Proposal(kind="", quote=str(item))
    words = item.get("words")
    value = item.get("value")
    return Proposal(
        kind=_text(item.get("kind")) or "",
        quote=_text(item.get("quote")) or "",
        words={str(slot): str(text) for slot, text in words.items() if text} if isinstance(words, dict) else {},
        value=float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None,
        subkind=_text(item.get("subkind")),
        status=_text(item.get("status")),
        measure=_text(item.get("measure")),
    )


def _text(value: Any) -> str | None:
    return str(value) if value is not None else None
