"""Every command in the READMEs and the guide is run, and prints what the page says."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READMES = ["README.md", "README.zh.md"]
PAGES = [
    *READMES,
    "docs/guide.md",
    "docs/report.md",
    "docs/attribution.md",
    "docs/value.md",
    "docs/optimise.md",
    "docs/costs.md",
    "docs/sensitivity.md",
    "docs/targets.md",
    "docs/receptors.md",
]


def sessions(page: str) -> list[tuple[str, str]]:
    """Commands of a page's console blocks, each with the output that the page shows."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", (ROOT / page).read_text("utf-8"), re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the scenarios, as a reader has it."""
    folder = tmp_path_factory.mktemp("reader")
    shutil.copytree(ROOT / "scenarios", folder / "scenarios")
    (folder / "out").mkdir()
    return folder


@pytest.mark.parametrize("page", PAGES)
def test_commands_print_what_the_page_says(page: str, folder: Path) -> None:
    commands = sessions(page)
    assert commands
    for command, output in commands:
        words = shlex.split(command)
        assert words[0] == "lantian"
        words[0] = str(Path(sys.executable).with_name("lantian"))
        ran = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
        assert ran.stdout == output, command


@pytest.mark.parametrize("page", READMES)
def test_the_readme_shows_the_example_as_it_is(page: str) -> None:
    readme = (ROOT / page).read_text("utf-8")
    example = (ROOT / "scenarios/examples/one-retrofit.toml").read_text("utf-8")
    (shown,) = re.findall(r"```toml\n(.*?)```", readme, re.DOTALL)
    for part in shown.split("\n\n"):
        assert part.strip() in example


def test_the_variant_of_the_guide_loads(tmp_path: Path) -> None:
    guide = (ROOT / "docs/guide.md").read_text("utf-8")
    (variant,) = re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)
    folder = tmp_path / "baotou"
    shutil.copytree(ROOT / "scenarios/baotou", folder)
    (folder / "variant.toml").write_text(variant, "utf-8")
    lantian = Path(sys.executable).with_name("lantian")
    subprocess.run([lantian, "check", folder / "variant.toml"], check=True)


def test_the_chinese_readme_says_what_the_english_one_says() -> None:
    english, chinese = ((ROOT / page).read_text("utf-8") for page in READMES)
    for same in (
        r"^```(?:console|toml)\n(?s:.*?)^```$",  # commands with their output, scenarios
        r"^    (\S.*?)(?: +#.*)?$",  # commands without output
        r"^\| (.*?) \|",  # first column of the tables
        r"^(#+) ",
    ):
        found = [re.findall(same, text, re.MULTILINE) for text in (english, chinese)]
        assert found[0] == found[1] != [], same


@pytest.mark.parametrize("page", READMES)
def test_the_python_of_the_readme_runs(page: str, folder: Path) -> None:
    readme = (ROOT / page).read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    subprocess.run(
        [sys.executable, "-c", code + "\nassert dust.shape == (500, 4, 36)"], cwd=folder, check=True
    )


def test_the_python_of_the_page_of_targets_runs(folder: Path) -> None:
    command = Path(sys.executable).with_name("lantian")
    made = next(line for line, _ in sessions("docs/targets.md") if "-o out/deadlines.h5" in line)
    subprocess.run([command, *shlex.split(made)[1:]], cwd=folder, check=True)
    (code,) = re.findall(
        r"```python\n(.*?)```", (ROOT / "docs/targets.md").read_text("utf-8"), re.DOTALL
    )
    subprocess.run([sys.executable, "-c", code], cwd=folder, check=True)
