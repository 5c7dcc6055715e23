"""Participle -> its agent: "the 2,000 promised last year by Benin"."""

from __future__ import annotations

from extractors.facts.context import Reading
from extractors.facts.governing import Bid
from extractors.facts.slots import Found, actor_of

# "promis l'an dernier par le Bénin": so many tokens between a participle and its agent.
_AGENT_REACH = 6


def find_agent(reading: Reading, bid: Bid) -> list[Found]:
    """The state behind "by", where one stands there."""
    sentence = reading.sentence
    for k in range(bid.mark.j, min(bid.mark.j + _AGENT_REACH, len(sentence.tokens))):
        if "by" in sentence.tags(k):
            for n in range(k + 1, min(k + 4, len(sentence.tokens))):
                actor, mark = actor_of(sentence.marks[n]), sentence.marks[n]
                if actor is not None and mark is not None and actor.type == "state":
                    return [(actor, mark, sentence)]
    return []
