import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/source-serif-4/wght.css";
import "@fontsource-variable/source-serif-4/wght-italic.css";
import "./globals.css";
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Providers } from "@/components/frame/providers";
import { type Theme, themeCookie, themeOf } from "@/components/frame/theme";
import { ReaderProvider } from "@/components/ui/reader";
import { readerCookie, readReader } from "@/components/ui/reader-settings";
import { Toaster } from "@/components/ui/toaster";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("frame");
  return {
    title: { default: t("product"), template: `%s · ${t("product")}` },
    description: t("description"),
    robots: { index: false, follow: false },
  };
}

const light = { media: "(prefers-color-scheme: light)", color: "#ffffff" };
const dark = { media: "(prefers-color-scheme: dark)", color: "#1f1e1b" };

export async function generateViewport(): Promise<Viewport> {
  const theme = await chosenTheme();
  const themeColor = { system: [light, dark], light: light.color, dark: dark.color }[theme];
  return { themeColor, viewportFit: "cover" };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [theme, locale, jar] = await Promise.all([chosenTheme(), getLocale(), cookies()]);
  const reader = readReader(jar.get(readerCookie)?.value, locale);
  return (
    <html lang={locale} {...(theme !== "system" && { "data-theme": theme })}>
      <body>
        <NextIntlClientProvider>
          <ReaderProvider reader={{ ...reader, now: Date.now() }}>
            <Providers>
              <div className="page-root">{children}</div>
              <Toaster />
            </Providers>
          </ReaderProvider>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}

async function chosenTheme(): Promise<Theme> {
  return themeOf((await cookies()).get(themeCookie)?.value);
}
