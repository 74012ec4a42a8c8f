/**
 * The ways to sign in: by password always, and by what the environment names: GitHub, Google, any OpenID Connect provider, a
 * link by e-mail. Says how each works; who is let in is decided by `identities.ts`.
 */
import "server-only";
import type { Profile } from "next-auth";
import type { EmailConfig } from "next-auth/providers/email";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { email as emailSchema } from "../domain/people";
import { environment } from "./env";
import { canSendMail, sendMail } from "./mail";

/** What a provider says of a person; each is asked so that this much holds for all. */
export type ProviderProfile = Profile & { email_verified?: unknown };
type Way = OAuthConfig<ProviderProfile>;

/** Providers that send the person away to sign in there and back. */
export function outsideWays(): Way[] {
  const set = environment();
  return [
    set.GITHUB_ID && set.GITHUB_SECRET && github(set.GITHUB_ID, set.GITHUB_SECRET),
    set.GOOGLE_ID &&
      set.GOOGLE_SECRET &&
      openId("google", "Google", "https://accounts.google.com", set.GOOGLE_ID, set.GOOGLE_SECRET),
    set.OIDC_ISSUER &&
      set.OIDC_ID &&
      set.OIDC_SECRET &&
      openId("oidc", set.OIDC_NAME ?? new URL(set.OIDC_ISSUER).hostname, set.OIDC_ISSUER, set.OIDC_ID, set.OIDC_SECRET),
  ].filter((way) => typeof way === "object");
}

function openId(id: string, name: string, issuer: string, clientId: string, clientSecret: string): Way {
  return {
    id,
    name,
    type: "oauth",
    wellKnown: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    authorization: { params: { scope: "openid email profile" } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    clientId,
    clientSecret,
    // Some say who it is in the token alone, some only when asked.
    userinfo: {
      async request({ client, tokens }) {
        // The type is of the token's parameters, what comes is the whole set.
        const set = tokens as Parameters<typeof client.userinfo>[0] & { claims(): ProviderProfile };
        const asked = client.issuer.metadata.userinfo_endpoint ? await client.userinfo(set) : {};
        return { ...set.claims(), ...asked };
      },
    },
    profile: toUser,
  };
}

type GitHubAddress = { email: string; primary: boolean; verified: boolean };

function github(clientId: string, clientSecret: string): Way {
  return {
    id: "github",
    name: "GitHub",
    type: "oauth",
    authorization: { url: "https://github.com/login/oauth/authorize", params: { scope: "read:user user:email" } },
    token: "https://github.com/login/oauth/access_token",
    checks: ["pkce", "state"],
    clientId,
    clientSecret,
    userinfo: {
      url: "https://api.github.com/user",
      async request({ client, tokens }) {
        const user = await client.userinfo(tokens.access_token ?? "");
        // The address on the profile is whatever the person chose to show; this list says which one is proven.
        const response = await fetch("https://api.github.com/user/emails", {
          headers: { Authorization: `Bearer ${tokens.access_token}`, Accept: "application/vnd.github+json" },
        });
        const addresses = response.ok ? ((await response.json()) as GitHubAddress[]) : [];
        const proven = addresses.find(({ primary, verified }) => primary && verified);
        return {
          sub: String(user.id),
          ...((user.name ?? user.login) ? { name: String(user.name ?? user.login) } : {}),
          ...(proven && { email: proven.email, email_verified: true }),
        };
      },
    },
    profile: toUser,
  };
}

/** next-auth wants a user here; who it really is comes from `admitIdentity`. */
const toUser = ({ sub, name, email }: ProviderProfile) => ({ id: sub ?? "", name: name ?? null, email: email ?? null });

/** The address in a profile, if the provider vouches for it. */
export function verifiedEmail({ email, email_verified }: ProviderProfile): string | null {
  return email && (email_verified === true || email_verified === "true") ? email : null;
}

/** Seconds until a sign-in link is too old. */
const linkLasts = 60 * 60;

/** A link by e-mail; null when no mail can be sent. */
export function mailWay(): EmailConfig | null {
  if (!canSendMail()) return null;
  return {
    id: "email",
    name: "Email",
    type: "email",
    maxAge: linkLasts,
    server: "",
    from: "",
    options: {},
    normalizeIdentifier: (address) => emailSchema.parse(address),
    async sendVerificationRequest({ identifier, token, url }) {
      const base = environment().CLAIMDESK_URL;
      const next = new URL(url).searchParams.get("callbackUrl") ?? "/";
      // A page with a button: programs that open the links in a mail to look at them must not use the link up.
      const link = `${base}/sign-in/link?${new URLSearchParams({ token, next })}`;
      const text = `Sign in to Claimdesk at ${new URL(base).host}:\n\n${link}\n\nThe link works once, for an hour. If you did not ask for it, you can ignore this mail: nobody is signed in without it.\n`;
      // Not waited for: the time it takes would tell whether the address belongs to somebody.
      void sendMail({ to: identifier, subject: "Sign in to Claimdesk", text }).catch((error: Error) =>
        console.error(`A sign-in link could not be sent: ${error.message}`),
      );
    },
  };
}
