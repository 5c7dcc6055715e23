"""page -> refusal: pages that answered 200 and hold no article, told apart by what stands there instead.

Only pages whose text is short are suspected: an article may well be about cookies, robots or error 404.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from extractors.article.page_source import PageSource
from extractors.errors import ArticleError
from extractors.plain_text import normalize
from extractors.records import Reason

# The shortest of 118 articles has 560 characters; walls are shorter, but some quote their whole cookie policy.
_SUSPECT_CHARACTERS = 1500
# A paywall shows a teaser of a few sentences.
_TEASER_CHARACTERS = 900
# A line of so many words is a sentence; menus and button labels are shorter.
_MIN_SENTENCE_WORDS = 8

_BOT_TITLE = re.compile(
    r"just a moment|attention required|access (?:to this page has been )?denied|are you (?:a )?(?:robot|human)"
    r"|pardon our interruption|security check|verify(?:ing)? (?:that )?you(?:'re| are)|human verification"
    r"|bot (?:check|verification)"
    r"|checking your browser|un momento\.\.\.|un instant\.\.\.|request (?:blocked|rejected)|captcha|blocked",
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
_MIN_CONSENT_WORDS = 4
_PAYWALL_TEXT = re.compile(
    r"subscribe (?:now )?to (?:continue|keep|read|unlock)|subscribers? only"
    r"|(?:exclusive|reserved) (?:to|for) subscribers|already a subscriber"
    r"|to continue reading|continue reading (?:this article )?(?:with|by)"
    r"|you(?:'ve| have) reached your (?:limit|article limit)|unlock this article"
    r"|this (?:article|story|content) is (?:for|available to) (?:our )?(?:subscribers|members)"
    r"|r[ée]serv[ée]e?s? (?:aux|[àa] nos) abonn[ée]s|d[ée]j[àa] abonn[ée]"
    r"|abonnez-vous pour (?:lire|continuer|acc[ée]der)|il vous reste \d+\s?% de cet article"
    r"|(?:exclusiv[oa]s?|s[óo]lo|solo) para suscriptores|suscr[íi]b(?:ete|ase) para (?:seguir|continuar|leer)"
    r"|ya (?:eres|es) suscriptor|contenido exclusivo"
    r"|nur f[üu]r abonnenten|jetzt abonnieren und weiterlesen|(?:exclusivo|s[óo]) para assinantes",
    re.IGNORECASE,
)
_MISSING_TITLE = re.compile(
    r"\b404\b"
    r"|(?:page|article|story|content|file)\s(?:can(?:no|')t\sbe|was\snot|not|could\snot\sbe|is\sno\slonger)\s(?:found|available)"
    r"|page\s(?:doesn.t|does\snot)\sexist|not\sfound"
    r"|(?:page|article)\s(?:introuvable|non\strouv[ée]e?|inexistante?)|n.existe\s(?:pas|plus)"
    r"|p[áa]gina\sno\s(?:encontrada|existe|disponible)|no\sse\s(?:encuentra|encontr[óo])"
    r"|(?:seite|artikel)\snicht\s(?:gefunden|verf[üu]gbar)|p[áa]gina\sn[ãa]o\sencontrada|pagina\snon\strovata"
    r"|pa\sjwenn\spaj|haikupatikana|\b410\b.*gone",
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
    names = " | ".join((title, source.tree.findtext(".//title") or "", *(_line(h1) for h1 in source.tree.iter("h1"))))
    if _is_bot_wall(names, shown, text):
        return Reason.BOT_WALL, f"{title!r} in place of an article"
    if _MISSING_TITLE.search(names) and not _is_article(source):
        return Reason.SOFT_404, f"status {source.page.status}, but it says {title!r}"
    if _is_consent_wall(source, shown, text):
        return Reason.CONSENT_WALL, "asks for consent in place of an article"
    if _is_paywall(source, shown, text):
        return Reason.PAYWALL, f"{len(text)} characters, then a subscription"
    if not _has_sentence(text):
        what = "a video page" if _is_video(source) else "no sentence found"
        return Reason.NO_TEXT, f"{what}: {title!r}"
    return None, ""


def _is_bot_wall(names: str, shown: str, text: str) -> bool:
    if _BOT_TEXT.search(shown) and len(shown) < 2 * _SUSPECT_CHARACTERS:
        return True
    return _BOT_TITLE.search(names) is not None and len(text) < _TEASER_CHARACTERS and len(shown) < _SUSPECT_CHARACTERS


def _is_consent_wall(source: PageSource, shown: str, text: str) -> bool:
    """Most of what is shown speaks of consent: a banner beside an article is outweighed by the article."""
    if _is_article(source) and len(text) >= _TEASER_CHARACTERS:
        return False
    lines = [line for line in (text or shown).splitlines() if line.strip()]
    about = sum(len(line) for line in lines if _CONSENT_WORD.search(line))
    words = len(_CONSENT_WORD.findall(shown))
    is_gate = re.search(r"(?:^|[./])(?:consent|cookie-?wall|privacy-?gate)\b", source.url) is not None
    share = about / max(sum(map(len, lines)), 1)
    return _CONSENT_ACTION.search(shown) is not None and (is_gate or (words >= _MIN_CONSENT_WORDS and share > 0.5))


def _is_paywall(source: PageSource, shown: str, text: str) -> bool:
    if len(text) >= _TEASER_CHARACTERS:
        return False
    locked = any(str(node.get("isAccessibleForFree")).lower() == "false" for node in source.json_ld)
    tier = source.first_meta("article:content_tier").lower()
    return _PAYWALL_TEXT.search(shown) is not None or (
        (locked or tier == "locked") and len(text) < _TEASER_CHARACTERS // 2
    )


def _is_article(source: PageSource) -> bool:
    return source.first_meta("og:type").lower() == "article" or bool(source.json_ld)


def _is_video(source: PageSource) -> bool:
    return source.first_meta("og:type").lower().startswith("video") or source.tree.find(".//video") is not None


def _has_sentence(text: str) -> bool:
    return any(len(line.split()) >= _MIN_SENTENCE_WORDS for line in text.splitlines())


def _shown_text(source: PageSource) -> str:
    body = source.tree.find("body")
    if body is None:
        return ""
    hidden = {"script", "style", "template", "svg"}
    pieces = [
        normalize(text)
        for element in body.iter()
        for text in ((element.text if element.tag not in hidden else "") or "", element.tail or "")
        if text.strip()
    ]
    return "\n".join(pieces)


def _line(element: object) -> str:
    return normalize("".join(element.itertext()))  # type: ignore[attr-defined]
