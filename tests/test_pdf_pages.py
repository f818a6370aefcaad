"""The references of a PDF's pages are made once, whatever asks for them how often."""

import pydyf

from pipeline.pdf.pages import pages_known


def test_they_are_pydyfs_own_also_where_pages_come_later():
    pdf = pydyf.PDF()
    for _ in range(3):
        pdf.add_page(pydyf.Dictionary())
        own = pdf.page_references
        with pages_known():
            assert pdf.page_references == own


def test_they_are_made_anew_only_where_a_page_was_added():
    pdf = pydyf.PDF()
    pdf.add_page(pydyf.Dictionary())
    with pages_known():
        first = pdf.page_references
        assert pdf.page_references is first
        pdf.add_page(pydyf.Dictionary())
        assert len(pdf.page_references) == 2


def test_outside_pydyf_is_as_it_was():
    before = pydyf.PDF.page_references
    with pages_known():
        assert pydyf.PDF.page_references is not before
    assert pydyf.PDF.page_references is before
