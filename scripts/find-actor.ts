/** In whose name a command of the terminal does what it does. */
import type { Actor } from "../lib/domain/people";
import { Fault } from "./terminal";

/** @throws Fault when nobody, or nobody in particular, is meant. */
export async function findActor(email: string | undefined): Promise<Actor> {
  const { database } = await import("../lib/server/db");
  const people = await database().user.findMany({
    where: { disabledAt: null, ...(email && { email: email.trim().toLowerCase() }) },
    select: { id: true, name: true, role: true },
    take: 2,
  });
  const [person, another] = people;
  if (!person) throw new Fault(email ? `Nobody with an account has the address ${email}` : "Nobody has an account yet");
  if (another) throw new Fault("Say with --as in whose name: there is more than one account");
  return { ...person, sessionId: "" };
}
