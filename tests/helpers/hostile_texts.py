# SPDX-License-Identifier: MIT
"""Names that would run as a script if any part of the program took them for markup.

Each sets ``window.pwned`` when it runs, so a test only has to look whether it is set.
"""

_RUN = "window.pwned=1"

HOSTILE_TEXTS: tuple[str, ...] = (
    f"<script>{_RUN}</script>",
    f"</script><script>{_RUN}</script>",
    f"<ScRiPt>{_RUN}</sCrIpT>",
    f"<img src=x onerror={_RUN}>",
    f"<img src=x onerror='{_RUN}'>",
    f'"><img src=x onerror="{_RUN}">',
    f"'><img src=x onerror={_RUN}>",
    f"<svg onload={_RUN}>",
    f"<svg><script>{_RUN}</script></svg>",
    f"<svg><animate onbegin={_RUN} attributeName=x dur=1s>",
    f"<body onload={_RUN}>",
    f"<iframe srcdoc='<script>parent.{_RUN}</script>'>",
    f"<iframe src=javascript:parent.{_RUN}>",
    f"<a href=javascript:{_RUN}>x</a>",
    f"<details open ontoggle={_RUN}>x</details>",
    f"<video><source onerror={_RUN}></video>",
    f"<audio src=x onerror={_RUN}>",
    f"<input autofocus onfocus={_RUN}>",
    f"<select autofocus onfocus={_RUN}>",
    f"<textarea autofocus onfocus={_RUN}></textarea>",
    f"<marquee onstart={_RUN}>x</marquee>",
    f"<object data=javascript:{_RUN}></object>",
    f"<embed src=javascript:{_RUN}>",
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={_RUN}>",
    f"<noscript><p title='</noscript><img src=x onerror={_RUN}>'>",
    f"<style>@import 'javascript:{_RUN}'</style>",
    f"<style onload={_RUN}></style>",
    f"<link rel=stylesheet href=x onerror={_RUN}>",
    f"<meta http-equiv=refresh content='0;url=javascript:{_RUN}'>",
    f"<base href=javascript:{_RUN}//>",
    f"<template><img src=x onerror={_RUN}></template>",
    f"--><img src=x onerror={_RUN}><!--",
    f"]]><img src=x onerror={_RUN}>",
    f"';{_RUN};//",
    f'";{_RUN};//',
    f"`;{_RUN};//",
    f"${{{_RUN}}}",
    f"{{{{constructor.constructor('{_RUN}')()}}}}",
    f"\u2028{_RUN}\u2029",
    f"\\u003cimg src=x onerror={_RUN}\\u003e",
    f"%3Cscript%3E{_RUN}%3C/script%3E",
    f"&lt;img src=x onerror={_RUN}&gt;",
)
