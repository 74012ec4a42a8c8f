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
    "Mr. Okafor met Mrs. Lindqvist and Prof. T. Adeyemi in St. Louis. | Gen. Marsh was late.",
    "The envoy flew to the U.S. | The talks failed.",
    "The U.S. Treasury and the U.K. Foreign Office agreed. | Nobody else did.",
    "Polls close at 5 p.m. | The count begins at once.",
    "It began at 9 a.m. Monday and ended by 3 p.m. the same day. | Rain fell.",
    "J. K. Harrow and George W. Pell signed it. | So did H. Voss.",
    "“Stop!” he shouted. | “Who is there?” she asked. | Nobody answered.",
    "“Who paid for this?” Senator Maria Alvarez asked. | The minister looked away.",
    "“Who paid for this?” | The minister looked away.",
    "“Is it legal?” Rep. Ilse Van Dorn, D-Calif., asked. | “It’s not!” came a reply.",
    "“We lost it all,” she said. | “There is nothing left.” | Her house burned in May.",
    '"Will you resign?" Hartley asked reporters. | "No." | He left.',
    "Prices fell by 3.5 percent, to $2.75. | 12 people lost their jobs.",
    "The committee approved Nos. 4 and 5, but not No. 6. | Article 7. | The rest was dropped.",
    "On Sept. 12, 2023, and again on Feb. 3 it rained. | In Sept. the rain stopped.",
    "Acme Widgets Inc. Chairman Ann Poe sold Foo Corp. shares. | She bought Bar Ltd. | It failed.",
    "KYIV (Agency) — A drone hit a power station on Monday. | Three people were hurt.",
    "WASHINGTON, D.C. — The court ruled. | It was unanimous.",
    "He paused… and then went on. | “I wonder…” | She did not finish.",
    "“We will […] not yield,” he wrote. | The letter (see p. 4) is real.",
    "The so-called reform (!) Mr. Dunn praised is dead. | It cost $4 m.",
    "See https://example.org/a.b?c=D.E&f=G for the data. | The file is called report.final.v2.pdf. | Open it.",
    "The study was withdrawn.[1][2] | Its author, e.g. The Times wrote, “never saw it.”[3] | Another was not.¹ | It stands.12 | Really.",
    "We won!🎉 | Thanks to all! | 🎉 Party at 8.",
    "Great news! 🎉",
    "Apple fell. | iPhone sales rose. | eBay was flat.",
    "1. The price rose by half. | 2. Nobody noticed.",
    "The plan has two parts. | 1. The price. | 2. The date.",
    "He won (by a lot). | (She did not.) | They left.",
    "She has a Ph.D. and an M.B.A. from Yale. | He has a B.Sc. | They teach.",
    "Roe v. Wade and Smith vs. Jones were cited. | Judge Roy Bean Jr. wrote the dissent. | He died.",
    "Follow us. | @kyivdesk has more. | #news Read it at www.example.org. | https://example.org has it.",
    "Yahoo! reported a loss? | Yes! | No one believed it.",
    "“He said ‘No.’” | She said ‘Yes!’ and left.",
    "What?! | Really?? | Well . . . maybe.",
    "In the U.S. No. 2 seed Kim won. | She beat Poe in the U.K. | No one saw it. | Is it true?",
    "It lacks vitamin D. | Is it needed? | He scored 2 v. Chelsea.",
    "She moved from Elm St. | The rent doubled. | By 9 a.m. Police had left. | He came at 9 p.m. | Police followed.",
    "“Where were you?” Detective Sgt. Paul Ives asked. | He shrugged.",
    "Dr. No is a film. | He got a B. | Then he failed.",
    "It is Anna’s. | Kyiv is theirs. | They don’t. | Lviv does.",
    "The road is 10 km. | Kyiv is near.",
    "Photo: A. B. Smith / Agency",
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
    "Am 3. Oktober wird gefeiert. | Der 1. Mai ist auch frei.",
    "Der 2. Weltkrieg endete 1945. | Im 19. Jahrhundert war das anders. | Die 20. Ausgabe erschien.",
    "Sie kam auf Platz 3. | Danach fuhr sie heim.",
    "Er gewann am 3. | Danach verlor er.",
    "Am 24. 12. ist Heiligabend. | Es waren rd. 200 Gäste, mind. 5 Kinder. | Dr. med. Klaus Roth kam.",
    "Die Frist endet am 3. 10. 2024. | Niemand weiß es.",
    "Am 03.10.2024 um 5.30 Uhr begann es. | Es endete um 6.15 Uhr.",
    "Viele Tiere, z. B. Hunde und z.B. Katzen, blieben. | Das war gut.",
    "Es kamen u. a. Minister Dr. Hans Weber und Prof. Dr. Eva Klein. | Sie sprachen kurz.",
    "Das heißt, d. h. Berlin zahlt. | Bonn nicht.",
    "Laut Nr. 5 und Abs. 2 Satz 1 gilt das nicht. | Art. 5 GG schützt es.",
    "„Warum?“, fragte sie. | „Halt!“ rief er. | „Das war’s.“ | Alle gingen.",
    "»Wer war das?« fragte der Richter. | »Niemand.« | Der Saal lachte.",
    "Er sagte: „Wir gehen. | Sofort.“ | Dann ging er.",
    "Die Stadt zahlt 5 Mio. Euro und 3 Mrd. Dollar. | Das kostet 5 Mio. | Der Rat stimmte zu.",
    "Karl V. regierte lange. | Papst Benedikt XVI. Deutscher war er. | Ludwig XIV. | Er war König.",
    "Er wohnt in der Berliner Str. 5 und sie in der Kölner Str. | Das Haus ist alt.",
    "Der 1. FC Köln stieg in die 2. Bundesliga ab. | Das war 2018.",
    "Es gibt Äpfel, Birnen usw. und mehr. | Es gab bzw. Brot usw. | Brot war teuer.",
    "Das war im Jahr 44 v. Chr. | Das Reich zerfiel. | Um 50 n. Chr. Geborene gibt es nicht.",
    "KIEW (dpa) – Eine Drohne schlug ein. | Drei Menschen starben.",
    "St. Pauli verlor. | St. Gallen auch.",
    "Die sog. Reform scheiterte lt. Ministerium. | Ca. 50 Leute kamen.",
    "General a. D. Schmidt sprach. | Er ist General a. D. | Er schwieg.",
    "Müller GmbH & Co. KG ist pleite. | Die Firma schließt.",
    "Was nun? | Niemand weiß es … | Es bleibt offen.",
    "Am 5. Dez. 2023 und am 7. Jan. kam Schnee. | 20 Orte waren ohne Strom.",
    "Es ging schief. | – Der Zug fuhr ab.",
    "Ein Dipl.-Ing. Maier und ein Dr.-Ing. Huber bauten es. | Es hielt.",
    "Wie viel? | 3 Prozent.",
    "§ 5 gilt. | Siehe S. 12 und Anm. d. Red. | Ende.",
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
    "M. Dupont et Mme Martin sont venus. | M. Le Goff aussi.",
    "«\u00a0Pourquoi\u202f?\u00a0» demande le juge. | «\u00a0Rien\u202f!\u00a0» | Il sort.",
    "« Stop ! » crie-t-il. | « Non. » | Puis il part.",
    "« Nous partons », dit-elle. | « Tout de suite. »",
    "« Oui ! », répond-il. | « Vous partez ? » | « Non ! »",
    "Il a dit : « Nous partons. | Maintenant. » | Il est parti.",
    "J.-P. Morel et J. L. Petit ont signé. | Le texte est prêt.",
    "Selon l'art. 5 et l’art. 6, c'est interdit. | L'amende est de 3,5 millions.",
    "César est mort en 44 av. J.-C. | Le Sénat a hésité.",
    "Voir p. ex. le chap. 3, p. 12. | Il est long.",
    "Le prix est de 1 234,50 €. | 12 personnes sont parties.",
    "M. et Mme. Petit vivent av. du Gal. Leclerc. | Ils sont seuls.",
    "MM. Blanc et Noir, le Dr Roux et Me Vert plaident. | Le procès dure.",
    "Est-ce vrai ? | Oui ! | Non ; c'est faux : il ment. | Et alors ?",
    "Il hésite… puis il signe. | Elle attend… | Rien ne vient.",
    "Paris (AFP) – Un drone est tombé. | Trois blessés.",
    "— Vous partez ? | — Oui. | — Quand ?",
    "Le 3 janv. 2024, tout a changé. | En févr. tout recommence.",
    "Il vit bd. Voltaire. | Elle vit av. Foch.",
    "Des pommes, des poires, etc. | Le marché est grand.",
    "L’O.N.U. a voté, pas l’O.T.A.N. | Elle hésite.",
    "L'étude est fausse[1]. | Elle a été retirée.[2] | Son auteur se tait.",
    "Il a répété « Jamais ! » et il est parti. | Voilà.",
    "Les n° 5 et 6 sont vides. | Le no. 7 aussi.",
    "Voir www.exemple.fr. | Le site est lent.",
    "S.A.R. Henri est là. | Il parle. | À 5 h. | Demain.",
    "(Il rit.) | Elle non (pas encore).",
    "Louis XIV est mort. | La cour pleure.",
    "«\u202fC’est fini.\u202f» | Le maire a parlé à env. 50 personnes.",
    "D'abord, rien. | Ensuite… | Tout.",
    "Est-il là ?… | Peut-être.",
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
    "El Sr. Gómez y la Sra. Ruiz llegaron. | La Dra. Paz no.",
    "¿Quién pagó? | ¡Nadie! | Eso dijo D. Juan.",
    "¡Qué horror!, gritó. | «¿Por qué?», preguntó ella. | No hubo respuesta.",
    "“¿Por qué?” preguntó el juez. | “Por nada.” | Se fue.",
    "EE. UU. y la UE firmaron. | Fue en EE. UU. | El pacto es nuevo.",
    "Vive en Av. Mitre 500, Bs. As. | La calle es Nro. 5.",
    "EE.UU. votó en contra. | Nada cambió.",
    "Llegaron a las 5 p. m. | El partido empezó.",
    "A las 9 a. m. del lunes llovía. | A las 10 a.m. no.",
    "El art. 5 y la pág. 12 lo dicen. | El núm. 7 no.",
    "J. L. Pérez y M. Á. Soto ganaron. | Perdió F. Ríos.",
    "Bajó un 3,5 %, a 1.234,50 euros. | 12 personas protestaron.",
    "Hay frutas, p. ej. Manzanas Fuji, etc. | También hay pan.",
    "Los JJ. OO. de París y los RR. HH. de la firma cambian. | Las FF. AA. no.",
    "—¿Vienes? | —No. | —Bien —dijo él—. | Nunca.",
    "MADRID, 3 (EP) – Un dron cayó. | Hay tres heridos.",
    "Iberia S. A. y Pan S.A. cerraron. | Vino S.A. | La quiebra es total.",
    "Dudó… y firmó. | Luego… | Nada.",
    "Vive en la Avda. América y él en la Pza. Mayor. | Son vecinos.",
    "Según Ud. es falso. | Es de Ud. | El coche es rojo.",
    "El 1.º de mayo y la 2.ª ronda fueron bien. | El n.º 5 no.",
    "Dijo: «Nos vamos. | Ya». | Y se fue.",
    "El informe es falso.[1] | Fue retirado.² | Nadie habló.",
    "La Gral. Soto y el Cap. Vera declararon. | El juez escuchó.",
    "Mire https://ejemplo.es/a.b?C=D. | Es lento.",
    "¿Y ahora qué? | ¿Quién paga?",
    "«No pasarán». | «¡Fuera!» gritaron todos.",
    "Ganó (por poco). | (Ella no.) | Se fueron.",
    "El siglo XX. | El siglo XXI.",
    "Nació en ene. 2001 y murió en dic. 2020. | Era joven.",
    "Sto. Domingo y Sta. Cruz crecen. | Mons. Díaz reza.",
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
    "У м. Київ і с. Буча відкрили школи. | Їх дві.",
    "Президент В. О. Зеленський прибув. | В. Залужний теж.",
    "Указ підписав Зеленський В. О. | Він набув чинності.",
    "Згідно зі ст. 5 і ч. 2 ст. 10 це заборонено. | Штраф — 5 тис. грн. | Його сплатять.",
    "За 1,5 млрд дол. США збудували 40 буд. | Він бачив. | Ціна — 100 грн. | Знижок немає.",
    "З 12 трав. 2023 р. діє п. 3 ч. 1 ст. 15 закону. | І т. ін. | Все.",
    "Це коштує 5 млн. доларів і 3 тис. грн. на рік. | Дорого.",
    "Указ від 12.03.2022 р. № 263 діє. | Він народився 2015 р. н. | Пошук триває.",
    "У 2014 р. Росія анексувала Крим. | У 2022 р. почалося вторгнення.",
    "Це було у 2014 р. | Тоді все змінилося.",
    "У 1941–1945 рр. ішла війна. | У XIX ст. Київ зріс.",
    "Вул. ім. Шевченка, буд. 5, кв. 12, закрили. | Чому?",
    "«Чому ви тут?» — запитав він. | «Ні!» — крикнула вона. | Усі замовкли.",
    "«Ми тут, — сказав він. | — Ми не підемо».",
    "«Ми переможемо!» — Президент України. | Зал встав.",
    "— Де ви були? | — Удома. | — А потім?",
    "Він сказав: „Ми йдемо. | Зараз“. | І пішов.",
    "КИЇВ (Укрінформ) — Дрон влучив у станцію. | Троє поранені.",
    "Яблука, груші і т. д. були дешеві. | Хліб тощо. | Ціни росли.",
    "Прибули проф. Іван Коваль, акад. Б. Патон та ін. | Вони виступили.",
    "Т. зв. Республіка не визнана. | Див. с. 12 і рис. 3.",
    "Довжина 10 м. | Київ далеко. | Вага 5 кг. | Львів ближче.",
    "Ціни впали на 3,5 %. | 12 людей звільнили.",
    "Це сталося о 15 год. 30 хв. у Харкові. | Ніхто не знав.",
    "Він замовк… і пішов. | Вона чекала… | Нічого.",
    "Що?! | Невже?.. | Так!",
    "Річка — р. Дніпро, острів — о. Зміїний. | Це південь.",
    "Одеська обл. та Київська обл. отримали світло. | Решта чекає.",
    "Ген. Сирський і полк. Мельник підписали №5. | Наказ діє.",
    "Слова п. Іваненка підтвердила п. Петренко. | Він мовчав.",
    "“Хто це?” спитав суддя. | “Ніхто.” | Суд пішов.",
    "Дослідження відкликали.[1] | Автор мовчить.¹ | Чому?",
    "Стежте на t.me/desk. | Новини о 8.00. | І о 20.00.",
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
    "وصل د. محمد علي إلى بيروت. | غادر أ. د. سمير حداد.",
    "هل هذا صحيح؟ | نعم. | لا!",
    "«من دفع؟» سأل القاضي. | لم يجب أحد.",
    "«من دفع؟» | الوزير صمت.",
    '"قف!" صرخ الحارس. | "لماذا؟" سألت المرأة.',
    "قال: «سنعود». | ثم رحل.",
    "قال: «سنعود. | قريبا.» | رحل الوفد.",
    "انخفض السعر بنسبة 3.5 في المئة. | 12 شخصا فقدوا عملهم.",
    "بلغت ٣٫٥ مليون. | ١٢ قتيلا.",
    "كييف (أ. ف. ب.) — أصابت مسيرة محطة. | جرح ثلاثة.",
    "ذكرت ذلك وكالة أ. ف. ب. | وقال المتحدث إن الأمر انتهى.",
    "الحرب.. وما بعدها. | انتهى.",
    "ربما... | غدا. | لا أحد يعرف.",
    "انظر ص. 12 من التقرير. | التقرير طويل.",
    "هذا صحيح؟|لا أعرف.",
    "جاء الوفد؛ ثم غادر، ولم يعد. | انتهى اللقاء.",
    "اجتمع م. سعيد مع المدير. | لم يتفقا.",
    "طول الطريق 10 م. | القرية بعيدة.",
    "في عام 2024 م. | قرر المجلس ذلك.",
    "زار الرئيس U.S. Steel أمس. | لم يعلق.",
    "راجع https://example.org/a?b=C. | الموقع بطيء.",
    "سحبت الدراسة.[1] | صمت المؤلف.",
    "قالت (وكانت غاضبة!) إنها ستعود. | عادت.",
    "1. ارتفع السعر. | 2. لم يلاحظ أحد.",
    "عنوان بلا نقطة",
    "یہ درست ہے۔ | وہ نہیں۔",
    "فاز الفريق! 🎉",
    "أعلن ج. ب. حداد ذلك. | نفى الآخر.",
    "هل عاد؟! | نعم عاد.",
    "«لن نعود»، قال الوزير. | «أبدا.»",
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
    ["el", "Τι λες; Ναι. Ο κ. Παππάς έφυγε; όχι.", ["Τι λες;", "Ναι.", "Ο κ. Παππάς έφυγε; όχι."]],
    ["pt-BR", "O Dr. Silva saiu. Ele voltou.", ["O Dr. Silva saiu.", "Ele voltou."]],
    ["no tag", "Mr. Lund left. It rained.", ["Mr. Lund left.", "It rained."]],
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
    ["never parts", (text: string) => text.length, 1],
    ["parts after every code unit", () => 1, 2],
  ])("takes the same sentences from a segmenter that %s", (_, lengthOf, foreign) => {
    const all = () =>
      Object.entries(passages).map(([language, rows]) => rows.map((row) => sentencesOf(textOf(row), language)));
    const expected = all();
    const real = Intl.Segmenter.prototype.segment;
    const segment = vi.spyOn(Intl.Segmenter.prototype, "segment").mockImplementation(function (
      this: Intl.Segmenter,
      text,
    ) {
      const segments = real.call(this, text);
      if (this.resolvedOptions().granularity !== "sentence") return segments;
      const containing = () => ({ segment: text.slice(0, lengthOf(text)), index: 0, input: text });
      return Object.assign(segments, { containing });
    });
    try {
      expect(all()).toEqual(expected);
      expect(sentences("一つ。二つ。", "ja")).toHaveLength(foreign);
    } finally {
      segment.mockRestore();
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
    ["guillemets", `!${"»".repeat(5_000)}`],
    ["guillemets behind blanks", `!${" »".repeat(5_000)}`],
    ["brackets", "A (b!) "],
    ["questions", "?!"],
    ["emoji", "a.🎉"],
    ["line ends", "\n "],
    ["signs of other scripts", "है। "],
    ["signs of other scripts without blanks", "。「"],
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
