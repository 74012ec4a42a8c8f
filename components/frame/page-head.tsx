import type { ReactNode } from "react";

/** The head of a screen: its name, what it holds, and what can be done there. */
export function PageHead({
  title,
  description,
  children,
}: {
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="mb-5 flex flex-wrap items-end gap-x-4 gap-y-3">
      <div className="min-w-0 grow">
        <h1 className="font-serif text-2xl font-semibold tracking-tight">{title}</h1>
        {description && <p className="mt-0.5 text-ink-2">{description}</p>}
      </div>
      {children && <div className="flex flex-wrap items-center gap-2">{children}</div>}
    </div>
  );
}

/** The room of a screen that is not the workspace. */
export function PageBody({ children, narrow = false }: { children: ReactNode; narrow?: boolean }) {
  return <div className={`mx-auto w-full px-4 py-6 sm:px-6 ${narrow ? "max-w-3xl" : "max-w-[84rem]"}`}>{children}</div>;
}
