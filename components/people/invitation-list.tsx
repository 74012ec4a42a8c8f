import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { LocalTime } from "@/components/ui/date";
import type { InvitationView } from "@/lib/domain/people";

type Props = { invitations: readonly InvitationView[]; onRevoke: (invitation: InvitationView) => void };

/** Links that wait to be used; below them, folded, those that were or are too old. */
export function InvitationList({ invitations, onRevoke }: Props) {
  const t = useTranslations("people.people.invitations");
  const now = Date.now();
  const isOpen = ({ usedAt, expiresAt }: InvitationView) => usedAt === null && Date.parse(expiresAt) > now;
  const open = invitations.filter(isOpen);
  const past = invitations.filter((invitation) => !isOpen(invitation));
  return (
    <section aria-labelledby="invitations" className="mt-8">
      <h2 id="invitations" className="mb-2 text-lg font-semibold">
        {t("title")}
      </h2>
      {open.length === 0 && <p className="text-ink-2">{t("none")}</p>}
      {open.length > 0 && (
        <ul className="rounded-lg border bg-sheet">
          {open.map((invitation) => (
            <li
              key={invitation.id}
              className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b px-3 py-2.5 last:border-0"
            >
              <p className="min-w-0 grow basis-56">
                <What invitation={invitation} />
                <span className="block text-sm text-ink-2">
                  {t.rich("openUntil", {
                    by: invitation.createdBy.name,
                    until: () => <LocalTime at={invitation.expiresAt} shape="full" />,
                  })}
                </span>
              </p>
              <Button size="sm" variant="danger" onClick={() => onRevoke(invitation)}>
                {t("revoke")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {past.length > 0 && (
        <details className="mt-3">
          <summary className="w-fit text-ink-2">{t("past", { count: past.length })}</summary>
          <ul className="mt-2 grid gap-1.5">
            {past.map((invitation) => (
              <li key={invitation.id} className="text-sm text-ink-2">
                <What invitation={invitation} />{" "}
                {t.rich(invitation.usedAt ? "usedAt" : "expiredAt", {
                  at: () => <LocalTime at={invitation.usedAt ?? invitation.expiresAt} shape="full" />,
                })}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function What({ invitation }: { invitation: InvitationView }) {
  const t = useTranslations("people.people.invitations");
  const role = useTranslations("frame.roles")(invitation.role);
  if (invitation.person) return t("password", { name: invitation.person.name });
  return invitation.email ? t("joinFor", { role, email: invitation.email }) : t("join", { role });
}
