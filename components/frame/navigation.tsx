"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { cx } from "@/components/ui/class-names";
import type { Role } from "@/lib/domain/people";

/** The article list, asked for what waits for an editor. */
export const reviewQueue = "/articles?state=in_review&sort=due";

type Entry = {
  key: "articles" | "review" | "sources" | "activity" | "people" | "settings";
  href: string;
  roles?: Role[];
};

/** What is shown to whom is a courtesy; what is allowed is decided by the use case. */
const entries: Entry[] = [
  { key: "articles", href: "/articles" },
  { key: "review", href: reviewQueue, roles: ["editor", "admin"] },
  { key: "sources", href: "/sources" },
  { key: "activity", href: "/activity" },
  { key: "people", href: "/people", roles: ["admin"] },
  { key: "settings", href: "/settings", roles: ["admin"] },
];

export const entriesFor = (role: Role): Entry[] => entries.filter(({ roles }) => !roles || roles.includes(role));

export function Navigation({ role }: { role: Role }) {
  const t = useTranslations("frame.nav");
  const path = usePathname();
  const state = useSearchParams().get("state");
  const inQueue = path === "/articles" && state === "in_review";
  const isCurrent = ({ key, href }: Entry) =>
    key === "review" ? inQueue : !(key === "articles" && inQueue) && (path === href || path.startsWith(`${href}/`));
  return (
    <nav
      aria-label={t("label")}
      className="min-w-0 max-sm:order-last max-sm:-mx-4 max-sm:w-screen max-sm:overflow-x-auto max-sm:px-3"
    >
      <ul className="flex gap-0.5">
        {entriesFor(role).map((entry) => (
          <li key={entry.key}>
            <Link
              href={entry.href}
              aria-current={isCurrent(entry) ? "page" : undefined}
              className={cx(
                "relative flex h-9 items-center rounded-md px-2.5 whitespace-nowrap no-underline focus-visible:rounded-md sm:h-12",
                isCurrent(entry)
                  ? "font-semibold text-ink after:absolute after:inset-x-2.5 after:bottom-0 after:h-0.5 after:bg-accent"
                  : "text-ink-2 hover:text-ink",
              )}
            >
              {t(entry.key)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
