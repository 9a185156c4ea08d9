"""The scratch copy of the sources with all mutants in it, and the one build of it."""

import os
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from finding import HERE, Mutant
from schemata import Rendering

COPIED = ("CMakeLists.txt", "cmake", "sim", "tests", "scenarios", "docs")
ROUNDS = 6  #: of building without what GCC does not accept
MESSAGE = re.compile(r"^(?P<file>[^:\n]+):(?P<line>\d+):(\d+:)? +(?P<kind>error|note|  required)")


def write_if_changed(path: Path, content: bytes) -> None:
    """What is the same keeps its date, so that it is not compiled again."""
    if not path.exists() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


class MutatedBuild:
    """`folder`/tree and `folder`/build."""

    def __init__(self, root: Path, folder: Path, mutants: list[Mutant]) -> None:
        self.root = root
        self.tree = folder / "tree"
        self.binaries = folder / "build"
        self.mutants = {mutant.number: mutant for mutant in mutants}
        self.refused: set[int] = set()
        self._renderings: dict[str, Rendering] = {}

    def make(self, targets: list[str]) -> None:
        self._copy()
        for _ in range(ROUNDS):
            self._write_mutants()
            self._configure()
            refused = set(self._build(targets))
            if not refused:
                return
            self.refused |= refused
            for number in refused:
                del self.mutants[number]
        raise SystemExit(f"after {ROUNDS} rounds some mutants still do not compile")

    def _copy(self) -> None:
        listing = ["git", "ls-files", "-z", "-co", "--exclude-standard", "--", *COPIED]
        names = subprocess.run(listing, cwd=self.root, capture_output=True, text=True, check=True)
        wanted = {name for name in names.stdout.split("\0") if (self.root / name).is_file()}
        self._mutated = {f"sim/{mutant.file}" for mutant in self.mutants.values()}
        for name in wanted - self._mutated:
            write_if_changed(self.tree / name, (self.root / name).read_bytes())
        ours = {"sim/kernel/mutant.cpp", "mutant.hpp"}
        write_if_changed(self.tree / "sim/kernel/mutant.cpp", (HERE / "mutant.cpp").read_bytes())
        write_if_changed(self.tree / "mutant.hpp", (HERE / "mutant.hpp").read_bytes())
        for path in self.tree.rglob("*"):
            if path.is_file() and str(path.relative_to(self.tree)) not in wanted | ours:
                path.unlink()

    def _write_mutants(self) -> None:
        of_file = defaultdict(list)
        for mutant in self.mutants.values():
            of_file[f"sim/{mutant.file}"].append((mutant.number, mutant.change))
        for name in self._mutated:
            rendering = Rendering((self.root / name).read_bytes(), of_file[name])
            self._renderings[name] = rendering
            write_if_changed(self.tree / name, rendering.text.encode())

    def _configure(self) -> None:
        flags = f"-std=c++20 -w -include {self.tree / 'mutant.hpp'}"
        command = ["cmake", "-S", self.tree, "-B", self.binaries, "-G", "Ninja"]
        command += ["-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_CXX_FLAGS_RELEASE=-O1 -DNDEBUG"]
        command += [f"-DCMAKE_CXX_FLAGS={flags}"]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)

    def _build(self, targets: list[str]) -> Iterator[int]:
        """Builds; the numbers of the mutants that GCC does not accept."""
        jobs = os.environ.get("CMAKE_BUILD_PARALLEL_LEVEL", str(os.cpu_count()))
        command = [shutil.which("ninja") or "ninja", "-C", self.binaries, "-k", "0", f"-j{jobs}"]
        built = subprocess.run([*command, *targets], capture_output=True, text=True, check=False)
        if built.returncode == 0:
            return
        refused = set(self._refused_in(built.stdout))
        if not refused:
            raise SystemExit(f"the build with mutants fails:\n{built.stdout[-8000:]}")
        yield from refused

    def _refused_in(self, output: str) -> Iterator[int]:
        for line in output.split("\n"):
            message = MESSAGE.match(line)
            if not message:
                continue
            path = (self.binaries / message["file"]).resolve()
            if self.tree not in path.parents:
                continue
            name = str(path.relative_to(self.tree))
            if name in self._renderings:
                yield from self._renderings[name].mutants_at(int(message["line"]))
