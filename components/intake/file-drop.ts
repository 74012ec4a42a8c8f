"use client";

import { useEffect, useRef, useState } from "react";

/** Whatever is dropped anywhere on the page; true while something is held above it. Drops into a text being edited stay there. */
export function useFileDrop(onDrop: (files: File[]) => void, enabled: boolean): boolean {
  const [over, setOver] = useState(false);
  const handler = useRef(onDrop);
  handler.current = onDrop;

  useEffect(() => {
    if (!enabled) return;
    const leave = new AbortController();
    const { signal } = leave;
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    addEventListener(
      "dragover",
      (event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      { signal },
    );
    addEventListener("dragleave", (event) => event.relatedTarget === null && setOver(false), { signal });
    addEventListener(
      "drop",
      (event) => {
        setOver(false);
        if (!holdsFiles(event) || !event.dataTransfer) return;
        event.preventDefault();
        handler.current([...event.dataTransfer.files]);
      },
      { signal },
    );
    return () => {
      leave.abort();
      setOver(false);
    };
  }, [enabled]);

  return over;
}
