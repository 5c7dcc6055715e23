"""tree -> tree: what pages without paragraphs part by two line breaks becomes paragraphs.

Blogs, and sites as they were made before 2005, write their stories so, often inside a table's cell or a font element.
"""

from __future__ import annotations

from lxml import etree
from lxml.html import HtmlElement

# What may hold a story in this way; a p element stays one, whatever stands in it.
_HOLDERS = frozenset({"div", "td", "font", "span", "center", "section", "article", "blockquote"})
_BLOCKS = frozenset({"div", "p", "table", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr"})
# A menu or an address is shorter than a story of two sentences.
_MIN_CHARACTERS = 200


def set_paragraphs(tree: HtmlElement) -> None:
    """Change a tree in place, the innermost elements first."""
    holders = {br.getparent(): None for br in tree.iter("br") if _ends_paragraph(br)}
    written = [holder for holder in holders if holder is not None and _is_written_so(holder)]
    for holder in sorted(written, key=lambda each: -sum(1 for _ in each.iterancestors())):
        _rebuild(holder)


def _ends_paragraph(br: HtmlElement) -> bool:
    after = br.getnext()
    return after is not None and after.tag == "br" and not (br.tail or "").strip()


def _is_written_so(holder: HtmlElement) -> bool:
    return holder.tag in _HOLDERS and len("".join(holder.itertext())) >= _MIN_CHARACTERS


def _rebuild(holder: HtmlElement) -> None:
    """Gather what stands between two breaks, or beside a block, into paragraphs."""
    children, text = list(holder), holder.text
    holder.text = None
    for child in children:
        holder.remove(child)
    paragraph = _begin(holder, text)
    for child in children:
        tail, child.tail = child.tail, None
        if child.tag in _BLOCKS:
            holder.append(child)
            paragraph = _begin(holder, tail)
        elif child.tag == "br":
            # Where paragraphs are parted by two breaks, a single one parts lines that are read one by one as well.
            paragraph = _begin(holder, tail)
        else:
            paragraph.append(child)
            child.tail = tail
    for each in [each for each in holder.iterchildren("p") if not len(each) and not (each.text or "").strip()]:
        holder.remove(each)
    if holder.tag != "td":
        holder.tag = "div"


def _begin(holder: HtmlElement, text: str | None) -> HtmlElement:
    paragraph = etree.SubElement(holder, "p")
    paragraph.text = text
    return paragraph
