/**
 * The style sheet of the public page: small, in the page itself, the system's own typefaces. Its colours are those of
 * `app/look.css` (a test holds them together), written for browsers that do not know `light-dark()`.
 */
import type { Snapshot } from "../domain/publication";
import { cssString } from "./html";

const light =
  "--paper:#fbfaf7;--sheet:#ffffff;--ink:#1d1c1a;--ink-2:#5b5852;--line:#e4e0d8;--accent:#1f4e79;--focus:#0b66c3;" +
  "--verified:#17744a;--verified-bg:#dcf1e4;--context:#845500;--context-bg:#fbeccb;--disputed:#a14000;--disputed-bg:#fde3d3;" +
  "--false:#a31d2b;--false-bg:#fadcdf;--unverifiable:#4d5566;--unverifiable-bg:#e6e9ef";
const dark =
  "--paper:#171614;--sheet:#1f1e1b;--ink:#ece8e0;--ink-2:#b3ada2;--line:#33312c;--accent:#8fbbe6;--focus:#6db3f7;" +
  "--verified:#7fd3a5;--verified-bg:#16382a;--context:#f0c263;--context-bg:#3d2f10;--disputed:#f5a273;--disputed-bg:#43250f;" +
  "--false:#f59aa3;--false-bg:#471b20;--unverifiable:#b7c0d3;--unverifiable-bg:#2b303b";

const serif = `Charter,"Bitstream Charter","Source Serif 4",Georgia,serif`;
const sans = "system-ui,sans-serif";

/** For the public page and for the few words that stand in its place when a link is closed. */
export const plainStyle = `
:root{color-scheme:light dark;${light}}
@media(prefers-color-scheme:dark){:root{${dark}}}
*{box-sizing:border-box}
html{scroll-padding:1.5rem;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 ${sans};overflow-wrap:break-word}
main{position:relative;max-width:70rem;margin:auto;padding:2rem 1.4rem 4rem}
a{color:var(--accent);text-underline-offset:3px}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px;border-radius:2px}
h1{font:700 clamp(1.7rem,4.5vw,2.2rem)/1.18 ${serif};letter-spacing:-.01em;margin:.2em 0 .3em;text-wrap:balance}
h2{font:650 1.2rem/1.3 ${sans};margin:0 0 .7em}
p{margin:0 0 .7em}
`;

const pageStyle = `
.tag,.by,.small,.w,.c{color:var(--ink-2);font-size:.875rem}
.tag b{color:var(--ink)}
.demo{padding:.6rem 1.4rem;background:var(--context-bg);text-align:center;font-size:.875rem}
.demo p{margin:0}
.skip:not(:focus){position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.finding{font:1.3rem/1.5 ${serif};max-width:62ch;margin:.7em 0}
.bar{display:flex;gap:2px;height:.65rem;max-width:44rem;border-radius:1rem;overflow:hidden;margin-bottom:.7rem}
.bar i{background:var(--k);min-width:3px}
.v b,.pills a{display:inline-block;padding:.1rem .6rem;border-radius:1rem;background:var(--g,var(--line));color:var(--k,var(--ink));font-weight:600;font-size:.875rem}
.pills{display:flex;flex-wrap:wrap;gap:.45rem;margin:0 0 1rem;padding:0;list-style:none}
.pills a{text-decoration:none;padding-block:.2rem;min-height:1.6rem}
.pills a:hover{text-decoration:underline}
.toc{display:flex;flex-wrap:wrap;gap:.3rem 1.3rem;margin:0 0 2rem;padding:.6rem 0;border-block:1px solid var(--line);font-size:.875rem;list-style:none}
.toc a{display:inline-block;padding:.15rem 0}
#text{font:1.1875rem/1.62 ${serif};max-width:68ch}
#text :is(p,ul,ol,blockquote){margin:0 0 1.05em}
#text :is(h2,h3,h4,h5){font:700 1.15em/1.25 ${serif};margin:1.3em 0 .4em}
#text :is(h4,h5){font-size:1em}
#text li>p{margin-bottom:.35em}
#text blockquote{border-inline-start:3px solid var(--line);padding-inline-start:1em}
mark{background:var(--g);color:inherit;border-radius:2px;-webkit-box-decoration-break:clone;box-decoration-break:clone}
.d2{background:color-mix(in srgb,var(--k) 16%,var(--g))}
.d3{background:color-mix(in srgb,var(--k) 28%,var(--g))}
mark a{color:inherit;text-decoration:underline solid var(--k) 2px;text-underline-offset:4px}
mark a:hover{text-decoration-thickness:3px}
mark.at,mark:target{box-shadow:0 -2px var(--focus),0 2px var(--focus)}
mark[id]::before{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden;white-space:nowrap}
sup{font:600 .65rem/0 ${sans};margin-inline-start:.1em}
.n{color:inherit;text-decoration:none;padding-inline:.1em}
dl{margin:0}
dt{font-weight:600;color:var(--k)}
dd{margin:0 0 .5rem;color:var(--ink-2)}
section,#scale{border-top:1px solid var(--line);margin-top:2.2rem;padding-top:1.2rem;max-width:68ch}
#scale{font-size:.875rem}
#scale h2{font-size:1rem}
.l{list-style:none;margin:0;padding:0}
.l>li{border-top:3px solid var(--k);padding:.8rem 0 1.4rem}
.v{display:flex;flex-wrap:wrap;align-items:baseline;gap:.2rem .6rem;margin:0 0 .4rem;color:var(--ink-2);font-size:.875rem}
h3{font:600 1.1rem/1.4 ${serif};margin:0 0 .35rem}
.w{margin:.7rem 0 0}
.w a{white-space:nowrap}
li ul,li ol,li li{margin:0 0 .5rem}
li ul,li ol{padding-inline-start:1.2rem;list-style-type:disc}
li ol{list-style-type:decimal}
q{white-space:pre-line;font-family:${serif}}
.t{display:none}
footer{border-top:1px solid var(--line);margin-top:2.2rem;padding-top:.8rem;display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;font-size:.875rem;color:var(--ink-2)}
`;

/** Where an open claim stands: beside the text, or as a sheet from below. `is` says which entries are open. */
const openStyle = (is: string) => `
${is}{position:fixed;z-index:1;inset:auto 0 0;max-height:62vh;overflow:auto;overscroll-behavior:contain;margin:0;padding:.9rem 1.2rem 1.4rem;background:var(--sheet);box-shadow:0 0 2.5rem rgb(0 0 0/.28);content-visibility:visible;contain-intrinsic-size:none}
${is} .w a{display:inline-block;padding:.2rem 0}
@media(min-width:64rem){${is}{inset:1.5rem max(1.4rem,calc(50vw - 33.6rem)) auto auto;width:22rem;max-height:calc(100vh - 3rem);border:1px solid var(--line);border-top:3px solid var(--k);border-radius:0 0 8px 8px;box-shadow:0 .4rem 1.6rem rgb(0 0 0/.13)}}
`;

const wideStyle = `
@media(min-width:64rem){
.beside{display:grid;grid-template-columns:minmax(0,1fr) 22rem;gap:2.5rem}
main:has(.l>.on) #scale,html:not(.js) main:has(.l>:target) #scale{visibility:hidden}
#scale{position:sticky;top:1.5rem;align-self:start;margin:0;border-top:0;padding:0 0 0 1rem;border-inline-start:1px solid var(--line)}
.js .l>.on{position:absolute;max-height:none;inset-block-end:auto;inset-inline:auto 1.4rem}
}
.js .l>.on .t{display:flex;flex-wrap:wrap;align-items:center;gap:.3rem;margin:0 0 .7rem;font-size:.875rem;color:var(--ink-2)}
.t button{font:inherit;color:var(--ink);background:none;border:1px solid var(--line);border-radius:6px;padding:.2rem .55rem;min-height:1.7rem;cursor:pointer}
.t button:last-of-type{margin-inline-start:auto}
.t p{flex-basis:100%;margin:.2rem 0 0}
.t p a{margin-inline-end:.7rem}
.js .l>.on .w a{display:none}
@page{margin:16mm}
@media print{
:root{${light}}
body{background:none;font-size:10pt}
main{padding:0;max-width:none}
#text{font-size:11pt}
section,#scale,#text,.finding,.bar{max-width:none}
.v b{order:1}
.toc,.pills.only,.skip,.t,.w a,footer,.hint{display:none!important}
mark{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.bar{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.l>li{display:block!important;position:static!important;width:auto!important;max-height:none!important;box-shadow:none!important;border-width:1px 0 0!important;padding:.5rem 0!important;background:none!important;content-visibility:visible!important;break-inside:avoid-page}
#claims li li a::after{content:" <" attr(href) ">";word-break:break-all;color:var(--ink-2)}
h2,h3{break-after:avoid}
}
`;

/** A long list is laid out as it comes into view; a short one at once, so that whatever pictures the page sees all of it. */
const longList = 100;
const longStyle = ".l>li{content-visibility:auto;contain-intrinsic-size:auto 17rem}";

/** The style sheet of one page: the scale's colours, the shares of its bar, its filters and its definitions. */
export function styleOf({ ratings, claims }: Snapshot, counts: readonly number[], markStart: string) {
  const scale = ratings.map(({ color, definition }, index) => {
    const rating = `.r${index}`;
    return [
      `${rating}{--k:var(--${color});--g:var(--${color}-bg)}`,
      `.bar ${rating}{flex:${counts[index] ?? 0}}`,
      `#o${index}:target~ol>li:not(${rating}){display:none}`,
      `#o${index}:target~.only a[href="#o${index}"]{outline:2px solid var(--k)}`,
      `:is(html:not(.js) ${rating}:target,${rating}.on) .v::after{content:${cssString(definition)};flex-basis:100%}`,
    ].join("\n");
  });
  const spoken = `mark[id]::before{content:${cssString(` [${markStart}] `)}}`;
  const opened = openStyle("html:not(.js) .l>:target") + openStyle(".js .l>.on");
  return `${plainStyle}${pageStyle}${spoken}${claims.length > longList ? longStyle : ""}${opened}${wideStyle}${scale.join("\n")}`.replaceAll(
    "\n",
    "",
  );
}
