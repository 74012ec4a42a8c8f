"use client";
/** What opens above the workspace. Each is fetched when it is opened for the first time, and then stays to close gently. */
import dynamic from "next/dynamic";
import { useState, useSyncExternalStore } from "react";
import type { Ratings } from "./claim-look";
import type { PaletteAction } from "./command-palette";
import { useWorkspaceServices } from "./workspace-context";

const ArticleDetailsDialog = dynamic(async () => (await import("./article-details-dialog")).ArticleDetailsDialog);
const CommandPalette = dynamic(async () => (await import("./command-palette")).CommandPalette);
const KeyHelpDialog = dynamic(async () => (await import("./key-help-dialog")).KeyHelpDialog);
const OtherArticleDialog = dynamic(async () => (await import("./other-article-dialog")).OtherArticleDialog);
const SharingDialog = dynamic(async () => (await import("@/components/publication/sharing-dialog")).SharingDialog);

export type DialogName = "palette" | "help" | "details" | "share";

type Props = {
  open: DialogName | null;
  onOpen: (dialog: DialogName | null) => void;
  actions: () => PaletteAction[];
  ratings: Ratings;
};

export function WorkspaceDialogs({ open, onOpen, actions, ratings }: Props) {
  const { article, places } = useWorkspaceServices();
  const { elsewhere } = useSyncExternalStore(places.subscribe, places.get, places.get);
  const [ever, setEver] = useState<ReadonlySet<DialogName>>(new Set());
  if (open !== null && !ever.has(open)) setEver(new Set([...ever, open]));
  const state = (name: DialogName) => ({
    open: open === name,
    onOpenChange: (value: boolean) => onOpen(value ? name : null),
  });
  return (
    <>
      {ever.has("palette") && <CommandPalette {...{ actions, ratings }} {...state("palette")} />}
      {ever.has("help") && <KeyHelpDialog {...state("help")} />}
      {ever.has("details") && <ArticleDetailsDialog {...state("details")} />}
      {elsewhere && <OtherArticleDialog claimId={elsewhere} onClose={() => places.set({ elsewhere: null })} />}
      {ever.has("share") && <SharingDialog articleId={article.id} {...state("share")} />}
    </>
  );
}
