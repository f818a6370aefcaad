"""Pages a second: our PDF stage against plain WeasyPrint with the same table and whole fonts, both in one run.

    .venv/bin/python benchmarks/pdf.py [PAGES …]        (10, 100 and 500 where none are given)

Ours is the whole way from bulletin to bytes: fonts cut, HTML, flush Chinese, tags with languages, finishing. The other
is `weasyprint.HTML(…).write_pdf(pdf_variant="pdf/ua-1")` on the same HTML, whose font faces are the packages' whole
files. Both run as on a machine that has Pango and nothing more: where libharfbuzz-subset happens to be installed (a
browser brings it) it is hidden from WeasyPrint. Each runs in a process of its own, so that the peak of memory is its
own; times are the processor's, which others' work on the machine disturbs least.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

ARTICLE_PAGES = 2.1
"""About how many pages an article of the long sample takes."""


def ours(articles: int) -> bytes:
    """Bulletin to bytes by this project."""
    from sample_bulletin import long  # noqa: PLC0415

    from pipeline.layout import to_html  # noqa: PLC0415
    from pipeline.pdf import to_pdf  # noqa: PLC0415

    return to_pdf(to_html(long(articles)))


def plain(articles: int) -> bytes:
    """The same page by WeasyPrint alone, given whole fonts."""
    import weasyprint  # noqa: PLC0415, TID251
    from sample_bulletin import long  # noqa: PLC0415

    from pipeline import layout  # noqa: PLC0415

    layout.faces_css = _whole_faces  # type: ignore[attr-defined]
    pdf: bytes = weasyprint.HTML(string=layout.to_html(long(articles))).write_pdf(pdf_variant="pdf/ua-1")
    return pdf


def _whole_faces(_text: str, css: str) -> str:
    """The same families from the packages' own files."""
    from pipeline.layout.fonts import FACES  # noqa: PLC0415

    return "".join(
        f'@font-face{{font-family:"{f.family}";font-weight:{f.weight};font-style:{f.style};src:url({f.file.as_uri()})}}'
        for f in FACES
        if f'"{f.family}"' in css
    )


def measured(way: str, articles: int) -> dict[str, float]:
    """Pages, seconds of processor time and peak megabytes of one way, in a process of its own."""
    done = subprocess.run(  # noqa: S603  (our own program)
        [sys.executable, __file__, "--one", way, str(articles)], check=True, stdout=subprocess.PIPE, text=True
    )
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def _one(way: str, articles: int) -> None:
    import pypdfium2  # noqa: PLC0415
    from weasyprint.pdf import fonts  # noqa: PLC0415, TID251

    fonts.harfbuzz_subset = None
    started = time.process_time()
    pdf = {"ours": ours, "plain": plain}[way](articles)
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"pages": len(pypdfium2.PdfDocument(pdf)), "s": seconds, "MB": peak, "kB": len(pdf) / 1024}))


def main(sizes: list[int]) -> None:
    """A line for each size and way, and the ratio."""
    print(f"{'way':<7}{'pages':>6}{'CPU s':>8}{'pages/s':>9}{'peak MB':>9}{'file kB':>9}")
    for size in sizes:
        rates = {}
        for way in ("ours", "plain"):
            m = measured(way, max(1, round(size / ARTICLE_PAGES)))
            rates[way] = m["pages"] / m["s"]
            print(f"{way:<7}{m['pages']:>6}{m['s']:>8.2f}{rates[way]:>9.2f}{m['MB']:>9.0f}{m['kB']:>9.0f}", flush=True)
        print(f"ours is {rates['ours'] / rates['plain']:.2f} times as fast at {size} pages", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        _one(sys.argv[2], int(sys.argv[3]))
    else:
        main([int(n) for n in sys.argv[1:]] or [10, 100, 500])
