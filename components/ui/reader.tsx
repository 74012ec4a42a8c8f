"use client";

import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from "react";
import { type ReaderSettings, readerCookie, writeReader } from "./reader-settings";

type Reader = ReaderSettings & {
  /** Milliseconds since 1970: when this was rendered. */
  now: number;
};

const ReaderContext = createContext<Reader>({ locale: "en", zone: "UTC", now: 0 });

const yearInSeconds = 365 * 24 * 60 * 60;

/** Tells dates what the server knows of the reader, and the server, by a cookie, what the browser knows better. */
export function ReaderProvider({ reader, children }: { reader: Reader; children: ReactNode }) {
  useEffect(() => {
    const own = writeReader(browserReader());
    if (own === writeReader(reader)) return;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that we support.
    document.cookie = `${readerCookie}=${own}; Path=/; Max-Age=${yearInSeconds}; SameSite=Lax`;
  }, [reader]);
  return <ReaderContext value={reader}>{children}</ReaderContext>;
}

/** Locale, zone and time of whoever reads: the server's knowledge while the page comes alive, the browser's from then on. */
export function useReader(): Reader {
  const given = useContext(ReaderContext);
  const own = useSyncExternalStore(neverChanges, browserReader, () => null);
  return own ? { ...own, now: Date.now() } : given;
}

const neverChanges = () => () => {};
let kept: ReaderSettings | undefined;

function browserReader(): ReaderSettings {
  kept ??= { locale: navigator.language, zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  return kept;
}
