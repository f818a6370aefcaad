"""Markdown: an article whose structure is said outright."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipeline.articles.credits import bracketed_byline, is_byline
from pipeline.articles.decode import refuse_all
from pipeline.articles.front_matter import FrontMatter, front_matter
from pipeline.articles.lines import tidy
from pipeline.articles.mend import glued
from pipeline.articles.setting import MOST_TITLES
from pipeline.articles.shapes import Shape, shape
from pipeline.document import BlockKind, Draft, DraftBlock
from pipeline.errors import ArticleError

# An article indents its paragraphs, which CommonMark would take for program code.
_MARKDOWN = MarkdownIt("commonmark", {"maxNesting": 100}).disable("code")
_COMMENT = re.compile(r"\s*(?:<!--.*?-->\s*)+", re.DOTALL)
_ORDER = {BlockKind.KICKER: 0, BlockKind.HEADLINE: 1, BlockKind.SUBHEAD: 2, BlockKind.BYLINE: 4}
_BODY = 3
_OF_ONE_ARTICLE = ("title", "kicker", "subhead", "author")


def read_markdown(text: str, path: Path) -> tuple[Draft, ...]:
    """The articles of a Markdown text: each heading of the first level begins one; short lines above it are its kicker.

    Other headings, list items and quotations are blocks of their kind; a picture is its caption (the text in its
    brackets, or its title). An ordered item keeps its number. A paragraph made of roles and names is bylines, a line
    each; one that begins with a dash below the headline is the subhead. Front matter says title, kicker, subhead and
    author of the only article, date, source and glossary of all.

    Raises:
        ArticleError: The front matter cannot be used, HTML stands in the text, or there is no text.
        Mistakes: HTML in several places, or several wrong keys.
    """
    said, body, above = front_matter(re.sub(r"\r\n|\r", "\n", text), path)
    tokens = _MARKDOWN.parse(body)
    _refuse_html(tokens, above, path)
    articles = _articles([*_blocks(tokens, above)])
    _refuse_disagreement(said, articles, path)
    return tuple(_draft(blocks, said) for blocks in articles)


def _articles(blocks: Sequence[DraftBlock]) -> list[tuple[DraftBlock, ...]]:
    headlines = [i for i, block in enumerate(blocks) if block.kind == BlockKind.HEADLINE]
    above = blocks[: headlines[0]] if headlines else ()
    if len(above) < MOST_TITLES and all(shape(block.text) == Shape.TITLE for block in above):
        blocks = [*(replace(block, kind=BlockKind.KICKER) for block in above), *blocks[len(above) :]]
        headlines = headlines[1:]
    return [tuple(blocks[a:b]) for a, b in pairwise([0, *headlines, len(blocks)])]


def _draft(blocks: Sequence[DraftBlock], said: FrontMatter) -> Draft:
    titles = {"kicker": BlockKind.KICKER, "title": BlockKind.HEADLINE, "subhead": BlockKind.SUBHEAD}
    outright = [
        *(DraftBlock(kind, getattr(said, key), said.lines[key]) for key, kind in titles.items() if getattr(said, key)),
        *(DraftBlock(BlockKind.BYLINE, author, said.lines["author"]) for author in said.author),
    ]
    rest = [block for block in blocks if not (said.title and block.kind == BlockKind.HEADLINE)]
    ordered = sorted([*outright, *rest], key=lambda block: _ORDER.get(block.kind, _BODY))
    return Draft(tuple(ordered), date=said.date, source=said.source, glossary=said.glossary)


def _refuse_disagreement(said: FrontMatter, articles: Sequence[Sequence[DraftBlock]], path: Path) -> None:
    """What the front matter says of one article must fit the text below it."""
    if not any(articles) and not said.title:
        what = "there is no article in the file beside front matter and markup"
        raise ArticleError(what, path=path, line=1, remedy="put its text into the file")
    for key in _OF_ONE_ARTICLE if len(articles) > 1 else ():
        if key in said.lines:
            what = f'"{key}" is said of one article, but the file holds {len(articles)}'
            raise ArticleError(
                what, path=path, line=said.lines[key], remedy="delete it, or put each article in a file of its own"
            )
    for block in articles[0]:
        if block.kind == BlockKind.HEADLINE and said.title not in {"", block.text}:
            what = f'the headline "{block.text}" is not the title "{said.title}" of the front matter'
            raise ArticleError(what, path=path, line=block.line, remedy="keep one of them")


def _refuse_html(tokens: Sequence[Token], above: int, path: Path) -> None:
    found = (
        (tag.content.strip(), _line(token, above))
        for token in tokens
        for tag in (token, *(token.children or ()))
        if tag.type in {"html_block", "html_inline"} and not _COMMENT.fullmatch(tag.content)
    )
    refuse_all([
        ArticleError(f'"{html[:40]}" is HTML', path=path, line=line, remedy="write it in Markdown or delete it")
        for html, line in found
    ])


def _blocks(tokens: Sequence[Token], above: int) -> Iterator[DraftBlock]:
    """The blocks of a parsed text; `above` lines of the file stand above it."""
    kinds = [BlockKind.PARAGRAPH]
    number, line, after = "", above + 1, None
    for token in tokens:
        line = _line(token, above) if token.map else line
        if token.type in _OPENED:
            kinds.append(_kind(token))
            number = f"{token.info}{token.markup} " if token.info and token.type == "list_item_open" else number
        elif token.type in _CLOSED:
            kinds.pop()
        elif token.type in {"inline", "fence"}:
            for block in _leaf(token, kinds[-1], number, line):
                subhead = after == BlockKind.HEADLINE and shape(block.text) == Shape.SUBHEAD
                yield replace(block, kind=BlockKind.SUBHEAD) if subhead else block
                after, number = block.kind, ""


_OPENED = frozenset({"heading_open", "list_item_open", "blockquote_open"})
_CLOSED = frozenset({"heading_close", "list_item_close", "blockquote_close"})


def _kind(opening: Token) -> BlockKind:
    if opening.type == "heading_open":
        return BlockKind.HEADLINE if opening.tag == "h1" and opening.level == 0 else BlockKind.HEADING
    return BlockKind.LIST_ITEM if opening.type == "list_item_open" else BlockKind.QUOTE


def _leaf(token: Token, kind: BlockKind, number: str, line: int) -> Iterator[DraftBlock]:
    texts = [(text, n) for n, text in enumerate(_texts(token), line) if text]
    if kind == BlockKind.PARAGRAPH and texts and all(is_byline(text) for text, _ in texts):
        yield from (DraftBlock(BlockKind.BYLINE, text, n) for text, n in texts)
    elif texts:
        yield from _paragraph(number + glued([text for text, _ in texts]), kind, texts[0][1], texts[-1][1])
    for image in token.children or ():
        caption = tidy(image.content) or tidy(str(image.attrGet("title") or ""))
        if image.type == "image" and caption:
            yield DraftBlock(BlockKind.CAPTION, caption, line)


def _paragraph(text: str, kind: BlockKind, line: int, last_line: int) -> Iterator[DraftBlock]:
    if kind != BlockKind.PARAGRAPH:
        yield DraftBlock(kind, text, line)
    elif shape(text) == Shape.CAPTION:
        yield DraftBlock(BlockKind.CAPTION, text, line)
    elif byline := bracketed_byline(text):
        yield DraftBlock(kind, text.removesuffix(byline).rstrip(), line)
        yield DraftBlock(BlockKind.BYLINE, byline, last_line)
    else:
        yield DraftBlock(kind, text, line)


def _texts(token: Token) -> list[str]:
    """The text of a paragraph, a line each, without markup."""
    if token.type == "fence":
        return [tidy(text) for text in token.content.split("\n")]
    pieces = (
        child.content if child.type in {"text", "code_inline"} else "\n" * (child.type in {"softbreak", "hardbreak"})
        for child in token.children or ()
    )
    return [tidy(text) for text in "".join(pieces).split("\n")]


def _line(token: Token, above: int) -> int:
    return above + 1 + (token.map[0] if token.map else 0)
