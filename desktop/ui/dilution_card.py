"""配制计算: what to take for a solution, computed while typing, with what to mind; and from here into the log."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from desktop.models.dilution import (
    MG_L_PER_PERCENT,
    aerosol_ml,
    liquid,
    percent_to_mg_l,
    powder_g,
    rounded,
    spray_l,
    tablets,
)
from desktop.models.disinfection_targets import AgentSheet, AgentUse, Target
from desktop.models.premises_terms import Agent, DoseUnit, StockUnit
from desktop.models.problems import UserProblem
from desktop.ui.buttons import Button
from desktop.ui.cards import Card, Text
from desktop.ui.dilution_result import DilutionResult, WrappedNote
from desktop.ui.look import Look
from desktop.ui.notices import window_language
from desktop.ui.premises_words import mark_word, strength_words, word

_POWDER = "powder"
_USUAL_VOLUME = "10"


class DilutionCard(Card):
    """The calculator.

    Signals:
        record_asked(dict): what is filled in, under the names of the record.
    """

    record_asked = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, self.tr("Dilution"), parent=parent)
        self._look = look
        self._targets: Mapping[str, Target] = {}
        self._agents: Mapping[Agent, AgentSheet] = {}
        self.target, self.agent, self.unit = _box(), _box(), _box()
        self.stock, self.conc, self.volume, self.area = QLineEdit(), QLineEdit(), QLineEdit(_USUAL_VOLUME), QLineEdit()
        for code, words in (
            (StockUnit.PERCENT, self.tr("% liquid")),
            (_POWDER, self.tr("% powder")),
            (StockUnit.MG_PER_L, "mg/L"),
            (StockUnit.MG_PER_TABLET, word("stock_unit", StockUnit.MG_PER_TABLET)),
        ):
            self.unit.addItem(words, str(code))
        self._area_name = Text(look, "", tone="muted")
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(8))
        grid.setVerticalSpacing(look.px(6))
        stock = QWidget()
        side_by_side = QHBoxLayout(stock)
        side_by_side.setContentsMargins(0, 0, 0, 0)
        side_by_side.setSpacing(look.px(4))
        side_by_side.addWidget(self.stock, 1)
        side_by_side.addWidget(self.unit)
        names = {
            self.target: self.tr("Target"), self.agent: self.tr("Agent"), self.stock: self.tr("Stock"),
            self.conc: self.tr("Wanted, mg/L"), self.volume: self.tr("Volume, L"),
        }  # fmt: skip
        for row, (field, name) in enumerate(names.items()):
            field.setAccessibleName(name)
            grid.addWidget(Text(look, name, tone="muted"), row, 0)
            grid.addWidget(stock if field is self.stock else field, row, 1)
        grid.addWidget(self._area_name, len(names), 0)
        grid.addWidget(self.area, len(names), 1)
        grid.setColumnMinimumWidth(0, look.px(80))
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.result = DilutionResult(look)
        self.body.addWidget(self.result)
        self.range, self.caution, self.problem = (WrappedNote(look) for _ in range(3))
        for note in (self.problem, self.range, self.caution):
            self.body.addWidget(note)
        self.record = Button(
            look,
            self.tr("Record in the log"),
            kind="primary",
            icon="pen-line",
            key="Ctrl ↵",
            pressed=self.ask_to_record,
        )
        self.body.addWidget(self.record)
        self.body.addStretch(1)
        self.target.activated.connect(self._target_chosen)
        self.agent.activated.connect(self._agent_chosen)
        self.unit.activated.connect(self._compute)
        for line in (self.stock, self.conc, self.volume, self.area):
            line.textEdited.connect(self._compute)

    def show_table(self, targets: Mapping[str, Target], agents: Mapping[Agent, AgentSheet]) -> None:
        """Offer what can be prepared; what is filled in stays."""
        if self._targets:
            return
        self._agents = agents
        self._targets = {name: each for name, each in targets.items() if self._prepared(each)}
        for name, each in self._targets.items():
            situations = " / ".join(word("situation", code) for code in each.value.situations)
            self.target.addItem(f"{each.name(window_language())} · {situations}", name)
        self._target_chosen()

    def filled_in(self) -> dict[str, Any]:
        """What is filled in, under the names of the record."""
        target, use = self._chosen()
        unit = self.unit.currentData()
        dose = target.value.dose
        in_air = dose is not None and dose.unit is DoseUnit.ML_PER_M3
        return {
            "target": target.id,
            "situation": target.value.situations[0],
            "agent": self.agent.currentData(),
            "method": target.value.methods[0],
            "stock_value": _float(self.stock),
            "stock_unit": StockUnit.PERCENT if unit == _POWDER else unit,
            "conc_mg_l": _float(self.conc),
            "volume_l": _float(self.volume),
            "contact_min": use.minutes,
            "dose_unit": dose.unit if dose else None,
            ("volume_m3" if in_air else "area_m2"): _float(self.area) if dose else None,
        }

    @Slot()
    def ask_to_record(self) -> None:
        """Into the log with it."""
        if self._targets:
            self.record_asked.emit(self.filled_in())

    # -- how ---------------------------------------------------------------------------------------------------------

    def _prepared(self, target: Target) -> bool:
        return any(use.low is not None for use in target.agents.values())

    def _chosen(self) -> tuple[Target, AgentUse]:
        target = self._targets[self.target.currentData()]
        return target, target.agents[Agent(self.agent.currentData())]

    @Slot()
    def _target_chosen(self) -> None:
        target = self._targets[self.target.currentData()]
        self.agent.clear()
        for agent, use in target.agents.items():
            if use.low is not None:
                self.agent.addItem(word("agent", agent), str(agent))
        self.target.setToolTip(self.target.currentText())
        self._agent_chosen()

    @Slot()
    def _agent_chosen(self) -> None:
        target, use = self._chosen()
        sheet = self._agents[Agent(self.agent.currentData())].value
        self.stock.setText("" if sheet.stock is None else f"{sheet.stock:g}")
        self.unit.setCurrentIndex(max(0, self.unit.findData(str(sheet.stock_unit))))
        self.conc.setText("" if use.usual is None else str(use.usual))
        dose = target.value.dose
        self.area.setVisible(dose is not None)
        self._area_name.setVisible(dose is not None)
        in_air = dose is not None and dose.unit is DoseUnit.ML_PER_M3
        self._area_name.say(self.tr("Room, m³") if in_air else self.tr("Area, m²"))
        self.area.setAccessibleName(self._area_name.text())
        self._compute()

    @Slot()
    def _compute(self) -> None:
        target, use = self._chosen()
        self.problem.hide()
        try:
            self.result.show_parts(*self._parts(), self._told(target, use))
        except UserProblem as problem:
            self.result.show_parts(("—", ""), None, "")
            wanting = problem.code == "dilution_not_positive"
            words = self.tr("Fill in stock, strength and volume.") if wanting else problem.sentence(window_language())
            self.problem.say(words, "muted" if wanting else "fail", "info" if wanting else "circle-alert")
        self._judge(target, use)

    def _parts(self) -> tuple[tuple[str, str], tuple[str, str] | None]:
        """Stock and water as number and unit; no water where it is a matter of tablets or powder."""
        stock, conc, volume = (_decimal(line) for line in (self.stock, self.conc, self.volume))
        match self.unit.currentData():
            case StockUnit.MG_PER_TABLET:
                made = tablets(stock, conc, volume)
                real = self.tr("really {mg} mg/L").format(mg=_plain(rounded(made.real_mg_l, 0)))
                return (str(made.count), self.tr("tablets · {real}").format(real=real)), None
            case str() as unit if unit == _POWDER:
                return (_plain(rounded(powder_g(stock, conc, volume), 2)), "g"), (_plain(volume), "L")
            case unit:
                strength = stock if unit == StockUnit.MG_PER_L else percent_to_mg_l(stock)
                mix = liquid(strength, conc, volume)
                return (_plain(rounded(mix.stock_ml, 2)), "mL"), (_plain(rounded(mix.water_l, 3)), "L")

    def _told(self, target: Target, use: AgentUse) -> str:
        told = []
        unit = self.unit.currentData()
        if unit in (StockUnit.PERCENT, StockUnit.MG_PER_L):
            stock, conc, volume = (_decimal(line) for line in (self.stock, self.conc, self.volume))
            mix = liquid(stock if unit == StockUnit.MG_PER_L else percent_to_mg_l(stock), conc, volume)
            told.append(self.tr("1 part stock : {parts} parts water").format(parts=_plain(rounded(mix.parts, 1))))
        told.append(self.tr("leave for {minutes} min").format(minutes=use.minutes))
        dose, area = target.value.dose, _decimal(self.area)
        if dose is not None and area > 0:
            if dose.unit is DoseUnit.ML_PER_M3:
                told.append(self.tr("spray {ml} mL").format(ml=_plain(aerosol_ml(area, Decimal(dose.low)))))
            else:
                low, high = (_plain(rounded(spray_l(area, Decimal(each)), 1)) for each in (dose.low, dose.high))
                told.append(self.tr("spray {low}–{high} L").format(low=low, high=high))
        return " · ".join(told)

    def _judge(self, target: Target, use: AgentUse) -> None:
        language = window_language()
        conc = _decimal(self.conc)
        if conc > 0 and use.low is not None and use.high is not None:
            inside = use.low <= conc <= use.high
            words = self.tr("{conc} is within {low}–{high}") if inside else self.tr("{conc} is outside {low}–{high}")
            said = words.format(
                conc=strength_words(float(conc)), low=strength_words(use.low), high=strength_words(use.high)
            )
            mark = mark_word(target.rule)
            self.range.say(" · ".join(filter(None, (said, mark))), *(("pass", "circle-check") if inside else _WARN))
        else:
            self.range.hide()
        sheet = self._agents[Agent(self.agent.currentData())]
        between = "；" if language == "zh" else "; "
        cautions = (sheet.caution(language), target.caution(language), self.tr("the product's label decides"))
        self.caution.say(between.join(dict.fromkeys(filter(None, cautions))), *_WARN)


_WARN = ("partial", "triangle-alert")


class _Box(QComboBox):
    """A choice the wheel does not change while the page is scrolled."""

    def wheelEvent(self, event: Any) -> None:
        event.ignore()


def _box() -> QComboBox:
    box = _Box()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(6)
    return box


def _decimal(line: QLineEdit) -> Decimal:
    """What is typed; nothing counts as 0 and is refused where a number is wanted."""
    try:
        found = Decimal(line.text().strip().replace(",", "") or "0")
    except InvalidOperation:
        return Decimal(0)
    return found if found.is_finite() and abs(found) < MG_L_PER_PERCENT**3 else Decimal(0)


def _float(line: QLineEdit) -> float | None:
    return float(_decimal(line)) or None


def _plain(number: Decimal) -> str:
    shown = f"{number:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
