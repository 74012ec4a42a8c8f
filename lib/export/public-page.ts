/**
 * A publication as one finished HTML page: readable with scripts off, in print, on a phone and in the dark. Everything on it
 * comes from the snapshot, whose type holds nothing that a reader must not see; it fetches nothing from any other host.
 */
import { createHash } from "node:crypto";
import type { Snapshot } from "../domain/publication";
import { ratingColors } from "../domain/verdict";
import { articleHtml, type Marking } from "./article-html";
import { claimEntry, outwardLink } from "./claim-entry";
import { type Html, html, joined, type Part, trusted } from "./html";
import { longDate, longInstant } from "./page-dates";
import { pageScript } from "./page-script";
import { plainStyle, styleOf } from "./page-style";
import { pageLanguage, refusalWords, pageWords as t } from "./page-words";
import { pictureHeight, pictureName, pictureWidth } from "./share-picture";

type Options = {
  /** Where this installation is reached; without it the page has no picture for chats. */
  origin?: string;
  /** Says on the page that it is one. */
  preview?: boolean;
};

/** The page. Its cost is linear in the length of the article and the number of claims. */
export function publicPage(snapshot: Snapshot, { origin, preview = false }: Options = {}): string {
  const { article, claims, newsroom, ratings } = snapshot;
  const counts = countsOf(snapshot);
  const title = t("title", { headline: article.headline });
  const finding = findingOf(snapshot);
  const marked = articleHtml(snapshot.revision.document, markingsOf(snapshot));
  const language = languageAttributes(article.language);
  const told = joined(
    [
      article.outlet,
      article.publishedOn && longDate(article.publishedOn),
      article.byline && t("by", { byline: article.byline }),
    ],
    ", ",
  );

  const head = html`
    <meta name=description content="${finding}">
    <meta property=og:type content=article>
    <meta property=og:title content="${title}">
    <meta property=og:description content="${finding}">
    <meta property=og:site_name content="${newsroom}">
    ${origin !== undefined && pictureTags(origin, snapshot, finding)}
    <link rel=alternate type=application/ld+json href="?file=claims.json">`;

  const body = html`
    <a class=skip href=#text>${t("skip")}</a>
    ${(preview || snapshot.demo) && html`<aside class=demo aria-label="${t("notice")}">${preview && html`<p>${t("preview")}</p>`}${snapshot.demo && html`<p>${t("demo")}</p>`}</aside>`}
    <main>
      <header>
        <p class=tag><b>${t("tag", { newsroom })}</b> · ${time(snapshot.publishedAt)} · <a href=#versions>${t("version", { number: snapshot.number })}</a></p>
        <h1${language}>${article.headline}</h1>
        <p class=by>${joined([told, article.canonicalUrl && outwardLink(article.canonicalUrl, t("original"))], " · ")}</p>
        <p class=finding>${finding}</p>
        ${claims.length > 0 && html`<div class=bar aria-hidden=true>${counts.map((count, index) => count > 0 && html`<i class=r${index}></i>`)}</div>`}
        ${pills(snapshot, { within: false })}
        <nav aria-label="${t("contents")}"><ul class=toc>
          <li><a href=#text>${t("toText")}</a></li>
          <li><a href=#claims>${t("toClaims", { count: claims.length })}</a></li>
          <li><a href=#method>${t("method")}</a></li>
          <li><a href=#versions>${t("versions")}</a></li>
        </ul></nav>
      </header>
      <div class=beside>
        <article id=text aria-label="${t("article")}"${language}>${marked.html}</article>
        ${scale(snapshot)}
      </div>
      <section id=claims aria-labelledby=h1>
        ${ratings.map((_, index) => html`<i id=o${index}></i>`)}
        <h2 id=h1>${t("claims")}</h2>
        ${pills(snapshot, { within: true })}
        <ol class=l>${claims.map((claim) => claimEntry(snapshot, claim, marked.starts.get(claim.number) ?? null))}</ol>
      </section>
      ${method(snapshot)}
      ${versions(snapshot)}
      <footer>
        ${
          !preview &&
          html`
            <span>${t("data")}</span>
            <a href="?file=claims.json">${t("claimReview")}</a>
            <a href="?file=annotations.json">${t("annotations")}</a>
            <a href="?file=claims.csv">${t("csv")}</a>`
        }
        <span>${t("madeWith")}</span>
      </footer>
      ${tools(claims.length)}
    </main>`;

  return whole({ title, style: styleOf(snapshot, counts, t("markStart")), script: pageScript, head, body });
}

/** What stands behind a link that opens nothing: polite, and the same whatever the link once led to. */
export function refusalPage(reason: "closed" | "unknown" | "unavailable" | "broken"): string {
  const title = refusalWords(`${reason}.title`);
  const body = html`<main><h1>${title}</h1><p>${refusalWords(`${reason}.body`)}</p></main>`;
  return whole({ title, style: plainStyle.replaceAll("\n", ""), script: null, head: null, body });
}

function pictureTags(origin: string, { ratings, claims }: Snapshot, finding: string): Html {
  const counts = ratingColors.map((color) => claims.filter(({ rating }) => ratings[rating]?.color === color).length);
  return html`
    <meta property=og:image content="${new URL(`/f/picture/${pictureName(counts)}`, origin).href}">
    <meta property=og:image:width content=${pictureWidth}>
    <meta property=og:image:height content=${pictureHeight}>
    <meta property=og:image:alt content="${finding}">
    <meta name=twitter:card content=summary_large_image>`;
}

/** How many claims each rating of the scale was given to. */
export const countsOf = ({ ratings, claims }: Pick<Snapshot, "ratings" | "claims">): number[] =>
  ratings.map((_, index) => claims.filter((claim) => claim.rating === index).length);

/** A sentence or two, out of the counts and nothing else: the page does not judge the article as a whole. */
export function findingOf(snapshot: Pick<Snapshot, "ratings" | "claims" | "unfinished">): string {
  const { claims, ratings, unfinished } = snapshot;
  const given = countsOf(snapshot).flatMap((count, index) =>
    count > 0 ? [{ verdict: ratings[index]?.label ?? "", count }] : [],
  );
  const still = unfinished > 0 ? t("finding.unfinished", { count: unfinished }) : null;
  return [found(given, claims.length), still].filter((sentence) => sentence !== null).join(" ");
}

function found([first, ...others]: { verdict: string; count: number }[], count: number): string {
  if (!first) return t("finding.none");
  if (others.length === 0) return t(count === 1 ? "finding.one" : "finding.alike", first);
  const verdicts = [t("finding.rated", first), ...others.map((other) => `${other.count} ${other.verdict}`)];
  return t("finding.several", { count, verdicts: new Intl.ListFormat("en-GB").format(verdicts) });
}

function markingsOf({ claims, ratings }: Snapshot): Marking[] {
  return claims.flatMap(({ number, rating, anchors }) =>
    anchors.map(({ start, end }) => ({ start, end, claim: number, rating, symbol: ratings[rating]?.symbol ?? "" })),
  );
}

/** Scripts that are written from right to left (ISO 15924). */
const rightToLeftScripts = ["Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"];

function languageAttributes(language: string): Html {
  const script = new Intl.Locale(language).maximize().script ?? "";
  return html` lang="${language}"${rightToLeftScripts.includes(script) && " dir=rtl"}`;
}

const time = (instant: string): Html => html`<time datetime="${instant}">${longInstant(instant)}</time>`;

/** Each verdict that was given, with its number, leading to the claims that it counts. `within` the list it is the choice. */
function pills({ ratings, claims }: Snapshot, { within }: { within: boolean }): Part {
  if (claims.length === 0) return null;
  const counts = countsOf({ ratings, claims });
  return html`
    <ul class="pills${within && " only"}" aria-label="${t("filter")}">
      ${within && html`<li><a href=#claims>${t("all", { count: claims.length })}</a></li>`}
      ${ratings.map(
        ({ symbol, label }, index) =>
          counts[index] !== 0 &&
          html`<li class=r${index}><a href=#o${index}>${symbol} ${counts[index] ?? 0} ${label}</a></li>`,
      )}
    </ul>`;
}

function scale({ ratings, claims }: Snapshot): Html {
  return html`
    <aside id=scale aria-labelledby=h2>
      <h2 id=h2>${t("scale")}</h2>
      ${claims.length > 0 && html`<p class=hint>${t("hint")}</p>`}
      <dl>${ratings.map(({ symbol, label, definition }, index) => html`<dt class=r${index}>${symbol} ${label}</dt><dd>${definition}</dd>`)}</dl>
    </aside>`;
}

function method({ newsroom, fourEyes, publishedAt, revision }: Snapshot): Html {
  return html`
    <section id=method>
      <h2>${t("method")}</h2>
      <p>${t("methodWords", { newsroom })}</p>
      <p>${t(fourEyes ? "fourEyes" : "noFourEyes")}</p>
      <p>${t("frozen", { time: longInstant(publishedAt) })} ${t("text", { number: revision.number, digest: revision.sha256.slice(0, 16) })}</p>
    </section>`;
}

function versions({ number, publishedAt, note, versions }: Snapshot): Html {
  const all = [{ number, publishedAt, note }, ...versions.toSorted((a, b) => b.number - a.number)];
  return html`
    <section id=versions>
      <h2>${t("versions")}</h2>
      ${all.map(
        (version) => html`
          <p><b>${t("versionLine", { number: version.number })}</b>${version.number === number && ` (${t("thisVersion")})`} · ${time(version.publishedAt)}<br>
            ${version.note ?? t(version.number === 1 ? "firstVersion" : "noNote")}</p>`,
      )}
    </section>`;
}

/** What the script adds to an open claim. Hidden, and in no one's way, without it. */
function tools(claims: number): Html {
  return html`
    <div class=t>
      <button type=button>‹ ${t("previous")}</button>
      <span data-words="${t("position", { number: "{number}", count: claims })}"></span>
      <button type=button>${t("next")} ›</button>
      <button type=button>${t("close")}</button>
      <p>${t("alsoHere")} </p>
    </div>`;
}

type Page = { title: string; style: string; script: string | null; head: Part; body: Html };

function whole({ title, style, script, head, body }: Page): string {
  const policy = [
    "default-src 'none'",
    `style-src ${hashSource(style)}`,
    ...(script ? [`script-src ${hashSource(script)}`] : []),
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return html`
    <!doctype html>
    <html lang=${pageLanguage}>
    <head>
      <meta charset=utf-8>
      <meta http-equiv=Content-Security-Policy content="${policy}">
      <meta name=viewport content="width=device-width,initial-scale=1">
      <meta name=robots content=noindex,nofollow,noarchive>
      <meta name=referrer content=no-referrer>
      <title>${title}</title>
      ${head}
      <link rel=icon href=/icon.svg>
      <style>${trusted(style)}</style>
    </head>
    <body>
      ${body}
      ${script && html`<script>${trusted(script)}</script>`}
    </body>
    </html>`.markup;
}

const hashSource = (content: string) => `'sha256-${createHash("sha256").update(content).digest("base64")}'`;

/**
 * The content security policy that a page was frozen with. It names the page's own style and script, and so stays right when
 * a later release draws pages differently. Read from before anything that a person wrote; null for what is no such page.
 */
export function policyOf(page: string): string | null {
  const start =
    /^<!doctype html><html lang=[\w-]+><head><meta charset=utf-8><meta http-equiv=Content-Security-Policy content="([^"]*)">/;
  return start.exec(page)?.[1] ?? null;
}
