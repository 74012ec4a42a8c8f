import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button-look";
import { OutsideFrame } from "./outside-frame";

/** What a link from an admin leads to once it has been used, taken back, or is too old. */
export function LinkGone() {
  const t = useTranslations("people.join.gone");
  return (
    <OutsideFrame title={t("title")} intro={t("body")}>
      <Link href="/sign-in" className={buttonClass()}>
        {t("action")}
      </Link>
    </OutsideFrame>
  );
}
