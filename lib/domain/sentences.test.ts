import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { tidyRange } from "./anchor";
import { growToSentence, sentencesOf } from "./sentences";

const sentences = (text: string, language = "en") =>
  sentencesOf(text, language).map(({ start, end }) => text.slice(start, end));

/** One passage in each row. " | " stands for the blank at which its sentences are parted, "|" for a boundary without one. */
const passages: Record<string, string[]> = {
  en: [
    "“Stop!” he shouted. | Nobody moved.",
    "“Who pays for it?” Mrs. Alder asked. | The room was quiet.",
    "“Is it over?” Col. Reyes said on Monday. | “Not yet.” | He hung up.",
    "“We lost everything.” | The mayor shook her head. | “All of it.”",
    "Mr. Lund, Dr. Okafor and Gen. Pryce met at 5 p.m. | The talks lasted an hour.",
    "At 3 p.m. Tuesday the U.S. Secretary of State left for St. Paul. | He returned on Sept. 12.",
    "The vote is set for 9 a.m. EST on Jan. 14. | It may slip.",
    "J. K. Marsh and A. B. Cole wrote the report. | I read it. | Plan B. | The rest failed.",
    "Norcom Inc. Chief Executive Lea Holm resigned. | She joined Tarn Corp. | The shares fell 3.5 percent to $4.20.",
    "Revenue rose by 12.7 million. | 12 people were hired, e.g. John Ames, i.e. the new clerk.",
    "He moved to the U.S. | Then he sold Bright & Co. | They never met again.",
    "The list ( see No. 10, p. 4 and Fig. 2 ) was wrong. | (It was later mended.) | Nobody noticed.",
    "“He said ‘No!’ ” | Then they went.",
    "Well … perhaps. | “I thought… no.” | They waited... | Then the lights went out.",
    "The bill passed.[1][2] | It was signed in May.[3] | “A disgrace.”[4] | So it went.",
    "Read https://example.org/a.b?Q=What!Now and report.final.pdf. | The file app.config.js is missing.",
    "He said: “It is late. | We should go.” | They stayed.",
    "He won (!) the seat. | “The terms […] Kyiv accepted were mild,” she said. | Really?! | Yes!!!",
    "KYIV (Agency) — The army said it held the line. | WASHINGTON, D.C. (Agency) — Talks resumed.",
    "Smith v. Jones was decided in 1998. | In re Doe et al. was not. | See vol. 3, pp. 4–9.",
    "iPhone prices rose. | iPhone makers cheered. | eBay did not.",
    "It costs 5. | $6 is too much. | @desk said so. | #news",
    "Is it true? | Yes. | No. | He did not say.",
    "“Enough.”|“Of what?” | They fell silent.",
    "The company (Tarn Ltd.) Mr. Ray founded is gone. | Martin Luther King Jr. Day is in January.",
    "1. Flour is milled. | It is sold in 2. | Water is not.",
  ],
  de: [
    "„Halt!“ rief er. | Niemand blieb stehen.",
    "»Warum?«, fragte sie. | »Weil es regnet.« | Er ging.",
    "Am 3. Oktober traf Dr. Weiß den 2. Vorsitzenden in St. Gallen. | Es regnete.",
    "Viele Städte, z. B. Bremen, u. a. auch Köln, d. h. die großen, zahlen mehr. | Das ist neu.",
    "Er lebt z.B. Berlin zuliebe dort. | Nr. 5 ist frei, vgl. Abs. 2 und Art. 7. | Siehe S. 12 ff. des Berichts.",
    "Der Umbau kostet 5 Mio. Euro. | Im 19. Jahrhundert kostete er nichts.",
    "Es waren etwa 3 Mrd. | Die Summe stieg bis 2023. | Dann fiel sie.",
    "Der II. Weltkrieg endete 1945. | Papst Johannes XXIII. war beliebt. | Das weiß man.",
    "Die Sitzung am 03. 10. 2024 dauerte bis 14.30 Uhr. | Vom 24. bis 26. Dezember ist zu.",
    "Prof. Dr. h. c. Anna Keller sprach. | Oberst a. D. Brandt schwieg. | Frankfurt a. M. | Die Messe beginnt.",
    "Zum 3. Mal siegte sie. | Ihr 50. Geburtstag war am 1. Mai. | Wir gratulieren.",
    "BERLIN (Agentur) – Der Minister tritt zurück. | Das sagte er am Mo. 5. Mai.",
    "Es gab Äpfel, Birnen usw. | Das reichte. | Der Satz ist 3. | Niemand widersprach.",
    "„Das war’s.“ | Mehr sagte er nicht. | „Wirklich?“ – „Ja.“ | Stille.",
    "Er zögerte … dann ging er. | Sie wartete … | Niemand kam.",
    "Die Firma Müller GmbH & Co. KG zahlt ca. 200 Euro. | 30 Leute klagen.",
    "J. S. Bach starb 1750. | A. Merkel kam. | Im Jahr 44 v. Chr. starb er.",
    "Die Mieten (s. o. Tabelle 2) steigen.[3] | Mehr unter www.beispiel.de. | Dort steht alles.",
    "Sie wohnt in der Str. 5. | Er wohnt Tür an Tür. | Ist das o. k.? | Ja!",
    "Er sagte: „Ich komme.“ | Er kam nicht.",
  ],
  fr: [
    "« Arrêtez ! » cria-t-il. | Personne ne bougea.",
    "«\u00a0Pourquoi\u202f?\u00a0» demanda-t-elle. | «\u00a0Parce que\u202f!\u00a0» | Il partit.",
    "Il dit : « Non. » | Puis il sortit.",
    "M. Roux et Mme Petit ont vu le Dr. Blanc. | Il pleuvait.",
    "MM. Un et Deux sont là. | M. Le Gall aussi. | Vraiment ? | Oui !",
    "Rome, en 44 av. J.-C. | Le Sénat votait.",
    "Au Ier s. apr. J.-C. l’empire grandit. | Voir p. 12, art. 5 et vol. 2. | C’est tout.",
    "Quelle honte\u202f! | Qui paiera\u00a0? | Nous\u00a0; vous aussi\u00a0: tous.",
    "Le budget atteint 3,5 millions, soit 1.200 par tête. | 12 élus ont voté contre.",
    "PARIS (Agence) — Le ministre a démissionné. | L’opposition, c.-à-d. la gauche, s’en réjouit.",
    "On vend des pommes, des poires, etc. | Les prix montent.",
    "« Il est tard. | Partons. » | Ils restèrent.",
    "Il hésita… puis céda. | Elle attendit… | Rien ne vint.",
    "J.-P. Morel a écrit. | A. B. Dumas a lu. | À 20 h. on ferme.",
    "Le texte (voir n. 4) est faux.[2] | Il a été corrigé.",
    "La S.A. Dubois a gagné. | Il travaille pour la S.A. | Elle paie bien.",
    "«\u202fC’est fini\u202f?\u202f» — «\u202fOui.\u202f» | Silence.",
    "Lisez https://exemple.fr/a.b. | Le fichier plan.v2.odt manque.",
    "Réunion le 14.07.2024 à 9 h. | Elle durera.",
    "Êtes-vous sûr ?! | Élise l’est. | Ô surprise.",
  ],
  es: [
    "«¡Alto!» gritó. | Nadie se movió.",
    "—¿Por qué? —preguntó ella. | —Porque sí. | Se fue.",
    "¿Quién paga? | ¡Nadie! | Pero, ¿cuándo llega? | Mañana.",
    "El Sr. Vega y la Dra. Ríos viajaron a EE. UU. | La reunión fue breve.",
    "El presidente de EE. UU. Tomás Hill habló. | Nadie aplaudió.",
    "Llegó a las 5 p. m. | El vuelo salió a las 9 a. m. del lunes.",
    "Véase la pág. 12, el art. 5 y el núm. 3. | Eso es todo.",
    "D. Julio y Dña. Ana, p. ej. Marta, no. | El gral. no vino.",
    "Costó 3.500 euros, un 2,5 % más. | 12 personas protestaron.",
    "Fundó Muebles Luz S. A. | En 2020 cerró.",
    "MADRID (Agencia) — El Gobierno dimitió. | Hubo peras, uvas, etc. | No quedó nada.",
    "Murió en 44 a. C. | Su hijo reinó.",
    "“Es tarde. | Vámonos.” | Se quedaron.",
    "Dudó… y cedió. | Esperó… | No vino.",
    "J. M. Soto firmó. | A. Gil, no. | Sí, claro.",
    "El n.º 4 ganó. | El 1.er piso ardió. | Fue el lunes.",
    "«¿Se acabó?» —dijo Ana. | «Sí».",
    "Lea www.ejemplo.es. | El archivo plan.v2.pdf falta.",
    "¡Oh! ¡qué susto! | ¡Viva!",
    "La ley (v. art. 4) cambió.[1] | Nadie lo supo. | Ud. tampoco.",
  ],
  uk: [
    "«Стій!» — крикнув він. | Ніхто не рушив.",
    "«Хто платить?» — Олена мовчала. | Ніхто.",
    "— Чому? — спитала вона. | — Бо так. | Він пішов.",
    "Зустріч відбулася в м. Київ на вул. Садовій, буд. 5. | Дощило.",
    "За ст. 5 п. 2 закону та ч. 3 ст. 190 йому загрожує строк. | Суд триває.",
    "В. О. Зеленський прибув. | Т. І. Шевченко народився 1814 р. | В селі його пам’ятають.",
    "В.О. Зеленський і О.В. Кравець підписали угоду. | Її схвалили.",
    "Виплатили 5 тис. грн. | Це мало. | Ще 100 грн. 50 коп. зникли.",
    "У 2024 р. Україна експортувала більше. | Війна почалася 2014 р. | Вона триває.",
    "Так звана т. зв. ДНР не визнана. | Це факт.",
    "Продавали яблука, груші і т. д. | Ціни зросли. | Були сливи та ін. | Усе продали.",
    "Проф. Коваль і акад. Мороз, напр. Петро, були проти. | Їх не чули.",
    "КИЇВ (Агенція) — Армія втримала рубіж. | Ворог відступив.",
    "Він вагався… і поступився. | Вона чекала… | Ніхто не прийшов.",
    "Інфляція сягнула 3,5 %, тобто 12.7 пункту. | 12 осіб поранено.",
    "«Пізно. | Ходімо». | Вони лишилися.",
    "О 10 год. 30 хв. пролунав вибух. | Площа 5 м. | Потім 6.",
    "Школа ім. Лесі Українки на о. Зміїний закрита. | Див. рис. 2.",
    "Читайте https://pryklad.ua/a.b. | Файл plan.v2.doc зник.[1] | Шукаємо.",
    "Справді?! | Так! | Ні.",
  ],
  ar: [
    "هل انتهت الحرب؟ | نعم. | انتهت أمس!",
    "قال د. محمد إن الوضع صعب. | وأضاف أنه سيتحسن.",
    "حضر د. وائل وم. سامي وأ. د. ليلى. | وغادروا مساء.",
    "ارتفع السعر إلى 3.5 دولار. | 12 شخصا احتجوا.",
    "انظر ص. 12 وج. 3. | هذا كل شيء.",
    "كييف (وكالة) — قال الجيش إنه صمد. | وتراجع العدو.",
    "قال: «انتهى الأمر.» | ثم خرج.",
    'قال: "تأخرنا. | لنذهب." | لكنهم بقوا.',
    "تردد… | ثم وافق.",
    "وقع ذلك عام 2024 م. | وكان الجو باردا.",
    "أعلنت أ.ف.ب. الخبر. | وأكدته الوزارة.",
    "انتهى النص.|وبدأ نص آخر.",
    "من يدفع؟! | لا أحد.",
    "كذا ۔ | وكذا۔ | تم.",
    "اقرأ www.mithal.com. | الملف plan.v2.pdf مفقود.",
    "انتهى التقرير.[1] | وصدر تقرير آخر [2]. | شكرا.",
    "حضر (!) الجميع. | (لم يتكلم أحد.) | غادروا.",
    "قيل؛ ثم نفي، وانتهى. | تم.",
    "في ٣ مايو ٢٠٢٤. | بلغت ٣٫٥ بالمئة. | ٥ أشخاص.",
    "مرحبا! | كيف الحال؟ | بخير.",
  ],
};

/** What parts, what joins, and what makes offsets hard. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."ab",
        "Ab",
        "B",
        "Mr",
        "U.S",
        "3",
        "z",
        "ст",
        "Київ",
        "د",
        "نص",
        "文",
        "。",
        "์",
        "ำ",
        "👍🏽",
        "👨‍👩‍👧",
        "e\u0301",
      ),
      fc.constantFrom(...".!?…؟۔:,—-\"'([])«»”“„*¹", "[1]", "...", ". . ."),
      fc.constantFrom(
        " ",
        " ",
        " ",
        "\u00a0",
        "\u202f",
        "\u200b",
        "\u200f",
        "\u0301",
        "\u200d",
        "\n",
        "\r\n",
        "\u2028",
        "\u0085",
      ),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(""));

const textOf = (row: string) => row.replaceAll(" | ", " ").replaceAll("|", "");
const rowsOf = (language: string) => (passages[language] ?? []).map((row) => [row] as const);

describe.each(Object.keys(passages))("sentencesOf in %s", (language) => {
  it.each(rowsOf(language))("%s", (row) => {
    expect(sentences(textOf(row), language)).toEqual(row.split(/ ?\| ?/));
  });

  it("takes the passages as blocks of one text", () => {
    const rows = passages[language] ?? [];
    expect(sentences(rows.map(textOf).join("\n\n"), language)).toEqual(rows.flatMap((row) => row.split(/ ?\| ?/)));
  });
});

describe("sentencesOf", () => {
  it.each([
    ["headings", "The cost of it all\n\nIt rained. He left", ["The cost of it all", "It rained.", "He left"]],
    [
      "line breaks",
      "By Ana Moreno\nLviv, Monday\r\nphotos: the desk",
      ["By Ana Moreno", "Lviv, Monday", "photos: the desk"],
    ],
    [
      "list items",
      "1. Flour\n2. Water. Cold.\n– salt\nb. Yeast",
      ["1. Flour", "2. Water.", "Cold.", "– salt", "b. Yeast"],
    ],
    ["direction marks", "\u200fمن؟!\u200f نعم.\u200f", ["من؟!", "نعم."]],
    ["empty blocks", "\n\n \n\nOne.\n\n\u200b\n\n\nTwo.\n\n", ["One.", "Two."]],
    ["lines of signs", "One.\n* * *\n\n…\nTwo. – !", ["One.", "* * *", "…", "Two. – !"]],
    ["nothing", " \n\u00a0", []],
    ["marks on a blank", "One. \u0301Two.", ["One. \u0301Two."]],
  ])("takes %s", (_, text, expected) => {
    expect(sentences(text)).toEqual(expected);
  });

  it.each([
    [
      "ja",
      "これは文です。次の文です！「本当？」そうです。",
      ["これは文です。", "次の文です！", "「本当？」", "そうです。"],
    ],
    ["he", "זה נכון. זה לא. 5 אנשים.", ["זה נכון.", "זה לא.", "5 אנשים."]],
    ["hi", "यह सच है। यह नहीं है।", ["यह सच है।", "यह नहीं है।"]],
    ["ka", "ეს მართალია. ეს არა.", ["ეს მართალია.", "ეს არა."]],
    ["en-GB", "Mr. Lund left. It rained.", ["Mr. Lund left.", "It rained."]],
  ])("knows the signs of %s", (language, text, expected) => {
    expect(sentences(text, language)).toEqual(expected);
  });

  const language = fc.constantFrom("en", "de", "fr", "es", "uk", "ar", "ja", "el", "th");

  it("leaves out nothing but blanks, takes nothing twice, in order, tidy, whole characters", () => {
    fc.assert(
      fc.property(anyText, language, (text, language) => {
        const ranges = sentencesOf(text, language);
        let last = 0;
        for (const range of ranges) {
          expect(range.start).toBeGreaterThanOrEqual(last);
          expect(tidyRange(text, { start: last, end: range.start })).toBeNull();
          expect(tidyRange(text, range)).toEqual(range);
          expect(text.slice(range.start, range.end)).not.toMatch(/[\n\r\u2028\u2029]/u);
          last = range.end;
        }
        expect(tidyRange(text, { start: last, end: text.length })).toBeNull();
      }),
      { numRuns: 2_000 },
    );
  });

  it("takes two blocks as each by itself", () => {
    fc.assert(
      fc.property(anyText, anyText, language, (one, two, language) => {
        const shift = one.length + 2;
        const shifted = sentencesOf(two, language).map(({ start, end }) => ({
          start: start + shift,
          end: end + shift,
        }));
        expect(sentencesOf(`${one}\n\n${two}`, language)).toEqual([...sentencesOf(one, language), ...shifted]);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ["everywhere", /[.!?…؟۔]["'”»“)\]]*\s*/gu],
    ["nowhere", /(?!)/gu],
  ])("takes the same sentences from an engine that parts %s", (_, boundary) => {
    const all = () =>
      Object.entries(passages).map(([language, rows]) => rows.map((row) => sentencesOf(textOf(row), language)));
    const expected = all();
    const segment = (text: string) => {
      const starts = Array.from(text.matchAll(boundary), (end) => end.index + end[0].length);
      return [0, ...starts.filter((start) => start < text.length)].map((index) => ({
        index,
        input: text,
        segment: "",
      }));
    };
    const engine = vi.spyOn(Intl.Segmenter.prototype, "segment").mockImplementation(segment as never);
    try {
      expect(all()).toEqual(expected);
      expect(engine).toHaveBeenCalled();
    } finally {
      engine.mockRestore();
    }
  });

  it.each([
    ["prose", "Mr. Lund said it rained in the U.S. on Monday. “Stop!” he cried. They left at 5 p.m. The rest stayed. "],
    ["small blocks", "It rained.\n\n"],
    ["full stops", "."],
    ["full stops and a letter", `${".".repeat(5_000)}a`],
    ["signs without words", "! – "],
    ["spaced dots", ". "],
    ["initials", "A. "],
    ["blanks", `.${" ".repeat(5_000)}\u0301`],
    ["quotes", `."${"”".repeat(5_000)}`],
    ["one long word", "a"],
    ["marks", "a.\u0301"],
    ["footnotes", "a.[1"],
  ])("answers to a long text of nothing but %s", (_, part) => {
    const text = part.repeat(Math.ceil(100_000 / part.length));
    const sentences = sentencesOf(text, "en");
    const covered = sentences.map(({ start, end }) => text.slice(start, end)).join("");
    expect(covered.replace(/\s/g, "").length).toBe(text.replace(/\s/g, "").length);
  });
});

describe("growToSentence", () => {
  const grown = (text: string, quote: string, language = "en") => {
    const start = text.indexOf(quote);
    const range = growToSentence(text, { start, end: start + quote.length }, language);
    return text.slice(range.start, range.end);
  };

  it.each([
    ["It rained. The cost fell by half. He left.", "cost", "The cost fell by half."],
    ["It rained. The cost fell. He left.", "cost fell. He", "The cost fell. He left."],
    ["“Why?” she asked. He left.", "Why", "“Why?” she asked."],
    ["“Why?” she asked. He left.", "asked", "“Why?” she asked."],
    ["He left. Mr. Rutte and Gen. Kellogg met. They ate.", "met", "Mr. Rutte and Gen. Kellogg met."],
    ["He left. Mr. Rutte and Gen. Kellogg met. They ate.", "Mr", "Mr. Rutte and Gen. Kellogg met."],
    ["J. K. Rowling wrote it. Yes.", "J", "J. K. Rowling wrote it."],
    ["The U.S. Secretary of State came. Yes.", "State", "The U.S. Secretary of State came."],
    ["He came to the U.S. Then he left.", "came", "He came to the U.S."],
    ["On Sept. 12 at 3 p.m. Tuesday it ended. Yes.", "ended", "On Sept. 12 at 3 p.m. Tuesday it ended."],
    ["“No. He did not.”", "No", "“No."],
    ["He lives at No. 10. Yes.", "lives", "He lives at No. 10."],
  ])("in %j from %j", (text, quote, sentence) => {
    expect(grown(text, quote)).toBe(sentence);
  });

  it.each([
    ["ar", "هذا نص. وهذا آخر؟ نعم.", "آخر", "وهذا آخر؟"],
    ["ja", "これは文です。次の文です。", "次", "次の文です。"],
    ["he", "זה נכון. זה לא.", "לא", "זה לא."],
  ])("in %s", (language, text, quote, sentence) => {
    expect(grown(text, quote, language)).toBe(sentence);
  });

  it("stays in the block of each end", () => {
    const text = "A heading without a stop\n\nOne. Two of it.\n\n\n\nThree. Four";
    expect(grown(text, "heading")).toBe("A heading without a stop");
    expect(grown(text, "One")).toBe("One.");
    expect(grown(text, "Four")).toBe("Four");
    expect(grown(text, "stop\n\nOne")).toBe("A heading without a stop\n\nOne.");
    expect(grown(text, "of it.\n\n\n\nThr")).toBe("Two of it.\n\n\n\nThree.");
  });

  it("does not take the other side of a line break", () => {
    expect(grown("By Ana Moreno\nLviv, Monday", "Ana")).toBe("By Ana Moreno");
  });

  it("holds what it started from, is stable, and never crosses a block that it did not touch", () => {
    fc.assert(
      fc.property(anyText, fc.nat(70), fc.nat(70), (text, start, end) => {
        const tidy = tidyRange(text, { start, end });
        if (!tidy) return;
        const range = growToSentence(text, tidy, "en");
        expect(range.start).toBeLessThanOrEqual(tidy.start);
        expect(range.end).toBeGreaterThanOrEqual(tidy.end);
        expect(growToSentence(text, range, "en")).toEqual(range);
        const sentences = sentencesOf(text, "en").filter((each) => each.end > tidy.start && each.start < tidy.end);
        expect(range).toEqual({ start: sentences.at(0)?.start, end: sentences.at(-1)?.end });
      }),
      { numRuns: 2_000 },
    );
  });

  it("leaves a selection of blanks as it is", () => {
    expect(growToSentence("a  b", { start: 1, end: 2 }, "en")).toEqual({ start: 1, end: 2 });
  });
});
