import { colorVariables, darkColors, lightColors } from '../vega/color-tokens.ts';

/** The style sheet of a report: light and dark by the reader's own setting, and on paper. */
export const reportStyle = `
:root{color-scheme:light dark;${colorVariables(lightColors)}}
@media (prefers-color-scheme:dark){:root{${colorVariables(darkColors)}}}
*{box-sizing:border-box}
html{font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;color:var(--text);background:var(--bg);font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
body{margin:0}
h1,h2,h3,p,ul,dl,dd,pre{margin:0}
ul{padding:0;list-style:none}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:4px}
.wrap{max-width:1376px;margin:0 auto;padding:0 16px}
.skip{position:absolute;left:12px;top:-60px;background:var(--surface);color:var(--accent);padding:10px 14px;border:1px solid var(--axis)}
.skip:focus{top:8px}
header{background:var(--surface);border-bottom:1px solid var(--line)}
header .wrap{display:flex;flex-wrap:wrap;align-items:center;gap:4px 20px;min-height:56px;padding-top:8px;padding-bottom:8px}
.brand{display:flex;align-items:center;gap:10px;font-weight:650;font-size:17px;letter-spacing:-.01em}
.brand svg{width:22px;height:22px;display:block}
.src{color:var(--muted);font-size:13px}
.fresh{color:var(--muted);font-size:13px}
main{padding:20px 0 8px}
h1{font-size:20px;line-height:1.3;font-weight:650;letter-spacing:-.01em;text-wrap:balance}
.lead{color:var(--muted);margin-top:4px;max-width:112ch;text-wrap:pretty}
.tiles{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));background:var(--line);gap:1px;border:1px solid var(--line);border-radius:8px;overflow:hidden;margin-top:16px}
.tile{background:var(--surface);padding:12px 14px 10px;min-width:0;display:flex;flex-direction:column}
.tile h3{font-size:13px;font-weight:550;color:var(--muted);min-height:19px}
.val{font-size:20px;line-height:1.3;font-weight:620;letter-spacing:-.02em;white-space:nowrap}
.val.long{font-size:15px;min-height:26px;white-space:normal;overflow-wrap:anywhere}
.cmp{font-size:13px;min-height:20px;margin-top:2px}
.was{font-size:12.5px;color:var(--muted);min-height:19px;overflow-wrap:anywhere}
.jud{font-size:12.5px;color:var(--muted);min-height:19px}
.w{font-weight:400;color:var(--muted)}
.cmp .w{white-space:nowrap}
.delta{font-weight:600;white-space:nowrap}
.cmp .delta{margin-right:5px}
.delta.good,.jud.good{color:var(--good)}
.delta.bad,.jud.bad{color:var(--bad)}
.tri{display:inline-block;width:9px;height:8px;background:currentColor;margin-right:4px}
.tri.up{clip-path:polygon(50% 0,100% 100%,0 100%)}
.tri.down{clip-path:polygon(0 0,100% 0,50% 100%)}
.tri.flat{height:2px;vertical-align:middle}
.spark{margin:auto 0 2px;padding-top:6px;max-width:240px}
.grid{display:grid;gap:16px;grid-template-columns:minmax(0,1fr);margin-top:16px}
.card{background:var(--surface);border:1px solid var(--line);border-radius:8px;padding:14px 16px 12px;min-width:0;display:flex;flex-direction:column;container-type:inline-size}
h2{font-size:15px;font-weight:650;line-height:1.3}
.sum{color:var(--muted);font-size:13px;margin:4px 0 8px;text-wrap:pretty;min-height:38px}
.plot{margin-top:4px}
.plot svg,.spark svg{display:block;width:100%;height:auto}
.wide{display:none}
.narrow{max-width:430px}
.s5 .wide{max-width:600px}
@container (min-width:460px){.wide{display:block}.narrow,.key.line{display:none}}
.key{font-size:12.5px;color:var(--muted);margin:0 0 4px}
.k{margin-right:16px;white-space:nowrap}
.k::before{content:"";display:inline-block;width:20px;height:0;vertical-align:middle;margin-right:6px;border-top:2.5px solid var(--accent)}
.k.line-before::before{border-top:2px dashed var(--prev)}
.k.bar::before{width:14px;border:0;height:9px;background:var(--accent)}
.k.bar-before::before{width:0;height:13px;border:0;border-left:2px dashed var(--text);margin-left:4px}
.note{font-size:12.5px;color:var(--muted);margin-top:8px;text-wrap:pretty}
.none{color:var(--muted);padding:32px 0;text-align:center;margin:auto}
.leg{display:flex;flex-wrap:wrap;gap:4px 12px;font-size:12.5px;color:var(--muted);margin-top:10px}
.leg i{display:inline-block;width:14px;height:14px;border-radius:2px;vertical-align:-2px;margin-right:5px;border:1px solid var(--line)}
.q0{background:var(--heat0)}.q1{background:var(--heat1)}.q2{background:var(--heat2)}.q3{background:var(--heat3)}.q4{background:var(--heat4)}
details{font-size:13px;margin-top:4px;min-width:0}
.more{display:flex;flex-wrap:wrap;gap:0 20px;margin-top:auto;padding-top:8px}
.more details{margin:0}
.more details[open]{flex-basis:100%}
.tables{display:grid;gap:8px 32px;grid-template-columns:repeat(auto-fill,minmax(min(320px,100%),1fr))}
.tables .scroll{max-height:none}
details h3{font-size:14px;margin-top:12px}
.grid:has(.card details[open]){align-items:start}
.also{display:flex;flex-wrap:wrap;gap:8px 28px;margin-top:10px;font-size:13px}
.also dt{color:var(--muted)}
.also dd{font-weight:600}
summary{cursor:pointer;color:var(--accent);min-height:24px;padding:2px 0;width:fit-content}
summary:hover{text-decoration:underline}
details p{color:var(--muted);margin:4px 0 8px;text-wrap:pretty;overflow-wrap:anywhere}
pre{margin:8px 0;padding:9px 10px;background:var(--bg);border:1px solid var(--line);border-radius:6px;font:12px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere;max-height:240px;overflow:auto}
dl{display:grid;grid-template-columns:auto minmax(0,1fr);gap:2px 12px}
dt{color:var(--muted)}
dd{overflow-wrap:anywhere}
.scroll{overflow:auto;max-height:420px;margin-top:4px}
table{border-collapse:collapse;width:100%;font-size:13.5px}
caption{text-align:left;font-size:13px;color:var(--muted);padding:0 0 6px}
th{font-weight:500;text-align:left}
thead th{font-size:12.5px;color:var(--muted);border-bottom:1px solid var(--line);padding:4px 6px;vertical-align:bottom}
.scroll thead th{position:sticky;top:0;background:var(--surface);z-index:1;box-shadow:inset 0 -1px 0 var(--line)}
td,tbody th{padding:5px 6px;border-bottom:1px solid var(--grid);white-space:nowrap}
.n{text-align:right}
footer{border-top:1px solid var(--line);margin-top:28px;padding:16px 0 32px;font-size:13px;color:var(--muted)}
footer .wrap{display:flex;flex-wrap:wrap;gap:6px 28px}
@media (min-width:640px){
.fresh{margin-left:auto}
.wrap{padding:0 24px}
.tiles{grid-template-columns:repeat(3,minmax(0,1fr))}
.val{font-size:23px}
.grid{grid-template-columns:repeat(2,minmax(0,1fr))}
.s7,.s5,#items{grid-column:1/-1}
}
@media (min-width:1200px){
.tiles{grid-template-columns:repeat(6,minmax(0,1fr))}
.val{font-size:25px}
.grid{grid-template-columns:repeat(12,minmax(0,1fr))}
.s4,#items{grid-column:span 4}.s5{grid-column:span 5}.s6{grid-column:span 6}.s7{grid-column:span 7}.s8{grid-column:span 8}
}
@media (forced-colors:active){.tri,.leg i,.k::before{forced-color-adjust:none}}
@media print{
:root,:root[data-theme]{color-scheme:light;${colorVariables(lightColors)}}
html{font-size:13px;background:#fff;-webkit-print-color-adjust:exact;print-color-adjust:exact}
.skip,details{display:none}
main{padding:8px 0}
.wrap{max-width:none;padding:0}
.card,.tile{break-inside:avoid}
h1,h2,.sum{break-after:avoid}
footer{margin-top:16px;padding:8px 0}
}
`.trim();
