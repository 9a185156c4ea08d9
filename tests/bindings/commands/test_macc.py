"""The command `lantian macc`; the numbers of the two filters are those of frames/test_costs.py."""

import csv
import json
from pathlib import Path

import pytest

import lantian
from lantian.commands.macc import main

PLAN = Path(__file__).parents[1] / "two_filters.toml"
FEW = ["--replications", "2", "--quiet"]


@pytest.fixture
def shares(tmp_path):
    return lantian.attribute(PLAN, output=tmp_path / "shares.h5", replications=2).path


def told(capsys, *words):
    assert main([str(word) for word in (PLAN, *words, *FEW)]) == 0
    return capsys.readouterr().out


def numbers(text):
    rows = [line.split() for line in text.splitlines()[6:]]
    return {row[0]: row[1:4] for row in rows}


@pytest.mark.parametrize(
    ("method", "first", "second"),
    [
        # 249,029.49 CNY over 60 or 45 t, 96,731.82 over 50, 20 or 35 t
        ("alone", ["60", "0.249", "4150"], ["50", "0.09673", "1935"]),
        ("sequential", ["60", "0.249", "4150"], ["20", "0.09673", "4837"]),
        ("integrated", ["45", "0.249", "5534"], ["35", "0.09673", "2764"]),
    ],
)
def test_it_prints_what_a_tonne_costs_by_each_method(method, first, second, capsys):
    text = told(capsys, "--pollutant", "SO2", "--method", method)
    assert text.startswith("two_filters: what it costs to abate SO2, 2025\n")
    assert f"({method}, 2 replications; capital over the life" in text
    assert numbers(text)["first"] == first
    assert numbers(text)["second"] == second
    assert max(map(len, text.splitlines())) <= 80


def test_the_whole_is_an_average_and_the_overlap_no_measure(capsys):
    text = told(capsys, "--pollutant", "SO2", "--method", "alone")
    assert numbers(text)["interaction"][0] == "-30"
    assert numbers(text)["interaction"][2] == "-"
    # 345,761.31 CNY over 80 t
    assert " ".join(text.splitlines()[-1].split()) == "in all 80 0.3458 4322 -"


def test_weights_and_years_are_as_they_were_asked_for(capsys):
    text = told(capsys, "--weights", "SO2=1,NOx=2", "--years", "2024-2025")
    assert text.startswith("two_filters: what it costs to abate 1 SO2 + 2 NOx, 2024 to 2025\n")
    assert "weighted t/year" in text
    assert "CNY/weighted t" in text
    assert "equivalent/year" in told(capsys, "--weights", "tax-equivalents")


def test_an_attribution_is_asked_again_without_running_anything(shares, capsys):
    assert main([str(shares), "--pollutant", "NOx"]) == 0
    assert numbers(capsys.readouterr().out)["second"][0] == "10"


def test_it_keeps_a_table_and_a_finding(tmp_path, capsys):
    told(capsys, "--pollutant", "SO2", "-o", tmp_path / "macc.csv")
    with (tmp_path / "macc.csv").open(encoding="utf-8") as file:
        (first, second) = csv.DictReader(file)
    assert (first["group"], float(first["abatement"])) == ("first", pytest.approx(45))
    assert float(second["cost_per_unit"]) == pytest.approx(96_731.8180 / 35)
    told(capsys, "--pollutant", "SO2", "-o", tmp_path / "macc.json", "--seed", 7)
    kept = json.loads((tmp_path / "macc.json").read_text(encoding="utf-8"))
    assert (kept["kind"], kept["scenario"], kept["seed"]) == ("macc", "two_filters", 7)
    assert kept["content"]["method"] == "integrated"
    assert kept["content"]["rows"][0]["abatement"] == pytest.approx(45)


def test_the_detailed_table_has_a_row_for_each_source_and_pollutant(tmp_path, capsys):
    told(capsys, "--pollutant", "SO2", "--detailed", tmp_path / "detailed.csv")
    with (tmp_path / "detailed.csv").open(encoding="utf-8") as file:
        rows = {(row["cm_abbrev"], row["poll"]): row for row in csv.DictReader(file)}
    assert list(rows) == [("first", "SO2"), ("second", "SO2"), ("second", "NOx")]
    assert float(rows["second", "SO2"]["input_emis"]) == pytest.approx(40)
    assert rows["second", "NOx"]["annual_cost"] == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--pollutant", "SO3"], "did you mean 'SO2'"),
        (["--weights", "SO3=1"], "did you mean 'SO2'"),
        (["--weights", "tax-equivalent"], "did you mean 'tax-equivalents'"),
        (["--pollutant", "SO2", "--method", "shapley"], "It is one of alone, sequential, integ"),
        (["--pollutant", "SO2", "--years", "2031"], "it has 2024 to 2025"),
        (["--pollutant", "SO2", "-o", "out.xlsx"], "name a file that ends in .csv or .json"),
        (["--pollutant", "SO2", "--groups", "a=frist"], "did you mean 'first'"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(words, said, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main([str(PLAN), *words, *FEW]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "one of the arguments --pollutant --weights is required"),
        (["--weights", "SO2=much"], "write ID=WEIGHT,ID=WEIGHT or tax-equivalents"),
        (["--weights", "SO2=1,SO2=2"], "'SO2' has two weights"),
        (["--pollutant", "SO2", "--years", "soon"], "write YEAR or YEAR-YEAR"),
        (["--pollutant", "SO2", "--groups", "first"], "write NAME=MEASURE,MEASURE"),
    ],
)
def test_wrong_usage_says_how_to_write_it(words, said, capsys):
    with pytest.raises(SystemExit) as caught:
        main([str(PLAN), *words])
    assert caught.value.code == 2
    assert said in capsys.readouterr().err


def test_what_the_plan_lacks_is_said_before_it_is_run(monkeypatch, capsys):
    monkeypatch.setattr(lantian, "attribute", None)
    for words in (["--pollutant", "SO3"], ["--pollutant", "SO2", "--years", "2026"]):
        assert main([str(PLAN), *words]) == 2
    assert "did you mean 'SO2'" in (said := capsys.readouterr().err)
    assert "years 2026 to 2026 are not all in two_filters: it has 2024 to 2025" in said


def test_an_attribution_cannot_be_run_otherwise_and_a_run_is_none(shares, two_works, capsys):
    assert main([str(shares), "--pollutant", "SO2", "--method", "alone"]) == 2
    assert "was run already: --method needs the scenario file" in capsys.readouterr().err
    assert main([str(shares), "--pollutant", "SO2", "--replications", "7"]) == 2
    assert "was run already: --replications needs the scenario file" in capsys.readouterr().err
    assert main([str(two_works.path), "--pollutant", "SO2"]) == 2
    assert "a result of lantian run" in capsys.readouterr().err


def test_a_file_that_is_there_is_not_replaced(tmp_path, capsys):
    (tmp_path / "macc.csv").write_text("mine", encoding="utf-8")
    assert main([str(PLAN), "--pollutant", "SO2", "-o", str(tmp_path / "macc.csv"), *FEW]) == 4
    assert "exists" in capsys.readouterr().err
    assert (tmp_path / "macc.csv").read_text(encoding="utf-8") == "mine"
