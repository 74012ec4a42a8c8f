/**
 * How often somebody may ask. Counts by person where there is one, by address otherwise. Never decides who somebody is, and
 * never shuts a person out of their own account because of what others do.
 */
import "server-only";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "../domain/errors";
import type { Actor } from "../domain/people";
import { addressGroup, clientAddress } from "./client-address";

/** Requests a minute, each server for itself: a bound against runaway programs that costs no query. */
const perPerson = new RateLimiterMemory({ keyPrefix: "person", points: 1_200, duration: 60 });
const perAddress = new RateLimiterMemory({ keyPrefix: "address", points: 300, duration: 60 });

/** @throws AppError `rate_limited` */
export async function limitRate(request: Request, actor: Actor | null): Promise<void> {
  await (actor ? take(perPerson, actor.id) : take(perAddress, addressGroup(clientAddress(request.headers))));
}

async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new AppError("rate_limited", "Too many requests in a short time. Wait a moment and try again.", {
      retryAfter: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)),
    });
  }
}
