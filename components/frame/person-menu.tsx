"use client";

import { LogOut, UserRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Menu, MenuGroup, MenuItem, MenuLink, MenuSeparator } from "@/components/ui/menu";
import type { Actor } from "@/lib/domain/people";
import { ThemeChoice } from "./theme-choice";

/** Who is signed in: account, theme, sign out. */
export function PersonMenu({ person }: { person: Pick<Actor, "id" | "name" | "role"> }) {
  const t = useTranslations("frame");
  const signOut = useRef<HTMLFormElement>(null);
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
        <MenuItem onClick={() => signOut.current?.requestSubmit()}>
          <LogOut aria-hidden />
          {t("person.signOut")}
        </MenuItem>
      </Menu>
      <form ref={signOut} method="post" action="/api/auth/signout" hidden>
        <input type="hidden" name="callbackUrl" value="/sign-in" />
      </form>
    </>
  );
}
