import { useTranslations } from "next-intl";
import type { PersonRef } from "@/lib/domain/people";
import { cx } from "./class-names";

const sizes = { sm: "size-6 text-[0.625rem]", md: "size-7 text-[0.6875rem]", lg: "size-9 text-sm" };

/** A person as their initials on a colour of their own. The name stands beside it or is read out. */
export function Avatar({
  person,
  size = "md",
  decorative = false,
  className,
}: {
  person: PersonRef;
  size?: keyof typeof sizes /** The name stands beside it already. */;
  decorative?: boolean;
  className?: string;
}) {
  return (
    <span
      {...(decorative ? { "aria-hidden": true } : { role: "img", "aria-label": person.name, title: person.name })}
      style={{ backgroundColor: `oklch(0.47 0.08 ${hueOf(person.id)})`, color: "white" }}
      className={cx(
        "inline-grid shrink-0 select-none place-items-center rounded-full font-bold",
        sizes[size],
        className,
      )}
    >
      <span aria-hidden>{initialsOf(person.name)}</span>
    </span>
  );
}

type StackProps = {
  people: readonly PersonRef[];
  /** The name of the list, for screen readers. */
  label?: string;
  most?: number;
  size?: keyof typeof sizes;
};

/** Several people in the room of a few; the rest is a number. */
export function AvatarStack({ people, label, most = 4, size = "md" }: StackProps) {
  const t = useTranslations("frame");
  const shown = people.length > most ? people.slice(0, most - 1) : people;
  const rest = people.slice(shown.length);
  return (
    <ul {...(label && { "aria-label": label })} className="flex items-center">
      {shown.map((person) => (
        <li key={person.id} className="not-first:-ms-1">
          <Avatar person={person} size={size} className="ring-2 ring-sheet" />
        </li>
      ))}
      {rest.length > 0 && (
        <li className="-ms-1">
          <span
            role="img"
            aria-label={`${t("more", { count: rest.length })}: ${rest.map((person) => person.name).join(", ")}`}
            title={rest.map((person) => person.name).join(", ")}
            className={cx(
              "inline-grid place-items-center rounded-full bg-wash font-semibold text-ink-2 ring-2 ring-sheet",
              sizes[size],
            )}
          >
            +{rest.length}
          </span>
        </li>
      )}
    </ul>
  );
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /\p{L}/u.test(word));
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : [words[0] ?? name];
  return chosen
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toLocaleUpperCase();
}

/** The same person has the same colour everywhere: a hue from the id. The golden angle keeps ids that differ little apart. */
function hueOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + character.charCodeAt(0)) % 9973;
  return Math.round((sum * 137.508) % 360);
}
