"use client";

import { UserPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { PageHead } from "@/components/frame/page-head";
import { Button } from "@/components/ui/button";
import { useFailureWords } from "@/components/ui/failure";
import { call } from "@/lib/client/call";
import { endpoints } from "@/lib/domain/endpoints";
import { AppError } from "@/lib/domain/errors";
import { type InvitationView, type PersonPatch, type PersonView, personView } from "@/lib/domain/people";
import { ConfirmDialog } from "./confirm-dialog";
import { InvitationList } from "./invitation-list";
import { InviteDialog } from "./invite-dialog";
import { LinkDialog } from "./link-dialog";
import { PeopleTable, type PersonAction } from "./people-table";
import { RenameDialog } from "./rename-dialog";

type Props = { self: string; people: PersonView[]; invitations: InvitationView[] };
type Open =
  | { action: "disable" | "signOut" | "rename" | "passwordLink"; person: PersonView }
  | { action: "invite" }
  | null;

/** Everybody in the newsroom, and the links that wait to be used. */
export function PeopleScreen({ self, people: given, invitations: givenInvitations }: Props) {
  const t = useTranslations("people.people");
  const failure = useFailureWords();
  const router = useRouter();
  const [people, setPeople] = useState(given);
  const [invitations, setInvitations] = useState(givenInvitations);
  const [open, setOpen] = useState<Open>(null);
  const [link, setLink] = useState<InvitationView | null>(null);

  const replace = (changed: PersonView) =>
    setPeople((now) => now.map((person) => (person.id === changed.id ? changed : person)));

  /** A colleague's change that came first is shown, and nothing of ours is written over it. */
  function refuse(error: unknown) {
    const current = error instanceof AppError && error.code === "conflict" ? error.details.current : undefined;
    const fresh = personView.safeParse(current);
    if (fresh.success) replace(fresh.data);
    toast.error(failure(error));
  }

  async function update(person: PersonView, patch: PersonPatch): Promise<PersonView | null> {
    try {
      const { id: personId, version } = person;
      const changed = await call(endpoints.updatePerson, { params: { personId }, version, body: patch });
      replace(changed);
      return changed;
    } catch (error) {
      refuse(error);
      return null;
    }
  }

  async function changeRole(person: PersonView, role: PersonView["role"]) {
    const changed = await update(person, { role });
    if (!changed) return;
    const back = () => void update(changed, { role: person.role });
    toast(t("roleChanged", { name: person.name, role }), { action: { label: t("undo"), onClick: back } });
    // One's own role decides what the frame around this screen offers.
    if (person.id === self) router.refresh();
  }

  async function disable(person: PersonView) {
    const changed = await update(person, { disabled: true });
    if (changed)
      toast(t("disabled", { name: person.name }), {
        action: { label: t("undo"), onClick: () => void enable(changed) },
      });
  }

  async function enable(person: PersonView) {
    if (await update(person, { disabled: false })) toast(t("enabled", { name: person.name }));
  }

  async function signOut(person: PersonView) {
    try {
      await call(endpoints.signOutPerson, { params: { personId: person.id } });
      replace({ ...person, sessions: 0 });
      toast(t("signedOut", { name: person.name }));
      if (person.id === self) router.refresh();
    } catch (error) {
      refuse(error);
    }
  }

  async function makePasswordLink(person: PersonView) {
    try {
      showLink(await call(endpoints.createPasswordLink, { params: { personId: person.id } }));
    } catch (error) {
      refuse(error);
    }
  }

  function showLink(made: InvitationView) {
    setInvitations((now) => [{ ...made, url: null }, ...now.filter(({ id }) => id !== made.id)]);
    setOpen(null);
    setLink(made);
  }

  async function revoke(invitation: InvitationView) {
    try {
      await call(endpoints.revokeInvitation, { params: { invitationId: invitation.id } });
      setInvitations((now) => now.filter(({ id }) => id !== invitation.id));
      toast(t("revoked"));
    } catch (error) {
      refuse(error);
    }
  }

  const act: Record<PersonAction, (person: PersonView) => void> = {
    enable: (person) => void enable(person),
    disable: (person) => setOpen({ action: "disable", person }),
    signOut: (person) => setOpen({ action: "signOut", person }),
    rename: (person) => setOpen({ action: "rename", person }),
    passwordLink: (person) => setOpen({ action: "passwordLink", person }),
  };
  const close = () => setOpen(null);

  return (
    <>
      <PageHead title={t("title")} description={t("description")}>
        <Button variant="primary" onClick={() => setOpen({ action: "invite" })}>
          <UserPlus aria-hidden />
          {t("invite.action")}
        </Button>
      </PageHead>
      <PeopleTable self={self} people={people} onRole={changeRole} onAction={(action, person) => act[action](person)} />
      <InvitationList invitations={invitations} onRevoke={revoke} />
      {open?.action === "invite" && <InviteDialog onMade={showLink} onClose={close} />}
      {open?.action === "rename" && (
        <RenameDialog person={open.person} onRenamed={replace} onConflict={replace} onClose={close} />
      )}
      {open?.action === "disable" && (
        <ConfirmDialog
          title={t("disable.title", { name: open.person.name })}
          action={t("disable.action")}
          onConfirm={() => disable(open.person)}
          onClose={close}
        >
          {t("disable.body")}
        </ConfirmDialog>
      )}
      {open?.action === "signOut" && (
        <ConfirmDialog
          title={t("signOut.title", { name: open.person.name })}
          action={t("signOut.action")}
          onConfirm={() => signOut(open.person)}
          onClose={close}
        >
          {t("signOut.body", { count: open.person.sessions, self: String(open.person.id === self) })}
        </ConfirmDialog>
      )}
      {open?.action === "passwordLink" && (
        <ConfirmDialog
          title={t("passwordLink.title", { name: open.person.name })}
          action={t("passwordLink.action")}
          onConfirm={() => makePasswordLink(open.person)}
          onClose={close}
        >
          {t("passwordLink.body")}
        </ConfirmDialog>
      )}
      {link && <LinkDialog invitation={link} onClose={() => setLink(null)} />}
    </>
  );
}
