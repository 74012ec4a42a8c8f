"use client";

import { Tooltip } from "@base-ui/react/tooltip";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { TooltipLayer } from "@/components/ui/tooltip";
import { AppError } from "@/lib/domain/errors";

/** What every screen stands in: the browser's copy of the server's state, and tooltips that do not wait twice. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(newQueryClient);
  return (
    <QueryClientProvider client={client}>
      <Tooltip.Provider delay={350}>
        {children}
        <TooltipLayer />
      </Tooltip.Provider>
    </QueryClientProvider>
  );
}

function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // A refusal stays one; only silence is worth asking again.
        retry: (failures, error) => !(error instanceof AppError && error.code !== "unavailable") && failures < 3,
      },
    },
  });
}
