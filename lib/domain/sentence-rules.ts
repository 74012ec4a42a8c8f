/**
 * What the sentences of a language need to be known by: its abbreviations, and the words that begin a sentence. Data only;
 * lib/domain/sentences.ts says what is done with it. A word is written without its last full stop, in lower case when it may
 * also be met with a capital.
 */

export type SentenceRules = {
  /** Abbreviations that no sentence ends with: titles before a name, "for example". */
  readonly within: ReadonlySet<string>;
  /** Abbreviations that a sentence may end with: it does when an opener follows. */
  readonly either: ReadonlySet<string>;
  /**
   * Abbreviations that, behind a number or another abbreviation, end a sentence before any capital but those of `goingOn`,
   * unless it has hardly begun: "At 5 p.m. Ann left".
   */
  readonly ending: ReadonlySet<string>;
  readonly goingOn: ReadonlySet<string>;
  /** Abbreviations that go on when a number follows. */
  readonly beforeNumber: ReadonlySet<string>;
  /** Words that begin a sentence more often than they follow an abbreviation inside one. */
  readonly openers: ReadonlySet<string>;
  /** Verbs by which a quotation goes on that ended in a question or exclamation mark: “Why?” Smith asked. */
  readonly saying: ReadonlySet<string>;
  /** Where "3." is "third" (German): words before it and words after it. */
  readonly ordinals: { readonly after: ReadonlySet<string>; readonly before: ReadonlySet<string> } | null;
};

const words = (...lists: string[]) => new Set(lists.join(" ").split(/\s+/).filter(Boolean));

/** Names and titles that are written so in news of every language. */
const everywhere = {
  within: "Mr Mrs Ms Mx Dr Prof Mt vs cf",
  either: "Jr Sr Inc Ltd Co Corp Bros Plc Cie",
};

function rules(own: {
  within?: string;
  either?: string;
  ending?: string;
  goingOn?: string;
  beforeNumber?: string;
  openers?: string;
  saying?: string;
  ordinals?: { after: string; before: string };
}): SentenceRules {
  return {
    within: words(everywhere.within, own.within ?? ""),
    either: words(everywhere.either, own.either ?? ""),
    ending: words(own.ending ?? ""),
    goingOn: words(own.goingOn ?? ""),
    beforeNumber: words(own.beforeNumber ?? ""),
    openers: words(own.openers ?? ""),
    saying: words(own.saying ?? ""),
    ordinals: own.ordinals ? { after: words(own.ordinals.after), before: words(own.ordinals.before) } : null,
  };
}

const english = rules({
  within: `Messrs Drs Rev Hon Sen Sens Rep Reps Gov Govs Gen Gens Lt Col Maj Capt Cmdr Adm Sgt Cpl Pvt Pres Supt Det
    Insp Amb Atty Sec Ft e.g i.e viz v`,
  either: "St Ave Blvd Rd Hwy Dept Univ Assn Esq Ste Mfg Intl Natl",
  ending: "a.m p.m",
  goingOn: `Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August
    September October November December Mon Tue Tues Wed Thu Thurs Fri Sat Sun Jan Feb Mar Apr Aug Sept Oct Nov Dec ET
    EST EDT CT CST CDT MT MST MDT PT PST PDT GMT UTC BST CET CEST EET EEST Eastern Central Mountain Pacific`,
  beforeNumber: `jan feb mar apr jun jul aug sep sept oct nov dec no nos fig figs art arts sec secs ch vol vols pp para
    paras eq app ed cl reg ver ref tel ext approx ca est max min al`,
  openers: `The A An He She It They We I You But And Or So In On At As By For If When While After Before This That
    These Those Then There Its His Her Their Our My Your However Meanwhile What Why How Who Where No Yes Not Now Also
    Some Many Most All Both One Two Since Until Although Though Because With Without From To Under Over During Despite
    Instead Earlier Later Officials Here Nobody Each Every Another Once Yet Still Even Only Is Are Was Were Do Does Did
    Can Could Would Should Has Have Had`,
  saying: `said says asked asks replied replies told tells added wrote writes posted tweeted shouted shouts yelled
    cried exclaimed wondered recalled continued explained insisted joked quipped declared demanded answered called
    whispered screamed`,
});

const german = rules({
  within: `St Stat Hr Hrn Fr Fa med phil jur rer nat theol Dipl Ing Kfm Kffr Mag Hl z.B d.h sog ehem lt gem geb gest
    bzw ca evtl ggf inkl exkl vgl bes insb einschl zzgl abzgl ev kath österr dt engl franz ukr russ amerik Gebr Anm Nr
    Nrn Frhr max min u.U v.a i.d.R`,
  either: "v n Univ Str Pl Hbf Bhf Mio Mrd Tsd Jh Jhd Chr Hrsg jr sen u.a u.ä o.ä a.D i.R e.V",
  beforeNumber: `jan feb febr apr aug sep sept okt nov dez Abs Art Kap Abb Bd Tab Ziff Rn Aufl Tel Std Min Sek Ausg Jg
    Kl rd mind Mo Di Mi Do Sa So`,
  openers: `Der Die Das Den Dem Des Ein Eine Einen Einem Einer Er Sie Es Wir Ich Ihr Man Und Aber Doch Oder Denn Im In
    Ins Am An Auf Aus Bei Beim Bis Durch Für Gegen Mit Nach Ohne Seit Um Unter Über Von Vom Vor Während Wegen Zu Zum
    Zur Zwischen Als Da Dabei Dafür Damit Danach Dann Dort Dazu Dies Diese Dieser Dieses Diesen Deshalb Trotz Trotzdem
    Auch Nur Noch Schon Nun Jetzt Heute Gestern Morgen So Was Wie Wo Wer Warum Wann Wenn Weil Obwohl Ob Sein Seine
    Seinen Ihre Ihren Unser Unsere Kein Keine Nicht Nein Ja Allerdings Zudem Außerdem Später Zuvor Zuletzt Laut Alle
    Viele Einige Hier Ab Jedoch Somit Beide Jede Jeder Dagegen Daher Darum Insgesamt Inzwischen Mittlerweile`,
  ordinals: {
    after: `der die das den dem des am im vom zum zur beim ins ein eine einen einem einer eines jede jeder jedes jeden
      jedem sein seine seinen seinem seiner seines ihr ihre ihren ihrem ihrer ihres unser unsere unserem mein meine
      meinem dieser diesem diesen diese dieses`,
    before: `Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember Jan Feb Febr Apr
      Aug Sept Sep Okt Nov Dez Jahrhundert Jahrhunderts Jh Jahrtausend Weltkrieg Weltkriegs Bundesliga Liga FC SC SV
      FSV Runde Mal Spieltag Spieltags Minute Tag Stock Etage Klasse Geburtstag Jahrestag Mannschaft Wahlgang Senat
      Bezirk Sinfonie Strafsenat Kammer Lesung Auflage`,
  },
});

const french = rules({
  within: "St M MM Mme Mmes Mlle Mgr Gal Me Pr Ste av apr env bd boul Ets ex",
  either: "J.-C Jr Sté",
  beforeNumber: "art arts chap p pp vol n no nos fig éd t tél al janv févr avr juill sept oct nov déc env",
  openers: `Le La Les L Un Une Des Du Il Elle Ils Elles On Ce Cet Cette Ces Cela C Ça Nous Vous Je J Tu Mais Et Ou Donc
    Or Ni Car Dans En À Au Aux Sur Sous Pour Par Avec Sans Selon Après Avant Depuis Pendant Lors Si Quand Lorsque Comme
    Son Sa Ses Leur Leurs Notre Nos Mon Ma Mes D De Qu Qui Que Quel Quelle Pourquoi Comment Ainsi Alors Aussi Puis
    Enfin Toutefois Cependant Pourtant Ne N Non Oui Tout Tous Toutes S Entre Vers Chez Contre Malgré Plus Certains
    Plusieurs Aucun Aucune Hier Ici Là Parmi Désormais Déjà Même Face Chaque`,
});

const spanish = rules({
  within: `D Sra Srta Sres Dña Dn Dra Profa Lic Arq Gral Cnel Cap Cmdte Tte Sgto Mons Sto Sta Fr EE FF CC JJ RR Bs ej
    p.ej Av Avda Ctra Pza Pl Ntra St Const`,
  either: "UU AA OO HH EE.UU Ud Uds Vd Vds Cía Ltda",
  beforeNumber: `art arts núm núms nro nros pág págs vol vols cap aprox tel tfno ene feb mar abr may jun jul ago sep
    sept oct nov dic inc ap ed ref fig`,
  openers: `El La Los Las Un Una Unos Unas Él Ella Ellos Ellas En De A Al Del Con Por Para Sin Según Tras Desde Hasta
    Entre Sobre Si Cuando Mientras Como Pero Y E O Ni Que Qué Quién Quiénes Cómo Cuándo Dónde Cuál Su Sus Este Esta
    Estos Estas Ese Esa Eso Esto Aquel Aquella Nuestro Nuestra No Sí Se Lo Le Les Me Nos Ya También Además Así Entonces
    Luego Después Antes Ahora Hoy Ayer Aunque Porque Todo Todos Todas Muchos Muchas Algunos Hay Es Fue Era Ante Bajo
    Durante Contra Más Nadie Otro Otra Allí Aquí Sólo Solo Cada Ambos`,
});

const ukrainian = rules({
  within: `акад проф доц канд докт ген полк підполк сел смт вул просп пров бул пл обл ім гр тов зв напр див нач зам
    заст ред св лейт`,
  either: "дол",
  ending: "р рр ст д е н",
  beforeNumber: `ст пп розд гл абз рис табл мал стор кн вип год грн тел прибл бл ч п с т буд кв корп січ лют бер квіт
    трав черв лип серп верес жовт лист груд`,
  openers: `Він Вона Воно Вони Ми Ви Я Ти Це Цей Ця Ці Той Та То Те Ті У В На З Із Зі За До Від Для Про По Під Після
    Перед Через Над Між Без Але А І Й Або Чи Що Як Якщо Коли Де Хто Чому Бо Адже Також Тож Тому Так Таке Такий Ні Не
    Однак Проте Втім Водночас Раніше Пізніше Тоді Тепер Зараз Сьогодні Учора Вчора Його Її Їх Їхній Наш Наші Наша Ваш
    Усі Всі Усе Все Кожен Згідно Нині Потім Наразі Тут Там Ще Вже Уже Лише Серед Крім Окрім Попри Понад Саме Є Був Була
    Було Були`,
});

const arabic = rules({
  within: "ود وأ وم أ.د",
  beforeNumber: "وص وج",
  openers: `قال قالت وقال وقالت أضاف وأضاف أضافت وأضافت كان كانت وكان وكانت هذا هذه وهذا وهذه ذلك وذلك في وفي كما ولكن
    لكن غير إلا إن أن وأن وإن قد وقد لقد ولقد لم ولم لن ولن لا ولا ثم من ومن على وعلى بعد وبعد قبل وقبل هو هي وهو وهي
    هم وهم ما وما أما وأما عن وعن إلى وإلى حيث بينما عندما وعندما منذ ومنذ لماذا كيف متى أين هل نعم`,
  saying: `قال قالت يقول تقول قالوا سأل سألت يسأل تسأل تساءل تساءلت هتف هتفت صاح صاحت صرخ صرخت أضاف أضافت كتب كتبت رد
    ردت أجاب أجابت علق علقت`,
});

const languages: Readonly<Record<string, SentenceRules>> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  uk: ukrainian,
  ar: arabic,
};

/** The rules for a BCP 47 tag; the English ones where there are none of the language's own. */
export function rulesFor(language: string): SentenceRules {
  return languages[language.toLowerCase().split(/[-_]/, 1)[0] ?? ""] ?? english;
}
