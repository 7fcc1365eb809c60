"""A letter onto paper or into a file. Where the system prints PDF itself it gets the PDF, else pages are drawn on it.

Linux and macOS: `lp` takes the file as it is, vector and fonts included. Windows: each page is rendered at the
printer's resolution.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QStandardPaths
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.models.durable_file import plain_name, write_aside
from desktop.models.letter_content import LetterContent
from desktop.models.problems import EnvironmentProblem
from desktop.models.progress import Progress

HIGHEST_DPI = 600
LP_WAIT_S = 60


def pages_of(_progress: Progress, *, content: LetterContent, pdf: bytes | None) -> bytes:
    """The file of a letter: its finished pages, or else drawn now; runs in a worker.

    Raises:
        UserProblem: `font_glyph_missing`.
    """
    from desktop.documents.letter_pdf import draw_letter

    return pdf if pdf is not None else draw_letter(content).pdf


def choose_printer(parent: QWidget, title: str, copies: int) -> QPrinter | None:
    """Ask which printer and how many copies. The one place that opens this dialog."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setDocName(title)
    printer.setCopyCount(copies)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    answer = dialog.exec()
    dialog.deleteLater()
    return printer if answer == QPrintDialog.DialogCode.Accepted else None


def choose_file(parent: QWidget, title: str, name: str, ending: str = "pdf") -> Path | None:
    """Ask where to keep a file, proposing this name without ending. The one place that opens this dialog."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, title, folder, f"{ending.upper()} (*.{ending})")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending)
    dialog.selectFile(f"{plain_name(name)}.{ending}")
    answer, chosen = dialog.exec(), dialog.selectedFiles()
    dialog.deleteLater()
    return Path(chosen[0]) if answer == QFileDialog.DialogCode.Accepted and chosen else None


def print_pages(progress: Progress, *, content: LetterContent, pdf: bytes | None, printer: QPrinter) -> None:
    """Send the pages to the printer; runs in a worker.

    Raises:
        EnvironmentProblem: `print_failed`; nothing is lost, the letter can be printed again or saved as a file.
        UserProblem: as `pages_of`.
    """
    pdf = pages_of(progress, content=content, pdf=pdf)
    lp = shutil.which("lp")
    if lp and printer.outputFormat() == QPrinter.OutputFormat.NativeFormat and printer.printerName():
        _print_by_system(lp, pdf, printer)
    else:
        draw_pages(progress, pdf, printer)


def draw_pages(progress: Progress, pdf: bytes, printer: QPrinter) -> None:
    """Draw the pages asked for on a printer (or into the file it writes).

    Raises:
        EnvironmentProblem: `print_failed`.
    """
    document, buffer = QPdfDocument(), QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    printer.setFullPage(True)
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    painter = QPainter()
    if not painter.begin(printer):
        raise EnvironmentProblem("print_failed", printer=printer.printerName() or "PDF")
    try:
        dpi = min(HIGHEST_DPI, printer.resolution())
        wanted = _pages_wanted(printer, document.pageCount())
        for number, page in enumerate(wanted):
            progress.step(number, len(wanted), "print")
            if number:
                printer.newPage()
            size = document.pagePointSize(page) * (dpi / 72)
            image = document.render(page, size.toSize())
            painter.save()
            painter.scale(printer.resolution() / dpi, printer.resolution() / dpi)
            painter.drawImage(QPoint(0, 0), image)
            painter.restore()
    finally:
        painter.end()
        document.close()


def save_pages(progress: Progress, *, content: LetterContent, pdf: bytes | None, path: Path) -> Path:
    """Write the pages whole or not at all; runs in a worker.

    Raises:
        EnvironmentProblem: `file_not_written`.
        UserProblem: as `pages_of`.
    """
    pdf = pages_of(progress, content=content, pdf=pdf)
    try:
        write_aside(path, pdf)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise EnvironmentProblem("file_not_written", file=path.name, reason=reason) from error
    return path


def _pages_wanted(printer: QPrinter, count: int) -> range:
    if printer.printRange() != QPrinter.PrintRange.PageRange:
        return range(count)
    return range(max(0, printer.fromPage() - 1), min(count, printer.toPage() or count))


def _print_by_system(lp: str, pdf: bytes, printer: QPrinter) -> None:
    order = [lp, "-d", printer.printerName(), "-n", str(max(1, printer.copyCount())), "-o", "media=A4"]
    if printer.printRange() == QPrinter.PrintRange.PageRange:
        order += ["-P", f"{printer.fromPage()}-{printer.toPage()}"]
    if printer.duplex() in (QPrinter.DuplexMode.DuplexLongSide, QPrinter.DuplexMode.DuplexAuto):
        order += ["-o", "sides=two-sided-long-edge"]
    try:
        done = subprocess.run(order, input=pdf, capture_output=True, timeout=LP_WAIT_S, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EnvironmentProblem("print_failed", printer=printer.printerName()) from error
    if done.returncode:
        raise EnvironmentProblem("print_failed", printer=printer.printerName())
