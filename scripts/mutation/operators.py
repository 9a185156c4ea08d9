"""What is changed in a C++ file: the mutation operators, found on clang's syntax tree.

boundary   < <= > >=              < becomes <=, and so on
negate     == != < <= > >=        becomes its contrary
math       + - * / % & | ^ << >>  becomes its counterpart, also in += and the like, ++ and --
sign       -x ~x                  loses its sign
logic      && ||                  becomes the other
not        !x                     becomes x
condition  if (x) while (x) x ? : with neither a comparison nor logic in it, becomes !x
constant   0 becomes 1, 1 becomes 0, any other n becomes n + 1; true becomes false
delete     a call, an assignment, throw, break, continue or `return;` is left out
return     a number, date or pointer becomes zero, a truth value its contrary
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from clang.cindex import Cursor, CursorKind, Index, TranslationUnit

BOUNDARY = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
CONTRARY = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
LOGIC = {"&&": "||", "||": "&&"}
MATH = {"+": "-", "-": "+", "*": "/", "/": "*", "%": "*"}
MATH |= {"&": "|", "|": "&", "^": "&", "<<": ">>", ">>": "<<"}
MATH |= {f"{of}=": f"{to}=" for of, to in MATH.items()}
STEP = {"++": "--", "--": "++"}
BECOMES_CLOSER = {"||", "|", "^"}  #: its counterpart binds its operands more closely

NUMBER = re.compile(
    r"(?P<value>[0-9][0-9']*(\.[0-9]*)?(e[+-]?[0-9]+)?|0x[0-9a-fA-F']+)(?P<suffix>[uUlLfF]*)"
)
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)

# What the compiler evaluates, and what only changes how fast or how large the program is.
CONSTANT_DECLARATIONS = {
    CursorKind.STATIC_ASSERT,
    CursorKind.ENUM_CONSTANT_DECL,
    CursorKind.CONCEPT_DECL,
}
ONLY_SPEED = re.compile(r"reserve\(|shrink_to_fit\(|__builtin_prefetch\(|static_cast<void>\(")

STATEMENTS = {CursorKind.BREAK_STMT, CursorKind.CONTINUE_STMT}
BODIES = {
    CursorKind.COMPOUND_STMT,
    CursorKind.IF_STMT,
    CursorKind.FOR_STMT,
    CursorKind.CXX_FOR_RANGE_STMT,
    CursorKind.WHILE_STMT,
    CursorKind.DO_STMT,
    CursorKind.CASE_STMT,
    CursorKind.DEFAULT_STMT,
}


@dataclass
class Change:
    """One mutant: the bytes from `start` to `end` become `text`, or are left out."""

    start: int
    end: int
    operator: str
    text: str
    is_statement: bool = False
    as_bool: bool = False  #: the original is a condition, and perhaps no bool


@dataclass
class File:
    """A source file, parsed."""

    path: Path
    source: bytes = field(init=False)
    unit: TranslationUnit = field(init=False)

    def parse(self, arguments: list[str]) -> "File":
        self.source = self.path.read_bytes()
        self.unit = Index.create().parse(str(self.path), args=arguments)
        fatal = [str(each) for each in self.unit.diagnostics if each.severity > 3]
        if fatal:
            raise RuntimeError(f"clang cannot read {self.path}: {fatal[0]}")
        return self

    def text(self, start: int, end: int) -> str:
        return self.source[start:end].decode()

    def has(self, cursor: Cursor) -> bool:
        place = cursor.location
        return place.file is not None and place.file.name == str(self.path)

    def changes(self) -> Iterator[Change]:
        for child in self.unit.cursor.get_children():
            if self.has(child):
                yield from self.walk(child)

    def walk(self, cursor: Cursor) -> Iterator[Change]:
        if is_constant(self, cursor):
            return
        for operator in OPERATORS:
            for change in operator(self, cursor):
                if self.is_usable(change):
                    yield change
        for child in cursor.get_children():
            yield from self.walk(child)

    def is_usable(self, change: Change) -> bool:
        """Whether the change is a piece of an expression that may stand in `a ? b : c`."""
        original = self.text(change.start, change.end)
        waits = re.search(r"\bco_(await|yield|return)\b", original)
        return bool(original) and "\n#" not in original and (change.is_statement or not waits)


def is_constant(file: File, cursor: Cursor) -> bool:
    if cursor.kind in CONSTANT_DECLARATIONS:
        return True
    if cursor.kind in (CursorKind.VAR_DECL, CursorKind.FIELD_DECL):
        declared = file.text(cursor.extent.start.offset, cursor.location.offset)
        return "constexpr" in declared
    return False


def children(cursor: Cursor) -> list[Cursor]:
    return list(cursor.get_children())


def bare(cursor: Cursor) -> Cursor:
    """The expression below what is only implicit."""
    while cursor.kind == CursorKind.UNEXPOSED_EXPR:
        below = children(cursor)
        if len(below) != 1 or below[0].extent != cursor.extent:
            break
        cursor = below[0]
    return cursor


@dataclass
class Binary:
    start: int
    left_end: int
    operator: str
    right_start: int
    end: int


def binary(file: File, cursor: Cursor) -> Binary | None:
    """The operands and the operator as written, for built-in and overloaded ones alike."""
    below = children(cursor)
    if cursor.kind in (CursorKind.BINARY_OPERATOR, CursorKind.COMPOUND_ASSIGNMENT_OPERATOR):
        if len(below) != 2:
            return None
        left, right = below
    elif cursor.kind == CursorKind.CALL_EXPR and cursor.spelling.startswith("operator"):
        if len(below) != 3:
            return None
        left, right = sorted((below[0], below[2]), key=lambda each: each.extent.start.offset)
    else:
        return None
    start, end = left.extent.start.offset, right.extent.end.offset
    between = file.text(left.extent.end.offset, right.extent.start.offset)
    operator = COMMENT.sub("", between).strip()
    if operator not in CONTRARY and operator not in MATH and operator not in LOGIC:
        return None
    return Binary(start, left.extent.end.offset, operator, right.extent.start.offset, end)


def operator_changes(file: File, cursor: Cursor) -> Iterator[Change]:
    found = binary(file, cursor)
    if found is None:
        return
    left = file.text(found.start, found.left_end)
    right = file.text(found.right_start, found.end)
    for name, table in (
        ("boundary", BOUNDARY),
        ("negate", CONTRARY),
        ("logic", LOGIC),
        ("math", MATH),
    ):
        other = table.get(found.operator)
        if other and found.operator in BECOMES_CLOSER:
            yield Change(found.start, found.end, name, f"({left}) {other} ({right})")
        elif other:
            yield Change(found.start, found.end, name, f"{left} {other} {right}")


def unary_changes(file: File, cursor: Cursor) -> Iterator[Change]:
    is_call = cursor.kind == CursorKind.CALL_EXPR and cursor.spelling in (
        "operator++",
        "operator--",
    )
    if cursor.kind != CursorKind.UNARY_OPERATOR and not is_call:
        return
    start, end = cursor.extent.start.offset, cursor.extent.end.offset
    text = file.text(start, end)
    for of, to in STEP.items():
        if text.startswith(of):
            yield Change(start, end, "math", to + text[2:])
        elif text.endswith(of):
            yield Change(start, end, "math", text[:-2] + to)
    if text.startswith("!"):
        yield Change(start, end, "not", f"static_cast<bool>({text[1:]})")
    elif re.match(r"-[^-]|~", text):
        yield Change(start, end, "sign", text[1:])


def is_plain(file: File, cursor: Cursor) -> bool:
    """Whether no other operator negates the condition."""
    cursor = bare(cursor)
    if cursor.kind == CursorKind.PAREN_EXPR:
        return is_plain(file, children(cursor)[0])
    text = file.text(cursor.extent.start.offset, cursor.extent.end.offset)
    inner = [binary(file, each) for each in cursor.walk_preorder() if each.extent == cursor.extent]
    return not text.startswith("!") and not any(inner)


def condition_changes(file: File, cursor: Cursor) -> Iterator[Change]:
    kinds = (CursorKind.IF_STMT, CursorKind.WHILE_STMT, CursorKind.CONDITIONAL_OPERATOR)
    if cursor.kind not in kinds:
        return
    for child in children(cursor):
        if not child.kind.is_expression():
            continue
        start, end = child.extent.start.offset, child.extent.end.offset
        if cursor.kind != CursorKind.CONDITIONAL_OPERATOR:
            before = file.source[:start].decode().rstrip()
            after = file.source[end:].decode().lstrip()
            if not before.endswith(("(", ";")) or not after.startswith(")"):
                return  # what it declares, for instance
        if is_plain(file, child):
            text = file.text(start, end)
            yield Change(start, end, "condition", f"!({text})", as_bool=True)
        return


def other_number(text: str) -> str | None:
    found = NUMBER.fullmatch(text)
    if not found:
        return None
    digits = found["value"].replace("'", "")
    is_real = not digits.startswith("0x") and re.search(r"[.e]", digits)
    value = float(digits) if is_real else int(digits, 0)
    other = 1 if value == 0 else 0 if value == 1 else value + 1
    if is_real:
        other = repr(float(other))
    return f"{other}{found['suffix']}"


def constant_changes(file: File, cursor: Cursor) -> Iterator[Change]:
    start, end = cursor.extent.start.offset, cursor.extent.end.offset
    text = file.text(start, end)
    other = None
    if cursor.kind in (CursorKind.INTEGER_LITERAL, CursorKind.FLOATING_LITERAL):
        other = other_number(text)
    elif cursor.kind == CursorKind.CXX_BOOL_LITERAL_EXPR:
        other = {"true": "false", "false": "true"}.get(text)
    if other is not None:
        yield Change(start, end, "constant", other)


def delete_changes(file: File, cursor: Cursor) -> Iterator[Change]:
    if cursor.kind not in BODIES:
        return
    for child in children(cursor):
        is_bare_return = child.kind == CursorKind.RETURN_STMT and not children(child)
        if not (child.kind.is_expression() or child.kind in STATEMENTS or is_bare_return):
            continue
        start, end = child.extent.start.offset, child.extent.end.offset
        stop = re.match(r"\s*;", file.source[end : end + 200].decode(errors="replace"))
        before = file.source[:start].decode().rstrip()
        if not stop or not before.endswith((";", "{", "}", ":", ")", "else")):
            continue  # a condition, or a part of for (...)
        in_header = cursor.kind == CursorKind.FOR_STMT and not before.endswith(")")
        if in_header or ONLY_SPEED.search(file.text(start, end)):
            continue
        yield Change(start, end + stop.end(), "delete", "", is_statement=True)


def return_changes(file: File, cursor: Cursor) -> Iterator[Change]:
    below = children(cursor)
    if cursor.kind != CursorKind.RETURN_STMT or not below:
        return
    value = below[0]
    start, end = value.extent.start.offset, value.extent.end.offset
    text = file.text(start, end)
    kind = value.type.get_canonical().spelling.replace("const ", "")
    if re.fullmatch(
        r"true|false|nullptr|kNever|Duration::zero\(\)|\{.*\}", text
    ) or NUMBER.fullmatch(text):
        return
    if kind == "bool":
        if is_plain(file, value):
            yield Change(start, end, "return", f"!({text})", as_bool=True)
    elif re.match(r"(unsigned |long |int|double|float|short|char|std::chrono::)|.*\*$", kind):
        zero = f"std::remove_cvref_t<decltype(({text}))>{{}}"
        yield Change(start, end, "return", zero)


Operator = Callable[[File, Cursor], Iterator[Change]]
OPERATORS: list[Operator] = [
    operator_changes,
    unary_changes,
    condition_changes,
    constant_changes,
    delete_changes,
    return_changes,
]
