/** The style of the live panel. Lists have a height of their own from the start, so that nothing below them moves; nothing is animated. */
export const liveStyle = `
.live .ch{flex-wrap:wrap}
.live .ch .btn{margin-left:auto}
.live .sum{min-height:2.9em}
.state{font-size:12.5px;font-weight:600;padding:2px 10px 2px 8px;border-radius:12px;border:1px solid currentColor;display:inline-flex;align-items:center;gap:6px;color:var(--muted)}
.state::before{content:"";width:8px;height:8px;border-radius:50%;border:2px solid currentColor}
.state.on{color:var(--good)}.state.on::before{background:currentColor}
.state.off{color:var(--warn)}
.nums{grid-template-columns:repeat(2,minmax(0,1fr));gap:12px 24px;margin:8px 0 16px}
.nums dt{font-size:13px}
.nums dd{font-size:23px;line-height:1.3;font-weight:620;letter-spacing:-.02em}
.part{min-width:0;display:flex;flex-direction:column}
.part h3,.part caption{font-size:13px;font-weight:400;color:var(--muted);padding:0 0 6px}
.part b{font-weight:600;color:var(--text)}
.part .note,.reasons{font-size:13px;color:var(--muted)}
.part .note{margin-top:8px}
.live .lb th>span:not(.fill){cursor:default;text-decoration:none}
.both{display:grid;min-height:190px;gap:8px 24px;grid-template-columns:minmax(0,1fr)}
.both table{align-self:start}
.live tbody th{white-space:normal}
.reasons{min-height:8.6em}
.reasons p+p{margin-top:6px}
.alerts{margin-top:16px}
.inc{display:grid;gap:8px 24px;grid-template-columns:minmax(0,1fr);min-height:344px;align-content:start}
.inc.more{min-height:0;margin-top:8px}
.inc li{display:flex;flex-direction:column;gap:2px;padding-left:10px;border-left:3px solid var(--axis);font-size:13px;height:80px;overflow-wrap:anywhere}
.inc li span{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden;flex:none}
.inc li.warning{border-color:var(--warn)}
.inc li.critical{border-color:var(--bad)}
.inc .what{font-weight:600;color:var(--text)}
.inc .what.past,.inc .why{color:var(--muted)}
@media (min-width:640px){.nums{grid-template-columns:repeat(4,minmax(0,1fr))}.live .sum{min-height:1.45em}.now .wide{grid-column:1/-1}.both{grid-template-columns:minmax(0,3fr) minmax(0,2fr)}.reasons{padding-top:26px}.inc{grid-template-columns:repeat(2,minmax(0,1fr));min-height:168px}}
@media (min-width:1200px){.now{grid-template-columns:repeat(12,minmax(0,1fr))}.now .part{grid-column:span 3}.now .wide{grid-column:span 6}.inc{grid-template-columns:repeat(4,minmax(0,1fr));min-height:80px}}
`.trim();
