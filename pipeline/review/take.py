"""What came back, compared with what is printed and what is approved: what is taken, and what is refused. Pure."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from pipeline.approved import Approvals, Approved, plain, unprintable
from pipeline.review.judge import broken
from pipeline.review.places import Place, Places
from pipeline.review.slips import slips
from pipeline.review.values import Print, Returned, ReviewError, Row, Status, folded, mark, shown

_STATUSES = {
    "": Status.NONE,
    **dict.fromkeys(("ok", "okay", "o.k.", "yes", "good", "fine", "approved", "accepted", "✓", "√"), Status.OK),
    **dict.fromkeys(("通过", "可以", "可", "对", "同意", "无误"), Status.OK),
    **dict.fromkeys(("correct", "corrected", "change", "changed", "wrong", "修改", "已修改", "改"), Status.CORRECT),
    **dict.fromkeys(("question", "query", "?", "？", "unclear", "疑问", "问题", "待定"), Status.QUESTION),
}
_UNSURE = (
    "write it into the column Correction, or say ok in the column Status (in Word: correct a new "
    "hand-out; in a CAT tool: mark it as reviewed)"
)


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence that is taken."""

    name: str
    """The file it came in."""
    id: str
    before: str
    """The English until now; the same as `after` where it is approved as printed."""
    after: str
    accepted: tuple[str, ...]
    """What it breaks, and was accepted."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a reviewer says without deciding anything."""

    name: str
    line: int
    id: str
    text: str
    asks: bool
    """Whether somebody must answer; else it is a remark."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms rows are taken."""

    by: str = ""
    """Who corrected; empty leaves it to what the files say."""
    login: str = ""
    """Who is said to have corrected where neither does."""
    when: str = ""
    """In UTC, as TMX writes it."""
    accept: bool = False
    """Whether what breaks a term or a number is taken nevertheless."""
    lacking: Callable[[str], str] = lambda _: ""
    """Says which character of a text cannot be printed; empty where all can."""


@dataclass(slots=True)
class Taken:
    """What is to be done with everything that came back."""

    approved: list[Approved] = field(default_factory=list)
    """New or changed ones; what is approved already is not among them."""
    changes: list[Change] = field(default_factory=list)
    refusals: list[ReviewError] = field(default_factory=list)
    """In the order of the files and rows."""
    questions: list[Question] = field(default_factory=list)
    """What is kept with no sentence."""
    unchanged: int = 0
    """Rows that say nothing."""
    known: int = 0
    """Rows whose English is approved already."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """A row that wants an English sentence approved."""

    name: str
    row: Row
    place: Place
    target: str

    def refused(self, what: str, remedy: str) -> ReviewError:
        """The sentence that says so."""
        return ReviewError(f"{self.place.id}: {what}", path=self.name, line=self.row.line, remedy=remedy)


_Against: TypeAlias = tuple[str, ...]
Each: TypeAlias = Callable[[Callable[["_Wish"], _Against], Sequence["_Wish"]], Iterable[_Against]]
"""How a function is called for each of many values: `map`, or what spreads them over the cores."""


def take(
    returned: Sequence[Returned], prints: Sequence[Print], approvals: Approvals, terms: Terms, *, each: Each = map
) -> Taken:
    """Takes what is sound and refuses the rest, each refusal one sentence."""
    places, taken = Places(prints), Taken()
    wishes: dict[str, list[_Wish]] = {}
    for file in returned:
        if strange := places.stranger(file):
            taken.refusals.append(strange)
            continue
        for row in file.rows:
            try:
                wish = _wish(file.name, row, places, approvals, taken)
            except ReviewError as refusal:
                taken.refusals.append(refusal)
            else:
                if wish is not None:
                    wishes.setdefault(wish.place.source, []).append(wish)
    asked = [wanted for alike in wishes.values() if (wanted := _wanted(alike, approvals, taken))]
    against = each(functools.partial(_against, places=places), [first for first, *_ in asked])
    for wanted, said in zip(asked, against, strict=True):
        _decide(wanted, said, approvals, terms, taken)
    order = {file.name: number for number, file in enumerate(returned)}
    taken.refusals.sort(key=lambda refusal: (order.get(str(refusal.path), 0), refusal.line or 0))
    return taken


def _wish(name: str, row: Row, places: Places, approvals: Approvals, taken: Taken) -> _Wish | None:
    """What a row wants approved; None where it wants nothing. Raises ReviewError where that cannot be told."""
    if row.fault:
        raise _refused(name, row, row.fault)
    status = _status(name, row)
    place = places.find(row)
    current = _current(place, approvals) if place else ""
    target = _target(name, row, current, status)
    if not target or status is Status.QUESTION:
        if row.comment or status is Status.QUESTION:
            proposal = f"proposes: {shown(target)}" if target else ""
            asked = " / ".join(filter(None, [row.comment, proposal])) or "(no words)"
            taken.questions.append(Question(name, row.line, row.id, asked, asks=status is Status.QUESTION))
        else:
            taken.unchanged += 1
        return None
    if place is None:
        raise places.unknown(name, row)
    if other := places.misplaced(row, place):
        what = f"beside the Chinese of {place.id} stands what belongs to {other}"
        raise _refused(name, row, what, "sort all columns together, or correct a new hand-out")
    if odd := unprintable(target):
        raise ReviewError(f"{place.id}: its English {odd}", path=name, line=row.line, remedy="type it anew")
    return _Wish(name, row, place, target)


def _refused(name: str, row: Row, what: str, remedy: str = "") -> ReviewError:
    """The sentence that says so, with the number of the row's sentence if it has one."""
    return ReviewError(f"{row.id}: {what}".removeprefix(": "), path=name, line=row.line, remedy=remedy)


def _status(name: str, row: Row) -> Status:
    status = _STATUSES.get(row.status.casefold().rstrip("."))
    if status is None:
        raise _refused(name, row, f"its status is “{row.status[:40]}”", "write ok, correct or question, or nothing")
    return status


def _current(place: Place, approvals: Approvals) -> str:
    """The English that counts now: what is approved, else what is printed."""
    one = approvals.get(place.source)
    return one.target if one else place.pair.target


def _target(name: str, row: Row, current: str, status: Status) -> str:
    """The English that a row asks for; empty where it asks for none."""
    correction = plain(row.correction)
    if correction and (status is Status.CORRECT or folded(correction) != folded(row.english or current)):
        if row.english not in {"", current, correction} and row.mark and row.mark != mark(row.english):
            raise _refused(
                name, row, "its English was changed, and there is another correction", "leave one of the two"
            )
        return correction
    if edited := _edited(name, row, current, status):
        return edited
    if status is Status.CORRECT:
        what = f"its status is “{row.status}”, and there is no correction"
        raise _refused(name, row, what, "write the whole sentence into the column Correction")
    printed = row.english or current
    # What a word processor made of the quotation marks is nobody's wish.
    return (current if folded(printed) == folded(current) else plain(printed)) if status is Status.OK else ""


def _edited(name: str, row: Row, current: str, status: Status) -> str:
    """The English where it was changed in place; told by its mark, or by what is printed now."""
    if not row.english or (row.mark and mark(row.english) == row.mark):
        return ""
    if folded(row.english) == folded(current):
        return current if row.mark else ""
    if row.mark or status is Status.OK:
        return row.english
    if not current:
        return ""
    what = f"its English is not what is printed now (“{current}”), and nothing says what was printed then"
    raise _refused(name, row, what, _UNSURE)


def _wanted(wishes: Sequence[_Wish], approvals: Approvals, taken: Taken) -> Sequence[_Wish]:
    """Of everybody who wants an English for one Chinese sentence, those whose wish is new, and who agree."""
    before = approvals.get(wishes[0].place.source)
    done: list[_Wish] = []
    wanted: list[_Wish] = []
    for wish in wishes:
        (done if _done_before(wish, before) else wanted).append(wish)
    _known(before, done, taken)
    if not wanted:
        return ()
    if refusal := _disagreement(wanted):
        taken.refusals.append(refusal)
        return ()
    if before is not None and before.target == wanted[0].target:
        _known(before, wanted, taken)
        return ()
    return wanted


def _decide(wanted: Sequence[_Wish], against: _Against, approvals: Approvals, terms: Terms, taken: Taken) -> None:
    """Approves what they want, or refuses it."""
    first, before = wanted[0], approvals.get(wanted[0].place.source)
    refusal = next((one for wish in wanted if (one := _outdated(wish, before))), None)
    if refusal is None and against and not terms.accept:
        refusal = first.refused(_said(against), "change it, or import with --accept if it is right nevertheless")
    if refusal is None and (missing := terms.lacking(first.target)):
        refusal = first.refused(f"no font has a glyph for {missing}, which stands in its English", "write it otherwise")
    if refusal is not None:
        taken.refusals.append(refusal)
        return
    note = " / ".join(dict.fromkeys(wish.row.comment for wish in wanted if wish.row.comment))
    by = terms.by or first.row.by or terms.login
    taken.approved.append(Approved(first.place.source, first.target, by, terms.when, note, against))
    taken.changes.append(Change(first.name, first.place.id, _current(first.place, approvals), first.target, against))


def _known(before: Approved | None, wishes: Sequence[_Wish], taken: Taken) -> None:
    """What is approved already; what is said about it and was not yet is shown."""
    taken.known += len(wishes)
    for wish in wishes:
        if before is not None and wish.row.comment not in before.note:
            said = Question(wish.name, wish.row.line, wish.place.id, wish.row.comment, asks=False)
            taken.questions.append(said)


def _against(wish: _Wish, places: Places) -> _Against:
    """What its English would break, wherever the sentence stands."""
    place = wish.place
    said = [message for pair in place.pairs for message in broken(pair, wish.target, sound=place.sound)]
    if wish.target != place.pair.target:
        said += [message for pair in place.pairs for message in slips(pair, wish.target)]
        if other := places.likelier(place, wish.target):
            said.append(f"The English looks like a correction of {other}, not of this sentence.")
    return tuple(dict.fromkeys(said))


def _done_before(wish: _Wish, before: Approved | None) -> bool:
    """Whether it was taken from this copy already: approved since it was printed, and nothing else."""
    return before is not None and before.target == wish.target and wish.row.mark not in {"", mark(before.target)}


def _disagreement(wishes: Sequence[_Wish]) -> ReviewError | None:
    first = wishes[0]
    other = next((wish for wish in wishes if wish.target != first.target), None)
    if other is None:
        return None
    what = f"“{first.target}” here and “{other.target}” in {other.name}:{other.row.line} are both wanted"
    return first.refused(what, "let one of the two be changed or taken out, and import again")


def _outdated(wish: _Wish, before: Approved | None) -> ReviewError | None:
    """A refusal where somebody else's sentence was approved after this reviewer's copy was printed."""
    if before is None or (wish.row.mark and wish.row.mark == mark(before.target)):
        return None
    if not wish.row.mark and folded(wish.row.english) == folded(before.target):
        return None
    what = f"“{wish.target}” is wanted, and “{before.target}” was approved since this copy was printed"
    if before.by:
        what = f"{what} (by {before.by})"
    return wish.refused(what, "hand out the new print, and correct it there if it is still wrong")


def _said(messages: Sequence[str]) -> str:
    return "; ".join(message.rstrip(".") for message in messages)
