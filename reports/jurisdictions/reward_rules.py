"""Reward rules: tiers, budget and claim window of one place. Amounts are integer fen."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from reports.jurisdictions.deadlines import Counting
from reports.jurisdictions.provenance import Code, Line, Sourced, each_once

Fen = Annotated[int, Field(ge=1, strict=True)]
"""Money in integer fen."""


class RewardTier(Sourced):
    """One tier of rewards; an officer proposes an amount within it."""

    code: Code
    label: Line
    min_fen: Fen
    max_fen: Fen
    condition: Line
    """What must be established."""

    @model_validator(mode="after")
    def _range(self) -> Self:
        if self.min_fen > self.max_fen:
            raise ValueError("its least amount is above its greatest")
        return self


class RewardRules(Sourced):
    """The local rules of rewards. Citizens are told `public_line`, never the greatest amount."""

    version: Line
    """Stands on every reward proposed under these rules."""
    valid_from: date
    tiers: Annotated[tuple[RewardTier, ...], Field(min_length=1)]
    claim_days: Annotated[int, Field(ge=1, le=365, strict=True)]
    """How long a reward can be claimed after its notice."""
    claim_days_counted: Counting
    budget_year: Annotated[int, Field(ge=2020, le=2100, strict=True)]
    budget_fen: Fen
    """What may be approved and paid in `budget_year`."""
    budget_warning_percent: Annotated[int, Field(ge=1, le=100, strict=True)] = 80
    approval_threshold_fen: Fen
    """From this amount on, the finance department agrees too."""
    anonymous_allowed: bool
    """Whether somebody without a name, holding receipt and passphrase, can be rewarded."""
    conditions: tuple[Line, ...]
    """Who can be rewarded, in sentences that a citizen understands."""
    public_line: Line

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        each_once((tier.code for tier in self.tiers), "tier")
        for tier in self.tiers:
            if tier.max_fen > self.budget_fen:
                raise ValueError(f"the tier {tier.code} reaches above the whole budget")
        return self
