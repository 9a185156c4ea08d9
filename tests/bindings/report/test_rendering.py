"""The page: whole, inert to hostile names, and cut off from the network."""

import html.parser
import json
import re
from pathlib import Path

import pytest

import lantian
from lantian import report
from lantian.report.rendering import as_json

HERE = Path(__file__).parent.parent / "works"
HOSTILE = "<script>alert(1)</script>"


class Reader(html.parser.HTMLParser):
    """Collects tags and the texts of scripts, as a browser would see them."""

    def __init__(self):
        super().__init__()
        self.tags, self.scripts, self.links = [], [], []
        self.policy = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        attributes = dict(attrs)
        self.links += [attributes[key] for key in ("src", "href") if key in attributes]
        if attributes.get("http-equiv") == "Content-Security-Policy":
            self.policy = attributes["content"]
        if tag == "script":
            self.scripts.append((attributes.get("type", ""), ""))

    def handle_data(self, data):
        if self.tags and self.tags[-1] == "script" and self.scripts:
            kind, text = self.scripts[-1]
            self.scripts[-1] = (kind, text + data)


def read(page):
    reader = Reader()
    reader.feed(page)
    return reader


@pytest.fixture(scope="module")
def page(works, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "report.html"
    assert report.write(works, path, ladder=2) == path
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    text = (HERE / "plan.toml").read_text().replace("Half the dust", HOSTILE)
    text = text.replace("New filter", "</script><img src=x onerror=alert(2)>")
    (folder / "plan.toml").write_text(text)
    (folder / "base.toml").write_text((HERE / "base.toml").read_text())
    results = lantian.run(folder / "plan.toml", output=folder / "out.h5", replications=2)
    path = report.write(results, folder / "report.html", ladder=1)
    return path.read_text(encoding="utf-8")


def test_the_page_refers_to_nothing_outside_itself(page):
    reader = read(page)
    assert {link for link in reader.links if not link.startswith("#")} == {"data:,"}
    assert "default-src 'none'" in reader.policy


def test_the_page_has_three_scripts_of_which_one_is_data(page):
    kinds = [kind for kind, _ in read(page).scripts]
    assert kinds == ["application/json", "", ""]


def test_the_language_is_told_to_the_browser(page):
    assert '<html lang="en"' in page


def test_hostile_names_are_inert(hostile):
    reader = read(hostile)
    assert [kind for kind, _ in reader.scripts] == ["application/json", "", ""]
    assert "img" not in reader.tags
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in hostile


def test_hostile_names_arrive_whole_in_the_data(hostile):
    _, text = read(hostile).scripts[0]
    data = json.loads(text)
    assert data["names"]["scenario"]["plan"] == HOSTILE


@pytest.mark.parametrize("text", [HOSTILE, "a & b", "\u2028", "<!--", "蓝天"])
def test_json_in_a_page_has_no_sign_that_ends_a_script(text):
    written = as_json({"name": text})
    assert json.loads(written) == {"name": text}
    assert re.search("[<>&\u2028]", written) is None


def test_missing_numbers_never_reach_the_script():
    with pytest.raises(ValueError, match="JSON"):
        as_json({"value": float("nan")})
