/** Ctrl-C, a terminal that closes, a supervisor that says stop: one signal for all three. A second Ctrl-C does not wait. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted && signal === "SIGINT") process.exit(130);
      stop.abort();
    });
  }
  // npm was killed without a chance to pass it on.
  const parent = process.ppid;
  const orphaned = () => process.ppid !== parent && stop.abort();
  if (process.env.npm_lifecycle_event) setInterval(orphaned, 500).unref();
  return stop.signal;
}
