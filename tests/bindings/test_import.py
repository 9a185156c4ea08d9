"""Importing the package is cheap, and needs numpy alone."""

import subprocess
import sys

OPTIONAL = ["pandas", "matplotlib", "xarray", "scipy", "plotly", "jinja2", "pyam", "SALib"]
OPTIONAL += ["ema_workbench", "distributed", "h5py", "netCDF4"]


def test_importing_lantian_imports_nothing_optional():
    code = (
        f"import sys, lantian, lantian.design; print([m for m in {OPTIONAL} if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_figures_and_tables_say_what_they_need():
    code = (
        "import sys\n"
        "sys.modules['pandas'] = sys.modules['matplotlib'] = None\n"
        "from lantian import frames, plots\n"
        "for call in (lambda: frames.target_chances({}), lambda: plots.fan({}, 'PM')):\n"
        "    try:\n"
        "        call()\n"
        "    except ImportError as error:\n"
        "        print(error)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.count("pip install 'lantian[plot]'") == 2
