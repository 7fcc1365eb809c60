"""Which language the window speaks: Chinese first, English complete. Installs our words and Qt's own.

set_language(app, "zh")     # before the window is built; a window that is open is rebuilt by `MainWindow.speak`
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from desktop.models.problems import Language
from desktop.resource_paths import resource

_NAMES: dict[Language, str] = {"zh": "zh_CN", "en": "en_US"}


def set_language(app: QCoreApplication, language: Language) -> None:
    """Speak a language from now on: translators, number and date formats.

    Source texts are English, so English loads only its plural forms.
    """
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    name = _NAMES[language]
    QLocale.setDefault(QLocale(name))
    folder = resource("translations")
    _install(app, f"zhuqi_{name}", str(folder))
    if language == "zh":
        bundled = folder / "qtbase_zh_CN.qm"
        place = folder if bundled.exists() else QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        _install(app, "qtbase_zh_CN", str(place))


def _install(app: QCoreApplication, name: str, folder: str) -> None:
    translator = QTranslator(app)
    if translator.load(name, folder):
        app.installTranslator(translator)
    else:
        translator.deleteLater()
