import { reportStyle } from '../report/report-style.ts';
import { colorVariables, darkColors, lightColors } from '../vega/color-tokens.ts';
import { liveStyle } from './live-style.ts';

/** The style sheet of the page: that of a report, and what a page has besides. A theme that the reader chose holds over that of the system. */
export const pageStyle = `${reportStyle}
:root[data-theme=light]{color-scheme:light;${colorVariables(lightColors)}}
:root[data-theme=dark]{color-scheme:dark;${colorVariables(darkColors)}}
:root{--bone:color-mix(in srgb,var(--grid) 55%,transparent)}
.plain :is(.was,.jud){display:none}
html{scroll-padding:120px 0 24px}
button,select,input{font:inherit;color:inherit;font-variant-numeric:inherit}
header .acts{display:flex;gap:8px;margin-left:auto}
header .fresh{margin:0}
.roomy{display:none}
.btn{background:var(--surface);border:1px solid var(--ctl,#74827f);border-radius:6px;padding:0 12px;min-height:34px;cursor:pointer;font-size:14px;white-space:nowrap;color:var(--text);text-decoration:none;display:inline-flex;align-items:center;gap:6px}
.btn:hover,.btn.sm:hover{border-color:var(--accent);color:var(--accent)}
.btn[aria-pressed=true]{background:var(--heat1);border-color:var(--accent);color:var(--heat-text1)}
.btn.sm{min-height:28px;font-size:13px;padding:0 9px;color:var(--muted)}
.lk{background:none;border:0;padding:0 2px;min-height:24px;color:var(--accent);cursor:pointer;font-size:13px}
.lk:hover{text-decoration:underline}
.controls{background:var(--bg);border-bottom:1px solid var(--line);z-index:10}
.controls .wrap{padding-top:10px;padding-bottom:8px}
.ctls,.addf,.chips,.chips ul{display:flex;flex-wrap:wrap;gap:8px 10px;align-items:center}
.addf,.chips{margin-top:8px;font-size:13px;color:var(--muted)}
.f{display:inline-flex;align-items:center;gap:8px}
.ctls label,.addf label{font-size:13px;color:var(--muted)}
.addf .btn{min-width:0;max-width:100%}
.addf input.btn{flex:1 1 200px;max-width:340px;cursor:text}
.found{flex:1 0 100%;min-width:0}
.found [role=listbox]{display:flex;flex-wrap:wrap;gap:6px;max-height:142px;overflow:auto;padding:4px;margin:4px -4px 0}
.found [role=option]{border:1px solid var(--ctl,#74827f);border-radius:14px;padding:2px 11px;min-height:28px;color:var(--text);background:var(--surface);cursor:pointer;overflow-wrap:anywhere;line-height:1.7}
.found [role=option]:hover{border-color:var(--accent);color:var(--accent)}
.found [role=option][aria-selected=true]{background:var(--heat1);color:var(--heat-text1);border-color:var(--accent)}
.found [role=option].at{outline:3px solid var(--focus);outline-offset:1px}
.seg{border:1px solid var(--ctl,#74827f);border-radius:6px;padding:0;margin:0;display:inline-flex;overflow:hidden}
.seg label{position:relative;display:inline-flex}
.seg input{position:absolute;inset:0;opacity:0;margin:0;cursor:pointer}
.seg span{padding:0 11px;min-height:32px;display:inline-flex;align-items:center;font-size:14px;color:var(--text);background:var(--surface);text-transform:capitalize}
.seg input:checked+span{background:var(--heat1);color:var(--heat-text1);font-weight:600}
.seg input:disabled+span{color:var(--axis);cursor:not-allowed}
.seg:focus-within{outline:3px solid var(--focus);outline-offset:2px}
.brand path{fill:none;stroke:var(--accent);stroke-width:2.2;stroke-linecap:round}
.err{color:var(--bad);font-size:13px;overflow-wrap:anywhere}
.alert{background:var(--surface);border:1px solid var(--bad);border-radius:8px;padding:12px 16px;margin-bottom:16px;display:flex;flex-wrap:wrap;gap:8px 16px;align-items:center}
.tile{position:relative}
.tile.on{box-shadow:inset 0 3px 0 var(--accent)}
.tile h3,.ch{display:flex;align-items:center;gap:6px}
.pick{background:none;border:0;padding:0;text-align:left;font-size:13px;font-weight:550;color:var(--muted);cursor:pointer;min-height:24px}
.pick:hover{color:var(--accent)}
.pick[aria-pressed=true]{color:var(--text);font-weight:650}
.pick::after{content:"";position:absolute;inset:0}
.i{position:relative;z-index:1;flex:none;width:24px;height:24px;border:0;border-radius:12px;background:none;cursor:pointer;color:var(--muted)}
.i::before{content:"i";display:grid;place-items:center;width:16px;height:16px;margin:auto;border:1px solid currentColor;border-radius:50%;font:italic 600 11px Georgia,serif}
.i:hover{color:var(--accent)}
.def{position:fixed;inset:auto;margin:0;background:var(--surface);color:var(--text);border:1px solid var(--axis);border-radius:8px;padding:12px 14px;font-size:13px;font-weight:400;box-shadow:0 6px 24px rgb(0 0 0/.18);overflow:auto}
.def p{color:var(--muted);margin:6px 0;text-wrap:pretty}
.def .acts{display:flex;gap:8px}
.scroll{position:relative}
.sql{max-height:200px;overflow:auto;margin:8px 0}
.sql pre{margin:0;max-height:none;overflow:visible}
.tools{margin-left:auto;display:inline-flex;align-items:center;gap:6px;flex:none}
.save{width:28px;height:28px;border-radius:6px}
.save::before{content:none}
.save svg{display:block;width:16px;height:16px;margin:auto;fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
:is(.card,.tile)>:is(.sum,.plot,.lb,.scroll,.val,.cmp,.jud,.spark){transition:opacity 0s}
[aria-busy=true]>:is(.sum,.plot:not(.wait),.lb,.scroll,.val,.cmp,.was,.jud,.spark){opacity:.55;transition-delay:.2s}
.plot{position:relative}
.plot.wait{min-height:298px;border-radius:6px;background:var(--bone)}
#course .plot.wait{min-height:322px}
@container (min-width:900px){#course .plot.wait{min-height:392px}}
.spark:empty::before{content:"";display:block;aspect-ratio:180/32}
.bones{min-height:352px;border-radius:6px;background:var(--bone)}
.bone{display:inline-block;width:4.5em;height:.8em;border-radius:4px;background:var(--bone)}
.fault{border-left:3px solid var(--bad);padding:2px 0 2px 12px;margin:8px 0;font-size:13px}
.fault .btn{margin-top:6px}
.alert.info{border-color:var(--ctl,#74827f)}
.alert p{flex:1 1 280px}
.over{position:absolute;inset:0;pointer-events:none}
.over line{stroke:var(--text);stroke-width:1}
.over circle,.over rect{fill:none;stroke:var(--text);stroke-width:2}
.tip{position:absolute;z-index:5;pointer-events:none;width:max-content;max-width:min(260px,100%);background:var(--surface);color:var(--text);border:1px solid var(--axis);border-radius:6px;box-shadow:0 4px 14px rgb(0 0 0/.16);padding:5px 9px;font-size:13px;line-height:1.35}
.tip span{display:block;color:var(--muted);font-size:12.5px}
.tip strong{font-weight:600}
@container (max-width:459px){.opt{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.swap .word{text-transform:capitalize}}
@media (min-width:640px){#course .sum{min-height:20px}}
.lb th{padding:0;position:relative;max-width:0;width:46%}
.lb thead th{width:auto;max-width:none;padding:4px 6px}
.lb .fill{position:absolute;left:0;top:3px;bottom:3px;background:var(--heat1);border-radius:2px;z-index:0}
.lb .row,.lb th>span:not(.fill){position:relative;z-index:1;display:block;width:100%;text-align:left;background:none;border:0;padding:3px 6px;min-height:28px;color:var(--heat-text1);white-space:normal;overflow-wrap:anywhere;line-height:1.35;text-decoration:underline dotted;text-underline-offset:3px}
.lb .row::after{content:"";position:absolute;inset:0}
.lb th:has(.row:hover) .fill{background:var(--heat2)}
.lb .row[aria-pressed=true]{font-weight:650;box-shadow:inset 0 0 0 2px var(--accent);border-radius:4px}
.lb .row{cursor:pointer}
.lb .none{text-decoration:none}
.sort{background:none;border:0;padding:0;min-height:24px;cursor:pointer;color:inherit;font-size:12.5px;text-align:inherit;line-height:1.3}
.sort:hover{color:var(--accent)}
[aria-sort=descending] .sort::after{content:" ↓"}
[aria-sort=ascending] .sort::after{content:" ↑"}
[aria-sort]:not([aria-sort=none]) .sort{color:var(--text);font-weight:650}
.s12{grid-column:1/-1}
.now{display:grid;gap:12px 32px;grid-template-columns:repeat(auto-fill,minmax(min(260px,100%),1fr))}
dialog{background:var(--surface);color:var(--text);border:1px solid var(--axis);border-radius:8px;max-width:520px}
dialog::backdrop{background:rgb(0 0 0/.4)}
dialog dl{display:block;margin:12px 0}
dialog dl div{display:grid;grid-template-columns:90px 1fr;gap:12px;padding:4px 0}
kbd{border:1px solid var(--axis);border-radius:4px;padding:1px 6px;font:inherit;font-size:12.5px}
@media (min-width:640px){.controls{position:sticky;top:0}.push{margin-left:auto}}
@media (min-width:640px) and (max-width:1199px){.lead.wait{min-height:44px}}
@media (min-width:900px){.roomy{display:inline}}
@media (max-width:899px){header .brand{flex:1 1 calc(100% - 240px)}header .acts{order:1}header :is(.src,.fresh){order:2;margin:0}}
@media (max-width:639px){
header .src{flex-basis:100%}
h1.wait{min-height:52px}.lead.wait{min-height:65px}
.ctls{display:grid;grid-template-columns:1fr 1fr}
.f{min-width:0}.f .btn{flex:1;min-width:0;width:100%}
.f.whole,.seg{grid-column:1/-1}.f.whole label{flex:0 0 92px}
.seg label{flex:1}.seg span{width:100%;justify-content:center}
.ctls>.btn{justify-content:center}
}
@media print{.controls,header .acts,.tools,.i,.tip,#live,.lb+.more,.lb caption{display:none}.grid{display:block}.card{margin-bottom:14px}.tile.on{box-shadow:none}.card,.tiles{border-color:#bbb}}
${liveStyle}
`;
