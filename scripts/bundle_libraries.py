"""Copy the libraries that a wheel of ours needs into it: bundle_libraries.py WHEEL FOLDER."""

import configparser
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from auditwheel.wheeltools import InWheelCtx

# Starts the command, which stands in this folder too, and does not import what it does not need.
LAUNCHER = """\
import os
import sys


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    os.execv(os.path.join(here, "lantian.scripts", "lantian"), sys.argv)
"""


def use_launcher(wheel: Path) -> None:
    """Start the command by an entry point.

    auditwheel moves the command beside its libraries and leaves a script in its place, which fails
    where a folder's name has a space, and where packages are not in the interpreter's own folder
    (pip install --user or --target). An entry point works everywhere.
    """
    (scripts,) = wheel.glob("lantian-*.data")
    shutil.rmtree(scripts)
    (wheel / "_lantian_command.py").write_text(LAUNCHER, encoding="utf-8")
    (metadata,) = wheel.glob("lantian-*.dist-info")
    entry_points = configparser.ConfigParser(delimiters="=")
    entry_points.read(metadata / "entry_points.txt", encoding="utf-8")
    entry_points.read_dict({"console_scripts": {"lantian": "_lantian_command:main"}})
    with open(metadata / "entry_points.txt", "w", encoding="utf-8") as file:
        entry_points.write(file)


def bundle(wheel: Path, folder: Path) -> Path:
    """Write the wheel with its libraries into the folder; its path."""
    with tempfile.TemporaryDirectory() as temporary:
        command = [sys.executable, "-m", "auditwheel", "repair", wheel, "--wheel-dir", temporary]
        subprocess.run(command, check=True)
        (repaired,) = Path(temporary).glob("*.whl")
        bundled = folder.resolve() / repaired.name
        with InWheelCtx(repaired) as context:  # its folder while in it; digests anew on leaving
            context.out_wheel = bundled
            use_launcher(context.path)
    return bundled


if __name__ == "__main__":
    print(bundle(Path(sys.argv[1]), Path(sys.argv[2])))
