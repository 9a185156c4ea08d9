"""The command `lantian report`: what it says, and its exit codes."""

import pytest

from lantian import report
from lantian.commands.report import main
from lantian.errors import ModelError


@pytest.fixture
def output(tmp_path):
    return tmp_path / "report.html"


def test_it_writes_the_page_and_says_where(works, output, capsys):
    assert main([str(works.path), "-o", str(output), "--ladder", "0", "--lang", "zh"]) == 0
    assert capsys.readouterr().out == f"{output}\n"
    assert '<html lang="zh-Hans"' in output.read_text(encoding="utf-8")


def test_it_is_silent_where_asked_for(works, output, capsys):
    assert main([str(works.path), "-o", str(output), "--ladder", "0", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_help_has_examples_and_exit_codes(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    said = capsys.readouterr().out
    assert said.startswith("usage: lantian report")
    assert "lantian report out/baotou.h5 -o out/report.html --lang zh" in said
    assert "4 the output failed" in said


@pytest.mark.parametrize(
    "wrong",
    [[], ["a.h5"], ["a.h5", "-o", "x", "--lang", "fr"], ["a.h5", "-o", "x", "--ladder", "-1"]],
)
def test_wrong_usage_is_exit_code_2(wrong, capsys):
    with pytest.raises(SystemExit) as caught:
        main(wrong)
    assert caught.value.code == 2


def test_a_base_that_is_not_there_is_wrong_usage(works, output, capsys):
    assert main([str(works.path), "-o", str(output), "--base", "plam", "--ladder", "0"]) == 2
    assert "did you mean 'plan'" in capsys.readouterr().err
    assert not output.exists()


@pytest.mark.parametrize("content", [None, b"", b"not a result"])
def test_what_is_no_result_is_refused(tmp_path, output, content, capsys):
    path = tmp_path / "wrong.h5"
    if content is not None:
        path.write_bytes(content)
    assert main([str(path), "-o", str(output)]) == 2
    assert str(path) in capsys.readouterr().err
    assert not output.exists()


def test_a_result_that_was_cut_short_is_refused(works, tmp_path, output, capsys):
    path = tmp_path / "cut.h5"
    path.write_bytes(works.path.read_bytes()[:-1000])
    assert main([str(path), "-o", str(output)]) == 2
    assert str(path) in capsys.readouterr().err


def test_an_output_that_is_there_is_kept(works, output, capsys):
    output.write_text("mine")
    assert main([str(works.path), "-o", str(output)]) == 4
    assert "--overwrite" in capsys.readouterr().err
    assert output.read_text() == "mine"
    assert main([str(works.path), "-o", str(output), "--overwrite", "--ladder", "0"]) == 0


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (KeyboardInterrupt(), 130),
        (ModelError("failed", process="p", seconds=0, replication=1, seed=1), 3),
        (ImportError("this needs the package plotly"), 2),
    ],
)
def test_what_goes_wrong_has_an_exit_code(monkeypatch, problem, code, capsys):
    def fail(*arguments, **options):
        raise problem

    monkeypatch.setattr(report, "write", fail)
    assert main(["a.h5", "-o", "b.html"]) == code
    assert capsys.readouterr().err.startswith("lantian report: ")


def test_an_interruption_leaves_nothing(works, output):
    def stop(*counts):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        report.write(works, output, ladder=100_000, progress=stop)
    assert list(output.parent.iterdir()) == []
