"use client";
/** Above the text, while a place of a claim is being given words: what is looked for, and how to be done with it. */
import { Crosshair } from "lucide-react";
import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { reminder } from "@/components/claim/place-actions";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { type Places, useHand } from "./use-places";
import { useWorkspaceServices } from "./workspace-context";

const never = () => () => {};

export function HandBar({ actions, keys }: { actions: Places; keys: boolean }) {
  const t = useTranslations("places.hand");
  const services = useWorkspaceServices();
  const { surface } = services;
  const hand = useHand(services);
  const none = () => null;
  const selection = useSyncExternalStore(surface?.subscribeToSelection ?? never, surface?.selection ?? none, none);
  if (!hand) return null;
  return (
    // Over the headline or the text and not between them: nothing moves that the person did not move.
    <section aria-label={t("label")} className="sticky top-15 z-20 h-0">
      <div className="absolute inset-x-0 -top-5 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-focus bg-sheet px-3 py-2 shadow-pop max-sm:-top-2">
        <Crosshair aria-hidden className="size-4 shrink-0 text-ink-2" />
        <p className="min-w-0 grow basis-52 text-sm wrap-anywhere">
          {t(hand.anchorId ? "move" : "also", { words: reminder(hand.words) })}
        </p>
        <span className="flex gap-1.5">
          <Button
            size="sm"
            variant="primary"
            disabled={!selection}
            focusableWhenDisabled
            // The selection stays where it is.
            onPointerDown={(event) => event.preventDefault()}
            onClick={actions.attach}
          >
            {t("attach")}
            {keys && (
              <span aria-hidden className="pointer-coarse:hidden">
                <Kbd>w</Kbd>
              </span>
            )}
          </Button>
          <Button size="sm" variant="quiet" onClick={actions.letGo}>
            {t("cancel")}
          </Button>
        </span>
      </div>
    </section>
  );
}
