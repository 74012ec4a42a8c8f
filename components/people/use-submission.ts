"use client";

import { useState, useSyncExternalStore } from "react";
import type { z } from "zod";
import { useFailureWords } from "@/components/ui/failure";
import { AppError, type FieldError } from "@/lib/domain/errors";

type Refusal = { message: string | null; fields: Record<string, string>; error: AppError | null };

const nothing: Refusal = { message: null, fields: {}, error: null };

const noChange = () => () => {};
const inBrowser = () => true;
const onServer = () => false;

/**
 * Sending a form: when its button may be pressed, and what was refused, by field where the server or the schema names one.
 * What was typed is never touched.
 */
export function useSubmission() {
  const failure = useFailureWords();
  // Before the script has come, the browser would send the form by itself: passwords into an address, say.
  const ready = useSyncExternalStore(noChange, inBrowser, onServer);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>(nothing);

  /** Checks the input as the server will, then sends it. True when it was taken. */
  async function submit<S extends z.ZodType>(
    schema: S,
    input: z.input<S>,
    send: (body: z.input<S>) => Promise<unknown>,
  ): Promise<boolean> {
    const checked = schema.safeParse(input);
    if (!checked.success) {
      const issues = checked.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
      setRefusal({ message: null, fields: byPath(issues), error: null });
      return false;
    }
    return run(() => send(input));
  }

  /** True when it was done. */
  async function run(work: () => Promise<unknown>): Promise<boolean> {
    if (busy) return false;
    setBusy(true);
    try {
      await work();
      setRefusal(nothing);
      return true;
    } catch (error) {
      const refused = error instanceof AppError ? error : null;
      const fields = byPath(refused?.details.fields ?? []);
      setRefusal({ message: Object.keys(fields).length > 0 ? null : failure(error), fields, error: refused });
      return false;
    } finally {
      setBusy(false);
    }
  }

  return { button: { disabled: busy || !ready, focusableWhenDisabled: ready }, ...refusal, submit, run };
}

function byPath(issues: readonly FieldError[]): Record<string, string> {
  return Object.fromEntries(issues.toReversed().map(({ path, message }) => [path, message]));
}
