/** The console's only style sheet, inline. */
export const style = `
:root { color-scheme: light dark; --ink: #16191f; --soft: #545b64; --line: #d5dbdb; --paper: #fff; --ground: #f2f3f3;
  --bar: #1d2433; --accent: #5b3fd6; --on-accent: #fff; --good: #1d6b33; --good-bg: #e7f5ea; --wait: #8a4b00; --wait-bg: #fff3dc;
  --bad: #a8071a; --bad-bg: #fdecee; --code: #f4f4f7; }
@media (prefers-color-scheme: dark) { :root { --ink: #eaeded; --soft: #aab7b8; --line: #414750; --paper: #1f2329; --ground: #14171b;
  --bar: #0c0f14; --accent: #a48cff; --on-accent: #17102e; --good: #8fdca4; --good-bg: #16301e; --wait: #ffc66d; --wait-bg: #3a2c10;
  --bad: #ff9aa5; --bad-bg: #3d171c; --code: #2a2f37; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 14px/1.5 'Amazon Ember', 'Segoe UI', system-ui, -apple-system, sans-serif; }
a { color: var(--accent); }
.bar { background: var(--bar); color: #fff; }
.bar > div, main, .tabs ul { max-width: 1120px; margin: 0 auto; padding: 0 24px; }
.bar > div { display: flex; align-items: center; gap: 12px; min-height: 52px; flex-wrap: wrap; }
.bar strong { font-size: 17px; }
.badge { background: #ffd479; color: #3b2a00; border-radius: 999px; padding: 2px 10px; font-size: 12px; font-weight: 600; }
.bar .region { margin-left: auto; color: #d5dbdb; font-size: 13px; }
.tabs { background: var(--paper); border-bottom: 1px solid var(--line); }
.tabs ul { display: flex; flex-wrap: wrap; gap: 4px 24px; list-style: none; margin: 0 auto; }
.tabs a { display: block; padding: 12px 0 10px; color: var(--ink); text-decoration: none; border-bottom: 3px solid transparent; }
.tabs a:hover { border-color: var(--line); } .tabs a[aria-current] { color: var(--accent); border-color: var(--accent); font-weight: 600; }
main { padding-top: 24px; padding-bottom: 48px; display: grid; grid-template-columns: minmax(0, 1fr); gap: 20px; }
h1 { font-size: 22px; margin: 0; } h2 { font-size: 17px; margin: 0; } p { margin: 0; } .soft { color: var(--soft); }
section { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; }
section > header { display: flex; gap: 4px 16px; align-items: center; flex-wrap: wrap; padding: 14px 20px; border-bottom: 1px solid var(--line); }
section > header > div { flex: 1; min-width: 240px; }
.body { padding: 16px 20px; display: grid; gap: 14px; }
table { width: 100%; min-width: 640px; border-collapse: collapse; } .scroll { overflow-x: auto; }
th, td { text-align: left; vertical-align: top; padding: 10px 20px; border-bottom: 1px solid var(--line); }
tr:last-child td { border-bottom: 0; } th { font-weight: 600; color: var(--soft); font-size: 12.5px; white-space: nowrap; }
.scroll + .body { border-top: 1px solid var(--line); } time { white-space: nowrap; }
td form { display: inline; } td.end { text-align: right; white-space: nowrap; }
code { font: 12.5px/1.5 ui-monospace, 'Cascadia Code', Menlo, Consolas, monospace; background: var(--code); border-radius: 4px; padding: 1px 5px;
  overflow-wrap: anywhere; user-select: all; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 8px 20px; margin: 0; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.status { display: inline-block; border-radius: 999px; padding: 1px 10px; font-size: 12.5px; font-weight: 600; white-space: nowrap; }
.good { color: var(--good); background: var(--good-bg); } .wait { color: var(--wait); background: var(--wait-bg); } .bad { color: var(--bad); background: var(--bad-bg); }
.notice { border-radius: 8px; padding: 12px 16px; display: grid; gap: 8px; border: 1px solid currentcolor; }
.notice code { font-size: 13.5px; color: var(--ink); background: var(--paper); padding: 6px 10px; }
form.line { display: flex; gap: 12px; flex-wrap: wrap; align-items: end; } label { display: grid; gap: 4px; font-weight: 600; font-size: 13px; }
label small, .hint { font-weight: 400; color: var(--soft); font-size: 12.5px; }
.grow { flex: 1; min-width: 220px; } .danger { border-top: 1px solid var(--line); } .danger button { border-color: var(--bad); color: var(--bad); }
input, select { font: inherit; font-size: 14px; font-weight: 400; min-height: 36px; padding: 6px 10px; border: 1px solid var(--soft); border-radius: 6px; background: var(--paper); color: var(--ink); width: 100%; }
button { font: inherit; font-weight: 600; cursor: pointer; min-height: 36px; padding: 6px 16px; border-radius: 999px; border: 1px solid var(--accent); background: none; color: var(--accent); white-space: nowrap; }
button:hover { background: var(--code); } button.primary { background: var(--accent); color: var(--on-accent); } button.primary:hover { filter: brightness(1.1); }
button.small { min-height: 28px; padding: 2px 12px; font-size: 13px; } button[disabled] { opacity: .5; cursor: default; }
.clock { display: flex; gap: 8px 12px; flex-wrap: wrap; align-items: center; padding: 12px 20px; border-style: dashed; }
.clock h2 { font-size: 14px; } .clock span { margin-right: auto; } .empty { padding: 20px; color: var(--soft); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
`;
