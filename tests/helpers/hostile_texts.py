# SPDX-License-Identifier: MIT
"""Two hundred names that would run, or break something, where the program took them for more.

Each that can run sets ``window.pwned``, so a test only has to look whether it is set; those that a
template engine would work out hold a sum whose result, `TELLTALE`, must appear nowhere.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final

_RUN = "window.pwned=1"
_SUM = "7191*7193"
TELLTALE: Final = str(7191 * 7193)
"""What a template engine would make of the sums."""


class Carrier(Enum):
    """Where a text would have to be put, unguarded, to run in a browser; `$` stands for it."""

    BODY = "<body>$</body>"
    COMMENT = "<body><!-- $ --></body>"
    TEXTAREA = "<body><textarea>$</textarea></body>"
    TITLE = "<title>$</title><body></body>"
    STYLE = "<style>$</style><body></body>"
    DOUBLE_QUOTED = '<body><p title="$">x</p></body>'
    SINGLE_QUOTED = "<body><p title='$'>x</p></body>"
    UNQUOTED = "<body><p title=$>x</p></body>"
    LINK = '<body><iframe src="$"></iframe></body>'
    JS_SINGLE = "<body><script>var name = '$';</script></body>"
    JS_DOUBLE = '<body><script>var name = "$";</script></body>'
    JS_BACKTICK = "<body><script>var name = `$`;</script></body>"
    JS_LINE = "<body><script>// $\n</script></body>"
    JSON = '<body><script>var data = {"name": "$"};</script></body>'


@dataclass(frozen=True, slots=True)
class HostileText:
    """One text.

    Attributes:
        kind: What sort of trick it is.
        carrier: Where it runs if nobody guards it; None where no browser would run it.
    """

    text: str
    kind: str
    carrier: Carrier | None = None


_ELEMENTS = (
    f"<script>{_RUN}</script>",
    f"<ScRiPt>{_RUN}</sCrIpT>",
    f"<script type=module>{_RUN}</script>",
    f"<script\n>{_RUN}</script\n>",
    f"<script/x>{_RUN}</script>",
    f"<script src='data:text/javascript,{_RUN}'></script>",
    f"<script>/*<!--*/{_RUN}//--></script>",
    f"<<script>{_RUN};//<</script>",
    "<script>eval(atob('d2luZG93LnB3bmVkPTE='))</script>",
    f"<script>setTimeout('{_RUN}',0)</script>",
    f"<script>Function('{_RUN}')()</script>",
    f"<b><i><u><script>{_RUN}</script></u></i></b>",
    f"<table><tr><td><script>{_RUN}</script>",
    f"<noembed></noembed><script>{_RUN}</script>",
    f"<iframe srcdoc='<script>parent.{_RUN[7:]}</script>'></iframe>",
    f"<iframe src=javascript:parent.{_RUN[7:]}></iframe>",
    f"<iframe onload={_RUN}></iframe>",
    f"<iframe srcdoc='&lt;script>parent.{_RUN[7:]}&lt;/script>'></iframe>",
    f"<object data=x onerror={_RUN}></object>",
    f"<embed src=x onload={_RUN} onerror={_RUN}>",
    f"<link rel=stylesheet href=x onerror={_RUN}>",
    f"<link rel=stylesheet href='data:text/css,a{{}}' onload={_RUN}>",
    f"<style onload={_RUN}>a{{}}</style>",
    f"<x><script>{_RUN}</script></x>",
)
_HANDLERS = (
    f"<img src=x onerror={_RUN}>",
    f"<img src=x onerror='{_RUN}'>",
    f'<img src=x onerror="{_RUN}">',
    f"<IMG SRC=x ONERROR={_RUN}>",
    f"<img\tsrc=x\tonerror={_RUN}>",
    "<img src=x onerror=&#119;indow.pwned=1>",
    "<img src=x onerror=&#x77;indow.pwned&#61;1>",
    "<img src=x onerror=window['pw'+'ned']=1>",
    "<img src=x onerror=self.pwned=1>",
    "<img src=x onerror=globalThis.pwned=1>",
    "<img src=x onerror=top.pwned=pwned=1>",
    f"<img src=data:image/gif;base64,R0lGODlhAQABAAAAACw= onload={_RUN} onerror={_RUN}>",
    f"<image src=x onerror={_RUN}>",
    f"<picture><img src=x onerror={_RUN}></picture>",
    f"<video><source onerror={_RUN}></video>",
    f"<video src=x onerror={_RUN}></video>",
    f"<audio src=x onerror={_RUN}></audio>",
    f"<input type=image src=x onerror={_RUN}>",
    f"<details open ontoggle={_RUN}>x</details>",
    f"<body onload={_RUN}>",
    f"<body onpageshow={_RUN}>",
    f"<p onclick={_RUN} id=q>x</p><script>q.click()</script>",
    f"<p onmouseover={_RUN} id=q>x</p><script>q.dispatchEvent(new Event('mouseover'))</script>",
    f"<img srcset=x onerror={_RUN}>",
    f"<img src=x:x onerror={_RUN}>",
    f"<img src onerror={_RUN}>",
    f"<img src=x onerror={_RUN} <!--",
)
_SVG = (
    f"<svg onload={_RUN}>",
    f"<svg/onload={_RUN}>",
    f"<svg><script>{_RUN}</script></svg>",
    "<svg><script>window&#46;pwned=1</script></svg>",
    f"<svg><script href='data:text/javascript,{_RUN}'/></svg>",
    f"<svg><animate onbegin={_RUN} attributeName=x dur=1s>",
    f"<svg><set onbegin={_RUN} attributeName=x dur=1s>",
    f"<svg><animateTransform onbegin={_RUN} attributeName=transform dur=1s>",
    f"<svg><image href=x onerror={_RUN}></svg>",
    f"<svg><style><img src=x onerror={_RUN}></style></svg>",
    f"<svg><title><img src=x onerror={_RUN}></title></svg>",
    f"<svg><desc><script>{_RUN}</script></desc></svg>",
    f"<svg><foreignObject><img src=x onerror={_RUN}></foreignObject></svg>",
    f"<math><annotation-xml encoding=text/html><img src=x onerror={_RUN}>",
)
_DORMANT = (
    f"<meta http-equiv=refresh content='0;url=javascript:{_RUN}'>",
    f"<base href=javascript:{_RUN}//>",
    f"<frameset onload={_RUN}><frame src=javascript:parent.{_RUN[7:]}></frameset>",
    f"<img/src=x/onerror={_RUN}>",
    f"<input autofocus onfocus={_RUN}>",
    f"<marquee onstart={_RUN}>x</marquee>",
    f"<marquee loop=1 width=0 onfinish={_RUN}>x</marquee>",
    f"<select onfocus={_RUN} autofocus></select>",
    f"<a onpointerenter={_RUN} href=#>x</a>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={_RUN}>",
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={_RUN}>",
    f"<p style='animation:k 1ms' onanimationstart={_RUN}><style>@keyframes k{{}}</style>",
    f"<!--<script></script><script>{_RUN}</script>",
    f"<![CDATA[<img src=x onerror={_RUN}>]]>",
    f"<plaintext hidden></plaintext><img src=x onerror={_RUN}>",
)
"""These wait for a hand, for a page in view, or for another browser."""
_CLOSERS = (
    (f"</script><script>{_RUN}</script>", Carrier.JS_SINGLE),
    (f"</ScRiPt ><script>{_RUN}</script>", Carrier.JSON),
    (f"--><img src=x onerror={_RUN}><!--", Carrier.COMMENT),
    (f"--!><img src=x onerror={_RUN}>", Carrier.COMMENT),
    (f"></textarea><img src=x onerror={_RUN}>", Carrier.TEXTAREA),
    (f"</title><img src=x onerror={_RUN}>", Carrier.TITLE),
    (f"</style><img src=x onerror={_RUN}>", Carrier.STYLE),
    (f"]]><img src=x onerror={_RUN}>", Carrier.BODY),
    (f"<?xml version='1.0'?><img src=x onerror={_RUN}>", Carrier.BODY),
    (f"<noscript><p title='</noscript><img src=x onerror={_RUN}>'>", Carrier.BODY),
    (f"<template><img src=x></template><img src=x onerror={_RUN}>", Carrier.BODY),
    (f"<xmp></xmp><img src=x onerror={_RUN}>", Carrier.BODY),
    (f"</p></div></body></html><script>{_RUN}</script>", Carrier.BODY),
)
_ATTRIBUTES = (
    (f'"><img src=x onerror="{_RUN}">', Carrier.DOUBLE_QUOTED),
    (f'"><script>{_RUN}</script>', Carrier.DOUBLE_QUOTED),
    (f'"/><svg/onload={_RUN}>', Carrier.DOUBLE_QUOTED),
    (f'" autofocus tabindex=0 onfocus={_RUN}><svg onload={_RUN}>', Carrier.DOUBLE_QUOTED),
    (f'"\n><img src=x onerror={_RUN}>', Carrier.DOUBLE_QUOTED),
    (f"'><img src=x onerror={_RUN}>", Carrier.SINGLE_QUOTED),
    (f"'/><svg/onload={_RUN}>", Carrier.SINGLE_QUOTED),
    (f"'><script>{_RUN}</script>", Carrier.SINGLE_QUOTED),
    (f"x><img src=x onerror={_RUN}>", Carrier.UNQUOTED),
    (f"x><script>{_RUN}</script>", Carrier.UNQUOTED),
    (f"&quot;><svg onload={_RUN}>", Carrier.BODY),
)
_SCRIPTS = (
    (f"';{_RUN};//", Carrier.JS_SINGLE),
    (f"'-({_RUN})-'", Carrier.JS_SINGLE),
    (f"'+({_RUN})+'", Carrier.JS_SINGLE),
    (f"'||({_RUN})||'", Carrier.JS_SINGLE),
    (f'";{_RUN};//', Carrier.JS_DOUBLE),
    (f'"-({_RUN})-"', Carrier.JS_DOUBLE),
    (f'"+({_RUN})+"', Carrier.JS_DOUBLE),
    (f'"[{_RUN}]+"', Carrier.JS_DOUBLE),
    (f"`;{_RUN};//", Carrier.JS_BACKTICK),
    (f"${{{_RUN}}}", Carrier.JS_BACKTICK),
    (f"${{constructor.constructor('{_RUN}')()}}", Carrier.JS_BACKTICK),
    (f"${{{{}}}}${{{_RUN}}}", Carrier.JS_BACKTICK),
    (f"x\n{_RUN}\n", Carrier.JS_LINE),
    (f"x\r{_RUN}\r", Carrier.JS_LINE),
    (f"x\u2028{_RUN}\u2029", Carrier.JS_LINE),
    (f"x\u2029{_RUN}//", Carrier.JS_LINE),
    (f'"}};{_RUN};x={{"a":"', Carrier.JSON),
    (f'","b":{_RUN},"c":"', Carrier.JSON),
    (f'",[{_RUN}]:"', Carrier.JSON),
    (f'",get x(){{}},["y"]:({_RUN}),"z":"', Carrier.JSON),
    (f'",...(({_RUN}),{{}}),"q":"', Carrier.JSON),
)
_ADDRESSES = (
    (f"javascript:parent.{_RUN[7:]}", Carrier.LINK),
    (f"JaVaScRiPt:parent.{_RUN[7:]}", Carrier.LINK),
    (f"java\tscript:parent.{_RUN[7:]}", Carrier.LINK),
    (f"java\nscript:parent.{_RUN[7:]}", Carrier.LINK),
    (f" javascript:parent.{_RUN[7:]}", Carrier.LINK),
    (f"javascript://x%0aparent.{_RUN[7:]}", Carrier.LINK),
    (f"javascript:/*x*/parent.{_RUN[7:]}", Carrier.LINK),
    (f"&#106;avascript:parent.{_RUN[7:]}", Carrier.LINK),
    (f"data:text/html,<script>{_RUN}</script>", None),
    ("data:text/html;base64,PHNjcmlwdD53aW5kb3cucHduZWQ9MTwvc2NyaXB0Pg==", None),
    (f"vbscript:{_RUN}", None),
    (f"view-source:javascript:{_RUN}", None),
    ("file:///etc/passwd", None),
    ("app://bundle/index.html", None),
    ("blob:app://bundle/0", None),
    ("//evil.example/x.js", None),
    ("mailto:a@b.example?body=<script>", None),
)
_TEMPLATES = (
    f"{{{{{_SUM}}}}}",
    f"{{{{ ({_SUM})|string }}}}",
    f"{{% set x = {_SUM} %}}{{{{ x }}}}",
    f"{{% if true %}}{{{{ {_SUM} }}}}{{% endif %}}",
    f"{{% macro script(this, kwargs) %}}{{{{ {_SUM} }}}}{{% endmacro %}}{{{{ script(1, 2) }}}}",
    "{{ this.get_name() }}",
    "{{ this._parent.render() }}",
    "{{ kwargs }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{% include '/etc/passwd' %}",
    "{# a comment that swallows the rest",
    "{% raw %}",
    "{% endmacro %}",
    f"<%= {_SUM} %>",
    f"<% out.print({_SUM}) %>",
    f"${{{_SUM}}}",
    f"#{{{_SUM}}}",
    f"*{{{_SUM}}}",
    f"@({_SUM})",
    f"[[${{{_SUM}}}]]",
    f"{{{{constructor.constructor('{_RUN}')()}}}}",
    f"{{{{$on.constructor('{_RUN}')()}}}}",
    "%(name)s %s %d %n",
    "{0.__class__} {name!r} {}",
    "$name ${name}",
)
_ENCODED = (
    f"\\u003cimg src=x onerror={_RUN}\\u003e",
    f"\\x3cimg src=x onerror={_RUN}\\x3e",
    f"%3Cscript%3E{_RUN}%3C/script%3E",
    f"%253Cscript%253E{_RUN}%253C/script%253E",
    f"&lt;img src=x onerror={_RUN}&gt;",
    f"&amp;lt;img src=x onerror={_RUN}&amp;gt;",
    f"&#60;img src=x onerror={_RUN}&#62;",
    f"+ADw-script+AD4-{_RUN}+ADw-/script+AD4-",
    f"\uff1cscript\uff1e{_RUN}\uff1c/script\uff1e",
    f"\u2039img src=x onerror={_RUN}\u203a",
)
_LETTERS = (
    "\u202egnirts\u202c reversed",
    "\u2067right\u2066left\u2069\u2069",
    "zero\u200bwidth\u200djoined\ufeff",
    "null\x00inside",
    "bell\x07 escape\x1b[31mred\x1b[0m",
    "\x08\x08\x08backspaces\x7f",
    "lone surrogate follows: \ufffd",
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319a\u0489lgo",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466\U0001f1fa\U0001f1f8",
    "\U000e0041\U000e0042 tags",
    "line\nbreak\r\nand\ttab",
    "\u0130\u0131\u1e9e\ufb01 case folding",
    "   ",
    "A" * 5_000,
    "<b>" * 1_500,
    "(" * 3_000 + ")" * 3_000,
    f"{'&' * 2_000}<img src=x onerror={_RUN}>",
)
_SHEETS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://127.0.0.1/","click")',
    "+SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    '"; =1+1; "',
    "\\input{/etc/passwd}",
    "\\immediate\\write18{id}",
    "$\\frac{1}{0}$ \\end{document}",
)
_STYLES = (
    "<style>*{visibility:hidden}</style>",
    "<style>@import 'http://127.0.0.1/x.css'</style>",
    "</div><div style='position:fixed;inset:0;background:red'>",
    "<p style=background:url(http://127.0.0.1/x.png)>x</p>",
    "<link rel=preconnect href=http://127.0.0.1/>",
    "<link rel=dns-prefetch href=//evil.example>",
    "<form action=http://127.0.0.1/><input name=x><button>",
    "red;}*{display:none}",
    "expression(alert(1))",
    "url(javascript:alert(1))",
    "'; DROP TABLE account; --",
    "../../../../etc/passwd",
)


def _all() -> tuple[HostileText, ...]:
    made: list[HostileText] = []
    for kind, texts, carrier in (
        ("element", _ELEMENTS, Carrier.BODY),
        ("handler", _HANDLERS, Carrier.BODY),
        ("svg and math", _SVG, Carrier.BODY),
        ("dormant", _DORMANT, None),
        ("template", _TEMPLATES, None),
        ("encoded", _ENCODED, None),
        ("letters", _LETTERS, None),
        ("sheet", _SHEETS, None),
        ("style", _STYLES, None),
    ):
        made += [HostileText(text, kind, carrier) for text in texts]
    for kind, pairs in (
        ("closer", _CLOSERS),
        ("attribute", _ATTRIBUTES),
        ("script", _SCRIPTS),
        ("address", _ADDRESSES),
    ):
        made += [HostileText(text, kind, carrier) for text, carrier in pairs]
    return tuple(made)


HOSTILE: Final = _all()
HOSTILE_TEXTS: Final = tuple(each.text for each in HOSTILE)
