/**
 * Names of news agencies, papers and broadcasters, to know one at the end of a text or in a dateline. A help for recognition,
 * not a register: an outlet that is missing here is typed in by hand.
 */
const agencies =
  "AP, The Associated Press, Associated Press, Reuters, AFP, Agence France-Presse, dpa, Bloomberg, Bloomberg News, UPI, ANSA, EFE, PAP, ČTK, TASS, Interfax, Interfax-Ukraine, Ukrinform, Xinhua, Kyodo News, Jiji Press, Yonhap, PTI, ANI, APA, Keystone-SDA, NTB, TT, Ritzau, Lusa, Belga, ANP, MTI, Anadolu Agency, The Canadian Press, AAP";
const papers =
  "The New York Times, New York Times, The Washington Post, Washington Post, The Wall Street Journal, Wall Street Journal, USA Today, Los Angeles Times, Chicago Tribune, The Boston Globe, San Francisco Chronicle, Miami Herald, The Atlantic, The New Yorker, Time, Newsweek, Politico, Axios, ProPublica, The Hill, The Daily Beast, Vox, Slate, HuffPost, BuzzFeed News, The Intercept, Mother Jones, Foreign Policy, Foreign Affairs, NPR, PBS NewsHour, ABC News, CBS News, NBC News, CNN, Fox News, MSNBC, CNBC, BBC, BBC News, The Guardian, The Observer, The Times, The Sunday Times, The Telegraph, The Daily Telegraph, Financial Times, The Economist, The Independent, Daily Mail, Mirror, The Sun, Evening Standard, Sky News, ITV News, Channel 4 News, Bellingcat, The Irish Times, Irish Independent, RTÉ, The Scotsman, The Herald, The Globe and Mail, Toronto Star, National Post, CBC News, The Sydney Morning Herald, The Age, The Australian, ABC News Australia, The New Zealand Herald, RNZ, The Hindu, The Times of India, The Indian Express, Hindustan Times, Dawn, The Straits Times, South China Morning Post, The Japan Times, Nikkei Asia, The Korea Herald, The Jakarta Post, Al Jazeera, Haaretz, The Times of Israel, The Jerusalem Post, Mail & Guardian, Daily Maverick, Daily Nation, Premium Times, The Moscow Times, Meduza, Novaya Gazeta, Novaya Gazeta Europe, The Insider, Kommersant, The Kyiv Independent, Kyiv Independent, Kyiv Post, Ukrainska Pravda, Українська правда, Radio Free Europe/Radio Liberty, RFE/RL, Voice of America, Deutsche Welle, DW, Der Spiegel, Spiegel, Die Zeit, Zeit Online, Frankfurter Allgemeine Zeitung, FAZ, Süddeutsche Zeitung, Die Welt, Welt, Bild, taz, Der Tagesspiegel, Handelsblatt, Correctiv, Der Standard, Die Presse, Kurier, Neue Zürcher Zeitung, NZZ, Tages-Anzeiger, Le Monde, Le Figaro, Libération, Mediapart, Les Échos, Le Soir, Le Temps, Le Devoir, France 24, El País, El Mundo, La Vanguardia, ABC, Clarín, La Nación, Folha de S.Paulo, O Globo, Público, Corriere della Sera, la Repubblica, La Stampa, Il Sole 24 Ore, NRC, de Volkskrant, De Standaard, Dagens Nyheter, Svenska Dagbladet, Aftenposten, Politiken, Helsingin Sanomat, Gazeta Wyborcza, Rzeczpospolita, Respekt, Euronews, Snopes, PolitiFact, Full Fact, FactCheck.org";

const known = new Map(`${agencies}, ${papers}`.split(", ").map((name) => [key(name), name]));

function key(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Words that are common in names of outlets and rare as the last word of anything else. */
const pressWords =
  /^(times|post|news|press|journal|tribune|herald|guardian|gazette|chronicle|independent|observer|telegraph|courier|examiner|inquirer|register|bulletin|dispatch|sentinel|zeitung|tagblatt|tageblatt|anzeiger|rundschau|nachrichten|blatt|monde|figaro|diario|noticias|correo|corriere|gazzetta|agency|agentur|weekly|daily|magazine)$/i;

/** The outlet's name as it is usually written, or null when this is not one that is known here. */
export function knownOutlet(text: string): string | null {
  return known.get(key(text)) ?? null;
}

/** The known outlet that the text ends with after the end of a sentence, and where its name begins (UTF-16), or null. */
export function trailingOutlet(text: string): { outlet: string; start: number } | null {
  const tail = text.slice(-80);
  // Shortest first would take "Times" for "The New York Times": the earliest end of a sentence wins.
  for (const match of tail.matchAll(/[.!?\u2026]["'\u201d\u2019\u00bb)\]]*\s*(?=[\p{L}])/gu)) {
    const begin = match.index + match[0].length;
    const outlet = knownOutlet(tail.slice(begin));
    if (outlet) return { outlet, start: text.length - tail.length + begin };
  }
  return null;
}

/** True for a short line that has the look of an outlet's name: every word with a capital, one of them a word of the trade. */
export function looksLikeOutlet(line: string): boolean {
  const words = line.split(/\s+/);
  if (words.length > 6 || /[.!?,;:]$/.test(line)) return false;
  const small = /^(of|the|and|de|der|die|das|la|le|el|da|do|des|du|&)$/i;
  return (
    words.every((word) => small.test(word) || /^\p{Lu}/u.test(word)) && words.some((word) => pressWords.test(word))
  );
}
