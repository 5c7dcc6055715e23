"""Sum -> who pays, asks or needs it (actor), and who gets it (target)."""

from __future__ import annotations

from extractors.facts.acting import COUNCIL
from extractors.facts.context import Context, Reading
from extractors.facts.currencies import ISSUERS
from extractors.facts.drafts import Draft
from extractors.facts.governing import Bid
from extractors.facts.kinds.funds import find_fund, is_paid_into, lifts_fund, names_fund
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import Found, actor_of, find_subjects, is_future, put_actor, put_implied_actor
from extractors.records import Actor

# Bodies that give or ask for money in their own name.
_BODIES = frozenset(["un", "ngo", "regional", "other"])
# "$8.7 million from Canada", "6 millions Estados Unidos", "Canada ($63 million)".
_PAIR_REACH = 6
# A comma or "and" between a sum and a state parts them more than a word does.
_BARRIER = 3.0


def put_payer(context: Context, reading: Reading, draft: Draft, quantity: Quantity, bid: Bid | None) -> None:
    """Fills the actor, and as target whom the money is for."""
    status = str(draft.fields["status"])
    bearer = _bearer(context, reading, quantity, bid) if status == "needed" and bid is not None else None
    if bearer is not None:
        draft.fields.update(status="done", measure="flow")
        put_actor(draft, _state_of(context, bearer))
        _put_recipient(context, reading, draft)
        return
    if status in ("requested", "needed"):
        _put_needy(context, reading, draft, quantity, bid, status)
    else:
        _put_donor(context, reading, draft, quantity, bid)
        _put_recipient(context, reading, draft)


def _bearer(context: Context, reading: Reading, quantity: Quantity, bid: Bid) -> Found | None:
    """As in "The deployment has cost Kenya $30 million": who has borne what it came to, right behind the verb."""
    sentence, verb = reading.sentence, bid.mark
    if "costing" not in sentence.tags(verb.i) or is_future(reading, verb.i):
        return None
    k = verb.j
    while sentence.tags(k) & {"determiner", "to"}:
        k += 1
    mark = sentence.marks[k] if k < quantity.i else None
    actor = actor_of(mark)
    if mark is None or actor is None or mark.j != quantity.i or not _gives(context, actor):
        return None
    return actor, mark, sentence


def _put_donor(context: Context, reading: Reading, draft: Draft, quantity: Quantity, bid: Bid | None) -> None:
    """A state paired with the sum, the subject of its verb, the fund, or the donor last spoken of."""
    sentence = reading.sentence
    fund = find_fund(sentence)
    if lifts_fund(reading, quantity, fund):
        put_implied_actor(context, draft, "UN")
        return
    found = _paired(context, reading, quantity) or _promiser(context, reading, quantity)
    if found is None and bid is not None:
        found = _fund_or_subject(context, reading, quantity, bid)
    if found is not None:
        put_actor(draft, _state_of(context, found))
        return
    is_donors = bid is not None and any("donor_noun" in sentence.tags(k) for k in range(bid.mark.i))
    receives = bid is not None and "receiving" in sentence.tags(bid.mark.i)
    if (fund is not None and not is_paid_into(reading, fund)) or _is_of_pledges(sentence, quantity) or is_donors:
        put_implied_actor(context, draft, "UN")
    elif (issuer := ISSUERS.get(str(quantity.currency))) in context.actors:
        # "has spent Sh2.4 billion so far": nobody else pays in that money.
        put_implied_actor(context, draft, str(issuer))
    elif not receives and (last := _last_donor(reading)) is not None:
        put_implied_actor(context, draft, last)
    elif not receives and (donor := _donor_before(context, reading, quantity)) is not None:
        put_actor(draft, _state_of(context, donor))
    else:
        put_implied_actor(context, draft, "UN")


# "the $300 million in all that Washington has promised".
_PROMISER_REACH = 8


def _promiser(context: Context, reading: Reading, quantity: Quantity) -> Found | None:
    """The subject of the relative clause that leans on a sum."""
    sentence = reading.sentence
    opened = False
    for k in range(quantity.j, min(quantity.j + _PROMISER_REACH, len(sentence.tokens))):
        mark, tags = sentence.marks[k], sentence.tags(k)
        actor = actor_of(mark)
        if opened and mark is not None and actor is not None and not mark.is_compound and _gives(context, actor):
            return actor, mark, sentence
        if sentence.low(k) in (",", ";", ".") or (opened and sentence.entry(k).cues):
            return None
        opened = opened or "relative" in tags
    return None


def _fund_or_subject(context: Context, reading: Reading, quantity: Quantity, bid: Bid) -> Found | None:
    """The subject of a verb of paying; None for a fund that receives."""
    sentence = reading.sentence
    stop = min(bid.mark.i, quantity.i)
    fund = find_fund(sentence)
    receives = any("receiving" in sentence.tags(k) for k in range(bid.mark.i, bid.mark.j))
    # Whom a pronoun stands for is told better by who paid before.
    subjects = _subjects(context, reading, stop)
    donors = [f for f in subjects if _gives(context, f[0])]
    is_holder = fund is not None and fund.j <= stop and not is_paid_into(reading, fund)
    if receives or (fund is not None and is_holder and (not donors or donors[0][1].i < fund.i)):
        return None
    if donors:
        return donors[0]
    body = _body_before(sentence, stop)
    return _agent_behind(context, reading, bid, quantity) or body


def _subjects(context: Context, reading: Reading, stop: int) -> list[Found]:
    """Who acts before token `stop`: not whom it was told ("notified the UN that"), nor whose fund is named."""
    sentence = reading.sentence
    found = [f for f in find_subjects(context, reading, stop) if f[2] is sentence]
    while found and (names_fund(sentence, found[0][1]) or _is_told(sentence, found[0][1])):
        found = [f for f in find_subjects(context, reading, found[0][1].i) if f[2] is sentence]
    return found


def _is_told(sentence: Sentence, mark: Mark) -> bool:
    """As in "has notified the United Nations that it freezes": who hears of it pays nothing."""
    k = sentence.before_determiners(mark.i - 1)
    return "notifying" in sentence.tags(k) and "complement" in sentence.tags(mark.j)


def _gives(context: Context, actor: Actor) -> bool:
    if context.is_force(actor):
        return False
    return actor.type in ("state", "government", *_BODIES) and actor.id != context.mission.theatre


def _may_pay(context: Context, sentence: Sentence, mark: Mark, actor: Actor) -> bool:
    return _gives(context, actor) and not names_fund(sentence, mark)


def _paired(context: Context, reading: Reading, quantity: Quantity) -> Found | None:
    """The state that stands right beside the sum, before it or behind it."""
    own = [(a, m, reading.sentence) for m in quantity.actors if (a := actor_of(m)) is not None and _gives(context, a)]
    if len(own) == 1 and quantity.has_origin:
        # "8.7 million came from Canada"
        return own[0]
    before = _beside(context, reading, quantity, range(quantity.i - 1, quantity.i - 1 - _PAIR_REACH, -1))
    after = _beside(context, reading, quantity, range(quantity.j, quantity.j + _PAIR_REACH))
    best = min((way for way in (before, after) if way is not None), key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] <= _BARRIER else None


def _beside(context: Context, reading: Reading, quantity: Quantity, tokens: range) -> tuple[float, Found] | None:
    sentence = reading.sentence
    way, is_behind = 0.0, tokens.step > 0
    leads = False
    for k in tokens:
        if not 0 <= k < len(sentence.tokens) or any(
            q.figure[0] <= k < q.figure[1] for q in reading.quantities if q is not quantity and q.group == "money"
        ):
            return None
        mark, tags, low = sentence.marks[k], sentence.tags(k), sentence.low(k)
        actor = actor_of(mark)
        if mark is not None and actor is not None and not mark.is_compound and _may_pay(context, sentence, mark, actor):
            if is_behind and not leads and way > 0:
                return None
            return way, (actor, mark, sentence)
        if low in (";", ".") or tags & {"break", "relative"} or (is_behind and low == ","):
            return None
        leads = leads or bool(tags & {"from", "by"})
        if low == "," or tags & {"conjunction"}:
            way += _BARRIER
        elif not (
            tags & {"from", "by", "of", "determiner", "article", "have", "place_preposition"} or low in ("(", ")")
        ):
            way += 1.0
    return None


def _agent_behind(context: Context, reading: Reading, bid: Bid, quantity: Quantity) -> Found | None:
    """As in "paid by Canada", "a payment from France"; what is behind the next sum belongs to that one."""
    sentence = reading.sentence
    stop = next((q.i for q in reading.quantities if q.group == "money" and q.i > quantity.i), len(sentence.tokens))
    for mark in sentence.each():
        actor = actor_of(mark)
        if (
            max(bid.mark.j, quantity.j) <= mark.i < stop
            and actor is not None
            and _may_pay(context, sentence, mark, actor)
        ):
            before = sentence.before_determiners(mark.i - 1, _AGENCY)
            if sentence.tags(before) & _AGENCY:
                return actor, mark, sentence
    return None


_AGENCY = frozenset(["by", "from"])


def _body_before(sentence: Sentence, stop: int) -> Found | None:
    """A bank, a union of states or an agency as the subject."""
    for mark in reversed(sentence.each()):
        actor = actor_of(mark)
        if mark.j <= stop and actor is not None and actor.type in _BODIES and not mark.is_compound:
            if names_fund(sentence, mark):
                continue
            if "preposition" in sentence.tags(mark.i - 1) and "determiner" not in sentence.tags(mark.i - 1):
                continue
            return actor, mark, sentence
    return None


def _state_of(context: Context, found: Found) -> Found:
    """A government pays for its state ("the State Department announced $100 million")."""
    actor, mark, sentence = found
    state = context.actors.get(actor.country) if actor.type == "government" and actor.country else None
    return (state, mark, sentence) if state is not None else found


def _is_of_pledges(sentence: Sentence, quantity: Quantity) -> bool:
    """As in "pledges stand at $97 million": what all donors promised."""
    return any("pledge_noun" in sentence.tags(k) for k in range(quantity.i))


# The donor of the sentences before still pays in this one.
_DONOR_REACH = 3


def _last_donor(reading: Reading) -> str | None:
    before: Reading | None = reading
    for _ in range(_DONOR_REACH):
        if before is None:
            return None
        for _, draft in reversed(before.paid):
            actor = draft.get("actor")
            if actor is not None and draft.get("status") not in ("needed", "requested"):
                return str(actor)
        before = before.before
    return None


def _donor_before(context: Context, reading: Reading, quantity: Quantity) -> Found | None:
    """A state named before the sum, here or some sentences back; donors of the mission before all others."""
    others: Found | None = None
    one: Reading | None = reading
    for _ in range(_DONOR_REACH):
        if one is None:
            break
        for mark in reversed(one.sentence.each()):
            actor = actor_of(mark)
            if actor is None or (one is reading and mark.i > quantity.i) or mark.is_compound:
                continue
            if actor.type in ("state", "government") and _gives(context, actor):
                if "donor" in actor.roles:
                    return actor, mark, one.sentence
                others = others or (actor, mark, one.sentence)
        one = one.before
    return others


def _put_needy(
    context: Context, reading: Reading, draft: Draft, quantity: Quantity, bid: Bid | None, status: str
) -> None:
    """An agency or a state that asks, the UN for its plans and offices, else the force."""
    sentence = reading.sentence
    stop = min(bid.mark.i, quantity.i) if bid is not None else quantity.i
    body = _body_before(sentence, max(stop, 1))
    is_plan = any("plan_noun" in mark.entry.tags for mark in sentence.each())
    if body is not None and not is_plan:
        actor = body[0]
        put_actor(draft, body)
        if "office" in actor.roles or actor.id == COUNCIL:
            draft.fields["actor"] = "UN"
        return
    speaks = any(context.is_force(actor_of(m)) or "mission_word" in m.entry.tags for m in sentence.each())
    is_relief = is_plan or any("relief_word" in mark.entry.tags for mark in sentence.each())
    asker = _asking_state(context, reading, stop) if status == "requested" and not (speaks or is_plan) else None
    if asker is not None:
        put_actor(draft, asker)
    elif (agency := _agency_before(reading)) is not None and not speaks:
        put_implied_actor(context, draft, agency)
    elif is_relief or (status == "requested" and not speaks):
        put_implied_actor(context, draft, agency or "UN")
    else:
        _put_force(context, draft, sentence)


def _is_kept_for_force(context: Context, sentence: Sentence, fund: Mark) -> bool:
    """As in "the UN trust fund for the mission", "le fonds de la force"; an appeal is for all the land."""
    near = range(max(0, fund.i - _FUND_REACH), min(fund.j + _FUND_REACH, len(sentence.tokens)))
    marks = [mark for k in near if (mark := sentence.marks[k]) is not None]
    return "plan_noun" not in fund.entry.tags and any(
        context.is_force(actor_of(mark)) or "mission_word" in mark.entry.tags for mark in marks
    )


# "the mission's UN trust fund", "the trust fund that the UN keeps for the mission": so many tokens.
_FUND_REACH = 8


def _asking_state(context: Context, reading: Reading, stop: int) -> Found | None:
    """As in "Kenya asked for $30 million": who asks in its own name; None where somebody in it asks for others."""
    found = [one for one in find_subjects(context, reading, stop) if one[2] is reading.sentence]
    return found[0] if found and found[0][0].type == "state" else None


def _put_force(context: Context, draft: Draft, sentence: Sentence) -> None:
    named = next((m for m in sentence.each() if context.is_force(actor_of(m))), None)
    actor_named = actor_of(named)
    if named is not None and actor_named is not None:
        put_actor(draft, (actor_named, named, sentence))
    else:
        put_implied_actor(context, draft, context.force)


def _agency_before(reading: Reading) -> str | None:
    """As in "the organisation seeks $7.7 million": the agency of the sentence before."""
    tags = [mark.entry.tags for mark in reading.sentence.each()]
    first = reading.sentence.tags(0) | (reading.sentence.tags(1) if reading.sentence.low(0) == '"' else frozenset())
    is_meant = "pronoun_group" in first or any("body_noun" in found for found in tags)
    if reading.before is None or not is_meant:
        return None
    found = _body_before(reading.before.sentence, len(reading.before.sentence.tokens))
    if found is None or found[0].type not in ("un", "ngo"):
        return None
    return "UN" if "office" in found[0].roles else found[0].id


def _put_recipient(context: Context, reading: Reading, draft: Draft) -> None:
    """The UN's fund where one is named, else the force the article is about; nobody gives to himself.

    What goes into the fund that is kept for the force goes to the force.
    """
    sentence = reading.sentence
    fund = find_fund(sentence)
    is_un = fund is not None and draft.get("actor") != "UN" and not _is_kept_for_force(context, sentence, fund)
    target = "UN" if is_un else context.force
    if target:
        draft.put(
            "target", sentence.span(fund.i, fund.j) if fund is not None and target == "UN" else None, target=target
        )
