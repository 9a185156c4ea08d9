"""The mutants of a floor: found by clang, and left out where they do not compile."""

import hashlib
import json
import subprocess
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import operators
import schemata
from clang.cindex import Diagnostic, Index, TranslationUnit
from operators import Change, File
from schemata import Rendering

HERE = Path(__file__).parent
ROUNDS = 8  #: of leaving out what does not compile
QUICK_REPARSE = TranslationUnit.PARSE_PRECOMPILED_PREAMBLE | 0x100  # at the first parse already


@cache
def clang_arguments(sim: Path) -> list[str]:
    """As GCC compiles it, with GCC's headers; Eigen without the intrinsics that clang lacks."""
    gcc = subprocess.run(
        ["c++", "-print-file-name=include"], capture_output=True, text=True, check=True
    )
    system = [gcc.stdout.strip(), "/usr/include/eigen3"]
    return [
        "-xc++",
        "-std=c++20",
        "-w",
        "-ferror-limit=0",
        "-DEIGEN_DONT_VECTORIZE",
        f"-I{sim}",
        *(word for folder in system for word in ("-isystem", folder)),
        *("-include", str(HERE / "mutant.hpp")),
    ]


def lines_in(path: Path, diagnostic: Diagnostic) -> set[int]:
    """The lines of the file that an error is about: its own, or those of its notes."""
    lines = set()
    for each in (diagnostic, *diagnostic.children):
        if each.location.file is not None and each.location.file.name == str(path):
            lines.add(each.location.line)
    return lines


def compiling_changes(path: Path, sim: Path) -> list[Change]:
    """The changes of one file, without those that clang does not accept."""
    file = File(path)
    file.source = path.read_bytes()
    file.unit = Index.create().parse(str(path), clang_arguments(sim), options=QUICK_REPARSE)
    alike = {}
    for change in file.changes():
        alike[(change.start, change.end, change.is_statement, change.text)] = change
    changes = sorted(alike.values(), key=lambda each: (each.start, each.end, each.operator))
    for _ in range(ROUNDS):
        rendering = Rendering(file.source, enumerate(changes))
        file.unit.reparse(unsaved_files=[(str(path), rendering.text)])
        refused = set(range(len(changes))) - rendering.rendered
        for diagnostic in file.unit.diagnostics:
            if diagnostic.severity >= Diagnostic.Error:
                for line in lines_in(path, diagnostic):
                    refused |= rendering.mutants_at(line)
        if not refused:
            return changes
        changes = [each for number, each in enumerate(changes) if number not in refused]
    raise RuntimeError(f"{path}: after {ROUNDS} rounds there are still mutants that do not compile")


def find_in_file(path: Path, sim: Path, kept: Path) -> list[Change]:
    """As compiling_changes, kept in a file as long as neither the source nor the tool changes."""
    digest = hashlib.sha256(path.read_bytes())
    for module in (operators.__file__, schemata.__file__, __file__):
        digest.update(Path(module).read_bytes())
    memory = kept / f"{path.parent.name}-{path.name}-{digest.hexdigest()[:16]}.json"
    if not memory.exists():
        changes = compiling_changes(path, sim)
        memory.write_text(json.dumps([asdict(change) for change in changes]))
    return [Change(**row) for row in json.loads(memory.read_text())]


@dataclass
class Mutant:
    """A change of a file, with the number by which it is chosen."""

    number: int
    file: str  #: below sim/
    line: int
    code: str  #: the line
    was: str
    change: Change

    @property
    def becomes(self) -> str:
        return shortened(self.change.text) or "(left out)"

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells it from others, also when lines move."""
        return (self.file, self.code, self.was, self.becomes)

    def __str__(self) -> str:
        return (
            f"sim/{self.file}:{self.line}: {self.change.operator}: {self.was}  ->  {self.becomes}"
        )


def shortened(text: str) -> str:
    return " ".join(schemata.in_one_line(text).split())


def find(sim: Path, floors: list[str], kept: Path, processes: int) -> list[Mutant]:
    """All mutants of the floors, numbered from 1 in the order of files and lines."""
    kept.mkdir(parents=True, exist_ok=True)
    paths = [path for floor in floors for path in sorted((sim / floor).glob("*.[ch]pp"))]
    with ProcessPoolExecutor(processes) as pool:
        found = list(pool.map(find_in_file, paths, [sim] * len(paths), [kept] * len(paths)))
    mutants: list[Mutant] = []
    for path, changes in zip(paths, found, strict=True):
        source = path.read_bytes()
        lines = source.decode().split("\n")
        for change in changes:
            line = source.count(b"\n", 0, change.start) + 1
            was = shortened(source[change.start : change.end].decode())
            name = str(path.relative_to(sim))
            mutants.append(
                Mutant(len(mutants) + 1, name, line, lines[line - 1].strip(), was, change)
            )
    return mutants
