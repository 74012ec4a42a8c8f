"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { Unreachable } from "@/lib/client/call";
import { AppError } from "@/lib/domain/errors";

/** What went wrong, in words for the person; a bug says only that nothing was changed. */
export function useFailureWords(): (error: unknown) => string {
  const t = useTranslations("frame.failure");
  return useCallback(
    (error) => {
      if (error instanceof AppError) return error.message;
      return t(error instanceof Unreachable ? "unreachable" : "other");
    },
    [t],
  );
}
