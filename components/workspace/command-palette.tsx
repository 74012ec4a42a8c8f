"use client";
/** Ctrl/⌘ K: everything that can be done here, every claim by its words, and the other screens. */
import { Dialog as Base } from "@base-ui/react/dialog";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { entriesFor } from "@/components/frame/navigation";
import { cx } from "@/components/ui/class-names";
import { Kbd } from "@/components/ui/kbd";
import { layer, popupClass } from "@/components/ui/layer";
import { useReturnFocus } from "@/components/ui/return-focus";
import { everything, testOf } from "@/lib/client/claim-filter";
import { type Ratings, ratingOf } from "./claim-look";
import { VerdictSymbol } from "./verdict-symbol";
import { useWorkspaceServices } from "./workspace-context";

export type PaletteAction = {
  id: string;
  label: string;
  shortcut?: string;
  run: () => void;
  /** Under which heading it stands. */
  group?: "filters";
};

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** What can be done now, asked for at each opening. */
  actions: () => PaletteAction[];
  ratings: Ratings;
};

/** As many claims as can be looked over; whoever wants more writes one more word. */
const most = 12;

export function CommandPalette({ open, onOpenChange, ...props }: Props) {
  const t = useTranslations("workspace.palette");
  const finalFocus = useReturnFocus(open);
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-shade" />
        <Base.Viewport className={cx(layer, "fixed inset-0 grid items-start justify-items-center p-4 pt-[12dvh]")}>
          <Base.Popup
            aria-label={t("label")}
            {...(finalFocus && { finalFocus })}
            className={cx(popupClass, "w-full max-w-xl overflow-hidden")}
          >
            <Palette {...props} onDone={() => onOpenChange(false)} />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

function Palette({
  actions: actionsNow,
  ratings,
  onDone,
}: Omit<Props, "open" | "onOpenChange"> & { onDone: () => void }) {
  const t = useTranslations("workspace.palette");
  const frame = useTranslations("frame");
  const router = useRouter();
  const { store, actor, setActiveClaim } = useWorkspaceServices();
  const [actions] = useState(actionsNow);
  const [text, setText] = useState("");
  const found = useMemo(() => {
    const test = testOf({ ...everything, text });
    const hits = [];
    for (const claim of store.all()) {
      if (!test(claim)) continue;
      hits.push(claim);
      if (hits.length === most) break;
    }
    return hits;
  }, [text, store]);
  const lower = text.toLocaleLowerCase().trim();
  const matches = (label: string) => label.toLocaleLowerCase().includes(lower);
  const matching = actions.filter(({ label }) => matches(label));
  const doable = matching.filter(({ group }) => !group);
  const filters = matching.filter(({ group }) => group === "filters");
  const pages = [
    ...entriesFor(actor.role).map(({ key, href }) => ({ href, label: frame(`nav.${key}`) })),
    { href: "/account", label: frame("person.account") },
  ].filter(({ label }) => matches(label));
  const values = [
    ...doable.map(({ id }) => `action ${id}`),
    ...found.map(({ id }) => `claim ${id}`),
    ...filters.map(({ id }) => `action ${id}`),
    ...pages.map(({ href }) => `page ${href}`),
  ];
  // Enter does what stands first in the list that is seen, however soon after the last letter it is pressed.
  const [chosen, setChosen] = useState("");
  const selected = values.includes(chosen) ? chosen : (values[0] ?? "");
  const run = (work: () => void) => () => {
    onDone();
    work();
  };
  const action = ({ id, label, shortcut, run: work }: PaletteAction) => (
    <Item key={id} value={`action ${id}`} onSelect={run(work)}>
      <span className="grow">{label}</span>
      {shortcut && <Kbd>{shortcut}</Kbd>}
    </Item>
  );
  return (
    <Command label={t("label")} shouldFilter={false} loop value={selected} onValueChange={setChosen}>
      <Command.Input
        value={text}
        onValueChange={(next) => {
          setText(next);
          setChosen("");
        }}
        placeholder={t("placeholder")}
        className="h-12 w-full border-b bg-transparent px-4 text-lg outline-hidden placeholder:text-ink-3"
      />
      <Command.List className="max-h-[min(26rem,60dvh)] overflow-y-auto p-1.5">
        <Command.Empty className="px-3 py-6 text-center text-ink-2">{t("empty")}</Command.Empty>
        <Group heading={t("actions")}>{doable.map(action)}</Group>
        <Group heading={t("claims")}>
          {found.map((claim) => (
            <Item
              key={claim.id}
              value={`claim ${claim.id}`}
              onSelect={run(() => setActiveClaim(claim.id, { focus: "panel", scroll: true }))}
            >
              <VerdictSymbol rating={ratingOf(claim, ratings)} />
              <span className="line-clamp-1 grow">{claim.statement}</span>
            </Item>
          ))}
        </Group>
        <Group heading={t("filters")}>{filters.map(action)}</Group>
        <Group heading={t("pages")}>
          {pages.map(({ href, label }) => (
            <Item key={href} value={`page ${href}`} onSelect={run(() => router.push(href))}>
              {label}
            </Item>
          ))}
        </Group>
      </Command.List>
    </Command>
  );
}

function Group({ heading, children }: { heading: string; children: React.ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:text-ink-3"
    >
      {children}
    </Command.Group>
  );
}

function Item({ value, onSelect, children }: { value: string; onSelect: () => void; children: React.ReactNode }) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex min-h-9 cursor-default items-center gap-2.5 rounded-md px-2.5 py-1.5 data-[selected=true]:bg-accent-tint data-[selected=true]:outline-2 data-[selected=true]:-outline-offset-2 data-[selected=true]:outline-focus/40"
    >
      {children}
    </Command.Item>
  );
}
