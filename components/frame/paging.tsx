import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button-look";

/** Onwards through a list that is read by cursor, and back to its beginning. Nothing when the list has one page. */
export function Paging({ first, next }: { first: string | null; next: string | null }) {
  const t = useTranslations("frame.paging");
  if (!first && !next) return null;
  return (
    <nav aria-label={t("label")} className="mt-4 flex justify-between gap-2">
      {first ? (
        <Link href={first} className={buttonClass()}>
          {t("first")}
        </Link>
      ) : (
        <span />
      )}
      {next && (
        <Link href={next} className={buttonClass()}>
          {t("next")}
        </Link>
      )}
    </nav>
  );
}

/** Says which parts of the address were left out because they make no sense here. */
export function IgnoredNote({ names }: { names: readonly string[] }) {
  const t = useTranslations("frame.filters");
  if (names.length === 0) return null;
  return (
    <p role="alert" className="mb-3 text-sm text-ink-2">
      {t("ignored", { names: names.join(", ") })}
    </p>
  );
}
