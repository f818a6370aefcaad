"""Pages compared with the pictures in tests/golden/, and the comparison itself: what it lets pass and what it stops."""

from __future__ import annotations

import golden_pages
import pytest
from golden_pages import DPI, GOLDEN, LEFT, PAGES, THRESHOLD, difference, drawn, html, kept, save, shown
from PIL import Image, ImageChops

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_did(name):
    golden = PAGES[name]
    now, before = drawn(html(golden.style), golden.pages), kept(name)
    differs = difference(before, now)
    if differs > THRESHOLD:
        save(now, LEFT / f"{name}-now.png")
        save(shown(before, now), LEFT / f"{name}-difference.png")
        pytest.fail(
            f"The page “{name}” no longer looks as tests/golden/{name}.png does: it differs by {differs:.2f}, allowed "
            f"is {THRESHOLD}. Look at {LEFT}/{name}-now.png and {name}-difference.png (red: what differs); if the page "
            "is as it should be, run make golden and commit the pictures.",
            pytrace=False,
        )


def test_there_are_pictures_of_the_golden_pages_and_no_others_and_they_are_small():
    assert {path.stem for path in GOLDEN.iterdir()} == set(PAGES)
    assert sum(path.stat().st_size for path in GOLDEN.iterdir()) < 600_000


FINDINGS = PAGES["findings"]


def changed(css: str) -> Image.Image:
    """The page with findings, its style sheet changed."""
    page = html(FINDINGS.style).replace("</head>", f"<style>{css}</style></head>", 1)
    return drawn(page, FINDINGS.pages)


@pytest.mark.parametrize(
    "css",
    [
        pytest.param(".marks { visibility: hidden }", id="the marks are missing"),
        pytest.param("#a2\\.p2\\.s1-en .no { visibility: hidden }", id="one sentence number is missing"),
        pytest.param(".pairs td.en { padding-left: 9.5mm }", id="a column has moved by half a millimetre"),
        pytest.param(".mark.error { background: white; color: black }", id="an error looks like a warning"),
        pytest.param(".pairs .en > p { text-align: justify }", id="the English is justified"),
    ],
)
def test_a_page_that_is_otherwise_is_stopped(css):
    assert difference(kept("findings"), changed(css)) > THRESHOLD


def finely(factor: int, offset: int = 0) -> Image.Image:
    """The page with findings, drawn with `factor` times as many dots, moved to the right by `offset` of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(golden_pages, "FINER", 1)
        patch.setattr(golden_pages, "DPI", DPI * factor)
        fine = drawn(html(FINDINGS.style), FINDINGS.pages)
    return ImageChops.offset(fine, offset, 0).reduce(factor)


@pytest.mark.parametrize(("factor", "offset"), [(2, 0), (4, 0), (4, 2)])
def test_another_antialiasing_and_half_a_dot_to_the_side_pass(factor, offset):
    before, now = kept("findings"), finely(factor, offset)
    assert before.tobytes() != now.tobytes()
    assert difference(before, now.crop((0, 0, *before.size))) < THRESHOLD


def test_pictures_of_two_sizes_differ_wholly():
    assert difference(Image.new("L", (9, 9)), Image.new("L", (9, 8))) == 1


def test_the_picture_of_a_difference_is_red_where_something_is_gone_and_nowhere_else():
    before = Image.new("L", (200, 200), "white")
    now = before.copy()
    before.paste(0, (90, 90, 110, 110))
    picture = shown(before, now)
    red, _, blue = picture.getpixel((100, 100))
    assert blue > red  # what was there before
    red, green, blue = picture.getpixel((88, 100))
    assert red > green == blue
    assert picture.getpixel((20, 20)) == (255, 255, 255)
