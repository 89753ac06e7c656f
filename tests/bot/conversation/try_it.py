"""Talk to the engine by hand: `python -m tests.bot.conversation.try_it [big]`. `+a b` sends pictures a and
b."""

import sys

from bot.conversation.messages import Arrived, Judged
from tests.bot.conversation.talking import LOAN, Citizen


def main() -> None:
    citizen = Citizen.elder() if "big" in sys.argv else Citizen()
    print(citizen.does(Arrived()))
    for line in sys.stdin:
        line = line.rstrip("\n")
        print(f"\n>>> {line}")
        if line.startswith("+"):
            print(citizen.sends(*line[1:].split()))
        elif line.startswith("!judged"):
            ids = tuple(line.split()[1:])
            print(
                citizen.does(
                    Judged(
                        type(LOAN)(**{**{f: getattr(LOAN, f) for f in LOAN.__slots__}, "evidence_ids": ids})
                    )
                )
            )
        else:
            print(citizen.says(line))
        if citizen.effects:
            print("   ", citizen.effects)


if __name__ == "__main__":
    main()
