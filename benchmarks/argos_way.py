"""Argos's own way, for `benchmarks/translation.py` to compare with: runs in `.cache/argos`, an environment of its own.

Reads a JSON list of paragraphs on stdin, translates one after the other by `argostranslate.translate.translate`, and
writes JSON: seconds for loading (imports and the first, short translation), for the paragraphs by the clock and of
processor time, and their English.

Its sentence splitter wants a download at run time; it is replaced by one that cuts after 。！？ and costs nothing,
which is to Argos's advantage.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import time
import zipfile

SENTENCE = re.compile(r"[^。！？]+[。！？]?[”’」』）]*")


class Sentences:
    """What Argos calls a sentencizer."""

    def split_sentences(self, text: str) -> list[str]:
        """Cuts after 。！？ and the closing marks that follow."""
        return SENTENCE.findall(text)


def main(package: str) -> None:
    """Translates with the .argosmodel file `package`."""
    paragraphs = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {f"XDG_{kind}_HOME": folder for kind in ("DATA", "CONFIG", "CACHE")}
        os.environ["ARGOS_PACKAGES_DIR"] = packages = os.path.join(folder, "packages")  # noqa: PTH118 - Argos wants text
        with zipfile.ZipFile(package) as archive:
            archive.extractall(packages)
        begun = time.perf_counter()
        from argostranslate import translate  # noqa: PLC0415, TID251 - what is measured

        installed = translate.get_language_from_code("zh").get_translation(translate.get_language_from_code("en"))
        installed.underlying.sentencizer = Sentences()
        translate.translate("你好。", "zh", "en")
        loaded, burnt = time.perf_counter(), time.process_time()
        english = [translate.translate(paragraph, "zh", "en") for paragraph in paragraphs]
        times = {"translating": time.perf_counter() - loaded, "processor": time.process_time() - burnt}
        json.dump({"loading": loaded - begun, **times, "english": english}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
