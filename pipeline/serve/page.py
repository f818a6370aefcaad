"""A built page with the reviewer's tools: its own text untouched, a style sheet and a script beside it."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from pipeline.layout.fonts import FACES

_OURS = {"review.css": "text/css", "review.js": "text/javascript", "editor.js": "text/javascript",
         "index.js": "text/javascript", "desk.js": "text/javascript"}  # fmt: skip
_FONTS = {"han": "Han Sans", "sans": "Latin Sans", "serif": "Latin Serif"}
"""Whole, for what is not on the page, and may be typed or told: a page's own fonts have nothing but its characters."""

FILES = {name: (Path(__file__).parent / name, kind) for name, kind in _OURS.items()} | {
    name: (next(face.file for face in FACES if face.family == family), "font/sfnt") for name, family in _FONTS.items()
}
"""What pages may load from here, and its media type."""

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
_INLINE = {
    "script": re.compile(r"<script[^>]*>(.*?)</script>", re.DOTALL),
    "style": re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL),
}


@dataclass(frozen=True, slots=True)
class Dressed:
    """A page for the browser and the policy it is sent under."""

    html: str
    policy: str


def dressed(page: str, script: str = "", version: str = "") -> Dressed:
    """A built page, with one of our scripts if it is to have one; the policy lets only that and the page's own run.

    The nonce is for fonts that our script takes over from a page that was built anew.

    The page's own policy, which forbids all requests, is taken out: it would forbid ours too.
    """
    page = _POLICY.sub("", page, count=1)
    hashes = {kind: " ".join(_hash(text) for text in found.findall(page)) for kind, found in _INLINE.items()}
    nonce = secrets.token_urlsafe(16)
    policy = (
        f"default-src 'none'; script-src 'self' {hashes['script']}; "
        f"style-src 'self' 'nonce-{nonce}' {hashes['style']}; style-src-attr 'unsafe-inline'; "
        "font-src data: 'self'; img-src data:; connect-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )
    if not script:
        return Dressed(page, policy)
    sheet = '<link rel="stylesheet" href="/api/review.css">\n'
    own = (
        f'<script type="module" src="/api/{script}" id="review" nonce="{nonce}" data-version="{html.escape(version)}">'
    )
    own += "</script>\n"
    return Dressed(_before("</body>", own, _before("</head>", sheet, page)), policy)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _before(mark: str, what: str, page: str) -> str:
    start, found, end = page.rpartition(mark)
    return f"{start}{what}{found}{end}" if found else page + what
