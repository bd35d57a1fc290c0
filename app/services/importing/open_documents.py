# SPDX-License-Identifier: MIT
"""Whether a workbook in the OpenDocument format is whole.

The reader of workbooks looks for the end of a cut table for ever; so the parts are looked at first.
"""

import zipfile
import zlib
from xml.parsers import expat

_CONTENT = "content.xml"
_CHUNK = 1024 * 1024


def is_broken(path: str) -> bool:
    """Whether it is an OpenDocument whose content is no whole XML; other files are not looked at.

    Definitions of own entities, which a hostile file repeats without end, count as broken.
    """
    try:
        if not zipfile.is_zipfile(path):
            return False
        with zipfile.ZipFile(path) as archive:
            if _CONTENT not in archive.namelist():
                return False
            parser = expat.ParserCreate()
            parser.EntityDeclHandler = _refuse
            with archive.open(_CONTENT) as content:
                while chunk := content.read(_CHUNK):
                    parser.Parse(chunk)
            parser.Parse(b"", True)
    except (expat.ExpatError, zipfile.BadZipFile, zlib.error):
        return True
    except (OSError, ValueError, EOFError, RuntimeError, LookupError):
        return True
    return False


def _refuse(*_entity: object) -> None:
    raise expat.ExpatError
