"""From bulletins to files: HTML, PDF, report, index; each whole or not at all."""

from __future__ import annotations

import base64
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import quote

from pipeline import check, files, layout, pdf, quality, report
from pipeline.approved import Approvals, Approved, key
from pipeline.build.page import Page, Sheet
from pipeline.build.watch import Run
from pipeline.config import Config
from pipeline.document import BlockKind, Bulletin, PairOrigin, Sentence
from pipeline.errors import ConfigError
from pipeline.layout.fonts import faces_css, lacking
from pipeline.project import Project, Work

_PICTURES = {".svg": "image/svg+xml", ".png": "image/png"}


def style_of(settings: Config, root: Path = Path()) -> layout.Style:
    """The page's style as the settings say it; raises ConfigError where the logo cannot be had."""
    masthead, page = settings.masthead, settings.page
    own_theme = root / page.theme
    return layout.Style(
        name_zh=masthead.chinese,
        name_en=masthead.english,
        issue=masthead.issue,
        date=masthead.date,
        publisher=masthead.publisher,
        layout=page.layout,
        theme=str(own_theme) if own_theme.is_dir() else page.theme,
        paper=page.paper,
        size=page.type_size,
        ratio=page.ratio,
        accent=page.accent,
        logo=_picture(root / masthead.logo) if masthead.logo else "",
        clean=not page.review_marks,
    )


def look_of(settings: Config) -> quality.Look:
    """The look of the quality reports as the settings say it."""
    masthead = settings.masthead
    return quality.Look(masthead.chinese, masthead.english, settings.page.accent, _faces)


def _faces(text: str, css: str) -> str:
    """Fonts for a report: a character that none has, say in the reason of an ignore, is left to the reader's own."""
    return faces_css("".join(character for character in set(text) if not lacking(character)), css)


def _picture(path: Path) -> str:
    """A local picture as a data: URI, so that the page needs no other file."""
    kind = _PICTURES.get(path.suffix.lower())
    if kind is None or not path.is_file():
        raise ConfigError(
            "the logo cannot be used", path=path, remedy="give the path of an SVG or PNG file that exists"
        )
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"


def pages_set(
    run: Run, pages: Sequence[Page[Bulletin]], style: layout.Style, *, archival: bool, jobs: int
) -> tuple[Page[Sheet], ...]:
    """HTML and PDF of every bulletin, the PDFs `jobs` at a time."""
    set_ = run.each("layout", pages, lambda page: layout.to_html(page.content, style))
    bulletins = {page.work: page.content for page in pages}
    sheets = []
    with run.stage("pdf", len(set_), "bulletins"):
        for page, printed in zip(set_, _printed([page.content for page in set_], jobs, archival=archival), strict=True):
            with run.forgiving(page.work.path):
                sheets.append(page.holding(Sheet(bulletins[page.work], page.content, printed())))
            run.watch.advance()
    return tuple(sheets)


def _printed(htmls: Sequence[str], jobs: int, *, archival: bool) -> Iterator[Callable[[], bytes]]:
    """For each page a function that waits for its PDF, or raises what setting it raised."""
    if min(jobs, len(htmls)) <= 1:
        yield from (functools.partial(pdf.to_pdf, html, archival=archival) for html in htmls)
        return
    # Spawned, not forked: the engine's threads are alive in this process.
    with ProcessPoolExecutor(min(jobs, len(htmls)), mp_context=get_context("spawn")) as pool:
        yield from [pool.submit(pdf.to_pdf, html, archival=archival).result for html in htmls]


def written(project: Project, page: Page[Sheet]) -> Bulletin:
    """Puts the files of one bulletin in place and stamps them."""
    sheet, bulletin, slug = page.content, page.content.bulletin, page.work.slug
    folder = project.output / slug
    contents: Mapping[Path, str | bytes] = {
        folder / f"{slug}.html": sheet.html,
        folder / f"{slug}.pdf": sheet.pdf,
        folder / "report.json": report.to_json(bulletin),
        folder / "report.html": quality.to_html(bulletin, href=f"{quote(slug)}.html", look=look_of(project.settings)),
    }
    for path, content in contents.items():
        files.write_whole(path, content)
    project.stamps.write(slug, contents, _stamp(bulletin, page.work))
    return bulletin


def _stamp(bulletin: Bulletin, work: Work) -> files.Stamp:
    """What it was made from, what was approved for it included: by its pairs, not by a file that may move on."""
    pairs = bulletin.pairs.values()
    approved = Approvals(
        Approved(pair.sentence.text, pair.target, accepted=pair.accepted)
        for pair in pairs
        if pair.origin is PairOrigin.REVIEWED
    )
    keys = sorted({key(pair.sentence.text) for pair in pairs})
    return files.Stamp(
        work.inputs,
        outputs={},
        summary=_summary(bulletin, work.path),
        sentences=keys,
        approved=approved.digest(keys),
    )


def _summary(bulletin: Bulletin, path: Path) -> dict[str, str | int]:
    """What the index says of a bulletin and `make` of one that is up to date."""
    pairs = [bulletin.pairs[s.id] for article in bulletin.articles for s in article.sentences()]
    return {
        "article": path.as_posix(),
        "chinese": "".join(s.text for s in _title(bulletin)),
        "english": " ".join(bulletin.pairs[s.id].target for s in _title(bulletin)),
        "date": next((article.date for article in bulletin.articles if article.date), ""),
        **report.counts(pairs, bulletin.articles, bulletin.findings),
        "ignored": len(bulletin.ignored),
        "doubtful": sum(finding.check == check.doubtful.__name__ for finding in bulletin.findings),
    }


def _title(bulletin: Bulletin) -> tuple[Sentence, ...]:
    """The first headline; where there is none, the first sentence of all."""
    headlines = (block for article in bulletin.articles for block in article.of_kind(BlockKind.HEADLINE))
    first = next(headlines, None)
    return first.sentences if first else tuple(s for article in bulletin.articles for s in article.sentences())[:1]


def index_written(project: Project, style: layout.Style) -> None:
    """Writes `output/index.html` and `output/report.html`: every bulletin that has a stamp, by name."""
    stamps = [(name, stamp) for name in project.stamps.names() if (stamp := project.stamps.read(name))]
    entries = [_entry(name, stamp.summary) for name, stamp in stamps]
    files.write_whole(project.output / "index.html", layout.index_html(entries, style))
    lines = [_line(name, stamp.summary) for name, stamp in stamps]
    files.write_whole(project.output / "report.html", quality.overview_html(lines, look=look_of(project.settings)))


def _entry(slug: str, said: Mapping[str, str | int]) -> layout.Entry:
    folder = quote(slug)
    return layout.Entry(
        href=f"{folder}/{folder}.html",
        pdf=f"{folder}/{folder}.pdf",
        report=f"{folder}/report.html",
        title_zh=str(said["chinese"]),
        title_en=str(said["english"]),
        articles=int(said["articles"]),
        sentences=int(said["sentences"]),
        findings=int(said["errors"]) + int(said["warnings"]),
        date=str(said["date"]),
    )


def _line(slug: str, said: Mapping[str, str | int]) -> quality.Entry:
    return quality.Entry(
        href=f"{quote(slug)}/report.html",
        title_zh=str(said["chinese"]),
        title_en=str(said["english"]),
        date=str(said["date"]),
        # A bulletin that an earlier version built has fewer counts, until it is built again.
        counts={"ignored": 0, "doubtful": 0} | {name: n for name, n in said.items() if isinstance(n, int)},
    )


def removed(project: Project, slug: str) -> tuple[Path, ...]:
    """Takes away what was built of an article that is gone, and nothing that someone else put beside it.

    Returns what stays in the folder.
    """
    stamp = project.stamps.read(slug)
    for path in stamp.outputs if stamp else ():
        (project.root / path).unlink(missing_ok=True)
    project.stamps.forget(slug)
    folder = project.output / slug
    left = tuple(sorted(folder.iterdir())) if folder.is_dir() else ()
    if folder.is_dir() and not left:
        folder.rmdir()
    return left
