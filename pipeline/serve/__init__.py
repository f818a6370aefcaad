"""Review in the browser: a local page of a bulletin in which sentences are corrected and approved."""
