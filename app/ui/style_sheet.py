# SPDX-License-Identifier: MIT
"""The style sheet: what Fusion and the palette alone do not give."""

from string import Template

from app.ui.resources import ICONS
from app.ui.tokens import Tokens

_SHEET = Template("""
QToolTip { background: $raised; color: $text; border: 1px solid $edge; padding: 5px 8px; }
QMainWindow::separator { background: $hairline; width: 1px; height: 1px; }
QSplitter::handle { background: $hairline; }
QSplitter::handle:horizontal { width: 1px; } QSplitter::handle:vertical { height: 1px; }

QPushButton, QToolButton[kind="button"] {
    background: $surface; color: $text; border: 1px solid $edge; border-radius: 6px;
    padding: 5px 12px; min-height: 18px; }
QPushButton::menu-indicator { image: url("$icons/style/down.svg"); width: 10px; height: 10px;
    subcontrol-origin: padding; subcontrol-position: center right; right: 8px; }
QPushButton[hasMenu="true"] { padding-right: 26px; }
QPushButton[hasMenu="true"]:focus { padding-right: 25px; }
QPushButton:hover { background: $hover; } QPushButton:pressed { background: $pressed; }
QPushButton:focus { border: 2px solid $accent; padding: 4px 11px; }
QPushButton:disabled { color: $faint; background: $canvas; border-color: $hairline; }
QPushButton:checked { background: $accent_soft; color: $accent_text; border-color: $accent; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border-color: $accent;
    font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_pressed; }
QPushButton[kind="primary"]:focus { border: 2px solid $focus_ring; }
QPushButton[kind="primary"]:disabled { background: $pressed; color: $faint;
    border-color: $pressed; }
QPushButton[kind="danger"] { color: $danger; font-weight: 600; }
QPushButton[kind="danger"]:hover { background: $danger_soft; border-color: $danger; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; }
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:focus { border: 2px solid $accent; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent;
    color: $accent_text; padding: 2px 2px; text-align: left; min-height: 16px; }
QPushButton[kind="link"]:hover { text-decoration: underline; background: $hover; }
QPushButton[kind="link"]:focus { border: 1px solid $accent; }
QPushButton[kind="link"]:disabled { color: $faint; }
QPushButton[kind="row"] { background: transparent; border: 1px solid transparent;
    text-align: left; padding: 7px 10px; }
QPushButton[kind="row"]:hover { background: $hover; }
QPushButton[kind="row"]:focus { border: 2px solid $accent; padding: 6px 9px; }
QPushButton[kind="tile"] { background: $surface; border: 1px solid $hairline; border-radius: 8px;
    padding: 0; text-align: left; }
QPushButton[kind="tile"]:hover { background: $hover; border-color: $edge; }
QPushButton[kind="tile"]:focus { border: 2px solid $accent; padding: 0; }
QPushButton[kind="field"] { text-align: left; }
QPushButton[kind="chip"] { border-radius: 12px; padding: 2px 10px; min-height: 18px; }
QPushButton[kind="chip"]:focus { border: 2px solid $accent; padding: 1px 9px; }
QPushButton[kind="chip"]:checked { background: $accent_soft; color: $accent_text;
    border-color: $accent; font-weight: 600; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px;
    padding: 4px; color: $text; }
QToolButton:hover { background: $hover; } QToolButton:pressed { background: $pressed; }
QToolButton:checked { background: $accent_soft; color: $accent_text; }
QToolButton:focus { border: 1px solid $accent; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
    background: $surface; color: $text; border: 1px solid $outline; border-radius: 6px;
    padding: 4px 8px; selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: 20px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
    border: 2px solid $accent; padding: 3px 7px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {
    color: $faint; background: $canvas; border-color: $edge; }
QLineEdit[kind="bare"] { border: none; background: transparent; padding: 0 2px; }
QLineEdit[kind="wrong"] { border-color: $danger; }
QLineEdit[kind="cell"] { border: 2px solid $accent; border-radius: 4px; padding: 0 4px;
    min-height: 0; }
QComboBox { padding-right: 24px; } QComboBox:focus { padding-right: 23px; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("$icons/style/down.svg"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $edge; padding: 4px;
    outline: 0; selection-background-color: $accent_soft; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: 26px; padding: 0 6px; border-radius: 4px; }
QAbstractSpinBox { padding: 3px 22px 3px 6px; }
QAbstractSpinBox:focus { padding: 2px 21px 2px 5px; }
QAbstractSpinBox QLineEdit { border: none; padding: 0 4px; background: transparent;
    min-height: 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { subcontrol-origin: border; }
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 20px;
    background: transparent; }
QAbstractSpinBox::up-arrow { image: url("$icons/style/up.svg"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url("$icons/style/down.svg"); width: 10px; height: 10px; }

QCheckBox, QRadioButton { spacing: 8px; color: $text; padding: 2px; border: 1px solid transparent;
    border-radius: 4px; }
QCheckBox:focus, QRadioButton:focus { border: 1px solid $accent; }
QCheckBox:disabled, QRadioButton:disabled { color: $faint; }
QCheckBox::indicator, QRadioButton::indicator, QTableView::indicator, QListWidget::indicator {
    width: 14px; height: 14px;
    border: 1px solid $outline; background: $surface; }
QCheckBox::indicator, QTreeView::indicator, QTableView::indicator, QListWidget::indicator {
    border-radius: 4px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked, QTableView::indicator:checked, QListWidget::indicator:checked {
    background: $accent;
    border-color: $accent; image: url("$icons/style/check_$appearance.svg"); }
QRadioButton::indicator:checked { background: $accent; border-color: $accent;
    image: url("$icons/style/dot_$appearance.svg"); }

QAbstractItemView { background: $surface; color: $text; border: none; outline: 0;
    selection-background-color: $accent_soft; selection-color: $text; }
QTableView { gridline-color: $hairline; }
QTableView::item { padding: 0 8px; border: none; }
QListView::item { border-radius: 4px; padding: 2px 6px; }
QListView::item:hover, QTreeView::item:hover { background: $hover; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {
    background: $accent_soft; color: $text; }
QHeaderView { background: $surface; }
QHeaderView::section { background: $surface; color: $muted; border: none;
    border-bottom: 1px solid $hairline; padding: 6px 11px; font-weight: 500; }
QHeaderView::section:hover { color: $text; background: $hover; }
QHeaderView::up-arrow { image: url("$icons/style/up.svg"); width: 10px; height: 10px; }
QHeaderView::down-arrow { image: url("$icons/style/down.svg"); width: 10px; height: 10px; }
QTableCornerButton::section { background: $surface; border: none; }

QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollArea { background: transparent; border: none; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 12px; } QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $scroll; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; } QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $outline; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenu { background: $raised; color: $text; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $hairline; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: 14px; height: 14px; margin-left: 6px; }
QMenu::indicator:checked { image: url("$icons/style/tick_$appearance.svg"); }
QMenuBar { background: $canvas; color: $text; border-bottom: 1px solid $hairline; }
QMenuBar::item { padding: 5px 10px; margin: 5px 0 4px 0; border-radius: 4px;
    background: transparent; }
QMenuBar::item:selected { background: $hover; } QMenuBar::item:pressed { background: $pressed; }
QToolBar { background: $surface; border: none; border-bottom: 1px solid $hairline; spacing: 4px;
    padding: 4px 8px; }
QToolBar::separator { background: $hairline; width: 1px; margin: 4px; }
QStatusBar { background: $canvas; color: $muted; border-top: 1px solid $hairline; }
QStatusBar::item { border: none; }
QDockWidget { color: $muted; titlebar-close-icon: none; titlebar-normal-icon: none; }

QTabWidget::pane { border: none; border-top: 1px solid $hairline; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $muted; padding: 7px 10px; margin: 0 2px;
    border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; font-weight: 600; }
QTabBar::tab:focus { color: $accent_text; }

QProgressBar { background: $track; border: none; border-radius: 3px; max-height: 6px;
    min-height: 6px; text-align: center; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSlider::groove:horizontal { background: $track; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { background: $surface; border: 1px solid $outline; width: 14px;
    height: 14px; margin: -6px 0; border-radius: 8px; }
QSlider::handle:horizontal:focus { border: 2px solid $accent; }
QGroupBox { border: none; margin-top: 20px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; color: $text; }

QLabel { background: transparent; }
QLabel[kind="muted"], QLabel[kind="caption"] { color: $muted; }
QLabel[kind="danger"] { color: $danger; } QLabel[kind="good"] { color: $good; }
QLabel[kind="warning"] { color: $warning; }
QLabel[kind="tag"] { background: $track; color: $muted; border-radius: 4px; padding: 1px 6px; }
QLabel[kind="hint"] { background: $raised; color: $muted; border: 1px solid $hairline;
    border-radius: 8px; padding: 0 12px; }
QFrame[kind="surface"], QWidget[kind="surface"] { background: $surface; }
QFrame[kind="card"] { background: $surface; border: 1px solid $hairline; border-radius: 8px; }
QFrame[kind="popover"] { background: $raised; border: 1px solid $edge; border-radius: 8px; }
QFrame[kind="banner"] { background: $warning_soft; border: none; }
QFrame[kind="banner"][tone="info"] { background: $accent_soft; }
QFrame[kind="banner"][tone="danger"] { background: $danger_soft; }
QFrame[kind="line"] { background: $hairline; border: none; max-height: 1px; min-height: 1px; }
QFrame[kind="drop"] { background: $surface; border: 1px dashed $outline; border-radius: 8px; }
QFrame[kind="drop"][dragging="true"] { background: $accent_soft; border: 2px dashed $accent; }
QFrame[kind="field"] { background: $surface; border: 1px solid $outline; border-radius: 6px; }
QFrame[kind="field"][focused="true"] { border: 2px solid $accent; }
QFrame[kind="toast"] { background: $toast; border-radius: 8px; }
QFrame[kind="toast"] QLabel { color: $toast_text; }
QPushButton[kind="toast"] { background: transparent; border-color: transparent;
    color: $toast_accent; font-weight: 600; }
QPushButton[kind="toast"]:hover, QToolButton[kind="toast"]:hover { background: $toast_hover; }
QPushButton[kind="toast"]:focus { border: 2px solid $toast_accent; }
QFrame[kind="segmented"] { background: $track; border-radius: 6px; }
QToolButton[kind="segment"] { color: $muted; border: 1px solid transparent; border-radius: 4px;
    padding: 3px 7px; min-height: 18px; }
QToolButton[kind="segment"]:hover { color: $text; background: transparent; }
QToolButton[kind="segment"]:checked { background: $segment; color: $text;
    border: 1px solid $edge; }
QToolButton[kind="segment"]:focus { border: 2px solid $accent; padding: 2px 6px; }
QToolButton[kind="tab"] { color: $muted; padding: 4px 5px; min-height: 20px; }
QToolButton[kind="tab"]:hover { color: $text; }
QToolButton[kind="tab"]:checked { background: $accent_soft; color: $accent_text;
    font-weight: 600; }
QToolButton[kind="section"] { color: $muted; font-weight: 600; padding: 4px 0; margin-left: -6px;
    text-align: left; }
QToolButton[kind="section"]:checked { background: transparent; color: $muted; }
QToolButton[kind="section"]:focus { border-color: transparent; border-radius: 0;
    border-bottom-color: $accent; color: $text; }
QToolButton[kind="section"]:hover { color: $text; background: transparent; }
QToolButton[kind="chip"] { background: $track; color: $text; border: 1px solid transparent;
    border-radius: 4px; padding: 1px 6px; min-height: 16px; }
QToolButton[kind="chip"]:hover { background: $pressed; }
QToolButton[kind="chip"]:focus { border: 1px solid $accent; }
QDialog { background: $canvas; }
""")


def style_sheet(tokens: Tokens) -> str:
    """The style sheet with the colours of one appearance."""
    names = {name: getattr(tokens, name) for name in tokens.__slots__}
    return _SHEET.substitute(
        names,
        icons=ICONS.as_posix(),
        appearance="dark" if tokens.is_dark else "light",
        segment=tokens.raised if not tokens.is_dark else tokens.pressed,
        toast_accent="#8FD8EA" if not tokens.is_dark else "#09596D",
        toast_hover="#33403F" if not tokens.is_dark else "#D3DBDD",
        scroll="#4A555A" if tokens.is_dark else "#C3CCCF",
        focus_ring="#B9E3EE" if tokens.is_dark else "#052F3B",
    )
