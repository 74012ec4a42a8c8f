/**
 * The sentences of a canonical text: what the sentence ledger counts and what a mark grows to. Strings and numbers only, the
 * same result in the browser and on the server. Boundaries are those of UAX 29 by `Intl.Segmenter`, except at the signs that
 * news prose also uses inside a sentence (`signs` below): there the rules of this file decide alone, because UAX 29 knows no
 * abbreviations and engines differ. Where nothing can tell, they part: two half sentences are seen, a swallowed one is not.
 */
import { blank, isCharacterEdge, type TextRange, tidyRange } from "./anchor";

type Rules = {
  /** Goes on, whatever follows: titles, "e.g.". A blank inside is left out: "z. B." is `z.B`. */
  before: Set<string>;
  /** Goes on before a number. */
  beforeNumber: Set<string>;
  /** Goes on unless an opener follows: "U.S.", "Inc.". */
  inside: Set<string>;
  /** Words that begin a sentence far more often than they follow one of `inside`, or an initial. */
  openers: RegExp;
  /** A time of day. Goes on before one of `dates`. */
  times: Set<string>;
  /** Names of days, months, time zones; where a number is made an ordinal by a full stop, also what is often counted. */
  dates: RegExp;
  /** Words after which a number with a full stop is an ordinal. */
  ordinals: Set<string>;
  /** The subject and its verb of saying after a quotation, where they would look like a new sentence. */
  saying?: RegExp;
  /** A beginning that ends in an abbreviation and is no sentence yet. */
  lead?: RegExp;
  /** A blank may stand before a closing ». */
  spacedQuotes?: boolean;
};

const set = (words = "") => new Set(words.split(/\s+/));
/** One of the words at the start, behind quotes and brackets, and not as the start of a longer word. */
const first = (words = "", notBefore = "") =>
  new RegExp(
    String.raw`^[\p{P}\s]*(?:${words.trim().split(/\s+/).join("|") || "(?!)"})(?![\p{L}\p{M}${notBefore}])`,
    "u",
  );

function rules(words: Partial<Record<Exclude<keyof Rules, "saying" | "lead" | "spacedQuotes">, string>>): Rules {
  return {
    before: set(words.before),
    beforeNumber: set(words.beforeNumber),
    inside: set(words.inside),
    // "A." and "В." are initials.
    openers: first(words.openers, "."),
    times: set(words.times),
    dates: first(words.dates),
    ordinals: set(words.ordinals),
  };
}

const general = rules({});
const byLanguage: Record<string, Rules> = {
  en: {
    ...rules({
      before: `Mr Mrs Ms Mx Messrs Dr Drs Prof Rev Hon Sen Sens Rep Reps Gov Govs Gen Lt Col Maj Capt Cmdr Adm Sgt Cpl Pvt Pres
        Fr Sr Mt v vs cf e.g i.e a.k.a viz Det Supt Insp Amb Lt.Col Maj.Gen Lt.Gen Brig`,
      beforeNumber: `Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thurs Fri Sat Sun No Nos nos Fig fig
        Figs figs Art art Sec sec Ch ch Vol vol p pp para Para ca c approx est Op op Ex Rs`,
      inside: "Jr Inc Ltd Co Corp Bros LLC PLC St Ste Ft Ph.D Sgt.Maj Univ Dept Assn Gov.Gen",
      openers: `The A An He She It They We I You But And Or So In On At As By For If When While After Before Since This That These
        Those Then There Its His Her Their Our My However Meanwhile What Why How Who Where No Yes Not Now To With From Under
        Asked According Although Though Because Both Some Many Most Several One Two Three All Each Only Still Yet Also Today`,
      times: "a.m p.m",
      dates: `Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thurs Fri Sat Sun January February
        March April May June July August September October November December Jan Feb Mar Apr Aug Sept Oct Nov Dec
        [A-Z]{1,3}[SD]?T GMT UTC Eastern Central Mountain Pacific Kyiv\\stime Moscow\\stime London\\stime`,
    }),
    saying: new RegExp(
      String.raw`^(?:\p{Lu}[\p{L}\p{M}.'’-]*\s+){1,4}(?:said|says|asked|asks|told|added|adds|shouted|wrote|writes|tweeted|` +
        String.raw`replied|cried|joked|continued)(?:[.,;:]|\s+(?:in|on|at|during|to|after|before|as|of|with)\s|$)`,
      "u",
    ),
  },
  de: rules({
    before: `z.B d.h h.c i.d.R u.U m.E s.o s.u o.g sog Dr Prof Dipl Dipl.-Ing Ing Mag Hr Hrn Fr St Hl hl bzw vgl ggf evtl inkl exkl
      bzgl insb geb gest verh vs Gebr Frhr Gen Kfm Abg Hptm Obstlt RA Pf Msgr`,
    beforeNumber: `Nr Nrn Abs Art S Bd Kap Abb Tab Ziff lit Tel ca Jan Jän Feb Mär Apr Jun Jul Aug Sep Sept Okt Nov Dez Mo Di Mi Do
      So Str max min mind rd Rn Par Aufl H`,
    inside: `u.a o.k usw Mio Mrd Tsd Jh Jhd v.Chr n.Chr Chr e.V a.D a.M i.V o.Ä u.ä Std Min Sek Co St.G Str Inc Ltd Hrsg Bhf Pl i.R`,
    openers: `Der Die Das Dem Den Des Ein Eine Einen Einem Er Sie Es Wir Ich Ihr Und Aber Oder Doch Denn In Im Am An Auf Aus Bei
      Beim Mit Nach Von Vom Vor Zu Zum Zur Seit Als Wenn Weil Ob Dies Diese Dieser Dieses Diesen Da Dann Damit Dabei Danach
      Dort Hier So Auch Nur Noch Nicht Nun Kein Keine Man Laut Für Gegen Ohne Während Was Wie Wer Wo Warum Sein Seine Ihre
      Unser Unsere Jetzt Heute Gestern Zudem Außerdem Allerdings Jedoch`,
    dates: `Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember Jan Feb Mär Apr Jun Jul Aug
      Sep Sept Okt Nov Dez Jahrhunderts? Jahrtausends? Jh Jhd Lebensjahr(?:es)? Geburtstag(?:s|es)? Jahrestag(?:s|es)? Mal
      Weltkrieg(?:s|es)? Spieltag Minute Runde Auflage Etage Stock Platz Liga Sitzung Wahlperiode Klasse Semester`,
    ordinals: `am Am der Der die Die das Das dem Dem den Den des Des im Im zum Zum zur Zur vom Vom beim bis ab Ab seit Seit jeder
      jede jedes jeden sein seine seinen seinem seiner ihr ihre ihren ihrem ihrer unser unsere unseren ein eine einen einem`,
  }),
  fr: {
    ...rules({
      before: `M MM Mme Mmes Mlle Mlles Mgr Dr Drs Pr St Ste cf c.-à-d p.ex av apr bd boul vs Gén gén Cdt Cne Col Lt Me Me env`,
      beforeNumber: `p pp art Art al chap vol fig n no t ch l ex tél Tél janv févr avr juil sept oct nov déc éd`,
      inside: "J.-C Cie Sté Inc Ltd Co",
      openers: `Le La Les L[’'] Un Une Des Du De D[’'] Il Elle Ils Elles On Nous Vous Je J[’'] Ce Cet Cette Ces C[’'] Ça Cela Mais
        Et Ou Or Donc Car Ni Dans En Au Aux À Pour Par Sur Sous Sans Avec Selon Après Avant Depuis Pendant Puis Ainsi
        Cependant Pourtant Si Quand Lorsque Comme Son Sa Ses Leur Leurs Notre Qui Que Où Pourquoi Non Oui Aujourd’hui`,
    }),
    spacedQuotes: true,
  },
  es: rules({
    before: `Sr Sra Sres Sras Srta Srtas Dr Dra Dres D Dña Da Ud Uds Vd Vds Prof Profa Ing Lic Arq Gral Cnel Cap Tte Sgto Mons Fr
      Sto Sta S.M S.S EE FF RR JJ CC p.ej cf vs Av Avda Pza Pdte`,
    beforeNumber: `n N núm Núm núms pág Pág págs p pp art Art arts cap Cap vol Vol t fig Fig tel Tel aprox ca km ed inc`,
    inside: "EE.UU FF.AA JJ.OO RR.HH CC.AA a.C d.C S.A C.V Cía Ltda Inc Ltd Co Hnos",
    openers: `El La Los Las Lo Un Una Unos Unas Él Ella Ellos Ellas Yo Nosotros Se No Sí Si Pero Y E O Ni En De Del Al A Por Para Con
      Sin Según Tras Desde Hasta Después Antes Durante Entre Sobre Este Esta Estos Estas Esto Ese Esa Eso Aquel Aunque Cuando
      Como Donde Mientras Porque Que Qué Quién Cómo Su Sus Mi Nuestro Ya Hoy Ayer Ahora Además También Así Entonces`,
    times: "a.m p.m",
  }),
  uk: {
    ...rules({
      before: `м с смт сел вул просп пр-т пров бул бульв пл ім о оз р св прп акад проф доц ген полк підполк май кап лейт серж адм
        гр тов п пп див напр т.зв порівн ред мкр о.о преп`,
      beforeNumber: `ст ч п пп с стор т т.ч гл розд рис табл абз вип кв буд корп оф каб тел год хв грн прибл бл зб арт підп № тис
        млн млрд ауд шт`,
      openers: `Він Вона Воно Вони Ми Ви Ти Я Це Ця Цей Ці Цього Той Та Те Ті Того Тому Тож І Й А Але Або Чи Проте Однак Утім Втім У
        В На За Під Над З Із Зі До Від Для По При Про Через Після Перед Коли Якщо Хоча Як Що Чому Хто Де Так Ні Не Тут Там
        Тоді Також Крім Окрім Його Її Їх Їхній Наш Усі Всі Сьогодні Вчора Нині Зараз Лише Тільки`,
    }),
    lead: /(?:\n|\p{Ll}{2}[.!?…]["”»]?\s)(?:У|В|З|Із|До|Від|Після|Протягом|Упродовж|Впродовж|Станом|Наприкінці|Навесні|Влітку|Восени|Взимку)(?:\s\p{Ll}+)?\s\d{4}(?:[-–]\d{4})?\sрр?$/u,
  },
  ar: rules({ before: "د أ م ود وأ وم أ.د ا.د م.م", beforeNumber: "ص ج ط ع وص وج", openers: String.raw`[وف]\p{L}+` }),
};

/** Decided here. Everything else that ends a sentence in UAX 29 (other scripts, line ends) is left to the segmenter. */
const signs = "[.!?…؟۔]";
const signRun = new RegExp(`${signs}+`, "gu");
const oneSign = new RegExp(signs, "u");
const space = String.raw`[ \u00a0\u202f]`;
const noBreak = String.raw`[\u00a0\u202f]`;
/** What closes in one language and opens in another is closing unless a word follows at once. */
const quote = String.raw`[”’»›]|["'“‘«‹](?![\p{L}\p{N}])`;
const footnote = String.raw`${space}?\[(?:\d{1,3}|[a-z])\]|[*†‡¹²³⁰⁴-⁹]`;
/** What still belongs to the sentence behind its sign: quotes and brackets that close, footnote marks, spaced dots. */
const tailOf = (quotes: string) =>
  new RegExp(
    String.raw`(?:${quotes}|(?<=[’'])${space}[”"]|[)\]}\p{Pe}]|${footnote}|${space}?${signs}+(?=[\s)\]»”"]|$)|[\u200e\u200f](?=["'”»)\]]))*`,
    "uy",
  );
const tail = tailOf(`${quote}|${noBreak}[»›”]`);
const spacedTail = tailOf(`${quote}|${space}[»›”]`);
const blanks = new RegExp(`${blank}*`, "uy");
const lineEnds = /[\n\r\u2028\u2029]+/gu;
const lineEnd = /[\n\r\u2028\u2029]/u;
/** How far words are looked at on either side of a sign, in code units. */
const reach = 48;
const wordChar = /[\p{L}\p{M}\p{N}.'’ʼ№-]/u;
const letterOrNumber = /[\p{L}\p{N}]/u;
/** As in UAX 29, Georgian is without case; "iPhone" begins a sentence as a capital does. */
const lower = /^[\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Pd}"'¿¡…\s\u200e\u200f]*(?![\u10d0-\u10ff])\p{Ll}(?!\p{Lu})/u;
const continued = /^[,;:،؛)\]}]/u;
const dash = /^[—–-]\s/u;
const number = /^[("'„“«\p{Sc}]*(?:[+−-]?\p{Nd}|(?:[IVXLC]{2,}|[VX])(?![\p{L}\p{M}]))/u;
const initials = /^[\p{Lu}\p{Lo}]\p{M}*(?:[.-]+[\p{Lu}\p{Lo}]\p{M}*)*$/u;
const listMark = /^(?:\p{Nd}{1,3}(?:\.\p{Nd}{1,3})*|\p{L}|[IVX]+|[ivx]+)$/u;
/** "Dr. h. c.", "i. d. R.": code units of short words before the last one. */
const chainReach = 10;
const shortChain = new RegExp(String.raw`(?:(?<![\p{L}\p{M}\p{N}])\p{L}{1,2}\.${space}?)+$`, "u");
const shortWord = /^(\p{L}{1,3})\./u;
const afterNumber = new RegExp(String.raw`\p{Nd}${space}$`, "u");
const wordBefore = new RegExp(String.raw`([\p{L}]+)${space}$`, "u");

/** The signs of one place: `before` them, `behind` them up to the blanks, and `after` the blanks. */
type Mark = { line: boolean; before: string; word: string; signs: string; behind: string; after: string };

/** Whether the full stop belongs to a short form that the sentence goes on behind. */
function isShortForm({ line, before, word, after }: Mark, rules: Rules): boolean {
  const lead = before.slice(0, before.length - word.length);
  if (line && listMark.test(word) && !letterOrNumber.test(lead)) return true;

  const forms = [word, ...(word.length > 1 ? [word.charAt(0).toLowerCase() + word.slice(1)] : [])];
  // "z. B." is found as "z.B", also behind other short words: "Dr. h. c.".
  const chain = shortChain.exec(lead.slice(-chainReach))?.[0].match(/\p{L}+/gu) ?? [];
  for (let from = chain.length - 1; from >= 0; from -= 1) forms.push([...chain.slice(from), word].join("."));
  const isOneOf = (list: Set<string>) => forms.some((form) => list.has(form));

  if (rules.lead?.test(line ? `\n${before}` : before)) return true;
  // The first half of "z. B.", "p. m.".
  const half = word.length < 3 && shortWord.exec(after);
  const wholes = half ? forms.map((form) => `${form}.${half[1]}`) : [];
  if (wholes.some((form) => rules.before.has(form) || rules.inside.has(form) || rules.times.has(form))) return true;
  if (isOneOf(rules.beforeNumber) && number.test(after)) return true;
  // "5 m." and "2024 р." are units: only what stands before a name would go on.
  if (/^(?!\p{Lu})\p{L}$/u.test(word) && afterNumber.test(lead)) return false;
  if (isOneOf(rules.before)) return true;
  if (isOneOf(rules.times)) return rules.dates.test(after);
  if (/^(?:\p{Nd}{1,2}|[IVX]+)$/u.test(word) && rules.ordinals.size > 1) {
    if (rules.dates.test(after) || rules.ordinals.has(wordBefore.exec(lead)?.[1] ?? "")) return true;
    if (/^\d{1,2}\.\s/u.test(after) || (/^\d{4}/u.test(after) && /\d\.\s?$/u.test(lead))) return true;
  }
  return (isOneOf(rules.inside) || initials.test(word)) && !rules.openers.test(after);
}

function goesOn(mark: Mark, rules: Rules): boolean {
  const { before, behind, after } = mark;
  if (lower.test(after) || continued.test(after)) return true;
  if (/[([]$/u.test(before) && /^[)\]]/u.test(behind)) return true;
  if (/["”“’»«›‹]/u.test(behind)) return dash.test(after) || (rules.saying?.test(after) ?? false);
  return mark.signs === "." && !oneSign.test(behind) && isShortForm(mark, rules);
}

/** Behind its sign a sentence ends without a blank only where nothing else can be meant. */
function endsWithoutBlank(before: string, behind: string, after: string): boolean {
  if (/[”»\]]/u.test(behind)) return /^["“„«¿¡]?[\p{Lu}\p{Lo}]/u.test(after);
  return /\p{Lo}\p{M}*\p{Lo}\p{M}*$/u.test(before) && /^\p{Lo}\p{M}*\p{L}/u.test(after);
}

/** The places where a sentence ends at one of our signs. */
function endsAtSigns(text: string, rules: Rules): number[] {
  const ends: number[] = [];
  const tailPattern = rules.spacedQuotes ? spacedTail : tail;
  const skip = (pattern: RegExp, from: number) => {
    pattern.lastIndex = from;
    return from + (pattern.exec(text)?.[0].length ?? 0);
  };
  let done = 0;
  for (const { 0: run, index } of text.matchAll(signRun)) {
    // Signs that were taken as the tail of others.
    if (index < done) continue;
    const tailEnd = skip(tailPattern, index + run.length);
    const end = skip(blanks, tailEnd);
    done = tailEnd;
    if (end === text.length || lineEnd.test(text.slice(tailEnd, end))) continue;
    const after = text.slice(end, end + reach);

    const near = text.slice(Math.max(0, index - reach), index);
    const before = near.slice(Math.max(...["\n", "\r", "\u2028", "\u2029"].map((sign) => near.lastIndexOf(sign))) + 1);
    let start = before.length;
    while (start > 0 && wordChar.test(before.charAt(start - 1))) start -= 1;
    const word = before.slice(start);
    const behind = text.slice(index + run.length, tailEnd);
    if (end === tailEnd && !endsWithoutBlank(before, behind, after)) continue;
    const line = index < reach || before.length < near.length;
    if (!goesOn({ line, before, word, signs: run, behind, after }, rules)) ends.push(end);
  }
  return ends;
}

const behindSign = new RegExp(String.raw`[\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{M}"']|${blank}`, "u");
const opening = /\p{Ps}/u;
/** Code units given to the segmenter at once: each step of its iterator takes time with the length of the whole string. */
const windowLength = 4_096;

/** The boundaries of the segmenter that are not at one of our signs. */
function otherEnds(text: string, language: string): number[] {
  const segmenter = new Intl.Segmenter(language, { granularity: "sentence" });
  const ends: number[] = [];
  const add = (from: number, boundary: number) => {
    let sign = boundary - 1;
    while (sign > from && behindSign.test(text.charAt(sign))) sign -= 1;
    if (oneSign.test(text.charAt(sign))) return;
    let end = boundary;
    while (end > sign + 1 && opening.test(text.charAt(end - 1))) end -= 1;
    ends.push(end);
  };
  let from = 0;
  let length = windowLength;
  while (from < text.length) {
    const starts = Array.from(segmenter.segment(text.slice(from, from + length)), ({ index }) => from + index);
    for (let each = 1; each < starts.length; each += 1) add(starts[each - 1] as number, starts[each] as number);
    // What the window cuts is looked at again; a window without a whole sentence was too short.
    const next = from + length < text.length ? (starts.at(-1) as number) : text.length;
    length = next === from ? length * 2 : windowLength;
    from = next;
  }
  return ends;
}

/**
 * The sentences of a canonical text in order, edges tidied (no blanks), each inside one line of one block; offsets in UTF-16
 * code units. Every character that is not blank is in exactly one. A stretch without a letter or a number belongs to its
 * neighbour in the line. After UAX 29, section 5.
 */
export function sentencesOf(text: string, language: string): TextRange[] {
  const rules = byLanguage[language.split("-", 1)[0] ?? ""] ?? general;
  const lines = Array.from(text.matchAll(lineEnds), (end) => end.index + end[0].length);
  const ends = [...endsAtSigns(text, rules), ...otherEnds(text, language), ...lines, text.length].sort((a, b) => a - b);
  const sentences: TextRange[] = [];
  let start = 0;
  let looked = 0;
  let said = false;
  /** The last sentence, while its line lasts. */
  let neighbour: TextRange | null = null;
  for (const end of ends) {
    const endsLine = end === text.length || lineEnd.test(text.charAt(end - 1));
    said ||= letterOrNumber.test(text.slice(looked, end));
    looked = end;
    if (!endsLine && !(said && isCharacterEdge(text, end))) continue;
    const range = tidyRange(text, { start, end });
    if (range && !said && neighbour) neighbour.end = range.end;
    else if (range) {
      neighbour = range;
      sentences.push(range);
    }
    if (endsLine) neighbour = null;
    start = end;
    said = false;
  }
  return sentences;
}

/**
 * The range grown to the whole sentences that its two ends touch, edges tidied. Each end stays in its own line: a sentence
 * never goes on in the next, so that only the two lines are looked at.
 */
export function growToSentence(text: string, range: TextRange, language: string): TextRange {
  const tidy = tidyRange(text, range);
  if (!tidy) return range;
  const sentence = (index: number) => {
    const from = text.lastIndexOf("\n", index - 1) + 1;
    const next = text.indexOf("\n", index);
    const inLine = sentencesOf(text.slice(from, next === -1 ? text.length : next), language);
    const found = inLine.find(({ end }) => from + end > index);
    return found && { start: from + found.start, end: from + found.end };
  };
  const [first, last] = [sentence(tidy.start), sentence(tidy.end - 1)];
  return { start: Math.min(tidy.start, first?.start ?? tidy.start), end: Math.max(tidy.end, last?.end ?? tidy.end) };
}
