"""What other verbs have found about the scenarios of a report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lantian import findings
from lantian.errors import UsageError
from lantian.findings import Finding
from lantian.nearest import did_you_mean
from lantian.results import Results
from lantian.scenario import Path_


@dataclass(frozen=True)
class Found:
    """Findings, and attributions, which are result files of their own."""

    findings: tuple[Finding, ...] = ()
    attributions: tuple[Results, ...] = ()

    @classmethod
    def read(cls, paths: Iterable[Path_], results: Results) -> Found:
        """Read the files, and refuse those that are about other scenarios.

        Raises
        ------
        UsageError, ResultFileError
            If a file is none, or about a scenario that `results` does not have.
        """
        found = cls(*findings.read_all(paths))
        about = [(finding.path, finding.scenario) for finding in found.findings]
        about += [(other.path, name) for other in found.attributions for name in other]
        for path, scenario in about:
            if scenario not in results:
                near = did_you_mean(scenario, list(results))
                raise UsageError(
                    f"{path}: it is about '{scenario}', which {results.path} does not have{near}"
                )
        return found

    def of_kind(self, kind: str) -> tuple[Finding, ...]:
        """Give the findings of one verb, in the order of the command line."""
        return tuple(finding for finding in self.findings if finding.kind == kind)
