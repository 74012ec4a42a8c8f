"use client";
/** What a new text makes of the changes that were accepted, in one line, and each of them with the way to its claim. */
import { useTranslations } from "next-intl";
import type { CarriedAnchor } from "@/lib/domain/revision";
import { type WordingOutcome, wordingOutcomes } from "@/lib/domain/wording";

type Asked = CarriedAnchor & { wording: NonNullable<CarriedAnchor["wording"]> };
const isAsked = (anchor: CarriedAnchor): anchor is Asked => anchor.wording !== null;

/** "Of 5 accepted changes: 3 applied, 1 partly, 1 ignored"; null where nothing was accepted. */
export function useTallyWords(anchors: readonly CarriedAnchor[]): string | null {
  const t = useTranslations("wording.test");
  const asked = anchors.filter(isAsked);
  if (asked.length === 0) return null;
  const counts = new Map<WordingOutcome, number>();
  for (const { wording } of asked) counts.set(wording.outcome, (counts.get(wording.outcome) ?? 0) + 1);
  const parts = wordingOutcomes
    .filter((outcome) => counts.has(outcome))
    .map((outcome) => t(`counts.${outcome}`, { count: counts.get(outcome) ?? 0 }));
  return t("tally", { count: asked.length, parts: parts.join(", ") });
}

type Props = { anchors: readonly CarriedAnchor[]; onGo: (anchor: CarriedAnchor) => void };

export function WordingTally({ anchors, onGo }: Props) {
  const t = useTranslations("wording.test");
  const words = useTallyWords(anchors);
  if (words === null) return null;
  return (
    <details className="rounded-lg border bg-sheet px-4 py-2.5">
      <summary className="min-h-6 cursor-pointer font-semibold">{words}</summary>
      <ul className="mt-2 grid gap-1">
        {anchors.filter(isAsked).map((anchor) => (
          <li key={anchor.anchorId}>
            <button
              type="button"
              onClick={() => onGo(anchor)}
              className="flex min-h-7 w-full flex-wrap items-baseline gap-x-2 rounded-sm text-start hover:bg-wash"
            >
              <span className="w-20 shrink-0 text-sm font-semibold">{t(`outcomes.${anchor.wording.outcome}`)}</span>
              <span className="link min-w-0 grow basis-48 break-words">{anchor.wording.wording || t("cut")}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
