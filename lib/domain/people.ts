/** People of the newsroom: roles, the views of them, and what an account asks for. */
import { z } from "zod";
import { limits } from "./limits";
import { id, instant, requiredLine } from "./text";

export const roles = ["reviewer", "editor", "admin"] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

/** Whoever asks for something: the one fact about a person that authorization needs. */
export type Actor = { id: string; role: Role; name: string; sessionId: string };

/** Names the person that a page was made for, so that nothing is written in the name of whoever signed in there since. */
export const personHeader = "Claimdesk-Person";

export const email = z
  .string()
  .max(254)
  .transform((value) => value.trim().toLowerCase())
  .pipe(z.email());

/** A new password: length only. Whether it is a common one is asked by the use case. */
export const newPassword = z
  .string()
  .min(limits.passwordMin, `At least ${limits.passwordMin} characters`)
  .max(limits.passwordMax, `At most ${limits.passwordMax} characters`);

/** A person as anybody in the newsroom sees them. Never an address. */
export const personRef = z.object({ id, name: z.string() });
export type PersonRef = z.infer<typeof personRef>;

/** A person as an admin sees them. */
export const personView = personRef.extend({
  email: z.string(),
  role,
  disabledAt: instant.nullable(),
  createdAt: instant,
  lastSeenAt: instant.nullable(),
  sessions: z.int(),
  version: z.int(),
});
export type PersonView = z.infer<typeof personView>;
export type PersonPatch = z.infer<typeof personPatch>;

export const personPatch = z
  .strictObject({ role: role.optional(), disabled: z.boolean().optional(), name: requiredLine.optional() })
  .refine((patch) => Object.keys(patch).length > 0, "Nothing to change");

export const invitationCreate = z.strictObject({ id, role, email: email.nullable() });
export const invitationView = z.object({
  id,
  role,
  email: z.string().nullable(),
  /** Whose password the link renews; null when it makes an account. */
  person: personRef.nullable(),
  createdBy: personRef,
  createdAt: instant,
  expiresAt: instant,
  usedAt: instant.nullable(),
  /** The link is shown once, to the person who made it. */
  url: z.string().nullable(),
});
export type InvitationView = z.infer<typeof invitationView>;

export const accountCreate = z.strictObject({ name: requiredLine, email, password: newPassword });
export const invitationAccept = accountCreate.extend({ token: z.string().max(200) });
export const setUp = accountCreate.extend({ token: z.string().max(200), newsroom: requiredLine });
export const passwordChange = z.strictObject({ current: z.string().max(limits.passwordMax), next: newPassword });
/** A new password by a link from an admin, for somebody who forgot theirs. */
export const passwordRenew = z.strictObject({ token: z.string().max(200), password: newPassword });
