/**
 * Mail that the product sends: sign-in links and invitations, over the SMTP server of `SMTP_URL`. Without it nothing is sent
 * and nothing is offered that would need it. Never logs an address or a link.
 */
import "server-only";
import { createTransport, type Transporter } from "nodemailer";
import { environment } from "./env";

export const canSendMail = (): boolean => Boolean(environment().SMTP_URL && environment().SMTP_FROM);

let transporter: Transporter | undefined;

export type Mail = { to: string; subject: string; text: string };

/** Plain text: readable everywhere, and with nothing in it that could be loaded from anywhere. */
export async function sendMail(mail: Mail): Promise<void> {
  const { SMTP_URL, SMTP_FROM } = environment();
  if (!SMTP_URL || !SMTP_FROM) throw new Error("SMTP_URL and SMTP_FROM are not set");
  transporter ??= createTransport({
    url: SMTP_URL,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    // A mail holds text that people typed; nothing in it may name a file or an address to read from.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  await transporter.sendMail({ ...mail, from: SMTP_FROM });
}
