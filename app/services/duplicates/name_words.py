# SPDX-License-Identifier: MIT
"""Words of company names that say little: legal forms, articles, and what is often abbreviated."""

_LEGAL_FORMS = (
    # United States, Canada, United Kingdom, Ireland, Australia, India
    "inc, incorporated, corp, corporation, co, company, llc, l l c, lc, llp, lllp, lp, pllc, "
    "pc, pa, ltd, limited, plc, cic, ulc, dba, pty, proprietary, unlimited, dac, pvt, "
    "private, limited liability company, "
    # Germany, Austria, Switzerland
    "gmbh, mbh, ag, kg, ohg, gbr, ug, ek, ev, kgaa, eg, haftungsbeschrankt, gmbh und co kg, "
    "und co kg, co kg, and co kg, und co, and co, e k, e v, "
    # France, Belgium, Luxembourg
    "sa, sarl, sas, sasu, eurl, sci, snc, scop, sprl, bvba, srl, sa rl, s a r l, societe "
    "anonyme, et cie, cie, "
    # Spain, Portugal, Latin America
    "sl, slu, sau, sociedad limitada, sociedad anonima, sa de cv, de cv, cv, s de rl, s de rl "
    "de cv, ltda, lda, eireli, sc, "
    # Italy
    "spa, sapa, scarl, s n c, s r l, "
    # Netherlands
    "bv, nv, vof, besloten vennootschap, "
    # Nordic countries
    "as, a s, aps, asa, ab, aktiebolag, hb, oy, oyj, ehf, hf, amba, ks, "
    # Central and eastern Europe, Turkey
    "sp z oo, sp zoo, sp z o o, sro, s r o, spol sro, kft, zrt, sia, uab, ou, ooo, zao, oao, "
    "pao, doo, dd, ltd sti, "
    # Asia
    "kk, kabushiki kaisha, kabushiki gaisha, kabushikigaisha, kabushikikaisha, yk, yugen "
    "kaisha, yugen gaisha, godo kaisha, gk, kaisha, co ltd, company limited, pte, sdn bhd, "
    "bhd, pt, tbk, jsc, "
    # Groups
    "se, eeig, holding, holdings, group, gruppe, groupe, grupo"
)
LEGAL_FORMS = frozenset(tuple(form.split()) for form in _LEGAL_FORMS.split(", "))
"""Each as its folded words."""

LONGEST_LEGAL_FORM = max(len(form) for form in LEGAL_FORMS)

SIGNS_OF_LEGAL_FORMS = (
    *("株式会社", "有限会社", "合同会社", "(株)", "\N{FULLWIDTH LEFT PARENTHESIS}株"),
    *("㈱", "有限公司", "주식회사"),
)
"""Written without spaces around them."""

_SMALL_WORDS = (
    "the, and, und, et, y, e, og, och, of, der, die, das, le, la, les, el, los, il, de, du, des, "
    "di, del, a, an, for, at"
)
SMALL_WORDS = frozenset(_SMALL_WORDS.split(", "))

_LONG_FORMS = (
    "intl: international, internatl: international, natl: national, mfg: manufacturing, mfr: "
    "manufacturer, bros: brothers, assoc: associates, assocs: associates, assn: association, "
    "ctr: center, centre: center, cntr: center, svc: service, svcs: service, serv: service, "
    "services: service, univ: university, dept: department, hosp: hospital, med: medical, "
    "mgmt: management, mgt: management, tech: technology, technologies: technology, sys: "
    "systems, system: systems, ind: industries, inds: industries, industry: industries, dist: "
    "distribution, distr: distribution, eng: engineering, engr: engineering, elec: electric, "
    "equip: equipment, ins: insurance, labs: laboratories, lab: laboratories, pharm: "
    "pharmacy, rest: restaurant, constr: construction, const: construction, trans: transport, "
    "transp: transport, auto: automotive, prod: products, prods: products, sol: solutions, "
    "solns: solutions, supp: supply, supplies: supply, saint: st, sankt: st, sainte: st, "
    "mount: mt, fort: ft, govt: government, amer: american, gen: general, bldg: building, "
    "bldrs: builders, fed: federal, div: division"
)
LONG_FORM = {
    short: long for short, _, long in (pair.partition(": ") for pair in _LONG_FORMS.split(", "))
}
"""Both sides become the long form, so "Acme Mfg" and "Acme Manufacturing" are one spelling."""

_DIRECTIONS = (
    "north, south, east, west, northeast, northwest, southeast, southwest, nord, sud, ost, "
    "downtown, uptown, midtown, airport, upper, lower"
)
DIRECTIONS = frozenset(_DIRECTIONS.split(", "))
"""Words that tell branches of one company apart."""

ROMAN_NUMBERS = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
