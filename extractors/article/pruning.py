"""tree -> smaller tree: take out what is not the article before anyone looks for the article.

Captions, link lines ("Read also: ..."), share bars, embeds of other people's posts and everything invisible. This makes
the text cleaner and the search for it faster, since trafilatura copies and walks the whole tree several times.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

from extractors.article.paragraphs import set_paragraphs

# Elements that hold no prose of the article, wherever they stand.
_NEVER_PROSE = (
    *(
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "video",
        "audio",
        "canvas",
        "object",
        "embed",
        "button",
    ),
    *("input", "select", "textarea", "nav", "figcaption", "dialog", "menu", "map", "link", "meta", "source", "picture"),
)
_NEVER_PRUNED = frozenset({"html", "head", "body", "main", "title", "h1"})
# Elements that can be lines of their own: what is judged by its links.
_LINES = frozenset({"p", "li", "h2", "h3", "h4", "h5", "h6"})

_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z0-9]+")
# Words in class and id names, as publishers' templates and the usual plug-ins write them.
_PRUNED_NAMES = re.compile(
    r"""(?:^|\s)(?:
      (?:wp|image|img|photo|picture|media|video|figure|gallery|slide)
      \s(?:caption|credit|credits|copyright|source|byline|description)
    | (?:caption|figcaption|captions|credit|credits|photocredit|imagecredit|caption\stext|image\scaption)
    | related(?:\s\w+)* | relateds? | more\son | more\sfrom | read\s(?:more|also|next|too) | also\s(?:read|like)
    | see\salso | readmore
    | recommend(?:ed|ations?|s)? | most\s(?:read|popular|viewed|shared) | mostread | mostpopular | trending
    | popular\sposts
    | (?:te\s|le\s)?puede\sinteresar | (?:lo\s)?m[ao]s\s(?:le\w+|vist[oa]s) | relacionad[oa]s? | (?:a\s)?lire\saussi
    | (?:les\s)?plus\slus | articles\slies | (?:leia|saiba|veja)\s(?:mais|tambem) | mais\slid[oa]s
    | newsletters? | infolettre | boletin | suscripcion | suscribete | abonnez | mailchimp | mailpoet | mc4wp
    | subscribe | subscription\s(?:box|form|widget) | sign\s?up | signup | promo | promos
    | promobox | cta
    | share | shares | sharing | sharebar | share\w*bar | sharedaddy | social | socials
    | social\w*(?:bar|share|links|icons)
    | comments? | disqus | comment\sform | cookies? | consent | gdpr | breadcrumbs?
    | tags | tag\s(?:list|cloud) | taglist | author\s(?:bio|box|info|card|description) | authorbox | about\sauthor
    | advert | adverts | advertisement | advertising | ad\s(?:slot|unit|container|wrapper|label|text) | adslot
    | adsbygoogle | dfp
    | outbrain | taboola | twitter\stweet | instagram\smedia | tiktok\sembed | fb\spost | bluesky\sembed | reddit\sembed
    | sr\sonly | visually\shidden | visuallyhidden | screen\sreader(?:\stext)? | hidden\saccessible
    | print\sonly | noprint
    | info\s?box | fact\s?box | (?:registration|access|login|reg|subscriber)\swall
    | (?:image|photo)\s(?:widget|block|embed)
    | (?:article|post|entry|site|page)\s(?:footer|foot) | pied
    | toolbar | pagination | pager | login | register | survey | poll
    )(?:$|\s)""",
    re.VERBOSE | re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# An element with more than this share of the page's paragraphs is the article, whatever it is called.
_MAX_SHARE = 0.3
# What a box around a field for an e-mail address says at most; a story is not part of it, however short it is.
_MAX_BOX_CHARACTERS = 400
_STORIES = frozenset({"article", "main", "body"})
# Text beside a link that still only introduces it ("READ MORE:", "FUNDA OLUNYE UDABA LAPHA |").
_MAX_LEAD_CHARACTERS = 40
_LEAD_END = re.compile(r"[:|»>›→•–—-]\s*$")
_MIN_LINK_SHARE = 0.9
# Headlines do not end like sentences; a sentence of the story may be linked as a whole.
_SENTENCE_END = re.compile(r"\w\.[\"'”’»)]?$")
# What a table of figures does not hold: with one of these, a table only places things on the page.
_BLOCKS = ("p", "div", "table", "ul", "h1", "h2", "h3", "h4")
_BODY_NAME = re.compile(r"body|content|text|story", re.IGNORECASE)
# Direct paragraphs of a piece of a body: less is a teaser.
_MIN_PIECE_CHARACTERS = 300


def prune(tree: HtmlElement) -> None:
    """Remove from a tree, in place, what cannot be the article, and join what stands in pieces."""
    _drop_sign_up_boxes(tree)
    etree.strip_elements(tree, *_NEVER_PROSE, with_tail=False)
    limit = _MAX_SHARE * sum(len(_text(element)) for element in tree.iter("p"))
    doomed = [element for element in tree.iter(etree.Element) if _is_doomed(element, limit)]
    for element in doomed:
        _drop(element)
    set_paragraphs(tree)
    _unfold_layout_tables(tree)
    _join_pieces(tree)


def _is_doomed(element: HtmlElement, limit: float) -> bool:
    if element.tag in _NEVER_PRUNED:
        return False
    if element.tag in _LINES and _is_link_line(element):
        return True
    return _is_marked(element) and len(_text(element)) <= limit


def _drop_sign_up_boxes(tree: HtmlElement) -> None:
    """Take out boxes around a field for an e-mail address: newsletters, whatever their class is called."""
    for field in list(tree.iter("input")):
        if (field.get("type") or "").lower() == "email" or "email" in (field.get("name") or "").lower():
            box = _box_around(field)
            if box is not None:
                _drop(box)


def _box_around(field: HtmlElement) -> HtmlElement | None:
    """The largest element around a field that still holds little else."""
    box = None
    for element in field.iterancestors():
        if element.tag in _STORIES or len(_text(element)) > _MAX_BOX_CHARACTERS or element.find(".//h1") is not None:
            break
        box = element
    return box


def _unfold_layout_tables(tree: HtmlElement) -> None:
    """Turn tables that only place things on the page into plain blocks, so that their paragraphs stay apart."""
    for table in list(tree.iter("table")):
        if any(table.find(f".//{block}") is not None for block in _BLOCKS):
            for part in table.iter("table", "tbody", "thead", "tfoot", "tr", "td", "th"):
                part.tag = "div"


def _join_pieces(tree: HtmlElement) -> None:
    """Move the paragraphs of an article whose body is cut into equal containers (by adverts, say) into the first.

    trafilatura reads one container. Pages with a second h1 hold several articles, and stay as they are.
    """
    if len(tree.findall(".//h1")) > 1:
        return
    pieces: dict[str, list[HtmlElement]] = {}
    for element in tree.iter("div", "section"):
        name = element.get("class") or ""
        if _BODY_NAME.search(name) and sum(len(_text(p)) for p in element.iterchildren("p")) >= _MIN_PIECE_CHARACTERS:
            pieces.setdefault(name, []).append(element)
    for first, *others in pieces.values():
        for other in others:
            if _story(other) is _story(first) and not _holds(first, other):
                first.extend(list(other))


def _story(element: HtmlElement) -> HtmlElement | None:
    return next(element.iterancestors("article", "main"), None)


def _holds(outer: HtmlElement, inner: HtmlElement) -> bool:
    return any(ancestor is outer for ancestor in inner.iterancestors())


def _drop(element: HtmlElement) -> None:
    parent = element.getparent()
    if parent is not None:
        element.drop_tree()


def _text(element: HtmlElement) -> str:
    return "".join(element.itertext())


def _is_marked(element: HtmlElement) -> bool:
    attributes = element.attrib
    if not attributes:
        return False
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    if names != " " and _is_pruned_name(names):
        return True
    style = attributes.get("style")
    return "hidden" in attributes or (style is not None and _HIDDEN_STYLE.search(style) is not None)


@lru_cache(maxsize=8192)
def _is_pruned_name(names: str) -> bool:
    return any(_PRUNED_NAMES.search(_WORDS.sub(" ", name)) for name in names.split())


def _is_link_line(element: HtmlElement) -> bool:
    """A line that is a link, or a link after a few words that point at it."""
    links = [link for link in element.iter("a") if link.get("href")]
    if not links:
        return False
    text = " ".join(_text(element).split())
    linked = sum(len(" ".join(_text(link).split())) for link in links)
    if not text or linked >= _MIN_LINK_SHARE * len(text):
        return not _SENTENCE_END.search(text)
    if len(links) != 1 or not text.endswith(" ".join(_text(links[0]).split())):
        return False
    lead = text[: len(text) - linked]
    return len(lead) <= _MAX_LEAD_CHARACTERS and _LEAD_END.search(lead) is not None
