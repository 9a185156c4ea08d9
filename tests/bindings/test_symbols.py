"""Lantian, h5py and netCDF4 live in one process, each with a libhdf5 of its own.

The three are imported in every order, in a new process each; then each writes a file and reads one
of its own and, as far as it can, those of the others.
"""

import itertools
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("h5py")
pytest.importorskip("netCDF4")

MODULES = ("lantian", "h5py", "netCDF4")
ONE_STACK = Path(__file__).with_name("one_stack.toml")

WORK = """
import sys
from pathlib import Path

import numpy

folder, scenario = Path(sys.argv[1]), sys.argv[2]
results = lantian.run(scenario, output=folder / "stack.h5", replications=2)
with h5py.File(folder / "numbers.h5", "w") as file:
    file.create_dataset("x", data=numpy.arange(1000.0), compression="gzip", fletcher32=True)
with netCDF4.Dataset(folder / "numbers.nc", "w") as file:
    file.createDimension("x", 1000)
    file.createVariable("x", "f8", ("x",), zlib=True)[:] = numpy.arange(1000.0)

# 20 kg a day through January: 0.62 t
assert abs(results["one_stack"]["PM"][0, 0, 0] - 0.62) < 1e-12
with h5py.File(folder / "stack.h5") as file:
    assert abs(file["one_stack/PM"][0, 0, 0] - 0.62) < 1e-12
with netCDF4.Dataset(folder / "stack.h5") as file:
    assert abs(file["one_stack"]["PM"][0, 0, 0] - 0.62) < 1e-12
with h5py.File(folder / "numbers.h5") as file, netCDF4.Dataset(folder / "numbers.nc") as other:
    assert file["x"][:].sum() == other["x"][:].sum() == 499500

lantian.open(folder / "stack.h5").verify()
try:
    lantian.open(folder / "numbers.h5")
except lantian.ResultFileError:
    print("all is well")
"""


@pytest.mark.parametrize("order", list(itertools.permutations(MODULES)), ids="-".join)
def test_all_read_and_write_in_one_process_whatever_is_imported_first(order, tmp_path):
    script = "".join(f"import {module}\n" for module in order) + WORK
    done = subprocess.run(
        [sys.executable, "-c", script, tmp_path, ONE_STACK],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "all is well\n"
