"""What to take for a disinfecting solution: stock and water, grams, tablets, spray. Exact decimals, no rounding inside.

1 % is 10 000 mg/L. The percentage of a liquid is taken as w/v; where the label says % by mass, give its density.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from desktop.models.problems import UserProblem

MG_L_PER_PERCENT = 10_000
_ML_PER_L = 1000


@dataclass(frozen=True, slots=True)
class Mix:
    """Stock in mL and water in L; `parts`: parts of water to one of stock."""

    stock_ml: Decimal
    water_l: Decimal

    @property
    def parts(self) -> Decimal:
        """Parts of water to one part of stock."""
        return self.water_l * _ML_PER_L / self.stock_ml


@dataclass(frozen=True, slots=True)
class Tablets:
    """How many, and what concentration they really make."""

    count: int
    real_mg_l: Decimal


def rounded(number: Decimal, places: int) -> Decimal:
    """A number as it is shown: half up."""
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def percent_to_mg_l(percent: Decimal, density: Decimal = Decimal(1)) -> Decimal:
    """Strength of a liquid in mg/L."""
    return percent * MG_L_PER_PERCENT * density


def liquid(stock_mg_l: Decimal, target_mg_l: Decimal, volume_l: Decimal) -> Mix:
    """Liquid stock and water for a volume of solution.

    Raises:
        UserProblem: `dilution_not_positive`, or `dilution_above_stock`.
    """
    _refuse_weak(stock_mg_l, target_mg_l, volume_l)
    stock_ml = target_mg_l * volume_l * _ML_PER_L / stock_mg_l
    return Mix(stock_ml, volume_l - stock_ml / _ML_PER_L)


def powder_g(percent: Decimal, target_mg_l: Decimal, volume_l: Decimal) -> Decimal:
    """Grams of powder for a volume of solution.

    Raises:
        UserProblem: `dilution_not_positive`, or `dilution_above_stock`.
    """
    _refuse_weak(percent * MG_L_PER_PERCENT, target_mg_l, volume_l)
    return target_mg_l * volume_l / (percent * 10)


def powder_makes_l(percent: Decimal, target_mg_l: Decimal, grams: Decimal) -> Decimal:
    """The volume a sachet of powder makes.

    Raises:
        UserProblem: `dilution_not_positive`, or `dilution_above_stock`.
    """
    _refuse_weak(percent * MG_L_PER_PERCENT, target_mg_l, grams)
    return grams * percent * 10 / target_mg_l


def tablets(tablet_mg: Decimal, target_mg_l: Decimal, volume_l: Decimal) -> Tablets:
    """Whole tablets, rather one more than too weak.

    Raises:
        UserProblem: `dilution_not_positive`.
    """
    _refuse_nothing(tablet_mg, target_mg_l, volume_l)
    count = int((target_mg_l * volume_l / tablet_mg).to_integral_value(ROUND_CEILING))
    return Tablets(count, count * tablet_mg / volume_l)


def spray_l(area_m2: Decimal, dose_ml_m2: Decimal) -> Decimal:
    """Litres of solution for a surface."""
    _refuse_nothing(area_m2, dose_ml_m2)
    return area_m2 * dose_ml_m2 / _ML_PER_L


def aerosol_ml(volume_m3: Decimal, dose_ml_m3: Decimal) -> Decimal:
    """Millilitres of solution for the air of a room."""
    _refuse_nothing(volume_m3, dose_ml_m3)
    return volume_m3 * dose_ml_m3


def _refuse_weak(stock_mg_l: Decimal, target_mg_l: Decimal, amount: Decimal) -> None:
    _refuse_nothing(stock_mg_l, target_mg_l, amount)
    if target_mg_l > stock_mg_l:
        raise UserProblem("dilution_above_stock", target=f"{target_mg_l:f}", stock=f"{stock_mg_l.normalize():f}")


def _refuse_nothing(*amounts: Decimal) -> None:
    if not all(amount.is_finite() and amount > 0 for amount in amounts):
        raise UserProblem("dilution_not_positive")
