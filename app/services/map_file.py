# SPDX-License-Identifier: MIT
"""The exported map: one HTML file that holds everything and asks nothing of any network."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.services.live_page import page_folder
from app.services.map_document import DataBlock, refuse_outside_addresses, render_document

_SCRIPT_LINK = re.compile(r'<script src="([^"]+)"></script>')
_STYLE_LINK = re.compile(r'<link rel="stylesheet" href="([^"]+)"/>')
_INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)


def script_safe_json(content: object) -> str:
    """JSON that may stand inside a script element: no markup, no line separators."""
    text = json.dumps(content, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def self_contained_document(resources: Path, facts: object, blocks: Mapping[str, str]) -> str:
    """The HTML of an exported map.

    Args:
        resources: Folder with the page's templates and its packaged scripts.
        facts: What the page reads as JSON; the only place where text of the user stands.
        blocks: Further data by name, in base64.
    """
    templates = resources / "map" / "templates"
    data = [DataBlock(templates, "facts", "application/json", script_safe_json(facts))]
    data += [DataBlock(templates, name, "text/plain", text) for name, text in blocks.items()]
    html = render_document(templates, "export_start", data)
    folder = page_folder(resources)
    html = _SCRIPT_LINK.sub(lambda link: f"<script>{_script(folder / link[1])}</script>", html)
    html = _STYLE_LINK.sub(lambda link: f"<style>{_style(folder / link[1])}</style>", html)
    refuse_outside_addresses(html)
    return html.replace("<head>", f"<head>\n{_policy(_INLINE.findall(html))}", 1)


def _script(path: Path) -> str:
    return path.read_text(encoding="utf-8").replace("</script", "<\\/script")


def _style(path: Path) -> str:
    """The style without the pictures of controls that the map does not have."""
    return re.sub(r"url\([^)]*\)", "none", path.read_text(encoding="utf-8"))


def _policy(inline: Sequence[tuple[str, str]]) -> str:
    """A content policy that allows exactly the document's own scripts and styles."""
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for kind, text in inline:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        hashes[kind].append(f"'sha256-{digest}'")
    rules = (
        "default-src 'none'",
        f"script-src {' '.join(hashes['script'])}",
        f"style-src {' '.join(hashes['style'])}",
        "img-src data: blob:",
        "worker-src blob:",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(rules)}"/>'
