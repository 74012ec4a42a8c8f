/**
 * The one Prisma client. `transaction` retries what PostgreSQL asks to be retried, and turns a database that cannot be
 * reached into `unavailable`, so that use cases never see a driver's error.
 */
import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import { Prisma, PrismaClient } from "@/prisma/generated/client";
import { AppError } from "../domain/errors";
import { environment } from "./env";

/** A full pool waits this long (milliseconds) for a connection, then says so. */
const connectionTimeoutMillis = 3_000;

type Global = { claimdeskPrisma?: PrismaClient };

/** Made at first use and kept across hot reloads of the development server. */
export function database(): PrismaClient {
  const held = globalThis as Global;
  held.claimdeskPrisma ??= new PrismaClient({
    adapter: new PrismaPg(
      { connectionString: environment().DATABASE_URL, connectionTimeoutMillis, max: 10 },
      {
        // An idle connection that the server ends (a restart) must not end the process.
        onPoolError: () => {},
        onConnectionError: () => {},
        statementNameGenerator: nameStatements(environment().DATABASE_URL),
      },
    ),
    transactionOptions: { maxWait: connectionTimeoutMillis, timeout: 15_000 },
  });
  return held.claimdeskPrisma;
}

/** Statements that each connection keeps planned. Those that come first are those that come most; the rest is planned each time. */
const keptStatements = 200;

/**
 * Names statements, so that PostgreSQL plans one once for each connection: planning the read of a claim takes longer than
 * reading it. A pooler that hands out another connection each time would not know the names; Prisma's own word for one, in the
 * address, is `pgbouncer=true`.
 */
function nameStatements(url: string): (query: { sql: string }) => string {
  const unnamed = "";
  if (new URL(url).searchParams.get("pgbouncer") === "true") return () => unnamed;
  const names = new Map<string, string>();
  return ({ sql }) => {
    if (!names.has(sql) && names.size < keptStatements) names.set(sql, `claimdesk_${names.size}`);
    return names.get(sql) ?? unnamed;
  };
}

/** Inside a transaction or outside of one: what a query needs. */
export type Database = Omit<PrismaClient, "$connect" | "$disconnect" | "$on" | "$transaction" | "$extends">;

const attempts = 4;

/** Milliseconds before a second try, at least half and at most all of them; before each further one twice as long. */
const pause = 40;

/** Runs `work` in one transaction; a write conflict or deadlock is tried again, at most `attempts` times in all. */
export async function transaction<T>(
  work: (db: Prisma.TransactionClient) => Promise<T>,
  /** Milliseconds that the work may take; five seconds unless it says otherwise. */
  options: { isolationLevel?: Prisma.TransactionIsolationLevel; timeout?: number } = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database().$transaction(work, options);
    } catch (error) {
      if (attempt >= attempts || !isWriteConflict(error)) throw databaseFault(error);
    }
    // A part of chance, so that two that got into each other's way do not do it again.
    await sleep(pause * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
  }
}

/** What the driver's adapter says of an error: in its cause, or behind the error of a raw query (P2010). */
function faultOf(error: Error): { kind?: unknown; originalCode?: unknown } {
  type Cause = ReturnType<typeof faultOf> | undefined;
  const meta = error instanceof Prisma.PrismaClientKnownRequestError ? error.meta : undefined;
  const adapter = meta?.driverAdapterError as { cause?: Cause } | undefined;
  return adapter?.cause ?? (error.cause as Cause) ?? {};
}

/** By SQLSTATE, as a net below the schemas: values that PostgreSQL refuses are what somebody sent, not a bug in what was asked. */
const refusedValues: Record<string, string> = {
  22007: "There is no such date.",
  22008: "There is no such date.",
  22021: "This holds characters that cannot be stored.",
  23514: "This cannot be stored as it is.",
};

const codeOf = (error: Error): string => (error instanceof Prisma.PrismaClientKnownRequestError ? error.code : "");

/** One before COMMIT comes as P2034, one at it as a DriverAdapterError, one in a raw query as P2010. */
const isWriteConflict = (error: unknown): boolean =>
  error instanceof Error && (codeOf(error) === "P2034" || faultOf(error).kind === "TransactionWriteConflict");

const unreachable =
  /ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|timeout exceeded when trying to connect|Connection terminated|terminating connection|the database system is (starting up|shutting down)|Can't reach database|not yet accepting|too many clients/i;
const unreachableCodes = ["P1001", "P1002", "P1008", "P1017", "P2024", "P2028", "P2037"];

/** The expected failure behind an error of the database, or the error itself when it is a bug. */
export function databaseFault(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const code = codeOf(error);
  // Ids are made by whoever creates a record. The use cases look first; this is for one that came in between.
  if (code === "P2002" || faultOf(error).kind === "UniqueConstraintViolation")
    return new AppError("duplicate", "A record with this id is already there.", {}, { cause: error });
  if (isWriteConflict(error))
    return new AppError(
      "unavailable",
      "Too many people are changing this at once. What you typed is kept; try again shortly.",
      { retryAfter: 1 },
      { cause: error },
    );
  const state = String(faultOf(error).originalCode);
  // Class 53, insufficient resources: the disk or the memory of the database is full. Whoever runs it reads why in the log.
  if (/^53(?!300)/.test(state)) {
    console.error(`The database has no room: ${error.message}`);
    return new AppError(
      "unavailable",
      "The database has no room left. What you typed is kept; tell whoever runs Claimdesk.",
      { retryAfter: 30 },
      { cause: error },
    );
  }
  const refused = refusedValues[state];
  if (refused) return new AppError("invalid", refused, {}, { cause: error });
  const chain = `${error.message} ${error.cause instanceof Error ? error.cause.message : JSON.stringify(error.cause ?? "")} ${(error as { code?: string }).code ?? ""}`;
  if (unreachableCodes.includes(code) || unreachable.test(chain)) {
    return new AppError(
      "unavailable",
      "The database cannot be reached at the moment. What you typed is kept; try again shortly.",
      { retryAfter: 5 },
      { cause: error },
    );
  }
  return error;
}

export { Prisma };
