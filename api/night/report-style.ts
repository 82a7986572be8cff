/** The report's looks: paper by day and on paper, red-safe dark by night. */
export const reportStyle = `
:root { color-scheme: light dark;
  --ground: light-dark(#f7f5f0, #0e1116); --sheet: light-dark(#fffefb, #141922); --ink: light-dark(#1b1e24, #d9dde4);
  --soft: light-dark(#6a6f78, #8b94a3); --rule: light-dark(#dcd8cd, #28303c); --grid: light-dark(#e6e1d5, #252d39);
  --safe: light-dark(#2a7f62, #4fb58f); --warn: light-dark(#b7791f, #e0aa4a); --unsafe: light-dark(#b3372f, #e8695f);
  --unknown: light-dark(#6b4fa0, #a78be0); --unwatched: light-dark(#9a9a94, #5d6673); --line: light-dark(#1f4e79, #8fbce6);
  --day: light-dark(#efe6cf, #2a2a22); --dark: light-dark(#c9d2de, #05070b); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 ui-sans-serif, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 36px 28px 56px; }
header { display: flex; justify-content: space-between; align-items: flex-end; gap: 24px; border-bottom: 2px solid var(--ink); padding-bottom: 12px; }
h1 { font: 500 34px/1.1 ui-serif, Georgia, "Times New Roman", serif; margin: 2px 0 0; letter-spacing: -0.01em; }
h2 { font-size: 12px; letter-spacing: 0.09em; text-transform: uppercase; color: var(--soft); margin: 32px 0 8px; font-weight: 600; }
h3 { font-size: 13px; font-weight: 600; margin: 18px 0 4px; color: var(--soft); }
.over { font-size: 12px; letter-spacing: 0.09em; text-transform: uppercase; color: var(--soft); }
.aside { text-align: right; color: var(--soft); font-size: 13px; }
.badge { display: inline-block; border: 1px solid var(--warn); color: var(--warn); border-radius: 3px; padding: 0 7px; font-size: 12px; margin-left: 6px; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); margin: 20px 0 4px; border: 1px solid var(--rule); background: var(--sheet); }
.figures > div { padding: 12px 16px 14px; border-right: 1px solid var(--rule); }
.figures > div:last-child { border-right: 0; }
.figures b { display: block; font: 500 25px/1.25 ui-monospace, "DejaVu Sans Mono", Menlo, monospace; letter-spacing: -0.03em; white-space: nowrap; }
.figures span { color: var(--soft); font-size: 13px; }
figure { margin: 24px 0 0; background: var(--sheet); border: 1px solid var(--rule); padding: 12px 12px 8px; overflow-x: auto; }
svg { display: block; width: 100%; min-width: 720px; height: auto; font: 11px ui-monospace, "DejaVu Sans Mono", Menlo, monospace; fill: var(--ink); }
svg .caption, svg .tick { fill: var(--soft); font-size: 10.5px; }
svg .lane { font: 11.5px ui-sans-serif, "Helvetica Neue", Arial, sans-serif; fill: var(--soft); }
svg .lane.strong { fill: var(--ink); }
svg .grid { stroke: var(--grid); } svg .base { stroke: var(--rule); }
svg .day { fill: var(--day); } svg .dark { fill: var(--dark); }
svg .lens { fill: none; stroke: var(--soft); stroke-width: 0.8; }
svg .mean { fill: none; stroke: var(--line); stroke-width: 1.4; stroke-linecap: round; stroke-linejoin: round; }
svg .band { fill: var(--line); fill-opacity: 0.18; stroke: var(--line); stroke-opacity: 0.25; stroke-width: 0.6; }
svg .limit { stroke: var(--unsafe); stroke-dasharray: 5 4; stroke-width: 0.9; } svg .limit-label { fill: var(--unsafe); font-size: 10px; }
svg .safe { fill: var(--safe); } svg .warn { fill: var(--warn); } svg .unsafe { fill: var(--unsafe); } svg .unknown { fill: var(--unknown); }
svg .unwatched { fill: url(#hatch); } svg .hatch { stroke: var(--unwatched); stroke-width: 2; }
svg .phase { fill: var(--line); fill-opacity: 0.12; } svg .phase.other { fill-opacity: 0.24; }
svg .roof-open { fill: var(--line); } svg .roof-moving { fill: var(--warn); } svg .roof-unknown { fill: url(#hatch); }
svg .suspended { fill: var(--unsafe); fill-opacity: 0.75; } svg .observed { fill: var(--safe); }
svg .observed.aborted { fill: var(--unsafe); } svg .observed.running, svg .observed.no-end { fill: var(--unwatched); }
svg .alert { fill: var(--sheet); stroke: var(--unknown); stroke-width: 1.2; } svg .alert.observe { fill: var(--unknown); }
svg .missed { fill: none; stroke: var(--warn); stroke-width: 1.5; }
.columns { display: grid; grid-template-columns: 1fr 1fr; gap: 0 40px; }
table { width: 100%; border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
th { text-align: right; font-weight: 500; color: var(--soft); font-size: 12px; padding: 3px 0 3px 12px; }
td { padding: 4px 0 4px 12px; border-top: 1px solid var(--rule); text-align: right; vertical-align: top; }
th:first-child, td:first-child { text-align: left; padding-left: 0; } td.words, th.words { text-align: left; }
td { white-space: nowrap; } td.words, td:first-child { white-space: normal; } td.time, td.time:first-child { white-space: nowrap; font-family: ui-monospace, "DejaVu Sans Mono", Menlo, monospace; font-size: 13px; }
.none { color: var(--soft); margin: 4px 0; }
.dot { display: inline-block; width: 9px; height: 9px; border-radius: 2px; margin-right: 8px; background: var(--unwatched); }
.dot.safe { background: var(--safe); } .dot.warn { background: var(--warn); } .dot.unsafe { background: var(--unsafe); } .dot.unknown { background: var(--unknown); }
footer { margin-top: 36px; padding-top: 12px; border-top: 1px solid var(--rule); color: var(--soft); font-size: 13px; }
@media screen and (max-width: 760px) { .figures { grid-template-columns: 1fr 1fr; } .figures b { font-size: 19px; } .extra { display: none; } main { padding: 24px 16px; } table { font-size: 13px; } td.words { overflow-wrap: anywhere; } .columns { grid-template-columns: 1fr; } header { display: block; } .aside { text-align: left; margin-top: 8px; } }
@media print { :root { color-scheme: light; --ground: #fff; --sheet: #fff; } body { font-size: 11px; } main { max-width: none; padding: 0; } figure, tr, .figures { break-inside: avoid; } h2, th, .none { break-after: avoid; }
  .figures b { font-size: 17px; } .figures span, .aside, table, td.time, footer { font-size: 11px; } .columns { gap: 0 28px; }
  svg { min-width: 0; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } @page { margin: 14mm; } }
`
