"""Importing the package is cheap, and needs numpy alone."""

import ast
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import lantian

OPTIONAL = ["pandas", "matplotlib", "xarray", "scipy", "plotly", "jinja2", "pyam", "SALib"]
OPTIONAL += ["ema_workbench", "distributed", "h5py", "netCDF4"]


def test_a_bare_import_loads_the_engine_and_the_errors_alone():
    code = "import sys, lantian; print(*sorted(m for m in sys.modules if m.startswith('lantian')))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["lantian", "lantian._core", "lantian.errors"]


def test_no_public_name_imports_anything_optional():
    code = f"import sys; from lantian import *; print([m for m in {OPTIONAL} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_names_load_from_where_type_checkers_see_them():
    tree = ast.parse(Path(lantian.__file__).read_text("utf-8"))
    (seen,) = (node for node in tree.body if ast.unparse(node).startswith("if TYPE_CHECKING:"))
    modules = {alias.name: line.module for line in seen.body for alias in line.names}
    packages = {name: f"lantian.{name}" for name, module in modules.items() if module == "lantian"}
    assert {**modules, **packages} == lantian._MODULES
    assert set(lantian._MODULES) <= set(lantian.__all__) <= set(dir(lantian))


def test_no_module_takes_the_place_of_a_function():
    # importing lantian.ladder, were it a module, would set the name lantian.ladder to it
    modules = {module.name for module in pkgutil.iter_modules(lantian.__path__)}
    assert modules & set(lantian.__all__) == {"design", "frames", "plots", "report"}
    assert callable(lantian.ladder)


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'lantian' has no attribute 'opne'"):
        _ = lantian.opne


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
