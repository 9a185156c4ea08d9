"""Where the numbers come from, and how to get them again."""

from __future__ import annotations

import hashlib
import shlex
from pathlib import Path

from lantian.report.context import Context
from lantian.report.document import Cell, Column, Row, Section, Table
from lantian.report.numbers import text_cell


def section(context: Context) -> Section:
    """Tabulate the run and its inputs."""
    _ = context.messages
    return Section("provenance", _("Provenance"), (_run(context), _inputs(context)))


def _run(context: Context) -> Table:
    _ = context.messages
    attributes = context.results.attributes
    facts = (
        (_("Program"), f"{attributes['program']} {attributes['program_version']}"),
        (_("Commit"), attributes["program_commit"]),
        (_("Build fingerprint"), attributes["build_fingerprint"]),
        (_("Run on (UTC)"), attributes["date"]),
        (_("Seed"), attributes["seed"]),
        (_("Random numbers"), attributes["random_scheme"]),
        (_("Replications"), context.results.replications),
        (_("Draws of parameters"), attributes["parameter_draws"]),
        (_("Draws of chance for each"), attributes["chance_draws"]),
        (_("Result file"), context.results.path.name),
        (_("Its SHA-256"), _sha256(context.results.path)),
        (_("Base scenario"), context.base),
        (_("To run it again"), command(context)),
    )
    rows = tuple(Row((text_cell(label), text_cell(str(value)))) for label, value in facts)
    notes = (
        _(
            "With the same inputs, seed and build fingerprint the numbers are the same to the last "
            "bit. The input files below are in the result file, byte for byte, under /inputs."
        ),
    )
    columns = (Column(_("What")), Column(_("Value")))
    return Table("run", _("The run"), columns, rows, notes)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def command(context: Context) -> str:
    """Give the command that makes the result again from its inputs."""
    attributes = context.results.attributes
    words = ["lantian", "run", *(f"{name}.toml" for name in context.scenarios)]
    words += ["-o", context.results.path.name, "--replications", str(context.results.replications)]
    words += ["--chance-draws", str(attributes["chance_draws"]), "--seed", str(attributes["seed"])]
    return shlex.join(words)


def _inputs(context: Context) -> Table:
    _ = context.messages
    rows = tuple(
        Row(
            (
                text_cell(path),
                Cell(f"{len(content):,}", len(content)),
                text_cell(hashlib.sha256(content).hexdigest()),
            )
        )
        for path, content in sorted(context.results.inputs.items())
    )
    columns = (Column(_("File")), Column(_("Bytes"), "number"), Column("SHA-256"))
    return Table("inputs", _("Input files"), columns, rows)
