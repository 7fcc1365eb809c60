"""The window: the only place with Qt."""

from desktop.ui.lent_references import lend_references

lend_references()  # before the first call into Qt; the module says why
