"""A file with all its mutants in it, of which `::mutant(number)` chooses one at run time.

An expression `a < b` becomes

    (
    ::mutant(17) ? (a <= b) :
    ::mutant(18) ? (a >= b) :
    (a < b))

where the last `a < b` may hold further mutants, and a statement `f();` becomes
`if (!::mutant(19)) { f(); }`. Each mutant stands on a line of its own, so that a compiler's message
says which mutant it does not accept; that one is left out.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from operators import COMMENT, Change


@dataclass
class Place:
    """A piece of the source, its changes with their numbers, and the places inside it."""

    start: int
    end: int
    is_statement: bool
    changes: list[tuple[int, Change]] = field(default_factory=list)
    inner: list["Place"] = field(default_factory=list)


def places_of(numbered: Iterable[tuple[int, Change]]) -> list[Place]:
    """The outermost places; each holds those that lie in it."""
    found: dict[tuple[int, int, bool], Place] = {}
    for number, change in numbered:
        key = (change.start, change.end, change.is_statement)
        found.setdefault(key, Place(*key)).changes.append((number, change))
    outermost: list[Place] = []
    around: list[Place] = []
    for place in sorted(found.values(), key=lambda each: (each.start, -each.end)):
        while around and around[-1].end <= place.start:
            around.pop()
        if around and place.end > around[-1].end:
            continue  # across another: clang and the text disagree on where it ends
        (around[-1].inner if around else outermost).append(place)
        around.append(place)
    return outermost


def in_one_line(text: str) -> str:
    return " ".join(COMMENT.sub(" ", text).split("\n"))


class Rendering:
    """The text of a file with its mutants, and on which line each of them stands."""

    def __init__(self, source: bytes, numbered: Iterable[tuple[int, Change]]) -> None:
        self.source = source
        self.mutants_of_line: dict[int, set[int]] = defaultdict(set)
        self.rendered: set[int] = set()
        self._line = 1
        self._parts: list[str] = []
        self._render(0, len(source), places_of(numbered))
        self.text = "".join(self._parts)

    def mutants_at(self, line: int) -> set[int]:
        """The mutants of the line, or of the next one, where an expression begins."""
        return self.mutants_of_line.get(line) or self.mutants_of_line.get(line + 1, set())

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._line += text.count("\n")

    def _render(self, start: int, end: int, places: list[Place]) -> None:
        for place in places:
            self._write(self.source[start : place.start].decode())
            if place.is_statement:
                self._statement(place)
            else:
                self._expression(place)
            start = place.end
        self._write(self.source[start:end].decode())

    def _note(self, number: int) -> None:
        self.rendered.add(number)
        self.mutants_of_line[self._line].add(number)

    def _statement(self, place: Place) -> None:
        before_else = self.source[place.end :].lstrip().startswith(b"else")
        if before_else:
            self._write("{")  # or the else would be that of `if (!::mutant(...))`
        for number, _ in place.changes:
            self._write("\n")
            self._note(number)
            self._write(f"if (!::mutant({number})) {{\n")
        self._render(place.start, place.end, place.inner)
        self._write("\n}" * (len(place.changes) + before_else))

    def _expression(self, place: Place) -> None:
        self._write("(")
        for number, change in place.changes:
            self._write("\n")
            self._note(number)
            self._write(f"::mutant({number}) ? ({in_one_line(change.text)}) :")
        is_condition = any(change.as_bool for _, change in place.changes)
        self._write("\n" + ("static_cast<bool>(" if is_condition else "("))
        self._render(place.start, place.end, place.inner)
        self._write("))")
