/** The look of the page: calm, dense, in the light or dark that the reader's system is set to, and black on white when printed. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--paper:#fbfbfa;--card:#fff;--ink:#1c2126;--quiet:#5a646e;--line:#dfe3e6;--up:#0a6b3d;--down:#b3261e;--upfill:#2f9e68;--downfill:#d9534a;--accent:#2a5d9f;--warn:#8a5300;--redpaper:#fdf0ef;--band:#c9d6e6}
@media (prefers-color-scheme:dark){:root{--paper:#111418;--card:#181c21;--ink:#e4e8ec;--quiet:#9aa5b0;--line:#2c333a;--up:#5fd08f;--down:#ff8a80;--upfill:#3aa871;--downfill:#e0665d;--accent:#8ab4f0;--warn:#f0b860;--redpaper:#2a1a1a;--band:#34465c}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:14px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;font-variant-numeric:tabular-nums}
header,main,footer{max-width:76rem;margin:0 auto;padding:0 1rem}
header{padding-top:1.25rem}
h1{font-size:1.15rem;margin:0;font-weight:600;overflow-wrap:anywhere}
p{overflow-wrap:anywhere}
h2{font-size:.95rem;margin:0 0 .5rem;font-weight:600}
h3{font-size:.85rem;margin:.75rem 0 .25rem;font-weight:600}
p{margin:.25rem 0}
small,.quiet{color:var(--quiet);font-size:.8rem}
a{color:var(--accent)}
.badge{display:inline-block;padding:0 .45rem;border:1px solid currentColor;border-radius:.6rem;font-size:.72rem;font-weight:600;text-transform:uppercase;vertical-align:.1em}
.badge.live{color:var(--down)}.badge.demo{color:var(--warn)}.badge.mock{color:var(--quiet)}
section{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.75rem .9rem;margin:.75rem 0;min-width:0}
.pair{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:.75rem}
.pair{margin:.75rem 0}
.pair>section{margin:0}
.head{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem 1.5rem;border:0;background:none;padding:.25rem 0 0;margin:0}
.net{font-size:2rem;font-weight:650;letter-spacing:-.01em;line-height:1.2}
.net small{font-size:.85rem;font-weight:400}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(8.4rem,1fr));gap:.6rem 1rem;margin:0}
.facts dt{color:var(--quiet);font-size:.78rem}
.facts dd{margin:0;font-size:1.02rem;font-weight:600}
.facts dd small{display:block;font-weight:400}
.up{color:var(--up)}.down{color:var(--down)}.none{color:var(--quiet)}
.red{border-color:var(--down);background:var(--redpaper)}
.red h2{color:var(--down)}
.findings{margin:0;padding:0;list-style:none}
.findings li{padding:.35rem 0;border-top:1px solid var(--line);overflow-wrap:anywhere}
.findings li:first-child{border-top:0}
.findings .rows{display:block;font-size:.78rem;color:var(--quiet)}
.scroll{overflow-x:auto}
.scroll:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
table{border-collapse:collapse;width:100%}
caption{text-align:left;color:var(--quiet);font-size:.8rem;padding-bottom:.25rem}
th,td{padding:.22rem .5rem;text-align:left;border-top:1px solid var(--line);vertical-align:top}
thead th{border-top:0;color:var(--quiet);font-weight:500;font-size:.78rem;white-space:nowrap;vertical-align:bottom}
tbody th{font-weight:500}
.day{white-space:nowrap}
.n{text-align:right;white-space:nowrap}
.name{min-width:8rem;max-width:18rem;overflow-wrap:anywhere}
.strong th,.strong td{font-weight:650}
.bar{width:28%;min-width:6rem}
svg{display:block;width:100%;overflow:visible}
svg text{fill:var(--quiet);font-size:11px;paint-order:stroke;stroke:var(--card);stroke-width:3px;stroke-linejoin:round}
figure{margin:0}
.grid{stroke:var(--line);stroke-width:1}
.zero{stroke:var(--quiet);stroke-width:1}
.curve{fill:none;stroke:var(--accent);stroke-width:1.6;vector-effect:non-scaling-stroke;stroke-linejoin:round}
.under{fill:var(--downfill);fill-opacity:.35;stroke:var(--downfill);stroke-width:1;vector-effect:non-scaling-stroke}
.won{fill:var(--upfill)}.lost{fill:var(--downfill)}.even{fill:var(--quiet)}
.ticks{fill:var(--band);stroke:var(--accent);stroke-width:1;vector-effect:non-scaling-stroke;stroke-linejoin:round}
.entry{stroke:var(--ink);stroke-width:1;stroke-dasharray:1 3}
.stop{stroke:var(--down);stroke-width:1;stroke-dasharray:5 3}
.limit{stroke:var(--up);stroke-width:1;stroke-dasharray:5 3}
svg text.entrytext{fill:var(--ink)}svg text.stoptext{fill:var(--down)}svg text.limittext{fill:var(--up)}
.mark{fill:var(--card);stroke:var(--ink);stroke-width:1.5}
.mark.out{fill:var(--ink)}
.calendar{table-layout:fixed;max-width:34rem}
.calendar th{border:0;text-align:center}
.calendar td{border:2px solid var(--card);background:var(--paper);height:2.9rem;padding:.15rem .3rem;font-size:.72rem;line-height:1.25;border-radius:.3rem;overflow-wrap:anywhere}
.calendar td b{display:block;font-weight:500;color:var(--quiet)}
.calendar td.up{background:color-mix(in srgb,var(--upfill) 14%,var(--card))}
.calendar td.down{background:color-mix(in srgb,var(--downfill) 14%,var(--card))}
.calendar td.much.up{background:color-mix(in srgb,var(--upfill) 28%,var(--card))}
.calendar td.much.down{background:color-mix(in srgb,var(--downfill) 28%,var(--card))}
.months{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,22rem),1fr));gap:.5rem 1.5rem}
summary{cursor:pointer;padding:.2rem 0}
summary::marker{color:var(--quiet)}
.drawn{border-top:1px solid var(--line);padding:.25rem 0 .6rem;break-inside:avoid}
.drawn>p,.drawn summary{display:flex;flex-wrap:wrap;gap:0 1rem}
.drawings{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,30rem),1fr));gap:0 1.5rem}
.drawn .facts{grid-template-columns:repeat(auto-fill,minmax(6.2rem,1fr));gap:.25rem .75rem;margin:.25rem 0}
.drawn .facts dt{font-size:.72rem}
.drawn .facts dd{font-size:.85rem;overflow-wrap:anywhere}
.drawn table{font-size:.82rem}
.words{white-space:pre-wrap;overflow-wrap:anywhere}
footer{padding-bottom:2rem}
@media (max-width:44rem){.pair{grid-template-columns:minmax(0,1fr)}header,main,footer{padding-left:.6rem;padding-right:.6rem}section{padding:.6rem}.net{font-size:1.6rem}.bar{min-width:4.5rem}th,td{padding:.22rem .35rem}}
@media print{@page{margin:12mm}:root{color-scheme:light;--paper:#fff;--card:#fff;--ink:#000;--quiet:#444;--line:#bbb;--up:#0a5a34;--down:#9c1a13;--upfill:#2f9e68;--downfill:#d9534a;--accent:#1d4b86;--warn:#6b4000;--redpaper:#fff;--band:#d5dde8}body{font-size:9.5pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}section{border-color:#ccc;padding:.5rem .6rem}.scroll{overflow:visible}figure,tr,.facts>div,.findings li{break-inside:avoid}h2,h3{break-after:avoid}thead{display:table-header-group}details:not(.drawn):not([open])::details-content{content-visibility:visible;block-size:auto}.trades{font-size:7.5pt}.trades th,.trades td{padding:.15rem .2rem}}
`
