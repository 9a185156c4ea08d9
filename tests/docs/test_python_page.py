"""The code of docs/python.md runs as it stands there, as one script."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/python.md").read_text("utf-8")


def test_the_code_runs_from_top_to_bottom(tmp_path: Path) -> None:
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    (tmp_path / "out").mkdir()
    script = tmp_path / "page.py"
    # what stands after the pool must not run in its workers, which import the script
    blocks = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    body = "\n".join(blocks).replace('if __name__ == "__main__":\n', "if True:\n")
    lines = ["def main():", *(f"    {line}" for line in body.splitlines())]
    script.write_text("\n".join([*lines, 'if __name__ == "__main__":', "    main()"]), "utf-8")
    ran = subprocess.run(
        [sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    for name in ("two", "pool", "ladder"):
        assert (tmp_path / f"out/{name}.h5").exists()
