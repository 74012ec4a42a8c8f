"use client";
import { useTranslations } from "next-intl";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { modKey } from "@/lib/client/key-name";
import { setPreference, usePreferences } from "@/lib/client/preferences";
import { ledgerKeys } from "./key-map";

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

const groups = [
  {
    name: "walk",
    rows: [
      ["j", "next"],
      ["k", "previous"],
      [".", "nextPlace"],
      [",", "previousPlace"],
      ["/", "search"],
      ["l", "list"],
    ],
  },
  {
    name: "text",
    rows: [
      ["h", "mark"],
      ["g", "grow"],
      ["p", "also"],
      ["w", "attach"],
      ["Enter", "open"],
      ["mod Enter", "follow"],
      ["Esc", "escape"],
    ],
  },
  {
    name: "claim",
    rows: [
      ["1 – 5", "verdict"],
      ["e", "evidence"],
      ["r", "rationale"],
      ["i", "wording"],
      ["a", "take"],
      ["s", "submit"],
      ["c", "confirm"],
      ["mod Enter", "send"],
      ["Alt ↑ / ↓", "order"],
      ["mod Z", "undo"],
    ],
  },
  {
    name: "ledger",
    rows: [
      [ledgerKeys.toggle, "ledger"],
      [ledgerKeys.next, "nextUnaccounted"],
      [`⇧ ${ledgerKeys.next.toUpperCase()}`, "previousUnaccounted"],
      [ledgerKeys.opinion, "opinion"],
      [ledgerKeys.transition, "transition"],
      [ledgerKeys.no_fact, "noFact"],
      [ledgerKeys.clear, "clearMark"],
    ],
  },
  {
    name: "all",
    rows: [
      ["mod K", "palette"],
      ["Alt T", "toasts"],
      ["?", "help"],
    ],
  },
] as const;

/** The list of keys, and the switches for whoever does not want them. */
export function KeyHelpDialog({ open, onOpenChange }: Props) {
  const t = useTranslations("workspace.keys");
  const { keys, announceHighlights } = usePreferences();
  return (
    <Dialog title={t("title")} size="md" open={open} onOpenChange={onOpenChange}>
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {groups.map(({ name, rows }) => (
          <section key={name}>
            <h3 className="mb-1 text-sm font-semibold text-ink-2">{t(`groups.${name}`)}</h3>
            <dl className="grid gap-1">
              {rows.map(([key, command]) => (
                <div key={key} className="flex items-center justify-between gap-3">
                  <dt>{t(`commands.${command}`)}</dt>
                  <dd>
                    <Kbd>{key.replace("mod", modKey())}</Kbd>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div className="mt-5 grid gap-2 border-t pt-4">
        <Switch
          checked={keys}
          onChange={(value) => setPreference({ keys: value })}
          label={t("single")}
          hint={t("singleHint")}
        />
        <Switch
          checked={announceHighlights}
          onChange={(value) => setPreference({ announceHighlights: value })}
          label={t("announce")}
          hint={t("announceHint")}
        />
      </div>
    </Dialog>
  );
}

type SwitchProps = { checked: boolean; onChange: (checked: boolean) => void; label: string; hint: string };

function Switch({ checked, onChange, label, hint }: SwitchProps) {
  return (
    <label className="flex items-start gap-2.5">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-0.5 size-4.5 shrink-0 accent-(--accent)"
      />
      <span>
        {label}
        <span className="block text-sm text-ink-2">{hint}</span>
      </span>
    </label>
  );
}
