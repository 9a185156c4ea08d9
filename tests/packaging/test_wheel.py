"""The wheel that travels has all it needs, and takes nothing from the machine but the C library."""

import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest

import lantian

ROOT = Path(__file__).parents[2]
READERS = ("lantian", "h5py", "netCDF4")


def away_from_checkouts() -> dict[str, str]:
    """The environment without what would lead Python to a package that is not installed."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


class Installation:
    """An environment of its own, in which the wheel is installed."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.site = next(folder.glob("lib/python*/site-packages"))

    def run(self, program: str, *words: object) -> str:
        """Run a program of the environment, away from any checkout; what it prints."""
        ran = subprocess.run(
            [self.bin / program, *map(str, words)],
            capture_output=True,
            text=True,
            cwd=self.bin.parent,
            env=away_from_checkouts(),
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def python(self, code: str) -> str:
        return self.run("python", "-c", code)


def wheel_named(pattern: str) -> Path:
    folder = os.environ.get("LANTIAN_WHEELS")
    if folder is None:
        pytest.skip("LANTIAN_WHEELS does not name the folder that scripts/wheel writes to")
    (wheel,) = Path(folder).glob(pattern)
    return wheel


@pytest.fixture(scope="session")
def bundled_wheel() -> Path:
    return wheel_named("lantian-*-manylinux_*.whl")


def pip_install(python: Path, wheel: Path, *options: object) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", python, "install", "--no-index", *options, wheel],
        env=away_from_checkouts(),
        capture_output=True,
        check=True,
    )


def link_numpy(site: Path) -> None:
    """Let an environment use our numpy, so that nothing is downloaded."""
    files = distribution("numpy").files or []
    for name in {file.parts[0] for file in files if file.parts[0] != ".."}:
        source = Path(str(distribution("numpy").locate_file(name)))
        (site / name).symlink_to(source)


@pytest.fixture(scope="session")
def installation(bundled_wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    folder = tmp_path_factory.mktemp("empty") / "环境 1"
    venv.create(folder, with_pip=False, symlinks=True)
    installation = Installation(folder)
    link_numpy(installation.site)
    pip_install(installation.bin / "python", bundled_wheel)
    return installation


def libraries(program: Path) -> dict[str, Path]:
    """The libraries that a program loads, by name."""
    listed = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
    rows = re.findall(r"^\s*(\S+) => (/.+) \(0x", listed, re.MULTILINE)
    return {name: Path(path).resolve() for name, path in rows}


def test_the_wheel_has_the_scenarios_as_they_are_here(bundled_wheel: Path) -> None:
    with zipfile.ZipFile(bundled_wheel) as wheel:
        packed = {
            name.removeprefix("lantian/"): wheel.read(name)
            for name in wheel.namelist()
            if name.startswith("lantian/scenarios/") and not name.endswith("/")
        }
    listed = subprocess.run(
        ["git", "ls-files", "-z", "scenarios"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    here = filter(None, listed.stdout.split("\0"))
    assert packed == {name: (ROOT / name).read_bytes() for name in here}


def test_the_wheel_has_everything_of_the_package(bundled_wheel: Path) -> None:
    """Also what is not Python: stubs, templates, style sheets, codelists, compiled catalogues."""
    with zipfile.ZipFile(bundled_wheel) as wheel:
        packed = set(wheel.namelist())
    package = ROOT / "bindings" / "lantian"
    for path in package.rglob("*"):
        name = str(path.relative_to(package.parent))
        if path.is_dir() or path.suffix in {".pyc", ".so"}:
            continue
        assert name in packed
        if path.suffix == ".po":
            assert name.removesuffix(".po") + ".mo" in packed


def test_the_packaged_scenarios_are_found_checked_and_run(installation: Installation) -> None:
    folder = Path(
        installation.python("import lantian; print(lantian.scenarios_path())").rstrip("\n")
    )
    assert folder == installation.site / "lantian" / "scenarios"
    for name in ("baotou/full-plan.toml", "examples/one-retrofit.toml", "template/plan.toml"):
        assert ": good: " in installation.run("lantian", "check", folder / name)
    installation.python(
        "import lantian\n"
        "scenario = lantian.scenarios_path() / 'baotou' / 'as-planned.toml'\n"
        "results = lantian.run(scenario, output='planned.h5', replications=2)\n"
        "assert results['as-planned']['NOx'].sum() > 0\n"
    )
    assert "relocate-jiyu in as-planned" in installation.run(
        "lantian", "why", "planned.h5", "relocate-jiyu"
    )


def test_the_command_is_that_of_this_version(installation: Installation) -> None:
    assert installation.run("lantian", "--version").startswith(f"lantian {lantian.__version__} (")


def test_the_command_finds_verbs_beside_its_launcher(installation: Installation) -> None:
    verb = installation.bin / "lantian-greet"
    verb.write_text("#!/bin/sh\necho hello\n", encoding="utf-8")
    verb.chmod(0o755)
    assert installation.run("lantian", "greet") == "hello\n"


def test_module_and_command_load_the_libraries_of_the_wheel(installation: Installation) -> None:
    (module,) = (installation.site / "lantian").glob("_core.*.so")
    bundled = (installation.site / "lantian.libs").resolve()
    for program in (module, installation.site / "lantian.scripts" / "lantian"):
        needed = libraries(program)
        hdf5 = [path for name, path in needed.items() if name.startswith("libhdf5")]
        assert hdf5
        assert all(path.parent == bundled for path in hdf5)
        ours = {name for name, path in needed.items() if path.parent == bundled}
        # What is taken from the machine is named by the policy of manylinux.
        assert {name.split(".")[0] for name in needed.keys() - ours} <= {
            "libc",
            "libdl",
            "libgcc_s",
            "libm",
            "libpthread",
            "libresolv",
            "librt",
            "libstdc++",
            "libz",
        }


@pytest.mark.parametrize("order", [READERS, READERS[::-1]], ids="-".join)
def test_it_lives_with_other_hdf5_in_one_process_in_either_order(
    order: tuple[str, ...], installation: Installation
) -> None:
    """Each of the three brings an HDF5 of its own, and reads what ours wrote."""
    installation.python(
        "import sys\n"
        f"sys.path.append({sysconfig.get_path('platlib')!r})\n"
        f"import {', '.join(order)}\n"
        "scenario = lantian.scenarios_path() / 'examples' / 'one-retrofit.toml'\n"
        f"path = '{'-'.join(order)}.h5'\n"
        "ours = lantian.run(scenario, output=path, replications=2)['one-retrofit']['PM']\n"
        "with h5py.File(path) as file:\n"
        "    assert (file['one-retrofit/PM'][()] == ours).all()\n"
        "with netCDF4.Dataset(path) as file:\n"
        "    assert (file['one-retrofit/PM'][:] == ours).all()\n"
        "lantian.open(path).verify()\n"
        "maps = open('/proc/self/maps').read().split()\n"
        "folders = {word.split('/')[-2] for word in maps if '/libhdf5-' in word\n"
        "           or '/libhdf5_serial-' in word}\n"
        "assert folders == {'lantian.libs', 'h5py.libs', 'netcdf4.libs'}, folders\n"
    )


def test_the_command_is_found_where_the_package_is_elsewhere(
    bundled_wheel: Path, tmp_path: Path
) -> None:
    pip_install(Path(sys.executable), bundled_wheel, "--no-deps", "--target", tmp_path / "there")
    version = subprocess.run(
        [tmp_path / "there" / "bin" / "lantian", "--version"],
        env={"PYTHONPATH": str(tmp_path / "there")},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert version.startswith(f"lantian {lantian.__version__} (")
