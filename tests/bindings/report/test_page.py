"""The page in a browser: headless Chromium, from the disk, with no network to reach."""

import csv
import io
import os
import shutil
from pathlib import Path

import pytest

import lantian
from lantian import findings, report

WORKS = Path(__file__).parents[1] / "works"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ARTIFACTS = Path(__file__).parents[3] / "build" / "artifacts"
LANGUAGES = ("en", "zh")
CHARTS = (
    "fan",
    "waterfall",
    "map",
    "wedges",
    "macc",
    "completion",
    "gantt",
    "target-odds",
    "lateness",
    "slip-odds",
)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory):
    """Start a browser with an empty profile of its own."""
    if not Path(CHROMIUM).exists() and os.environ.get("CI") != "true":
        pytest.skip(f"there is no {CHROMIUM}: apt-get install chromium")
    sync_api = pytest.importorskip("playwright.sync_api")
    profile = tmp_path_factory.mktemp("profile")
    with sync_api.sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=CHROMIUM, args=ARGUMENTS, accept_downloads=True
        )
        yield context
        context.close()
    shutil.rmtree(profile, ignore_errors=True)


@pytest.fixture(scope="module", params=LANGUAGES)
def path(request, works, slip, tmp_path_factory):
    return report.write(
        works,
        tmp_path_factory.mktemp("report") / f"{request.param}.html",
        language=request.param,
        ladder=3,
        findings=[slip],
    )


@pytest.fixture(scope="module")
def slip(tmp_path_factory):
    """Give a finding: the plan's filter begins so late that it is never ready in time."""
    found = lantian.slip(WORKS / "plan.toml", by="11 month", replications=10)
    path = tmp_path_factory.mktemp("found") / "slip.json"
    made = {"scenario": found.scenario, "replications": found.replications, "seed": found.seed}
    return findings.write(path, "slip", found, **made)


@pytest.fixture(scope="module")
def opened(chromium, path):
    """Open the page once; what it complains of and asks for is collected in `heard`."""
    page = chromium.new_page()
    page.set_viewport_size({"width": 1400, "height": 900})
    page.heard = []
    page.on("console", lambda message: page.heard.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: page.heard.append(str(error)))
    page.on("request", lambda request: page.heard.append(request.url))
    page.goto(path.as_uri())
    page.wait_for_function("document.querySelectorAll('.js-plotly-plot').length >= 6")
    yield page
    page.close()


@pytest.fixture
def page(opened):
    """Give the page as it is when it is opened."""
    for key, value in {"scenario": "plan", "pollutant": "PM25"}.items():
        if opened.input_value(f"select[data-picks={key}]") != value:
            opened.select_option(f"select[data-picks={key}]", value)
    return opened


def plotted(page, chart):
    """What a chart shows: for each trace its name and its numbers."""
    return page.evaluate(
        """(id) => (document.getElementById(id).data || []).map(
             ({ name, x, y }) => [name || "", Array.from(x || []), Array.from(y || [])])""",
        chart,
    )


def downloaded(page, button):
    with page.expect_download() as waiting:
        page.click(button)
    content = Path(waiting.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")  # by which Excel knows UTF-8
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def shown_rows(page, table):
    """Values of the cells of the rows that are shown."""
    return page.evaluate(
        """(id) => Array.from(document.getElementById(id).tBodies[0].rows)
             .filter((row) => row.offsetParent !== null)
             .map((row) => Array.from(row.cells, (cell) => cell.dataset.value ?? ""))""",
        table,
    )


def test_the_page_asks_for_nothing_and_complains_of_nothing(page, path):
    page.select_option("select[data-picks=scenario]", "base")
    page.select_option("select[data-picks=pollutant]", "PM")
    page.select_option("select[data-picks=scenario]", "plan")
    assert page.heard == [path.as_uri()]


def test_a_request_to_the_network_is_refused_by_the_page_itself(page):
    before = len(page.heard)
    page.evaluate("fetch('http://127.0.0.1:9/').catch(() => 0)")
    assert any("Content Security Policy" in heard for heard in page.heard[before:])


def test_every_chart_is_drawn(page):
    page.select_option("select[data-picks=pollutant]", "PM")
    for chart in CHARTS:
        assert plotted(page, chart), chart
        assert page.evaluate("(id) => document.getElementById(id).offsetHeight", chart) > 100


@pytest.mark.parametrize("chart", ["fan", "waterfall", "map", "wedges", "macc"])
def test_the_pollutant_picker_changes_the_chart(page, chart):
    page.select_option("select[data-picks=pollutant]", "PM25")
    before = plotted(page, chart)
    page.select_option("select[data-picks=pollutant]", "PM")
    assert plotted(page, chart) != before


@pytest.mark.parametrize("chart", ["fan", "map"])
def test_the_scenario_picker_changes_the_chart(page, chart):
    before = plotted(page, chart)
    page.select_option("select[data-picks=scenario]", "base")
    # the map's circles stay where they are and change their size
    sizes = "(id) => (document.getElementById(id).data || []).map((t) => t.marker?.size)"
    changed = plotted(page, chart), page.evaluate(sizes, chart)
    page.select_option("select[data-picks=scenario]", "plan")
    assert (plotted(page, chart), page.evaluate(sizes, chart)) != changed
    assert plotted(page, chart) == before


def test_pickers_of_a_chart_change_it_alone(page):
    others = {chart: plotted(page, chart) for chart in CHARTS if chart != "waterfall"}
    before = plotted(page, "waterfall")
    page.select_option("select[data-picker-of=waterfall]", "sector")
    texts = "(id) => document.getElementById(id).layout.yaxis.ticktext"
    by_sector = page.evaluate(texts, "waterfall")
    page.select_option("select[data-picker-of=waterfall]", "plant")
    assert page.evaluate(texts, "waterfall") != by_sector
    assert plotted(page, "waterfall") == before
    assert {chart: plotted(page, chart) for chart in others} == others


def test_the_fan_shows_the_numbers_of_the_run(page, works):
    page.select_option("select[data-picks=pollutant]", "PM")
    names = ("Half the dust", "颗粒物减半")
    (median,) = [trace for trace in plotted(page, "fan") if trace[0] in names]
    direct = works["plan"]["PM"][:, :2].sum(axis=1).reshape(20, 3, 12).sum(axis=2)
    quantiles = sorted(direct[:, 2])
    assert median[1] == [2024, 2025, 2026]
    assert median[2][2] == pytest.approx((quantiles[9] + quantiles[10]) / 2, rel=1e-6)


@pytest.mark.parametrize("table", ["reductions-by-enterprise", "zones-by-account", "inputs"])
def test_the_downloaded_table_is_the_one_that_is_shown(page, table):
    headings, *rows = downloaded(page, f"button[data-download-table={table}]")
    shown = shown_rows(page, table)
    picked = len(headings) - len(shown[0])  # the scenario and the pollutant stand in front
    assert picked == (0 if table == "inputs" else 2)
    assert [row[picked:] for row in rows] == shown
    assert len(shown) > 0


def test_the_download_follows_the_pickers_and_the_order(page):
    page.select_option("select[data-picks=pollutant]", "PM")
    page.click("#zones-by-account th:nth-child(3) button")
    _, *rows = downloaded(page, "button[data-download-table=zones-by-account]")
    direct = [float(row[4]) for row in rows]
    assert direct == sorted(direct)
    assert {row[1] for row in rows} <= {"Dust", "颗粒物"}


def test_the_data_of_a_chart_can_be_downloaded(page):
    headings, *rows = downloaded(page, "button[data-download-chart=fan]")
    assert headings[:2] == ["scenario", "scenario_name"]
    assert [row[headings.index("year")] for row in rows] == ["2024", "2025", "2026"]
    assert {row[0] for row in rows} == {"plan"}


def test_a_text_that_looks_like_a_formula_is_not_one_in_the_download(page):
    line = page.evaluate("csv([['=1+1', '-5', '@x', 'a,\"b\"']])")
    assert line == '\'=1+1,-5,\'@x,"a,""b"""\r\n'


def test_headings_sort_both_ways_and_say_so(page):
    heading = page.locator("#standard-errors th").nth(1)
    for order, reverse in (("ascending", False), ("descending", True)):
        heading.locator("button").click()
        assert heading.get_attribute("aria-sort") == order
        means = [float(row[1]) for row in shown_rows(page, "standard-errors")]
        assert means == sorted(means, reverse=reverse)


def test_everything_that_is_picked_has_a_label(page):
    unlabelled = page.evaluate(
        """() => Array.from(document.querySelectorAll('select'))
             .filter((select) => !select.labels.length).length"""
    )
    assert unlabelled == 0
    assert page.evaluate("document.querySelectorAll('table caption').length") == page.evaluate(
        "document.querySelectorAll('table').length"
    )


def test_nothing_is_wider_than_the_page(page):
    for width in (1400, 700):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_paper_charts_keep_their_height_and_nothing_is_cut_off(page):
    sizes = "() => Array.from(document.querySelectorAll('.js-plotly-plot'), (p) => p.offsetHeight)"
    heights = page.evaluate(sizes)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 690, "height": 1000})
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.scrollWidth") <= 690
    assert page.evaluate(sizes) == heights
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.set_viewport_size({"width": 1400, "height": 900})


def test_a_screenshot_is_kept(page, path):
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    name = "report.png" if path.stem == "en" else f"report-{path.stem}.png"
    page.screenshot(path=ARTIFACTS / name, full_page=True)
    assert (ARTIFACTS / name).stat().st_size > 100_000
