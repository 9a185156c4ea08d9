"""A document as one HTML page that needs nothing else: no network, no other file."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

from lantian.messages import Messages
from lantian.optional import require
from lantian.report.document import Chart, Document, Table, Text

HERE = Path(__file__).parent
# What a script could take for the end of its element, or for a line, is written as an escape.
ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_SCRIPT_MESSAGE = re.compile(r'\b_\("((?:[^"\\]|\\.)*)"')


def render(document: Document, messages: Messages, names: dict[str, dict[str, str]]) -> str:
    """Draw a document.

    Parameters
    ----------
    document
        What to say.
    messages
        The words around it, in the document's language.
    names
        What to call the ids in the charts, by axis.

    Raises
    ------
    ImportError
        If Jinja or Plotly is not installed, with the command that installs them.
    """
    jinja2 = require("jinja2", "report")
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    markup = require("markupsafe", "report").Markup
    plotly = require("plotly.offline", "report").get_plotlyjs()
    script = _script()
    page = environment.get_template("template.html.j2").render(
        document=document,
        _=messages,
        kind_of=_kind_of,
        style=markup((HERE / "report.css").read_text(encoding="utf-8")),
        data=markup(as_json(_data(document, messages, names))),
        plotly=markup(plotly),
        script=markup(script),
        policy=_policy(plotly, script),
    )
    return str(page)


def as_json(data: Any) -> str:
    """Write JSON that can stand in a script element whatever its texts are."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return "".join(ESCAPES.get(letter, letter) for letter in text)


def script_messages() -> tuple[str, ...]:
    """Give the messages that the script says."""
    return tuple(dict.fromkeys(_SCRIPT_MESSAGE.findall(_script())))


def _script() -> str:
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in ("charts.js", "page.js"))


def _data(
    document: Document, messages: Messages, names: dict[str, dict[str, str]]
) -> dict[str, Any]:
    translate = messages
    return {
        "language": document.language,
        "base": document.base,
        "chosen": {"scenario": document.chosen_scenario, "pollutant": document.chosen_pollutant},
        "names": names,
        "messages": {message: translate(message) for message in script_messages()},
        "charts": [
            {"id": chart.id, "kind": chart.kind, "data": chart.data} for chart in document.charts
        ],
    }


def _kind_of(block: Text | Table | Chart) -> str:
    return type(block).__name__.lower()


def _policy(*scripts: str) -> str:
    """Let the page run its own scripts, by their digests, and reach nothing outside itself."""
    digests = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {digests}; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
