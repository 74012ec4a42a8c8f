import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";

/** A screen that the person's role does not open. */
export function NotForRole() {
  const t = useTranslations("people.notForRole");
  return (
    <EmptyState icon={Lock} title={<h1>{t("title")}</h1>}>
      <p>{t("body")}</p>
    </EmptyState>
  );
}
