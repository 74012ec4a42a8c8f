import { FileQuestionMark } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { buttonClass } from "@/components/ui/button-look";
import { EmptyState } from "@/components/ui/empty-state";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("frame.notFound"))("title") };
}

export default async function NotFoundPage() {
  const t = await getTranslations("frame.notFound");
  return (
    <main className="grid min-h-[70dvh] place-items-center">
      <EmptyState
        icon={FileQuestionMark}
        title={<h1>{t("title")}</h1>}
        action={
          <Link href="/articles" className={buttonClass({ variant: "primary" })}>
            {t("action")}
          </Link>
        }
      >
        <p>{t("body")}</p>
      </EmptyState>
    </main>
  );
}
