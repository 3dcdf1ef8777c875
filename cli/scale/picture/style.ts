/** Colours that differ for the colour-blind too, by day and by night. */
export const style = `
:root { color-scheme: light dark; --ink: #1f2328; --dim: #656d76; --paper: #fff; --rule: #d5dae0;
  --exist: #dfe3e8; --open: #0a58ca; --load: #5aa9a3; --hot: #e0a000; --over: #c62828; --good: #1a7f37; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --dim: #8d96a0; --paper: #0d1117; --rule: #30363d;
  --exist: #3a434e; --open: #6ea8fe; --load: #2f8f88; --hot: #d29922; --over: #ff6b60; --good: #3fb950; } }
body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem; font: 15px/1.5 system-ui, sans-serif;
  color: var(--ink); background: var(--paper); }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; } p { color: var(--dim); }
h2 { text-wrap: balance; } .wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 1rem 0; }
th, td { padding: .2rem .8rem .2rem 0; text-align: right; border-bottom: 1px solid var(--rule); }
th { font-weight: 600; color: var(--dim); } th:first-child, td:first-child { text-align: left; }
.held { color: var(--good); } .missed { color: var(--over); }
figure { margin: 1.2rem 0; } figcaption b { margin-right: .6rem; } figcaption { color: var(--dim); }
figcaption b { color: var(--ink); } svg { display: block; width: 100%; min-width: 40rem; height: auto; }
output { display: block; color: var(--dim); font-variant-numeric: tabular-nums; } .pointer { stroke: var(--ink); stroke-width: 1; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; padding: 0; list-style: none; color: var(--dim); }
.legend i { display: inline-block; width: 1.1em; height: .7em; margin-right: .4em; background: var(--mark); }
.exist { fill: var(--exist); } .load { fill: var(--load); } .load-span { fill: var(--load); opacity: .55; }
.open { fill: none; stroke: var(--open); stroke-width: 1.2; } .open-span { fill: var(--open); opacity: .2; }
.grid { stroke: var(--dim); stroke-width: .5; opacity: .35; } .strip { fill: var(--exist); opacity: .5; }
.hot rect { fill: var(--hot); } .overloaded rect { fill: var(--over); }
text { font-size: 11px; fill: var(--dim); } .y { text-anchor: end; dominant-baseline: central; } .x { text-anchor: middle; }
`;
