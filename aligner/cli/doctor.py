"""`aligner doctor`: what works on this machine, and what to do about what does not."""

from __future__ import annotations

import sys

import typer

from aligner.cli.show import plain


def doctor() -> None:
    """Check the encoder, the translators, the cache and the packages; exit status 1 if the main job cannot run.

    Example:

      aligner doctor
    """
    from aligner.checkup import checkup

    findings = checkup()
    for finding in findings:
        mark = "ok " if finding.works else "no " if finding.needed else "off"
        sys.stdout.write(f"{mark}  {finding.name}: {plain(finding.state)}\n")
        if finding.advice:
            sys.stdout.write(f"     → {plain(finding.advice)}\n")
    if any(finding.needed and not finding.works for finding in findings):
        raise typer.Exit(1)
