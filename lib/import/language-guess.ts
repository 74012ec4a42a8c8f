/**
 * A modest guess at the language of a text, for when nothing says it: by script, then by the commonest small words. Only for
 * proposing a value in a form; null when it is not clear.
 */

/** UTF-16 code units looked at. */
const sampleLength = 20_000;
const fewestWords = 20;

const scripts: readonly { language: string; pattern: RegExp }[] = [
  { language: "ja", pattern: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu },
  { language: "ko", pattern: /\p{Script=Hangul}/gu },
  { language: "zh", pattern: /\p{Script=Han}/gu },
  { language: "el", pattern: /\p{Script=Greek}/gu },
  { language: "he", pattern: /\p{Script=Hebrew}/gu },
  { language: "hi", pattern: /\p{Script=Devanagari}/gu },
  { language: "th", pattern: /\p{Script=Thai}/gu },
  { language: "ka", pattern: /\p{Script=Georgian}/gu },
  { language: "hy", pattern: /\p{Script=Armenian}/gu },
];

const smallWords: Readonly<Record<string, readonly string[]>> = {
  en: "the of and to in that is was for it with as on be at by this had not are but from have they which said has".split(
    " ",
  ),
  de: "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie".split(
    " ",
  ),
  fr: "de la le et les des en un du une que est pour qui dans par au pas sur ce plus il sont avec aux ne cette".split(
    " ",
  ),
  es: "de la que el en y los del se las por un para con no una su al es lo como más pero sus ha este".split(" "),
  it: "di che la il un per in una non sono del con della le si da gli dei al è ha nel alla anche più".split(" "),
  pt: "de que do da em um para com não uma os no se na por mais as dos como ao das é foi pela também".split(" "),
  nl: "de van het een en in is dat op te voor met zijn niet aan er die ook als bij om maar door naar".split(" "),
  pl: "w i na z że do się nie jest o to jak po od za przez dla oraz są ale jego tym który".split(" "),
  sv: "och att det som en på är av för med den till inte ett om har de var från men vid".split(" "),
  tr: "ve bir bu da için ile de olarak olan daha gibi çok ise kadar sonra en göre ancak".split(" "),
  cs: "a v se na je že s o z do i to jako za pro by ale jeho které který byl jsou".split(" "),
  ru: "и в не на что с по как это он из за к от для его но а о было также".split(" "),
  uk: "і в на що з не до та у за про як від для це його він але також було є".split(" "),
};

/** A BCP 47 tag such as `en`, or null. */
export function guessLanguage(text: string): string | null {
  const sample = text.slice(0, sampleLength);
  const letters = count(sample, /\p{L}/gu);
  if (letters === 0) return null;
  for (const { language, pattern } of scripts) if (count(sample, pattern) > letters * 0.2) return language;
  if (count(sample, /\p{Script=Arabic}/gu) > letters * 0.5) {
    return count(sample, /[پچژگکی]/g) > count(sample, /[كيةى]/g) ? "fa" : "ar";
  }
  const words = sample.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (words.length < fewestWords) return null;
  const ranked = Object.entries(smallWords)
    .map(([language, list]) => {
      const set = new Set(list);
      return { language, hits: words.filter((word) => set.has(word)).length };
    })
    .sort((a, b) => b.hits - a.hits);
  const [best, second] = ranked;
  if (!best || best.hits < words.length * 0.1 || best.hits < (second?.hits ?? 0) * 1.15) return null;
  return best.language;
}

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;
