"""Builds the demo data: `python -m tools.build_demo` writes `resources/demo/roster.xlsx` and its photographs.

Everything is invented: the city 澄州 does not exist, its code 330499 is assigned to no county, the phone numbers begin
with 1000000 and cannot be dialled, and the photographs are drawings. The same program gives the same data each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from stdnum.cn import uscc

from tools.demo_photos import draw_photos

DEMO = Path(__file__).resolve().parent.parent / "resources" / "demo"
GRID = "CZ-JK-03"
COUNTY = "330499"
TITLE = "澄州市澄湖经济开发区第3网格企业名册（演示数据，企业、人员、号码均为虚构）"
HEADER = (
    "企业名称", "统一社会信用代码", "地址", "行业", "规模", "应到岗人数", "在岗人数", "复工日期",
    "防疫负责人", "联系电话", "网格编号",
)  # fmt: skip
WIDTHS = (30, 22, 34, 22, 8, 11, 10, 12, 12, 14, 11)
LARGE, SMALL = "规上", "小微"

# name, industry, size, due, on duty, day of February 2020 on which it resumed, responsible person
_ENTERPRISES = """
浙江陆盛精密机械有限公司,通用设备制造业,规上,428,386,11,顾言
澄州禾渡纺织有限公司,纺织业,规上,612,548,13,沈栀宁
浙江砚舟电子科技有限公司,计算机、通信和其他电子设备制造业,规上,356,331,10,陆泊远
澄州澄穗食品有限公司,食品制造业,规上,214,203,10,许荻
浙江旻川新材料有限公司,化学原料和化学制品制造业,规上,187,172,14,姚霁川
澄州柏屿家居有限公司,家具制造业,规上,293,241,17,柳苜然
浙江荻湾服饰有限公司,纺织服装、服饰业,规上,540,452,18,冯岫清
澄州栎成汽车零部件有限公司,汽车制造业,规上,467,429,12,蒋沁野
浙江沁岚塑胶有限公司,橡胶和塑料制品业,规上,168,151,15,褚珩
澄州珩远包装有限公司,造纸和纸制品业,规上,132,124,13,钱畅
浙江苜野生物科技有限公司,医药制造业,规上,245,239,8,魏嵘
澄州霁禾光电有限公司,电气机械和器材制造业,规上,389,347,12,秦绮之
浙江泊帆船舶配件有限公司,金属制品业,规上,157,129,17,严昱舟
澄州岫石建材有限公司,非金属矿物制品业,规上,119,96,19,吕砚
浙江蓝汀环保设备有限公司,专用设备制造业,规上,176,165,11,杜汀
澄州嵘起重型机械有限公司,专用设备制造业,规上,321,288,14,汪禾
浙江栀原印染有限公司,纺织业,规上,478,402,18,贺原
澄州畅汐物流有限公司,道路运输业,规上,203,188,10,龚汐
澄州绮缦针织有限公司,纺织业,小微,46,38,17,唐缦
澄州昱隆五金有限公司,金属制品业,小微,29,26,13,彭昱
澄州澄源净水设备有限公司,专用设备制造业,小微,37,33,14,邱源
澄州闻溪茶业有限公司,酒、饮料和精制茶制造业,小微,18,16,12,夏闻溪
澄州木瑾文具有限公司,文教、工美、体育和娱乐用品制造业,小微,52,41,18,钟瑾
澄州远岱轴承有限公司,通用设备制造业,小微,63,58,13,曹岱
澄州清弦乐器有限公司,文教、工美、体育和娱乐用品制造业,小微,21,17,19,袁弦
澄州朗屿软件有限公司,软件和信息技术服务业,小微,34,31,10,傅朗
澄州穗和粮油有限公司,农副食品加工业,小微,27,27,8,戴穗
澄州青黛化妆品有限公司,化学原料和化学制品制造业,小微,58,49,17,宋黛
澄州启棠模具有限公司,专用设备制造业,小微,41,36,14,崔棠
澄州云笺印刷有限公司,印刷和记录媒介复制业,小微,33,28,15,任笺
澄州长汀冷链有限公司,装卸搬运和仓储业,小微,48,45,10,姜汀舟
澄州素履鞋业有限公司,皮革、毛皮、羽毛及其制品和制鞋业,小微,85,67,18,范素
澄州见山木业有限公司,木材加工和木、竹、藤、棕、草制品业,小微,39,30,19,方见山
澄州微澜传感器有限公司,仪器仪表制造业,小微,57,54,11,石澜
澄州晴峦玩具有限公司,文教、工美、体育和娱乐用品制造业,小微,74,61,17,廖晴
澄州锦程线缆有限公司,电气机械和器材制造业,小微,66,59,13,邹程
澄州知夏餐饮管理有限公司,餐饮业,小微,42,35,20,熊知夏
澄州岭南坊陶瓷有限公司,非金属矿物制品业,小微,31,24,20,金岭
澄州星桥检测技术有限公司,专业技术服务业,小微,23,22,11,陆星桥
澄州向榆园林工程有限公司,土木工程建筑业,小微,44,32,21,孔榆
"""
_ROADS = ("澄湖大道", "科创路", "望澄路", "兴澄路", "纬三路", "经五路")


@dataclass(frozen=True)
class Enterprise:
    """One row of the roster."""

    name: str
    code: str
    address: str
    industry: str
    scale: str
    staff_due: int
    staff_on_duty: int
    resumed_on: date
    lead: str
    phone: str


def enterprises() -> list[Enterprise]:
    """The invented enterprises, in the order of the roster."""
    found: list[Enterprise] = []
    for number, line in enumerate(_ENTERPRISES.split(), 1):
        name, industry, scale, due, on_duty, day, lead = line.split(",")
        road = _ROADS[number % len(_ROADS)]
        found.append(
            Enterprise(
                name=name,
                code=credit_code(number),
                address=f"澄州市澄湖经济开发区{road}{number * 17 % 400 + 6}号",
                industry=industry,
                scale=scale,
                staff_due=int(due),
                staff_on_duty=int(on_duty),
                resumed_on=date(2020, 2, int(day)),
                lead=lead,
                phone=f"1000000{1200 + number:04}",
            )
        )
    return found


def credit_code(number: int) -> str:
    """A code of the right form and check digits for an enterprise of the county that does not exist.

    Source: GB 32100-2015 (18 characters), GB 11714-1997 (check digit of the organisation's own nine).
    """
    own = f"DEM{number:05}"
    values = [int(char) if char.isdigit() else ord(char) - ord("A") + 10 for char in own]
    rest = 11 - sum(value * weight for value, weight in zip(values, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    check = {10: "X", 11: "0"}.get(rest, str(rest))
    first = f"91{COUNTY}{own}{check}"
    return first + str(uscc.calc_check_digit(first))


def write_roster(path: Path) -> None:
    """Write the roster as an office would: a title, a header, one row each."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": TITLE, "created": datetime(2020, 2, 25)})
        page = book.add_worksheet("第3网格")
        head = book.add_format({"bold": True, "border": 1, "bg_color": "#DDEEEC", "text_wrap": True})
        cell = book.add_format({"border": 1})
        day = book.add_format({"border": 1, "num_format": "yyyy-mm-dd"})
        page.merge_range(0, 0, 0, len(HEADER) - 1, "")
        page.write_string(0, 0, TITLE, book.add_format({"bold": True, "font_size": 14, "align": "center"}))
        for column, (title, width) in enumerate(zip(HEADER, WIDTHS, strict=True)):
            page.write_string(1, column, title, head)
            page.set_column(column, column, width)
        for row, each in enumerate(enterprises(), 2):
            for column, text in enumerate((each.name, each.code, each.address, each.industry, each.scale)):
                page.write_string(row, column, text, cell)
            page.write_number(row, 5, each.staff_due, cell)
            page.write_number(row, 6, each.staff_on_duty, cell)
            page.write_datetime(row, 7, each.resumed_on, day)
            for column, text in enumerate((each.lead, each.phone, GRID), 8):
                page.write_string(row, column, text, cell)
        page.freeze_panes(2, 1)


def main() -> None:
    """Write everything the demo ships but the answers, which are written by hand."""
    (DEMO / "photos").mkdir(parents=True, exist_ok=True)
    write_roster(DEMO / "roster.xlsx")
    draw_photos(DEMO / "photos")


if __name__ == "__main__":
    main()
