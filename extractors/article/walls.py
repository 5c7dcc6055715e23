"""page -> refusal: pages that answered 200 and hold no article, told apart by what stands there instead.

Only pages whose text is short are suspected: an article may well be about cookies, robots or error 404.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml import etree

from extractors.article.json_ld import types_of
from extractors.article.page_source import PageSource
from extractors.errors import ArticleError
from extractors.plain_text import normalize
from extractors.records import Reason

# The shortest of 118 articles has 733 characters, four have fewer than this: the rest is never looked at twice.
_SUSPECT_CHARACTERS = 1500
# A paywall shows a teaser of a few sentences.
_TEASER_CHARACTERS = 900
# Under a film one sentence says what is seen in it; from two on something is reported.
_CAPTION_CHARACTERS = 160
# A line of so many words is a sentence; menus and button labels are shorter.
_MIN_SENTENCE_WORDS = 8

# Whole titles, or their beginnings: "Road blocked by gangs" is news.
_BOT_TITLE = re.compile(
    r"just a moment\b|attention required|access (?:to this page has been )?denied$|are you (?:a )?(?:robot|human)"
    r"|pardon our interruption|security (?:check|verification)$|verify(?:ing)? (?:that )?you(?:'re| are)"
    r"|human verification"
    r"|(?:bot|robot) (?:check|verification)|checking your browser|un momento\W*$|un instant\W*$"
    r"|request (?:blocked|rejected)|captcha|(?:sorry, )?you have been blocked|blocked$",
    re.IGNORECASE,
)
_BOT_TEXT = re.compile(
    r"enable javascript and cookies to continue|verify(?:ing)? (?:that )?you are (?:a )?human"
    r"|checking (?:if the site connection|your browser)"
    r"|unusual (?:traffic|activity)|not a robot|please enable js and disable any ad ?blocker"
    r"|request unsuccessful\. incapsula"
    r"|complete the (?:security check|captcha)|v[ée]rifi(?:er|ez) que vous [êe]tes (?:un )?humain"
    r"|no (?:soy|eres) un robot|ddos protection by",
    re.IGNORECASE,
)
_CONSENT_WORD = re.compile(
    r"\bcookies?\b|\bconsent\w*|\bconsentement|\bconsentimiento|\bprivacy\b|\bprivacidad|\bconfidentialit[ée]"
    r"|\bdatenschutz|\bgdpr\b|\brgpd\b"
    r"|\bour (?:\d+ )?partners\b|\bnos (?:\d+ )?partenaires\b|\bnuestros (?:\d+ )?socios\b"
    r"|\bpersonal(?:i[sz]ed|isées?|izada) (?:ads|content|advertising)|\bvendors\b",
    re.IGNORECASE,
)
_CONSENT_ACTION = re.compile(
    r"accept|agree|reject|refuse|accepter|refuser|continuer sans|aceptar|rechazar|akzeptieren|zustimmen"
    r"|ablehnen|manage (?:options|settings|preferences)"
    r"|before you continue|avant de continuer|antes de continuar",
    re.IGNORECASE,
)
# Where sites put links to other stories.
_BESIDE = ("nav", "footer", "aside", "li")
_MIN_CONSENT_WORDS = 4
# A wall speaks to its reader; an article about walls does not.
_ADDRESS = re.compile(
    r"\b(?:we|our|us|you|your|nous|nos|notre|vous|vos|votre|nuestr[oa]s?|nosotros|usted|sus?|tus?|wir|unsere?|sie|ihre?|n[óo]s|nossos?)\b",
    re.IGNORECASE,
)
# Not "already a subscriber?": that stands in the head of every page of such a site.
_PAYWALL_TEXT = re.compile(
    r"subscribe (?:now )?to (?:continue|keep|read|unlock)|(?:exclusive|reserved) (?:to|for) subscribers"
    r"|to continue reading|continue reading (?:this article )?(?:with|by)"
    r"|you(?:'ve| have) reached your (?:limit|article limit)|unlock this article"
    r"|this (?:article|story|content) is (?:for|available to) (?:our )?(?:subscribers|members)"
    r"|r[ée]serv[ée]e?s? (?:aux|[àa] nos) abonn[ée]s"
    r"|abonnez-vous pour (?:lire|continuer|acc[ée]der)|il vous reste \d+\s?% de cet article"
    r"|(?:exclusiv[oa]s?|s[óo]lo|solo) para suscriptores|suscr[íi]b(?:ete|ase) para (?:seguir|continuar|leer)"
    r"|nur f[üu]r abonnenten|jetzt abonnieren und weiterlesen|(?:exclusivo|s[óo]) para assinantes",
    re.IGNORECASE,
)
# "404 killed", "not found alive" and "the state no longer exists" are news; these are not.
_MISSING_TITLE = re.compile(
    r"^\W*404\W*$|^404\s[-–|:]|\b(?:error|erreur|http|status)\W{0,2}404\b"
    r"|\b404\W{1,3}(?:error|erreur|not|page|p[áa]gina|seite)"
    r"|^(?:[^|]*[-–|:] )?not found$|^410 gone"
    r"|(?:page|article|story|content|file)\s(?:can(?:no|')t\sbe|was\snot|not|could\snot\sbe|is\sno\slonger)\s(?:found|available)"
    r"|page\s(?:doesn.t|does\snot|no\slonger)\sexists?"
    r"|(?:page|article)\s(?:introuvable|non\strouv[ée]e?|inexistante?)"
    r"|(?:page|article|contenu)\b.{0,40}n.existe\s(?:pas|plus)"
    r"|p[áa]gina\sno\s(?:encontrada|existe|disponible)|p[áa]gina\b.{0,40}no\sse\s(?:encuentra|encontr[óo])"
    r"|(?:seite|artikel)\s(?:wurde\s)?nicht\s(?:gefunden|verf[üu]gbar)|p[áa]gina\sn[ãa]o\sencontrada"
    r"|pagina\snon\strovata"
    r"|paj\b.{0,20}pa\s(?:jwenn|egziste)|pa\sjwenn\spaj|ukurasa\b.{0,20}haukupatikana",
    re.IGNORECASE,
)


def refuse_redirect_home(source: PageSource) -> None:
    """Refuse a front page that answers in place of a story that was taken down.

    Raises:
        ArticleError: SOFT_404.
    """
    asked, answered = urlsplit(source.page.url), urlsplit(source.url)
    if len(asked.path) > 1 and answered.path in {"", "/"} and not answered.query and asked.scheme.startswith("http"):
        raise ArticleError(source.url, Reason.SOFT_404, f"redirected to the front page from {asked.path}")


def is_suspect(text: str) -> bool:
    """Tell whether a page's text is short enough to be something else than an article."""
    return len(text) < _SUSPECT_CHARACTERS or not _has_sentence(text)


def refuse_walls(source: PageSource, title: str, text: str) -> None:
    """Refuse a page without an article.

    Args:
        source: unspoilt, with its whole tree.
        title: as found.
        text: the article's, as found.

    Raises:
        ArticleError: with the reason.
    """
    shown = _shown_text(source)
    reason, detail = _judge(source, title, text, shown)
    if reason is not None:
        raise ArticleError(source.url, reason, detail)


def _judge(source: PageSource, title: str, text: str, shown: str) -> tuple[Reason | None, str]:
    names = [
        title,
        _line(source.tree.findtext(".//title") or ""),
        *(_line(*h1.itertext()) for h1 in source.tree.iter("h1")),
    ]
    if _is_bot_wall(names, shown, text):
        return Reason.BOT_WALL, f"{title!r} in place of an article"
    if not _is_article(source) and any(map(_MISSING_TITLE.search, names)):
        return Reason.SOFT_404, f"status {source.page.status}, but it says {title!r}"
    if _is_consent_wall(source, shown, text):
        return Reason.CONSENT_WALL, "asks for consent in place of an article"
    if _is_paywall(source, text):
        return Reason.PAYWALL, f"{len(text)} characters, then a subscription"
    return _judge_text(source, title, text)


def _judge_text(source: PageSource, title: str, text: str) -> tuple[Reason | None, str]:
    if _is_video(source) and len(text) < _CAPTION_CHARACTERS:
        return Reason.NO_TEXT, f"a video page: {title!r}"
    if not _has_sentence(text):
        return Reason.NO_TEXT, f"no sentence found: {title!r}"
    return None, ""


def _is_bot_wall(names: list[str], shown: str, text: str) -> bool:
    if _BOT_TEXT.search(shown) and len(shown) < 2 * _SUSPECT_CHARACTERS:
        return True
    is_short = len(text) < _TEASER_CHARACTERS and len(shown) < _SUSPECT_CHARACTERS
    return is_short and any(map(_BOT_TITLE.match, names))


def _is_consent_wall(source: PageSource, shown: str, text: str) -> bool:
    """Most of what is shown speaks of consent: a banner beside an article is outweighed by the article."""
    if _is_article(source) and len(text) >= _TEASER_CHARACTERS:
        return False
    lines = [line for line in (text or shown).splitlines() if line.strip()]
    about = sum(len(line) for line in lines if _CONSENT_WORD.search(line) and _ADDRESS.search(line))
    words = len(_CONSENT_WORD.findall(shown))
    is_gate = re.search(r"(?:^|[./])(?:consent|cookie-?wall|privacy-?gate)\b", source.url) is not None
    share = about / max(sum(map(len, lines)), 1)
    return _CONSENT_ACTION.search(shown) is not None and (is_gate or (words >= _MIN_CONSENT_WORDS and share > 0.5))


def _is_paywall(source: PageSource, text: str) -> bool:
    """A teaser and a demand; labels beside links to other, locked stories are no demand."""
    if len(text) >= _TEASER_CHARACTERS:
        return False
    stated = {str(node.get("isAccessibleForFree", "")).lower() for node in source.json_ld}
    if "true" in stated:
        return False
    if "false" in stated or source.first_meta("article:content_tier").lower() == "locked":
        return len(text) < _TEASER_CHARACTERS // 2 or _PAYWALL_TEXT.search(_shown_text(source)) is not None
    return _PAYWALL_TEXT.search(_shown_text(source, without=_BESIDE)) is not None


def _is_article(source: PageSource) -> bool:
    return source.first_meta("og:type").lower() == "article" or bool(source.json_ld)


def _is_video(source: PageSource) -> bool:
    """A page made for a film: it says so itself, and does not describe an article beside it."""
    types = types_of(source.json_ld[0]) if source.json_ld else ()
    stated = source.first_meta("og:type").lower().startswith("video") or "VideoObject" in types
    return stated or (not source.json_ld and source.tree.find(".//video") is not None and "/video" in source.url)


def _has_sentence(text: str) -> bool:
    return any(len(line.split()) >= _MIN_SENTENCE_WORDS for line in text.splitlines())


def _shown_text(source: PageSource, without: tuple[str, ...] = ()) -> str:
    """What a reader sees, a line a piece; takes the rest out of the tree."""
    body = source.tree.find("body")
    if body is None:
        return ""
    etree.strip_elements(body, "script", "style", "template", "svg", *without, with_tail=False)
    return "\n".join(line for text in body.itertext() if (line := normalize(text)))


def _line(*pieces: str) -> str:
    return normalize("".join(pieces))
