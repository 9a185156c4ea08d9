"""Put known defects into a copy of the source, one after the other, and see an oracle notice each.

The defects are those of tests/oracles/mutants.toml. The copy stays in build/mutants, so that the
next time only what has changed is built.
"""

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "tests/oracles/mutants.toml"
COPY = ROOT / "build/mutants/source"
BINARY = COPY / "build/release/tests/lantian_oracles_tests"
LONGEST = 600  # s that an oracle may take before it counts as failed


class OutOfDate(Exception):
    """The table does not fit the source."""


@dataclass(frozen=True)
class Mutant:
    """A defect: `new` in the place of `old`, which `oracle` must notice."""

    name: str
    file: str
    old: str
    new: str
    oracle: str
    defect: str

    def applied(self, root: Path) -> str:
        """The file's text with the defect in it."""
        text = (root / self.file).read_text("utf-8")
        places = text.count(self.old)
        if places != 1:
            raise OutOfDate(f"{self.name}: its old text stands {places} times in {self.file}")
        return text.replace(self.old, self.new)


def read_table(path: Path = TABLE) -> list[Mutant]:
    rows = tomllib.loads(path.read_text("utf-8"))
    return [Mutant(name, **row) for name, row in rows.items()]


def copy_source() -> None:
    """Bring the copy up to date, and leave alone what has not changed."""
    git = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(git, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    wanted = {name for name in listed.split("\0") if name and (ROOT / name).is_file()}
    for name in wanted:
        source, copy = ROOT / name, COPY / name
        if not copy.exists() or copy.read_bytes() != source.read_bytes():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy)
    for folder in ("sim", "tests"):
        for copy in [*(COPY / folder).rglob("*.cpp"), *(COPY / folder).rglob("*.hpp")]:
            if str(copy.relative_to(COPY)) not in wanted:
                copy.unlink()
    module = importlib.util.find_spec("lantian._core")
    if module is None or module.origin is None:
        sys.exit("mutants: the Python package is not installed; bash scripts/setup --tests does it")
    shutil.copy(module.origin, COPY / "bindings/lantian")


def build() -> bool:
    for command in (
        ["cmake", "--preset", "release"],
        ["cmake", "--build", "--preset", "release", "--target", "lantian_oracles_tests"],
    ):
        ran = subprocess.run(command, cwd=COPY, capture_output=True, text=True, check=False)
        if ran.returncode != 0:
            print(ran.stdout[-4000:], ran.stderr[-4000:], file=sys.stderr)
            return False
    return True


def is_python(oracle: str) -> bool:
    return "::" in oracle


def passes(*oracles: str) -> bool:
    """Run oracles of one language on the copy, with the seed of CI."""
    if is_python(oracles[0]):
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *oracles]
    else:
        command = [str(BINARY), "--gtest_brief=1", "--gtest_filter=" + ":".join(oracles)]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LANTIAN_ORACLE")}
    environment["PYTHONPATH"] = str(COPY / "bindings")
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    try:
        ran = subprocess.run(
            command, cwd=COPY, env=environment, capture_output=True, check=False, timeout=LONGEST
        )
    except subprocess.TimeoutExpired:
        return False
    return ran.returncode == 0


def names_of_binary() -> set[str]:
    """Names of the oracles in C++ as the copy has them."""
    command = [str(BINARY), "--gtest_list_tests"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True)
    names, suite = set(), ""
    for line in listed.stdout.splitlines():
        if line.startswith(" "):
            names.add(suite + line.strip())
        else:
            suite = line.strip()
    return names


def check_unmutated(mutants: list[Mutant]) -> None:
    """Without a defect every oracle is there and passes."""
    in_python = sorted({mutant.oracle for mutant in mutants if is_python(mutant.oracle)})
    in_cpp = sorted({mutant.oracle for mutant in mutants} - set(in_python))
    if in_cpp:
        if not build():
            sys.exit("mutants: the source does not build, without any mutant")
        if missing := set(in_cpp) - names_of_binary():
            raise OutOfDate(f"there is no oracle {', '.join(sorted(missing))}")
    for oracles in (in_python, in_cpp):
        if oracles and not passes(*oracles):
            sys.exit("mutants: an oracle fails without any mutant")


def is_killed(mutant: Mutant) -> bool:
    file = COPY / mutant.file
    original = file.read_bytes()
    file.write_text(mutant.applied(COPY), "utf-8")
    try:
        if not is_python(mutant.oracle) and not build():
            raise OutOfDate(f"{mutant.name} does not compile")
        return not passes(mutant.oracle)
    finally:
        file.write_bytes(original)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="of mutants; all, where none is named")
    options = parser.parse_args()
    mutants = read_table()
    if unknown := set(options.names) - {mutant.name for mutant in mutants}:
        sys.exit(f"mutants: there is no mutant {', '.join(sorted(unknown))}; see {TABLE.name}")
    chosen = [m for m in mutants if not options.names or m.name in options.names]
    for mutant in chosen:
        mutant.applied(ROOT)
    copy_source()
    check_unmutated(chosen)
    survived = 0
    for mutant in chosen:
        began = time.monotonic()
        killed = is_killed(mutant)
        survived += not killed
        verdict = "killed" if killed else "SURVIVED"
        print(f"{mutant.name:<40} {verdict:<8} {time.monotonic() - began:5.0f} s  {mutant.oracle}")
        sys.stdout.flush()
    print(f"{len(chosen) - survived} killed, {survived} survived")
    return 1 if survived else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except OutOfDate as error:
        sys.exit(f"mutants: {error}; mend tests/oracles/mutants.toml")
