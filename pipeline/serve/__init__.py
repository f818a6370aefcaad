"""Review in the browser: a local page of a bulletin in which sentences are corrected and approved.

`guard` lets in nobody but the user; `app` says what can be asked; `desk` knows what is approved and saves it;
`workshop` builds what became stale, told of changes by `watching`; `news` tells the open pages; `service` holds it all.
"""

from pipeline.serve.service import Reviewer, Service

__all__ = ["Reviewer", "Service"]
