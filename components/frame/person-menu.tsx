"use client";

import { LogOut, UserRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Menu, MenuGroup, MenuItem, MenuLink, MenuSeparator } from "@/components/ui/menu";
import type { Actor } from "@/lib/domain/people";
import { ThemeChoice } from "./theme-choice";

/** Who is signed in: account, theme, sign out. */
export function PersonMenu({ person }: { person: Pick<Actor, "id" | "name" | "role"> }) {
  const t = useTranslations("frame");
  const form = useRef<HTMLFormElement>(null);
  /** Texts that signing out would lose, while the person is asked about them. */
  const [unsaved, setUnsaved] = useState(0);

  /** What was typed here and not saved leaves this browser with the person who typed it. */
  async function signOut(sure: boolean) {
    const [outbox, intake, sources, annotations, decisions] = await Promise.all([
      import("@/lib/client/outbox"),
      import("@/lib/client/intake-draft"),
      import("@/lib/client/source-drafts"),
      import("@/lib/client/annotation-draft"),
      import("@/lib/client/kept-decisions"),
    ]);
    const articles = await intake.listIntakeDrafts(person.id);
    const count =
      (await outbox.unsentIn(person.id)) +
      articles.length +
      sources.listSourceDrafts(person.id).length +
      decisions.countDecisions(person.id) +
      (await annotations.countAnnotationDrafts(person.id));
    setUnsaved(sure ? 0 : count);
    if (count > 0 && !sure) return;
    sources.clearSourceDrafts(person.id);
    decisions.clearDecisions(person.id);
    await Promise.allSettled([
      outbox.clearOutbox(person.id),
      intake.clearIntakeDrafts(person.id),
      annotations.clearAnnotationDrafts(person.id),
    ]);
    form.current?.requestSubmit();
  }

  return (
    <>
      <Menu
        trigger={
          <button
            type="button"
            aria-label={t("person.menu", { name: person.name })}
            className="rounded-full p-1 focus-visible:rounded-full data-popup-open:bg-wash"
          >
            <Avatar person={person} decorative />
          </button>
        }
      >
        <MenuGroup label={`${person.name} · ${t(`roles.${person.role}`)}`}>
          <MenuLink href="/account">
            <UserRound aria-hidden />
            {t("person.account")}
          </MenuLink>
        </MenuGroup>
        <MenuSeparator />
        <ThemeChoice />
        <MenuSeparator />
        <MenuItem onClick={() => void signOut(false)}>
          <LogOut aria-hidden />
          {t("person.signOut")}
        </MenuItem>
      </Menu>
      <Dialog
        open={unsaved > 0}
        onOpenChange={(open) => !open && setUnsaved(0)}
        title={t("signOut.title")}
        description={t("signOut.body", { count: unsaved })}
      >
        <DialogActions>
          <Button onClick={() => setUnsaved(0)}>{t("signOut.stay")}</Button>
          <Button variant="danger" onClick={() => void signOut(true)}>
            {t("signOut.leave")}
          </Button>
        </DialogActions>
      </Dialog>
      <form ref={form} method="post" action="/api/auth/signout" hidden>
        <input type="hidden" name="callbackUrl" value="/sign-in" />
      </form>
    </>
  );
}
