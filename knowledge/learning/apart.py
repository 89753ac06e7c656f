"""Fitting in a process of its own: it takes a core for a while, and the web must go on answering.

`python -m knowledge.learning.apart` reads one JSON object from standard input and writes one.
"""

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from knowledge.learning.exemplars import Judged
from knowledge.learning.fitting import Fitted, fit_and_measure
from knowledge.learning.measuring import Figures
from knowledge.learning.versions import Version
from knowledge.matching.learning import OfferModel
from knowledge.schemes.catalogue import Catalogue
from knowledge.schemes.scheme import Scheme

_PROJECT = Path(__file__).resolve().parent.parent.parent
_NICENESS = 10


class FittingFailed(RuntimeError):
    """The process ended without an answer; what it said is the message."""


async def fit_apart(name: str, catalogue: Catalogue, judged: Sequence[Judged], parent: Version) -> Fitted:
    """`fit_and_measure` elsewhere. Raises FittingFailed; when cancelled, the process is ended too."""
    task = {
        "name": name,
        "schemes": [scheme.model_dump(mode="json") for scheme in catalogue.values()],
        "judged": [(item.text, item.scheme) for item in judged],
        "parent": parent.model.to_json(),
        "parent_learnt_from": [(item.text, item.scheme) for item in parent.learnt_from],
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "knowledge.learning.apart",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, cwd=_PROJECT,
    )  # fmt: skip
    try:
        out, said = await process.communicate(json.dumps(task).encode())
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
    if process.returncode:
        raise FittingFailed(f"exit {process.returncode}: {said.decode(errors='replace')[-500:]}")
    answer = json.loads(out)
    return Fitted(
        answer["model"],
        Figures.from_json(answer["own"]),
        Figures.from_json(answer["parent"]),
        tuple(answer["worse"]),
    )


def main() -> None:
    """One task, one answer."""
    os.nice(_NICENESS)
    task: dict[str, Any] = json.load(sys.stdin.buffer)
    fitted = fit_and_measure(
        task["name"],
        Catalogue(Scheme.model_validate_json(json.dumps(data)) for data in task["schemes"]),
        [Judged(text, scheme) for text, scheme in task["judged"]],
        OfferModel.from_json(task["parent"]),
        [Judged(text, scheme) for text, scheme in task["parent_learnt_from"]],
    )
    answer = {
        "model": fitted.model,
        "own": fitted.own.to_json(),
        "parent": fitted.parent.to_json(),
        "worse": list(fitted.worse),
    }
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))


if __name__ == "__main__":
    main()
