"""The calculator against the recipes of the trade, exactly."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from desktop.models.dilution import (
    aerosol_ml,
    liquid,
    percent_to_mg_l,
    powder_g,
    powder_makes_l,
    rounded,
    spray_l,
    tablets,
)
from desktop.models.problems import UserProblem


def mixed(percent: str, target: str, volume: str) -> tuple[Decimal, Decimal]:
    made = liquid(percent_to_mg_l(Decimal(percent)), Decimal(target), Decimal(volume))
    return rounded(made.stock_ml, 2), rounded(made.water_l, 3)


@pytest.mark.parametrize(
    ("recipe", "expected"),
    [
        pytest.param(lambda: mixed("5", "500", "10"), (Decimal("100.00"), Decimal("9.900")), id="T1"),
        pytest.param(lambda: mixed("5", "250", "10"), (Decimal("50.00"), Decimal("9.950")), id="T2"),
        pytest.param(lambda: mixed("5", "1000", "10"), (Decimal("200.00"), Decimal("9.800")), id="T3"),
        pytest.param(lambda: mixed("5", "5000", "2"), (Decimal("200.00"), Decimal("1.800")), id="T4"),
        pytest.param(lambda: mixed("5", "10000", "1"), (Decimal("200.00"), Decimal("0.800")), id="T5"),
        pytest.param(lambda: mixed("4", "500", "10"), (Decimal("125.00"), Decimal("9.875")), id="T6"),
        pytest.param(lambda: mixed("6", "1000", "20"), (Decimal("333.33"), Decimal("19.667")), id="T7"),
        pytest.param(lambda: mixed("2", "500", "15"), (Decimal("375.00"), Decimal("14.625")), id="T8"),
        pytest.param(lambda: powder_makes_l(Decimal(12), Decimal(500), Decimal(20)), Decimal("4.8"), id="T9"),
        pytest.param(lambda: rounded(powder_g(Decimal(55), Decimal(500), Decimal(10)), 2), Decimal("9.09"), id="T10"),
        pytest.param(lambda: powder_g(Decimal(20), Decimal(1000), Decimal(10)), Decimal(50), id="T11"),
        pytest.param(lambda: tablets(Decimal(500), Decimal(500), Decimal(1)).count, 1, id="T12"),
        pytest.param(lambda: tablets(Decimal(500), Decimal(250), Decimal(10)).count, 5, id="T13"),
        pytest.param(lambda: tablets(Decimal(1000), Decimal(500), Decimal(15)).count, 8, id="T14"),
        pytest.param(
            lambda: rounded(tablets(Decimal(1000), Decimal(500), Decimal(15)).real_mg_l, 0), Decimal(533), id="T14 real"
        ),
        pytest.param(lambda: mixed("15", "2000", "10"), (Decimal("133.33"), Decimal("9.867")), id="T15"),
        pytest.param(lambda: mixed("30", "30000", "1"), (Decimal("100.00"), Decimal("0.900")), id="T16"),
        pytest.param(lambda: mixed("0.2", "100", "5"), (Decimal("250.00"), Decimal("4.750")), id="T17"),
        pytest.param(
            lambda: (spray_l(Decimal(120), Decimal(100)), spray_l(Decimal(120), Decimal(300))),
            (Decimal(12), Decimal(36)),
            id="T18",
        ),
        pytest.param(lambda: aerosol_ml(Decimal(60), Decimal(20)), Decimal(1200), id="T19"),
    ],
)
def test_recipes(recipe: Callable[[], object], expected: object) -> None:
    assert recipe() == expected


def test_t20_a_target_above_the_stock_cannot_be_made() -> None:
    with pytest.raises(UserProblem, match="dilution_above_stock") as refused:
        mixed("5", "60000", "10")
    assert refused.value.fields == {"target": "60000", "stock": "50000"}
    assert mixed("5", "50000", "10") == (Decimal("10000.00"), Decimal("0.000"))


def test_one_part_of_stock_to_ninety_nine_of_water_and_ethanol_from_95_to_75() -> None:
    assert liquid(percent_to_mg_l(Decimal(5)), Decimal(500), Decimal(10)).parts == 99
    assert mixed("95", "750000", "0.95") == (Decimal("750.00"), Decimal("0.200"))


@pytest.mark.parametrize("numbers", [("0", "500", "10"), ("5", "0", "10"), ("5", "500", "-1"), ("NaN", "500", "10")])
def test_nothing_is_worked_out_of_nothing(numbers: tuple[str, str, str]) -> None:
    with pytest.raises(UserProblem, match="dilution_not_positive"):
        mixed(*numbers)
