import { Ellipsis } from "lucide-react";
import { useTranslations } from "next-intl";
import { Avatar } from "@/components/ui/avatar";
import { cx } from "@/components/ui/class-names";
import { LocalTime } from "@/components/ui/date";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { NativeSelect } from "@/components/ui/select";
import { type PersonView, roles } from "@/lib/domain/people";

export type PersonAction = "rename" | "passwordLink" | "signOut" | "disable" | "enable";

type Props = {
  self: string;
  people: readonly PersonView[];
  onRole: (person: PersonView, role: PersonView["role"]) => void;
  onAction: (action: PersonAction, person: PersonView) => void;
};

const head = "px-2 sm:px-3 py-2 text-start text-xs font-semibold text-ink-2";
const cell = "px-2 sm:px-3 py-2.5 align-middle";

export function PeopleTable({ self, people, onRole, onAction }: Props) {
  const t = useTranslations("people.people");
  const words = useTranslations("frame.roles");
  return (
    <div className="rounded-lg border bg-sheet">
      <table className="w-full border-collapse">
        <caption className="sr-only">{t("title")}</caption>
        <thead>
          <tr className="border-b">
            <th scope="col" className={head}>
              {t("columns.person")}
            </th>
            <th scope="col" className={head}>
              {t("columns.role")}
            </th>
            <th scope="col" className={cx(head, "max-md:hidden")}>
              {t("columns.seen")}
            </th>
            <th scope="col" className={cx(head, "max-md:hidden")}>
              {t("columns.sessions")}
            </th>
            <th scope="col" className={head}>
              <span className="sr-only">{t("columns.actions")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id} className="border-b last:border-0">
              <th scope="row" className={cx(cell, "w-full max-w-0 text-start font-normal")}>
                <div className="flex items-center gap-3">
                  <Avatar
                    person={person}
                    decorative
                    className={cx("max-sm:hidden", person.disabledAt && "opacity-45")}
                  />
                  <div className="min-w-0">
                    <p className="flex flex-wrap items-center gap-x-2">
                      <span className={cx("font-semibold", person.disabledAt && "text-ink-2")}>{person.name}</span>
                      {person.id === self && <span className="text-sm text-ink-2">{t("you")}</span>}
                      {person.disabledAt && (
                        <span className="rounded-full bg-open-tint px-2 py-px text-xs font-semibold text-ink-2">
                          {t("isDisabled")}
                        </span>
                      )}
                    </p>
                    <p className="truncate text-sm text-ink-2">{person.email}</p>
                    <p className="text-sm text-ink-2 md:hidden">
                      {t("columns.seen")}: <Seen person={person} />
                    </p>
                  </div>
                </div>
              </th>
              <td className={cell}>
                <NativeSelect
                  aria-label={t("roleOf", { name: person.name })}
                  className="w-31 max-sm:w-28"
                  value={person.role}
                  disabled={person.disabledAt !== null}
                  onChange={(event) => onRole(person, event.target.value as PersonView["role"])}
                >
                  {roles.map((role) => (
                    <option key={role} value={role}>
                      {words(role)}
                    </option>
                  ))}
                </NativeSelect>
              </td>
              <td className={cx(cell, "whitespace-nowrap text-ink-2 max-md:hidden")}>
                <Seen person={person} />
              </td>
              <td className={cx(cell, "text-ink-2 tabular-nums max-md:hidden")}>{person.sessions}</td>
              <td className={cx(cell, "text-end")}>
                <RowMenu isSelf={person.id === self} person={person} onAction={onAction} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Seen({ person }: { person: PersonView }) {
  const t = useTranslations("people.people");
  return person.lastSeenAt ? <LocalTime at={person.lastSeenAt} /> : t("neverSeen");
}

type RowMenuProps = { isSelf: boolean; person: PersonView; onAction: Props["onAction"] };

function RowMenu({ isSelf, person, onAction }: RowMenuProps) {
  const t = useTranslations("people.people");
  const disabled = person.disabledAt !== null;
  return (
    <Menu
      trigger={
        <IconButton label={t("actionsFor", { name: person.name })}>
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <MenuItem onClick={() => onAction("rename", person)}>{t("rename.action")}</MenuItem>
      {!disabled && <MenuItem onClick={() => onAction("passwordLink", person)}>{t("passwordLink.menu")}</MenuItem>}
      {person.sessions > 0 && <MenuItem onClick={() => onAction("signOut", person)}>{t("signOut.menu")}</MenuItem>}
      {!isSelf && <MenuSeparator />}
      {!isSelf && disabled && <MenuItem onClick={() => onAction("enable", person)}>{t("enable")}</MenuItem>}
      {!isSelf && !disabled && (
        <MenuItem danger onClick={() => onAction("disable", person)}>
          {t("disable.menu")}
        </MenuItem>
      )}
    </Menu>
  );
}
