# SPDX-License-Identifier: MIT
"""What a click on the head of a column does to the sorting."""

from app.services.tables.arranging import SortKey

Keys = tuple[SortKey, ...]


def after_click(keys: Keys, column: str, *, adds: bool) -> Keys:
    """The keys after a click: ascending, then descending, then not sorted.

    Args:
        keys: Those of now.
        column: The one that was clicked.
        adds: The other keys stay (the user held Shift).
    """
    now = next((key for key in keys if key.column == column), None)
    if now is not None and not adds and len(keys) > 1:
        now = None  # a plain click makes it the only key
    if now is None:
        fresh = SortKey(column)
        return (*keys, fresh) if adds else (fresh,)
    turned = () if now.is_descending else (SortKey(column, is_descending=True),)
    if not adds:
        return turned
    place = keys.index(now)
    return (*keys[:place], *turned, *keys[place + 1 :])
