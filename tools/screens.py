"""Pictures of every page with demo data: `make screens OUT=DIR`.

Each page in both languages, both schemes and both sizes, drawn without a screen, as
DIR/<page>-<zh|en>-<scheme>-<width>.png.
They are looked at before work is called done, and the user manual uses them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select

from desktop.commands.demo_command import DemoServer, running_server
from desktop.models.device.workspace import Workspace
from desktop.models.vocabulary import LetterState, Role
from desktop.ui.bench import Bench, Office
from desktop.ui.job_runner import JobRunner
from desktop.ui.language import set_language
from desktop.ui.look import Look
from desktop.ui.main_window import MainWindow
from desktop.ui.page import Place
from desktop.ui.page_table import page_entries
from tools.demo_workspace import make_demo_workspace

if TYPE_CHECKING:
    from desktop.ui.findings_page import FindingsPage
    from desktop.ui.isolation_page import IsolationPage
    from desktop.ui.sync_page import SyncPage

SIZES = {"1366x768": (1366, 768), "1920x1080": (1920, 1080), "1180x660": (1180, 660)}
_SETTLED_S = 0.25
_PATIENCE_S = 20.0


class Studio:
    """The window over the demo workspace, and the waiting that a picture needs."""

    def __init__(self, app: QApplication, folder: Path, server: DemoServer) -> None:
        self.app = app
        self.server = server
        self.jobs = JobRunner()
        self.look = Look(app, "light")
        self.bugs: list[str] = []
        self.jobs.bug_met.connect(self.bugs.append)
        self.window = MainWindow(Bench(self.look, self.jobs, Office(lambda: Workspace.open(folder))))
        self.window.show()
        self.settle()

    def settle(self) -> None:
        """Let timers, jobs and paints come to rest."""
        until, quiet = time.monotonic() + _PATIENCE_S, time.monotonic() + _SETTLED_S
        while time.monotonic() < min(until, quiet):
            self.app.processEvents()
            self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            if self.jobs.busy:
                quiet = time.monotonic() + _SETTLED_S
            time.sleep(0.005)

    def go(self, place: Place) -> QWidget:
        """Open a place and wait until it stands."""
        page = self.window.open(place)
        self.settle()
        return page


Shot = Callable[[Studio], QWidget | None]


def _page(name: str) -> Shot:
    def take(studio: Studio) -> None:
        studio.go(Place(name))

    return take


def _enterprise(tab: int) -> Shot:
    def take(studio: Studio) -> None:
        from desktop.ui.enterprises_page import EnterprisesPage

        page = studio.go(Place("enterprises"))
        assert isinstance(page, EnterprisesPage)
        studio.go(Place("enterprises", _main_enterprise(page)))
        page.detail.tabs.setCurrentIndex(tab)

    return take


def _main_enterprise(page: object) -> str:
    from desktop.ui.enterprises_page import EnterprisesPage

    assert isinstance(page, EnterprisesPage)
    rows = [(row, page.model.row_at(row)) for row in range(page.model.rowCount())]
    return next(page.model.id_at(row) for row, found in rows if found is not None and "陆盛" in found.name)


def _search(studio: Studio) -> None:
    studio.go(Place("enterprises", "", "search"))
    studio.window.top.search.setFocus()
    studio.window.top.search.setText("浙江")
    studio.window.top.search.textEdited.emit("浙江")


def _nothing_found(studio: Studio) -> None:
    studio.go(Place("enterprises", "没有这样的企业", "search"))


def _import(studio: Studio) -> QWidget:
    from desktop.resource_paths import resource
    from desktop.ui.enterprises_page import EnterprisesPage
    from desktop.ui.import_dialog import ImportDialog

    page = studio.go(Place("enterprises"))
    assert isinstance(page, EnterprisesPage)
    dialog = ImportDialog(page.bench, studio.window)
    dialog.open()
    dialog.choose(resource("demo", "roster.xlsx"))
    return dialog


def _visit(studio: Studio) -> None:
    """The visit that is still open, at its fourteenth measure."""
    from desktop.models.desk.visit_register import recent_visits

    found: list[str] = []
    bench = studio.window.bench
    bench.read(studio.window, lambda workspace, _p: recent_visits(workspace, 1)[0].id, found.append)
    studio.settle()
    studio.go(Place("visits", found[0], "M14"))


def _health(studio: Studio) -> None:
    """The readings of the main enterprise."""
    from desktop.ui.enterprises_page import EnterprisesPage
    from desktop.ui.health_page import HealthPage

    register = studio.go(Place("enterprises"))
    assert isinstance(register, EnterprisesPage)
    page = studio.go(Place("health", _main_enterprise(register)))
    assert isinstance(page, HealthPage)
    page.close_file()


def _health_file(studio: Studio) -> None:
    """One person's file beside them."""
    from desktop.ui.health_page import HealthPage

    _health(studio)
    page = studio.go(Place("health"))
    assert isinstance(page, HealthPage)
    page.open_file()


def _health_choice(studio: Studio) -> None:
    """Whose files to open."""
    studio.go(Place("health", act="choose"))


def _health_empty(studio: Studio) -> None:
    """An enterprise without files."""
    from desktop.ui.health_page import HealthPage

    page = studio.go(Place("health", act="choose"))
    assert isinstance(page, HealthPage)
    table = page.chooser.table
    table.go_to(table.model().rowCount() - 1)
    table.opened.emit(table.current_id())


def _letter(state: LetterState) -> Shot:
    """The newest letter in this state; a draft is written for the half-done visit when there is none."""

    def take(studio: Studio) -> None:
        from desktop.models.desk.letter_desk import letters
        from desktop.models.desk.visit_register import visits_without_letter

        found: list[Place] = []

        def choose(workspace: Workspace, _progress: object) -> Place:
            written = [row.id for row in letters(workspace) if row.state == state]
            return (
                Place("letters", written[0])
                if written
                else Place("letters", visits_without_letter(workspace)[0].id, "compose")
            )

        studio.window.bench.read(studio.window, choose, found.append)
        studio.settle()
        studio.go(found[0])

    return take


def _findings_page(studio: Studio) -> FindingsPage:
    from desktop.ui.findings_page import FindingsPage

    page = studio.go(Place("findings"))
    assert isinstance(page, FindingsPage)
    return page


def _finding_list(studio: Studio) -> None:
    page = _findings_page(studio)
    page.filters.view.segment("list").click()


def _finding_board(studio: Studio) -> None:
    page = _findings_page(studio)
    page.filters.view.segment("board").click()


def _finding(studio: Studio) -> None:
    """One that is being put right, with photos on its way."""
    from desktop.models.closed_loop import Stage

    page = _findings_page(studio)
    studio.go(Place("findings", page.board.columns[Stage.ASSIGNMENT].cards.id_at(1)))


def _look_back(studio: Studio) -> None:
    """What the open look-back looks at again."""
    from desktop.ui.visit_page import VisitPage

    _visit(studio)
    page = studio.window.current_page
    assert isinstance(page, VisitPage)
    if page.look_back.isHidden():
        page.look_back.turn()


def _isolation_form(which: str) -> Shot:
    """A form of the first site."""

    def take(studio: Studio) -> None:
        page = _isolation(studio)
        page.view.asked.emit(which, page.view.sites[0].site.id)

    return take


def _isolation_all(studio: Studio) -> None:
    _isolation(studio)
    studio.go(Place("isolation", act="all"))


def _isolation_empty(studio: Studio) -> None:
    """An enterprise nobody recorded anything of."""
    from desktop.ui.enterprises_page import EnterprisesPage

    page = studio.go(Place("enterprises", "", "search"))
    assert isinstance(page, EnterprisesPage)
    main = _main_enterprise(page)
    studio.go(Place("isolation", next(each for each in page.model.ids if each != main)))


def _isolation(studio: Studio) -> IsolationPage:
    from desktop.ui.enterprises_page import EnterprisesPage
    from desktop.ui.isolation_page import IsolationPage

    enterprises = studio.go(Place("enterprises", "", "search"))
    assert isinstance(enterprises, EnterprisesPage)
    page = studio.go(Place("isolation", _main_enterprise(enterprises)))
    assert isinstance(page, IsolationPage)
    return page


def _visit_list(studio: Studio) -> None:
    studio.go(Place("visits", None, "list"))


def _sync_page(studio: Studio) -> SyncPage:
    from desktop.ui.sync_page import SyncPage

    page = studio.go(Place("sync"))
    assert isinstance(page, SyncPage)
    return page


def _enrolled(studio: Studio) -> SyncPage:
    """Enrolled by the form at a real server, once; the officer's role may not issue letters."""
    page = _sync_page(studio)
    if page.hero.isHidden():
        page.enrolment.server.setText(studio.server.url)
        page.enrolment.code.setText(studio.server.enrol_code(Role.SERVICE_OFFICER))
        page.enrolment.ask()
        studio.settle()
        studio.window.toast.hide()
    return page


def _adopted(studio: Studio) -> SyncPage:
    page = _enrolled(studio)
    if page.adoption.isVisible():
        page.adoption.button.click()
        studio.settle()
        studio.window.toast.hide()
    return page


def _settings(studio: Studio) -> None:
    _enrolled(studio)
    studio.go(Place("settings"))


def _sync_adoption(studio: Studio) -> None:
    _enrolled(studio)


def _sync_ready(studio: Studio) -> None:
    _adopted(studio)


def _sync_running(studio: Studio) -> None:
    from desktop.ui.sync_hero import Advance

    page = _adopted(studio)
    advance = Advance((620, 620), (3, 14), (1_200_000, 4_100_000), stage="attachments")
    page.hero.show_advance(advance)
    page.network_changed.emit("running", advance.percent)


def _sync_done(studio: Studio) -> None:
    page = _adopted(studio)
    if page.refused.isHidden():
        page.run()
        studio.settle()
    page.load()


def _sync_conflict(studio: Studio) -> None:
    """A field another officer of the grid set too, ready to be decided."""
    page = _adopted(studio)
    if page.contested.isHidden() and page.conflicts.current is None:
        page.run()
        studio.settle()
        _edited_elsewhere(studio)
        page.run()
        studio.settle()
    studio.go(Place("sync", act="conflicts"))


def _sync_stick(studio: Studio) -> None:
    """A bundle on its way to the centre."""
    from desktop.ui import letter_printing

    page = _adopted(studio)
    if not page.stick.on_the_way:
        ask, folder = letter_printing.choose_file, tempfile.mkdtemp()
        letter_printing.choose_file = lambda parent, title, name, ending="pdf": Path(folder) / f"{name}.{ending}"
        page.stick.ask_where()
        studio.settle()
        letter_printing.choose_file = ask
        shutil.rmtree(folder)
    page.load()


def _edited_elsewhere(studio: Studio) -> None:
    """Another laptop sets the remark of the main enterprise and syncs; this one sets it differently."""
    from desktop.models.records.enterprises import Enterprise
    from desktop.sync.enrolment import enrol
    from desktop.sync.sync_run import run_sync

    def set_remark(workspace: Workspace, remark: str) -> None:
        with workspace.write() as session:
            firm = session.scalars(select(Enterprise).where(Enterprise.name.contains("陆盛"))).first()
            assert firm is not None
            firm.remark = remark

    with tempfile.TemporaryDirectory() as folder, Workspace.create(Path(folder) / "other") as other:
        enrol(other, studio.server.url, studio.server.enrol_code(officer="陆知秋"))
        run_sync(other)
        set_remark(other, "企业电话报：食堂开放144座。")
        run_sync(other)
    studio.window.bench.write(
        studio.window, lambda workspace, _p: set_remark(workspace, "现场清点：食堂开放120座，隔位同向就座。")
    )
    studio.settle()


def shots() -> dict[str, Shot]:
    """Every picture: its name, and how the window gets there. A dialog is returned and closed afterwards."""
    pages: dict[str, Shot] = {entry.name: _page(entry.name) for entry in page_entries()}
    pages["visits"] = _visit_list
    pages["findings"] = _finding_board
    pages["health-choose"] = _health_choice
    pages["health"] = _health
    pages["letter-draft"] = _letter(LetterState.DRAFT)
    pages["letter-issued"] = _letter(LetterState.ISSUED)
    return {
        **pages,
        "visit": _visit,
        "look-back": _look_back,
        "findings-list": _finding_list,
        "finding": _finding,
        "enterprise": _enterprise(0),
        "enterprise-visits": _enterprise(1),
        "enterprise-findings": _enterprise(2),
        "enterprise-sites": _enterprise(3),
        "enterprise-disinfections": _enterprise(4),
        "enterprise-letters": _enterprise(5),
        "enterprise-photos": _enterprise(6),
        "enterprise-staff": _enterprise(7),
        "isolation-setup": _isolation_form("setup"),
        "isolation-all": _isolation_all,
        "isolation-empty": _isolation_empty,
        "enterprises-nothing-found": _nothing_found,
        "health-file": _health_file,
        "health-empty": _health_empty,
        "settings": _settings,
        "search": _search,
        "import": _import,
        "sync-adoption": _sync_adoption,
        "sync-ready": _sync_ready,
        "sync-stick": _sync_stick,
        "sync-running": _sync_running,
        "sync-done": _sync_done,
        "sync-conflict": _sync_conflict,
    }


def main(words: list[str]) -> int:
    """Take the pictures; exit code 1 when something broke on the way."""
    parser = argparse.ArgumentParser(prog="python -m tools.screens")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pages", nargs="*", default=None, metavar="PAGE")
    parser.add_argument("--languages", nargs="*", default=["zh", "en"], choices=["zh", "en"])
    parser.add_argument("--schemes", nargs="*", default=["light", "dark"], choices=["light", "dark"])
    parser.add_argument("--sizes", nargs="*", default=["1366x768", "1920x1080"], choices=list(SIZES))
    chosen = parser.parse_args(words)
    chosen.out.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    set_language(app, "zh")
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder) / "server") as server:
        make_demo_workspace(Path(folder) / "workspace")
        studio = Studio(app, Path(folder) / "workspace", server)
        for name, take in shots().items():
            if chosen.pages is None or name in chosen.pages:
                _take_all(studio, name, take, chosen)
        studio.window.close()
    for bug in studio.bugs:
        print(f"broke: {bug}", file=sys.stderr)
    return 1 if studio.bugs else 0


def _take_all(studio: Studio, name: str, take: Shot, chosen: argparse.Namespace) -> None:
    for scheme in chosen.schemes:
        studio.look.choose(scheme)
        for language in chosen.languages:
            studio.window.speak(language)
            for size in chosen.sizes:
                studio.window.resize(*SIZES[size])
                dialog = take(studio)
                studio.settle()
                picture = (dialog or studio.window).grab()
                picture.save(str(chosen.out / f"{name}-{language}-{scheme}-{SIZES[size][0]}.png"))
                if dialog is not None:
                    dialog.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
