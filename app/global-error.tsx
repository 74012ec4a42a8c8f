"use client";

import "./globals.css";

/** When even the frame fails: no words files, no providers, nothing that could fail again. */
export default function GlobalError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Claimdesk</title>
        <main className="mx-auto grid max-w-md gap-3 px-6 py-24">
          <h1 className="text-lg font-semibold">Claimdesk could not be shown</h1>
          <p>
            Something went wrong on our side. What you had saved is safe; what you were typing is kept in this browser.
          </p>
          {error.digest && <p className="text-sm text-ink-2">Reference {error.digest}</p>}
          <p>
            <button type="button" onClick={retry} className="link">
              Try again
            </button>
          </p>
        </main>
      </body>
    </html>
  );
}
