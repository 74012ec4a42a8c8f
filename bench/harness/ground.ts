/**
 * The ground of a measure: a throw-away database, the environment that the server's code reads, and people with sessions.
 * Whatever of the server's code a measure imports, it imports after this.
 */
import { migrate } from "../../prisma/migrate";
import { generatePrismaClient } from "../../scripts/prisma-client";
import { claimPort } from "../../scripts/serve";
import { openThrowAwayDatabase } from "../../scripts/throw-away-database";

export const host = "127.0.0.1";

export type Ground = {
  databaseUrl: string;
  /** Where the product, or what stands in its place, is to listen. */
  port: number;
  url: string;
  close(): Promise<void>;
};

export async function openGround(): Promise<Ground> {
  await generatePrismaClient();
  const database = await openThrowAwayDatabase();
  try {
    await migrate(database.url);
    const port = await claimPort({ port: 0, host });
    const url = `http://${host}:${port}`;
    Object.assign(process.env, {
      DATABASE_URL: database.url,
      CLAIMDESK_SECRET: "a secret for nothing but this measure",
      CLAIMDESK_URL: url,
    });
    return { databaseUrl: database.url, port, url, close: () => database.close() };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** The cookie of somebody new: a person may ask so many times a minute, and no measure is about that. */
export async function newSession(): Promise<{ name: string; value: string }> {
  const { database } = await import("../../lib/server/db");
  const { sessionCookie, sealSessionId, startSession } = await import("../../lib/server/session");
  const { makeActor } = await import("../../prisma/fixtures/builder");
  const { id } = await makeActor(database(), "reviewer");
  return { name: sessionCookie().name, value: await sealSessionId(await startSession(database(), id)) };
}

/** Paragraphs of about 50,000 words in all. */
export const longText = Array.from(
  { length: 1_250 },
  (_, index) =>
    `In sitting ${index + 1} the council heard the report of its auditor, who put the sum at ${(index * 37) % 1_000} million, ` +
    "while the mayor, before she left the hall, called the number invented and asked that it be struck from the minutes of the day.",
);
