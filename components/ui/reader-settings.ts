/** How the reader's browser writes dates. Kept in a cookie, so that the server writes them alike and nothing moves afterwards. */
export type ReaderSettings = { /** BCP 47. */ locale: string /** IANA time zone. */; zone: string };

export const readerCookie = "claimdesk-reader";

export const writeReader = ({ locale, zone }: ReaderSettings): string => encodeURIComponent(`${locale} ${zone}`);

/** What the cookie says, when `Intl` understands it; a cookie can hold anything. */
export function readReader(value: string | undefined, fallbackLocale: string): ReaderSettings {
  const fallback = { locale: fallbackLocale, zone: "UTC" };
  try {
    const [locale = "", zone = ""] = decodeURIComponent(value ?? "").split(" ");
    new Intl.DateTimeFormat(locale, { timeZone: zone });
    return locale && zone ? { locale, zone } : fallback;
  } catch {
    return fallback;
  }
}
