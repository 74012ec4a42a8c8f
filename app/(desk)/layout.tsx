import { Info } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { BrandMark } from "@/components/frame/brand";
import { Navigation } from "@/components/frame/navigation";
import { PersonMenu } from "@/components/frame/person-menu";
import { findNewsroom } from "@/lib/server/newsroom";
import { requirePage } from "@/lib/server/session";

/** The frame of every screen behind the sign-in. Each page asks for the person itself: a layout does not guard its pages. */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  const [{ id, name, role }, newsroom, t] = await Promise.all([
    requirePage(),
    findNewsroom(),
    getTranslations("frame"),
  ]);
  return (
    <>
      <a
        href="#content"
        className="absolute start-3 top-2 z-20 rounded-md bg-accent px-3 py-1.5 font-semibold text-paper not-focus:sr-only"
      >
        {t("skip")}
      </a>
      <header data-frame>
        <div className="flex min-h-12 flex-wrap items-center gap-x-5 border-b bg-sheet px-4 sm:px-6">
          <Link
            href="/articles"
            className="flex items-center gap-2 rounded-md py-2 text-[0.9375rem] font-bold no-underline"
          >
            <BrandMark className="size-6" />
            {t("product")}
          </Link>
          <Navigation role={role} />
          <div className="ms-auto flex min-w-0 items-center gap-3">
            {newsroom && <span className="truncate text-sm text-ink-2 max-lg:hidden">{newsroom.name}</span>}
            <PersonMenu person={{ id, name, role }} />
          </div>
        </div>
        {newsroom?.demo && (
          <p className="flex items-center gap-2 border-b bg-wash px-4 py-1.5 text-sm text-ink-2 sm:px-6">
            <Info aria-hidden className="size-4 shrink-0" />
            {t("demo")}
          </p>
        )}
      </header>
      <main id="content" tabIndex={-1} className="outline-hidden">
        {children}
      </main>
    </>
  );
}
