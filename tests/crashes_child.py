"""The process that `tests/crashes.py` kills: everything is imported before it is forked."""

from __future__ import annotations

import os
import sys

import openai  # noqa: F401 - imported before the fork, as the command would at its first request

from translate_pipeline.cli import _machine, _site_jobs, _translate, main  # noqa: F401


def translate(root: str) -> None:
    """`translate-pipeline translate` in the folder `root`; ends the process."""
    os.chdir(root)
    os.environ["OPENAI_API_KEY"] = "none"
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - until the process ends
    sys.exit(main(["translate"]))
