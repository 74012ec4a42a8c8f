/**
 * Where the outbox keeps what waits: in this browser's IndexedDB, or, when the person has switched that off or the browser
 * refuses, in this tab's memory alone. One record for each person and claim, changed only inside one transaction, so that
 * two tabs never overwrite each other. It never gives out the record of anybody but the person it was opened for.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { emptyQueue, isEmpty, type Queue } from "./outbox-queue";

export type QueueStorage = {
  /** False when a reload would lose what is in here. */
  readonly durable: boolean;
  all(): Promise<Queue[]>;
  read(claimId: string): Promise<Queue>;
  /** Reads, changes and writes in one transaction. An empty queue is removed. */
  change(claimId: string, change: (queue: Queue) => Queue): Promise<Queue>;
  clear(): Promise<void>;
};

interface OutboxSchema extends DBSchema {
  queue: { key: [userId: string, claimId: string]; value: Queue & { userId: string } };
}

const databaseName = "claimdesk-outbox";
const everyClaimOf = (userId: string) => IDBKeyRange.bound([userId], [userId, []]);

let opened: Promise<IDBPDatabase<OutboxSchema>> | null = null;
function openOutbox(): Promise<IDBPDatabase<OutboxSchema>> {
  opened ??= openDB<OutboxSchema>(databaseName, 1, {
    upgrade: (db) => void db.createObjectStore("queue", { keyPath: ["userId", "claimId"] }),
    // A newer version in another tab must not wait for this one.
    blocking: (_current, _blocked, event) => {
      (event.target as IDBDatabase).close();
      opened = null;
    },
    terminated: () => {
      opened = null;
    },
  }).catch((error) => {
    opened = null;
    throw error;
  });
  return opened;
}

export function browserStorage(userId: string): QueueStorage {
  const strip = ({ claimId, entries, drafts }: Queue): Queue => ({ claimId, entries, drafts });
  return {
    durable: true,
    async all() {
      return (await (await openOutbox()).getAll("queue", everyClaimOf(userId))).map(strip);
    },
    async read(claimId) {
      const kept = await (await openOutbox()).get("queue", [userId, claimId]);
      return kept ? strip(kept) : emptyQueue(claimId);
    },
    async change(claimId, change) {
      const transaction = (await openOutbox()).transaction("queue", "readwrite");
      const kept = await transaction.store.get([userId, claimId]);
      const changed = change(kept ? strip(kept) : emptyQueue(claimId));
      if (isEmpty(changed)) await transaction.store.delete([userId, claimId]);
      else await transaction.store.put({ userId, ...changed });
      await transaction.done;
      return changed;
    },
    async clear() {
      await (await openOutbox()).delete("queue", everyClaimOf(userId));
    },
  };
}

export function memoryStorage(kept: Iterable<Queue> = []): QueueStorage {
  const queues = new Map([...kept].map((queue) => [queue.claimId, queue]));
  const read = (claimId: string) => queues.get(claimId) ?? emptyQueue(claimId);
  return {
    durable: false,
    all: async () => [...queues.values()],
    read: async (claimId) => read(claimId),
    async change(claimId, change) {
      const changed = change(read(claimId));
      if (isEmpty(changed)) queues.delete(claimId);
      else queues.set(claimId, changed);
      return changed;
    },
    clear: async () => queues.clear(),
  };
}
