"use client";
import { Combobox } from "@base-ui/react/combobox";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { cx } from "@/components/ui/class-names";
import { controlClass } from "@/components/ui/field";
import { itemClass, layer, popupClass } from "@/components/ui/layer";
import { StateBadge } from "@/components/ui/state-badge";
import { useWorkspaceServices } from "@/components/workspace/workspace-context";
import type { ClaimSummary } from "@/lib/domain/claim";

type Props = { exceptId: string; value: string | null; onValueChange: (id: string | null) => void };

const mostShown = 50;

/** Another claim of the article, found by its words. */
export function ClaimPicker({ exceptId, value, onValueChange }: Props) {
  const t = useTranslations("claim.picker");
  const { store } = useWorkspaceServices();
  const claims = useMemo(() => store.all().filter(({ id }) => id !== exceptId), [store, exceptId]);
  const chosen = value ? (store.get(value) ?? null) : null;
  return (
    <Combobox.Root
      items={claims}
      value={chosen}
      limit={mostShown}
      itemToStringLabel={(claim: ClaimSummary) => claim.statement}
      isItemEqualToValue={(a: ClaimSummary, b: ClaimSummary) => a.id === b.id}
      onValueChange={(claim: ClaimSummary | null) => onValueChange(claim?.id ?? null)}
    >
      <Combobox.Input aria-label={t("label")} placeholder={t("placeholder")} className={cx(controlClass, "h-9")} />
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={4} collisionPadding={8} className={layer}>
          <Combobox.Popup className={cx(popupClass, "w-(--anchor-width)")}>
            <Combobox.Empty className="px-2.5 py-2 text-sm text-ink-2 empty:hidden">{t("none")}</Combobox.Empty>
            <Combobox.List className="max-h-[min(18rem,var(--available-height))] overflow-y-auto p-1">
              {(claim: ClaimSummary) => (
                <Combobox.Item key={claim.id} value={claim} className={cx(itemClass, "flex-col items-start gap-0")}>
                  <span className="line-clamp-2 text-sm">{claim.statement}</span>
                  <StateBadge state={claim.state} />
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
