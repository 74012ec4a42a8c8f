/**
 * The environment, read once and checked. Nothing else reads `process.env` for the server's settings.
 * A wrong value stops the start with one line that names it.
 */
import "server-only";
import { z } from "zod";

const optional = z.string().trim().min(1).optional().catch(undefined);
const flag = z
  .enum(["0", "1"])
  .default("0")
  .transform((value) => value === "1");

const schema = z.object({
  DATABASE_URL: z.string().min(1),
  /** Signs session cookies and share links. At least 32 characters. */
  CLAIMDESK_SECRET: z.string().min(32, "CLAIMDESK_SECRET needs at least 32 characters"),
  /** The address that people use, without a path. */
  CLAIMDESK_URL: z.url().default("http://localhost:3000"),
  /** Whoever makes the first admin must know it; printed by `npm start` while there is nobody. */
  CLAIMDESK_SETUP_TOKEN: optional,
  /** 1 when a proxy in front sets X-Forwarded-For and may be believed. */
  CLAIMDESK_TRUST_PROXY: flag,
  /** host:port pairs, parted by commas, that the URL import may fetch although they are not public. */
  CLAIMDESK_FETCH_ALLOW: optional,
  GITHUB_ID: optional,
  GITHUB_SECRET: optional,
  GOOGLE_ID: optional,
  GOOGLE_SECRET: optional,
  OIDC_ISSUER: optional,
  OIDC_ID: optional,
  OIDC_SECRET: optional,
  OIDC_NAME: optional,
  SMTP_URL: optional,
  SMTP_FROM: optional,
});

export type Environment = z.infer<typeof schema>;

let read: Environment | undefined;

/** Read at the first call rather than at import, so that a build needs no settings. */
export function environment(): Environment {
  if (!read) {
    const result = schema.safeParse(process.env);
    if (!result.success) {
      throw new Error(result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; "));
    }
    read = result.data;
  }
  return read;
}
